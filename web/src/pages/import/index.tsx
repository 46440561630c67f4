import { useMemo, useState } from "preact/hooks";
import type { PageProps } from "../../app/pages";
import { refreshAll, send } from "../../base/api";
import { useChange } from "../../base/change";
import { tellBytes } from "../../base/files";
import { obstacleTo } from "../../base/rights";
import { useSession } from "../../base/session";
import type { ImportAnswer } from "../../base/types";
import { wordsOf } from "../../base/words";
import { Confirm } from "../../parts/Confirm";
import { Needs } from "../../parts/Needs";
import { Page } from "../../parts/Page";
import { FaultNote, tellPeople } from "../../parts/Status";
import { importWords } from "../../words/import";
import "../manage.css";
import { Answer } from "./Answer";
import { Fields } from "./Fields";
import type { Order } from "./order";
import { EMPTY_ORDER, bodyOf, whyNot } from "./order";
import { Faults, Preview } from "./Preview";
import { MOST_BYTES, bytesOf, faultOf } from "./text";

const t = wordsOf(importWords);

/* What the server said of an order; of another one it says nothing. */
interface Told {
    of: Order;
    answer: ImportAnswer;
    isDry: boolean;
}

export default function ImportPage(_: PageProps) {
    const mayEdit = obstacleTo(useSession(), "edit") === null;
    return (
        <Page title={t("title")} lead={t("lead")}>
            <div class="stack">{mayEdit ? <Import /> : <Needs right="edit" />}</div>
        </Page>
    );
}

function Import() {
    const [order, setOrder] = useState<Order>(EMPTY_ORDER);
    const [told, tell] = useState<Told | null>(null);
    const [isAsking, ask] = useState(false);
    const [isTried, setTried] = useState(false);
    const change = useChange();
    const isOfThis = told !== null && told.of === order;
    const why = whyNot(order);
    const run = (isDry: boolean, then: () => void) => {
        const body = bodyOf(order, isDry);
        const size = bytesOf(JSON.stringify(body));
        if (size > MOST_BYTES) return tellPeople(t("too-large", { size: tellBytes(size) }), true);
        change.run(
            () => send<ImportAnswer>("POST", "/imports", body),
            (answer) => {
                tell({ of: order, answer, isDry });
                then();
            },
        );
    };
    const attempt = (event: Event) => {
        event.preventDefault();
        setTried(true);
        if (why === null) run(true, () => undefined);
    };
    const store = () =>
        run(false, () => {
            ask(false);
            tellPeople(t("imported"));
            refreshAll();
        });
    const isReady = isOfThis && told.isDry && told.answer.added > 0;
    return (
        <>
            <form class="sheet" onSubmit={attempt} noValidate>
                <Fields order={order} onChange={setOrder} why={isTried ? why : null} />
                <div class="sheet-body form-foot">
                    <button type="submit" class={isReady ? "" : "primary"} disabled={change.isBusy}>
                        {t("try")}
                    </button>
                    <button type="button" class={isReady ? "primary" : ""} disabled={!isReady || change.isBusy} onClick={() => ask(true)}>
                        {t("import")}
                    </button>
                    <span class="quiet" role="status">
                        {change.isBusy ? t(isAsking ? "importing" : "trying") : told !== null && !isOfThis ? t("again") : ""}
                    </span>
                </div>
            </form>
            {change.fault !== null && !isAsking && <FaultNote fault={change.fault} />}
            {isOfThis && <Result told={told} order={order} />}
            {why === null && <Looked order={order} told={isOfThis ? told : null} />}
            {isAsking && isOfThis && (
                <Confirm
                    title={t("import.title", { name: order.name === "" ? t("pasted") : order.name })}
                    does={t("import")}
                    isBusy={change.isBusy}
                    onDone={store}
                    onClose={() => ask(false)}
                >
                    <p>{t("import.says", { n: told.answer.added })}</p>
                    {told.answer.faults.length > 0 && <p>{t("dry.some-bad")}</p>}
                    <p>{t("import.for-good")}</p>
                    {change.fault !== null && <FaultNote fault={change.fault} />}
                </Confirm>
            )}
        </>
    );
}

function Result(props: { told: Told; order: Order }) {
    const { told, order } = props;
    return (
        <>
            <Answer answer={told.answer} isDry={told.isDry} />
            {!told.isDry && (
                <p class="actions">
                    <a class="button" href="/">
                        {t("to-queue")}
                    </a>
                    <a class="button" href="/sources?tab=batches">
                        {t("to-batches")}
                    </a>
                </p>
            )}
            {told.answer.faults.length > 0 && <Faults faults={told.answer.faults.map(faultOf)} form={order.form} content={order.content} />}
        </>
    );
}

function Looked(props: { order: Order; told: Told | null }) {
    const { order, told } = props;
    const bad = useMemo(() => (told === null ? null : new Set(told.answer.faults.flatMap((fault) => (fault.row === null ? [] : [fault.row])))), [told]);
    return <Preview form={order.form} content={order.content} bad={bad} />;
}
