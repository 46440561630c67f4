/*
 * Decisions on a record, or on all records of an incident: buttons, keys, and what is asked before. Nothing is shown as done before the server has said so;
 * what it refuses is told where it was asked.
 */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Fault } from "../base/api";
import { refreshAll, send } from "../base/api";
import { tellClock } from "../base/dates";
import { useKeys } from "../base/keys";
import type { Lease } from "../base/review";
import { isAllowedIn, isOwn, isSame, mayDecide, refusals } from "../base/review";
import { joinNames } from "../base/speakers";
import { useSession } from "../base/session";
import type { Day, Decision, DecisionAnswer, DecisionName, DecisionRequest, ReviewState } from "../base/types";
import { wordsOf } from "../base/words";
import { decideWords } from "../words/decide";
import { partsWords } from "../words/parts";
import { MergeDialog, RefuseDialog, SplitDialog } from "./DecideDialogs";
import { ReasonDialog } from "./Dialog";
import { FaultNote, tellPeople } from "./Status";

const t = wordsOf(decideWords);
const parts = wordsOf(partsWords);

/* What is decided on. */
export interface Subject {
    id: string; // a record's or an incident's
    states: readonly ReviewState[]; // of its records
    history: readonly Decision[];
    lease: Lease | null;
    others: readonly { id: string; title: string }[]; // records beside it: what it may be a duplicate of, or be split from
    near: { kind: string; day: Day | null; area: string | null; incident: string | null };
}

type ActionName = Exclude<DecisionName, "needs-source" | "cannot-verify" | "contradict" | "duplicate" | "reject"> | "refuse";

const actions: readonly { name: ActionName; key: string }[] = [
    { name: "take", key: "t" },
    { name: "leave", key: "l" },
    { name: "accept", key: "a" },
    { name: "edit", key: "e" },
    { name: "refuse", key: "r" },
    { name: "verify", key: "v" },
    { name: "merge", key: "m" },
    { name: "split", key: "s" },
    { name: "reopen", key: "o" },
];

export interface Decider {
    isBusy: boolean;
    fault: Fault | null;
    decide(request: Omit<DecisionRequest, "id">): Promise<boolean>;
    forget(): void; // the fault
}

/* Sends decisions on one subject; what is on the screen is asked for anew behind each. */
export function useDecider(id: string): Decider {
    const [isBusy, work] = useState(false);
    const [refused, refuse] = useState<{ id: string; fault: Fault } | null>(null);
    const decide = async (request: Omit<DecisionRequest, "id">): Promise<boolean> => {
        if (isBusy) return false;
        work(true);
        refuse(null);
        const outcome = await send<DecisionAnswer>("POST", "/decisions", { ...request, id });
        work(false);
        if (!outcome.ok) {
            refuse({ id, fault: outcome.fault });
            if (outcome.fault.status === 409) refreshAll(); // somebody else decided meanwhile
            return false;
        }
        tellPeople(t(request.what === "take" ? "done.take" : "done.other", { n: outcome.value.changed }));
        refreshAll();
        return true;
    };
    return { isBusy, fault: refused?.id === id ? refused.fault : null, decide, forget: () => refuse(null) };
}

/* Why something cannot be done now; null: it can. */
function hindrance(name: ActionName, subject: Subject, person: string | null): string | null {
    const names = name === "refuse" ? refusals : [name];
    if (!names.some((what) => isAllowedIn(what, subject.states)))
        return t("explain.state", { state: joinNames([...new Set(subject.states)].map((state) => parts.named("state", state))) });
    if (name === "verify" && isOwn(subject.history, person)) return t("explain.own");
    if (subject.lease !== null && !isSame(subject.lease.person, person)) return t("explain.leased", { who: subject.lease.person, time: tellClock(subject.lease.until) });
    return null;
}

export function Decide(props: { subject: Subject; edit?: (close: () => void, decider: Decider) => ComponentChildren }) {
    const { subject } = props;
    const session = useSession();
    const decider = useDecider(subject.id);
    const [asked, ask] = useState<ActionName | null>(null);
    const shown = actions.filter((a) => (a.name !== "edit" || props.edit !== undefined) && (a.name === "refuse" ? refusals : [a.name]).some((what) => mayDecide(session, what)));
    const begin = (name: ActionName) => {
        const why = hindrance(name, subject, session.person);
        if (why !== null) {
            tellPeople(why, true);
            return;
        }
        decider.forget();
        if (name === "take" || name === "leave" || name === "accept" || name === "verify") void decider.decide({ what: name });
        else ask(name);
    };
    useKeys(shown.map((a) => ({ key: a.key, says: t(`do.${a.name}`), run: () => begin(a.name) })));
    const close = () => {
        decider.forget();
        ask(null);
    };
    if (shown.length === 0) return <p class="quiet">{t(session.mode === "read-only" ? "explain.read-only" : "explain.reader")}</p>;
    return (
        <div class="decide">
            <div class="decide-row" role="group" aria-label={t("actions")}>
                {shown.map((a) => {
                    const why = hindrance(a.name, subject, session.person);
                    return (
                        <button
                            key={a.name}
                            type="button"
                            class={a.name === "accept" && why === null ? "small primary" : "small"}
                            aria-disabled={why !== null}
                            aria-keyshortcuts={a.key}
                            title={why ?? undefined}
                            disabled={decider.isBusy}
                            onClick={() => begin(a.name)}
                        >
                            {t(`do.${a.name}`)} <kbd aria-hidden="true">{a.key}</kbd>
                        </button>
                    );
                })}
            </div>
            {decider.fault !== null && asked === null && <FaultNote fault={decider.fault} />}
            {asked === "edit" && props.edit?.(close, decider)}
            {asked !== null && asked !== "edit" && <Asked name={asked} subject={subject} decider={decider} onClose={close} />}
        </div>
    );
}

function Asked(props: { name: ActionName; subject: Subject; decider: Decider; onClose: () => void }) {
    const { subject, decider, onClose } = props;
    const send = (request: Omit<DecisionRequest, "id">) => void decider.decide(request).then((isDone) => isDone && onClose());
    const fault = decider.fault === null ? null : <FaultNote fault={decider.fault} />;
    if (props.name === "refuse") return <RefuseDialog subject={subject} fault={fault} onDone={send} onClose={onClose} />;
    if (props.name === "merge") return <MergeDialog subject={subject} fault={fault} onDone={send} onClose={onClose} />;
    if (props.name === "split") return <SplitDialog subject={subject} fault={fault} onDone={send} onClose={onClose} />;
    return (
        <ReasonDialog
            title={t("reopen.title")}
            says={fault}
            does={t("do.reopen")}
            isReasonNeeded
            onDone={(reason) => send({ what: "reopen", reason })}
            onClose={onClose}
        />
    );
}
