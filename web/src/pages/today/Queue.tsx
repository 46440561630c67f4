/* What waits for a decision, the weightiest first. */
import { useState } from "preact/hooks";
import { send, useRows } from "../../base/api";
import { tellAgo, tellRange } from "../../base/dates";
import { useKeys } from "../../base/keys";
import { flag, oneOf, useQuery } from "../../base/router";
import { mayCode, mayVerify, useSession } from "../../base/session";
import type { DecisionAnswer, DecisionName, QueueRow, ReviewState } from "../../base/types";
import { wordsOf } from "../../base/words";
import { SelectField } from "../../parts/Fields";
import { FilterBar, FILTERS, isFiltered, noFilters } from "../../parts/Filters";
import { KindMark, PriorityMark, StateMark } from "../../parts/Marks";
import { tellFault, tellPeople } from "../../parts/Status";
import type { Column } from "../../parts/Table";
import { AskedTable } from "../../parts/Table";
import { partsWords } from "../../words/parts";
import { todayWords } from "../../words/today";
import { tellFlags } from "./flags";

const t = wordsOf(todayWords);
const shared = wordsOf(partsWords);
const PRIORITIES = ["", "A", "B", "C"] as const;
const STATES = ["", "new", "in work", "accepted", "needs source", "cannot be verified", "contradicted"] as const satisfies readonly (ReviewState | "")[];
const QUEUE_FILTERS = { ...FILTERS, priority: oneOf(PRIORITIES, ""), state: oneOf(STATES, ""), mine: flag() };
const LEASE_MS = 30 * 60 * 1000;
const AT_ONCE = 40; // rows: a screen or two, and not a scroll without an end on phones

type Lease = Pick<QueueRow, "leased_to" | "leased_until" | "state">;
const pathOf = (row: QueueRow): string => `/incident/${row.id}`;

/* The rows, with the leases that were taken and left here since they were asked for: taking one must not send the reader back to the first page. */
function useQueue(question: Parameters<typeof useRows>[1]) {
    const asked = useRows<QueueRow>("/queue", question);
    const [leases, setLeases] = useState<ReadonlyMap<string, Lease>>(new Map());
    const { person } = useSession();
    const decide = async (row: QueueRow, what: Extract<DecisionName, "take" | "leave">) => {
        const outcome = await send<DecisionAnswer>("POST", "/decisions", { what, id: row.id });
        if (!outcome.ok) return tellFault(outcome.fault);
        const lease: Lease =
            what === "take"
                ? { leased_to: person, leased_until: new Date(Date.now() + LEASE_MS).toISOString(), state: row.state === "new" ? "in work" : row.state }
                : { leased_to: null, leased_until: null, state: row.state === "in work" ? "new" : row.state };
        setLeases((known) => new Map(known).set(row.id, lease));
        tellPeople(t(what === "take" ? "queue.taken" : "queue.left"));
    };
    const reload = () => {
        setLeases(new Map());
        asked.reload();
    };
    const rows = asked.rows?.map((row) => ({ ...row, ...leases.get(row.id) })) ?? null;
    return { asked: { ...asked, rows, reload }, decide };
}

export function Queue() {
    const [filters, change] = useQuery(QUEUE_FILTERS);
    const { kind, area, priority, state, mine } = filters;
    const session = useSession();
    const mayTake = mayCode(session) || mayVerify(session);
    const { asked, decide } = useQueue({ kind, area, priority, state, mine: mine ? "1" : null, limit: AT_ONCE });
    const [chosen, choose] = useState<QueueRow | null>(null);
    const now = asked.rows?.find((row) => row.id === chosen?.id) ?? null;
    useKeys(
        mayTake
            ? [
                  { key: "t", says: t("key.take"), run: () => now !== null && void decide(now, "take") },
                  { key: "l", says: t("key.leave"), run: () => now !== null && void decide(now, "leave") },
              ]
            : [],
    );
    const isOwnSet = priority !== "" || state !== "" || mine;
    const clear = () => change({ ...noFilters(), priority: "", state: "", mine: false });
    return (
        <section class="sheet today-queue" aria-labelledby="queue">
            <div class="sheet-head">
                <h2 id="queue">{t("queue")}</h2>
                {session.person !== null && (
                    <label class="tick">
                        <input type="checkbox" checked={mine} onChange={(event) => change({ mine: event.currentTarget.checked })} />
                        <span>{t("queue.mine")}</span>
                    </label>
                )}
            </div>
            <div class="today-filters">
                <FilterBar filters={filters} onChange={change} has={["kind", "area"]} own={{ isSet: isOwnSet, clear }}>
                    <SelectField
                        label={t("queue.priority")}
                        value={priority}
                        choices={PRIORITIES.map((p) => ({ value: p, title: p === "" ? t("any") : shared(`priority.${p}`) }))}
                        onChange={(value) => change({ priority: QUEUE_FILTERS.priority.read(value) })}
                    />
                    <SelectField
                        label={t("queue.state")}
                        value={state}
                        choices={STATES.map((s) => ({ value: s, title: s === "" ? t("any") : shared.named("state", s) }))}
                        onChange={(value) => change({ state: QUEUE_FILTERS.state.read(value) })}
                    />
                </FilterBar>
            </div>
            <AskedTable
                caption={t("queue.caption")}
                columns={columns(session.person, mayTake, (row, what) => void decide(row, what))}
                asked={asked}
                keyOf={(row) => row.id}
                hrefOf={pathOf}
                chosen={chosen?.id ?? null}
                onChoose={choose}
                hasKeys
                whyEmpty={isFiltered(filters) || isOwnSet ? shared("empty.filters") : t("queue.empty")}
            />
        </section>
    );
}

function columns(person: string | null, mayTake: boolean, decide: (row: QueueRow, what: "take" | "leave") => void): Column<QueueRow>[] {
    return [
        { name: "priority", title: t("queue.priority"), cell: (row) => <PriorityMark priority={row.priority} />, isTelling: true },
        { name: "what", title: t("queue.what"), cell: (row) => <What row={row} />, isMain: true },
        { name: "day", title: t("queue.day"), cell: (row) => tellRange(row.first_day, row.last_day) || <span class="quiet">{t("queue.no-day")}</span>, isTelling: true },
        { name: "told", title: t("queue.told"), cell: (row) => <Told row={row} />, align: "end" },
        { name: "flag", title: t("queue.flag"), cell: (row) => <Flags row={row} />, isTelling: true },
        { name: "state", title: t("queue.state"), cell: (row) => <Held row={row} person={person} mayTake={mayTake} decide={decide} />, isTelling: true },
    ];
}

function What(props: { row: QueueRow }) {
    const { row } = props;
    return (
        <a class="today-what" href={pathOf(row)}>
            <KindMark kind={row.kind} />
            <span class="today-where">
                {row.place === null ? <span class="quiet">{t("queue.no-place")}</span> : <bdi>{row.place}</bdi>}
                {row.admin1 !== null && row.admin1 !== "" && row.admin1 !== row.place && (
                    <span class="quiet">
                        {t("flag.and")}
                        <bdi>{row.admin1}</bdi>
                    </span>
                )}
            </span>
        </a>
    );
}

function Told(props: { row: QueueRow }) {
    const numbers = { statements: props.row.statements, chains: props.row.chains };
    return (
        <span title={t("queue.told.hint")}>
            <span aria-hidden="true">{t("queue.told.says", numbers)}</span>
            <span class="unseen">{t("queue.told.full", numbers)}</span>
        </span>
    );
}

function Flags(props: { row: QueueRow }) {
    const { row } = props;
    const flags = row.to_verify > 0 ? [...tellFlags(row.flag), t("queue.to-verify", { n: row.to_verify })] : tellFlags(row.flag);
    return flags.length === 0 ? null : <span class="today-flags">{flags.join(t("flag.and"))}</span>;
}

/* The state, who is on it, and the button that changes that. */
function Held(props: { row: QueueRow; person: string | null; mayTake: boolean; decide: (row: QueueRow, what: "take" | "leave") => void }) {
    const { row, person } = props;
    const isMine = row.leased_to !== null && row.leased_to === person;
    const until = row.leased_until === null ? "" : tellAgo(row.leased_until);
    return (
        <span class="today-held" title={t("queue.open", { n: row.open })}>
            <StateMark state={row.state} />
            {row.leased_to !== null && (
                <span class="quiet">{isMine ? t("queue.with-me", { until }) : t.rich("queue.with", { who: <bdi>{row.leased_to}</bdi>, until })}</span>
            )}
            {props.mayTake && (row.leased_to === null || isMine) && (
                <button type="button" class="small" onClick={() => props.decide(row, isMine ? "leave" : "take")}>
                    {t(isMine ? "queue.leave" : "queue.take")}
                </button>
            )}
        </span>
    );
}
