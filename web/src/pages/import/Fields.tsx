import { useId } from "preact/hooks";
import { tellBytes } from "../../base/files";
import { wordsOf } from "../../base/words";
import { DayField, SelectField, TextField } from "../../parts/Fields";
import { tellPeople } from "../../parts/Status";
import { importWords } from "../../words/import";
import type { Missing, Order } from "./order";
import { FORMS, MOST_BYTES, decode, formOf } from "./text";

const t = wordsOf(importWords);

async function readFile(file: File, order: Order): Promise<Order | null> {
    if (file.size > MOST_BYTES) {
        tellPeople(t("too-large", { size: tellBytes(file.size) }), true);
        return null;
    }
    try {
        const { text, encoding } = decode(new Uint8Array(await file.arrayBuffer()));
        return { ...order, isPasted: false, name: file.name, content: text, encoding, size: file.size, form: formOf(file.name) ?? order.form };
    } catch {
        tellPeople(t("file.broken"), true); // taken away meanwhile, or not allowed
        return null;
    }
}

export function Fields(props: { order: Order; onChange: (order: Order) => void; why: Missing | null }) {
    const { order, onChange, why } = props;
    const change = (values: Partial<Order>) => onChange({ ...order, ...values });
    return (
        <div class="sheet-body form">
            <SelectField
                label={t("from")}
                value={order.isPasted ? "paste" : "file"}
                choices={[
                    { value: "file", title: t("from.file") },
                    { value: "paste", title: t("from.paste") },
                ]}
                onChange={(from) => change({ isPasted: from === "paste", name: "", content: "", encoding: "utf-8", size: 0 })}
            />
            {order.isPasted ? <Paste order={order} onChange={change} isMissing={why === "content"} /> : <Choose {...props} />}
            <SelectField
                label={t("form")}
                value={order.form}
                choices={FORMS.map((form) => ({ value: form, title: t(`form.${form}`) }))}
                onChange={(form) => change({ form: FORMS.find((f) => f === form) ?? order.form })}
                hint={t(`form.${order.form}.says`)}
            />
            <div class="form-row">
                <TextField
                    label={t("outlet")}
                    value={order.outlet}
                    onChange={(outlet) => change({ outlet })}
                    hint={t("outlet.hint")}
                    fault={why === "outlet" ? t("outlet.needed") : null}
                    isNeeded={order.form === "text"}
                />
                <DayField label={t("day")} value={order.published} onChange={(published) => change({ published })} />
            </div>
        </div>
    );
}

function Choose(props: { order: Order; onChange: (order: Order) => void; why: Missing | null }) {
    const { order, onChange } = props;
    const id = useId();
    const isMissing = props.why === "content";
    const choose = (file: File | undefined) => {
        if (file !== undefined) void readFile(file, order).then((read) => read !== null && onChange(read));
    };
    return (
        <div class="field">
            <span class="field-label">{t("file")}</span>
            <input
                id={id}
                class="unseen file-input"
                type="file"
                accept=".csv,.tsv,.jsonl,.ndjson,.txt,.html,.htm"
                aria-describedby={`${id}-says`}
                aria-invalid={isMissing ? true : undefined}
                onChange={(event) => choose(event.currentTarget.files?.[0])}
            />
            <label class="button" for={id}>
                {t(order.name === "" ? "file.choose" : "file.other")}
            </label>
            <span id={`${id}-says`} class={isMissing ? "hint hint-fault" : "hint"}>
                {isMissing ? t("nothing-chosen") : order.name === "" ? t("file.hint") : <bdi>{t("file.is", { name: order.name, size: tellBytes(order.size) })}</bdi>}
            </span>
            {order.encoding !== "utf-8" && <span class="hint">{t("file.encoding", { encoding: order.encoding })}</span>}
        </div>
    );
}

function Paste(props: { order: Order; onChange: (values: Partial<Order>) => void; isMissing: boolean }) {
    const id = useId();
    return (
        <div class="field">
            <label for={id}>{t("paste")}</label>
            <textarea
                id={id}
                rows={10}
                dir="auto"
                value={props.order.content}
                aria-invalid={props.isMissing ? true : undefined}
                aria-describedby={`${id}-says`}
                onInput={(event) => props.onChange({ content: event.currentTarget.value })}
            />
            <span id={`${id}-says`} class="hint hint-fault">
                {props.isMissing && t("nothing-pasted")}
            </span>
        </div>
    );
}
