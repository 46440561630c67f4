/* What is asked before a record is refused, merged or split. */
import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { useAsked } from "../base/api";
import { addDays, tellRange } from "../base/dates";
import { kindName, placeName } from "../base/names";
import { isAllowedIn, refusals } from "../base/review";
import type { DecisionName, DecisionRequest, Incident, Table } from "../base/types";
import { wordsOf } from "../base/words";
import { decideWords } from "../words/decide";
import { partsWords } from "../words/parts";
import type { Subject } from "./Decide";
import { Dialog, DialogFoot } from "./Dialog";
import { TextField } from "./Fields";
import { figureText } from "./Figure";
import { mainFigures } from "../base/figures";

const t = wordsOf(decideWords);
const parts = wordsOf(partsWords);

interface Props {
    subject: Subject;
    fault: ComponentChildren;
    onDone: (request: Omit<DecisionRequest, "id">) => void;
    onClose: () => void;
}

const isId = (text: string): boolean => /^[RI]-[0-9a-f]{16}$/.test(text.trim());

export function ReasonField(props: { value: string; isNeeded: boolean; isMissing: boolean; onChange: (reason: string) => void }) {
    const id = useId();
    return (
        <div class="field">
            <label for={id}>{parts(props.isNeeded ? "reason" : "reason.optional")}</label>
            <textarea
                id={id}
                rows={2}
                dir="auto"
                value={props.value}
                aria-invalid={props.isMissing ? true : undefined}
                aria-describedby={`${id}-says`}
                onInput={(event) => props.onChange(event.currentTarget.value)}
            />
            <span id={`${id}-says`} class={props.isMissing ? "hint hint-fault" : "hint"}>
                {props.isNeeded ? parts("reason.needed") : ""}
            </span>
        </div>
    );
}

/* One of several, each with a line of explanation; "other" ids are typed. */
function Choices(props: { label: string; name: string; value: string; choices: readonly { value: string; title: ComponentChildren; says?: string }[]; onChange: (value: string) => void }) {
    return (
        <fieldset class="choices">
            <legend class="field-label">{props.label}</legend>
            {props.choices.map((choice) => (
                <label key={choice.value} class="tick choice">
                    <input type="radio" name={props.name} value={choice.value} checked={props.value === choice.value} onChange={() => props.onChange(choice.value)} />
                    <span>
                        <span>{choice.title}</span>
                        {choice.says !== undefined && <span class="quiet choice-says">{choice.says}</span>}
                    </span>
                </label>
            ))}
        </fieldset>
    );
}

export function RefuseDialog(props: Props) {
    const { subject } = props;
    const offered = refusals.filter((what) => isAllowedIn(what, subject.states));
    const [what, choose] = useState<DecisionName>(offered[0] ?? "reject");
    const [reason, setReason] = useState("");
    const [other, setOther] = useState("");
    const [isTold, tell] = useState(false);
    const name = useId();
    const isOtherMissing = what === "duplicate" && !isId(other);
    const submit = (event: Event) => {
        event.preventDefault();
        tell(true);
        if (reason.trim() !== "" && !isOtherMissing) props.onDone({ what, reason: reason.trim(), ...(what === "duplicate" ? { with: other.trim() } : {}) });
    };
    return (
        <Dialog title={t("refuse.title")} onClose={props.onClose}>
            <form class="stack" onSubmit={submit}>
                {props.fault}
                <Choices
                    label={t("actions")}
                    name={name}
                    value={what}
                    choices={offered.map((value) => ({ value, title: t.named("do", value), says: t.named("why", value) }))}
                    onChange={(value) => choose(value as DecisionName)}
                />
                {what === "duplicate" && (
                    <>
                        {subject.others.length > 0 && (
                            <Choices
                                label={t("refuse.of")}
                                name={`${name}-of`}
                                value={other}
                                choices={subject.others.map((o) => ({ value: o.id, title: <bdi>{o.title}</bdi> }))}
                                onChange={setOther}
                            />
                        )}
                        <TextField label={t("merge.with")} value={other} onChange={setOther} isLatin fault={isTold && isOtherMissing ? t("with.bad") : null} />
                    </>
                )}
                <ReasonField value={reason} isNeeded isMissing={isTold && reason.trim() === ""} onChange={setReason} />
                <DialogFoot does={t.named("do", what)} onCancel={props.onClose} />
            </form>
        </Dialog>
    );
}

function incidentTitle(i: Incident): string {
    const figure = mainFigures(i.figures)[0];
    return [kindName(i.kind), placeName(i), tellRange(i.first_day, i.last_day), figure === undefined ? null : figureText(figure)].filter((part) => part !== null && part !== "").join(" · ");
}

export function MergeDialog(props: Props) {
    const { near } = props.subject;
    const [other, setOther] = useState("");
    const [reason, setReason] = useState("");
    const [isTold, tell] = useState(false);
    const name = useId();
    const asked = useAsked<Table<Incident>>(near.day === null ? null : "/incidents", {
        from: near.day === null ? null : addDays(near.day, -1),
        to: near.day === null ? null : addDays(near.day, 1),
        area: near.area,
        limit: 30,
    });
    const isLike = (i: Incident) => Number(i.kind === near.kind);
    const found = (asked.value?.rows ?? []).filter((i) => i.id !== near.incident).sort((a, b) => isLike(b) - isLike(a));
    const submit = (event: Event) => {
        event.preventDefault();
        tell(true);
        if (isId(other)) props.onDone({ what: "merge", with: other.trim(), ...(reason.trim() === "" ? {} : { reason: reason.trim() }) });
    };
    return (
        <Dialog title={t("merge.title")} onClose={props.onClose}>
            <form class="stack" onSubmit={submit}>
                {props.fault}
                <p class="quiet">{t("merge.says")}</p>
                {found.length === 0 ? (
                    <p class="quiet">{asked.isLoading ? parts("loading") : t("merge.none")}</p>
                ) : (
                    <div class="choices-scroll">
                        <Choices
                            label={t("merge.near")}
                            name={name}
                            value={other}
                            choices={found.map((i) => ({ value: i.id, title: <bdi>{incidentTitle(i)}</bdi> }))}
                            onChange={setOther}
                        />
                    </div>
                )}
                <TextField label={t("merge.with")} value={other} onChange={setOther} isLatin fault={isTold && !isId(other) ? t("with.bad") : null} />
                <ReasonField value={reason} isNeeded={false} isMissing={false} onChange={setReason} />
                <DialogFoot does={t("do.merge")} onCancel={props.onClose} />
            </form>
        </Dialog>
    );
}

export function SplitDialog(props: Props) {
    const [from, setFrom] = useState("");
    const [reason, setReason] = useState("");
    const [isTold, tell] = useState(false);
    const isBad = from.trim() !== "" && !isId(from);
    const submit = (event: Event) => {
        event.preventDefault();
        tell(true);
        if (!isBad) props.onDone({ what: "split", ...(from.trim() === "" ? {} : { with: from.trim() }), ...(reason.trim() === "" ? {} : { reason: reason.trim() }) });
    };
    return (
        <Dialog title={t("split.title")} onClose={props.onClose}>
            <form class="stack" onSubmit={submit}>
                {props.fault}
                <p class="quiet">{t("split.says")}</p>
                <TextField label={t("split.from")} value={from} onChange={setFrom} isLatin fault={isTold && isBad ? t("with.bad") : null} />
                <ReasonField value={reason} isNeeded={false} isMissing={false} onChange={setReason} />
                <DialogFoot does={t("do.split")} onCancel={props.onClose} />
            </form>
        </Dialog>
    );
}
