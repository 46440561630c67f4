/* The table: governorate by side accused and side that accuses, beside what could not be seen. */
import { useAsked } from "../../base/api";
import { tellBounds } from "../../base/figures";
import { partyName } from "../../base/names";
import { href } from "../../base/router";
import type { Candidate, Table, TruceRow } from "../../base/types";
import { number, wordsOf } from "../../base/words";
import { EmptyNote, FaultNote, Skeleton } from "../../parts/Status";
import { sideName } from "../../parts/side";
import { truceWords } from "../../words/truce";
import type { Cell, Governorate } from "./count";
import { echoesOf, groupRows } from "./count";
import type { Period } from "./period";

const t = wordsOf(truceWords);

export interface BoardProps {
    agreement: string;
    governorates: readonly string[]; // that the agreement names
    rule: string;
    beside: string; // "": no second rule
    period: Period;
    mayRead: boolean; // candidates are for those who may read
}

export function Board(props: BoardProps) {
    const question = { agreement: props.agreement, ...props.period };
    const first = useAsked<Table<TruceRow>>("/truce", { ...question, rule: props.rule });
    const second = useAsked<Table<TruceRow>>(props.beside === "" ? null : "/truce", { ...question, rule: props.beside });
    const fault = first.fault ?? second.fault;
    if (first.value === null || (props.beside !== "" && second.value === null))
        return fault !== null ? <FaultNote fault={fault} onRetry={first.fault !== null ? first.reload : second.reload} /> : <Skeleton lines={8} />;
    const groups = groupRows(first.value.rows, props.beside === "" ? [] : (second.value?.rows ?? []), props.governorates);
    return (
        <>
            {fault !== null && <FaultNote fault={fault} />}
            <div aria-busy={first.isLoading || second.isLoading}>
                <Alleged {...props} groups={groups.filter((g) => g.cells.length > 0)} />
                {props.mayRead && <Echoes {...props} />}
                <Unseen groups={groups} />
            </div>
        </>
    );
}

interface BoardColumn {
    name: string;
    title: string;
    rule?: string | undefined; // where there are two
}

function Alleged(props: BoardProps & { groups: readonly Governorate[] }) {
    const isTwo = props.beside !== "";
    const hasMarks = props.groups.some((g) => g.cells.some((c) => c.counted?.breaches !== undefined));
    const columns: BoardColumn[] = [
        { name: "accused", title: t("accused") },
        { name: "accuser", title: t("accuser") },
        { name: "period", title: t("alleged.period"), rule: isTwo ? props.rule : undefined },
        ...(isTwo ? [{ name: "period-beside", title: t("alleged.period"), rule: props.beside }] : []),
        { name: "previous", title: t("alleged.previous"), rule: isTwo ? props.rule : undefined },
        { name: "total", title: t("alleged.total"), rule: isTwo ? props.rule : undefined },
        ...(isTwo ? [{ name: "total-beside", title: t("alleged.total"), rule: props.beside }] : []),
        { name: "killed", title: t("killed") },
        ...(hasMarks ? [{ name: "breaches", title: t("breaches") }, { name: "unmarked", title: t("unmarked") }] : []),
    ];
    if (props.groups.length === 0) return <EmptyNote why={t("board.empty")} />;
    return (
        <section class="truce-alleged">
            <h2>{t("board.title")}</h2>
            <p class="hint">{t("board.says")}</p>
            <div class="table-frame" tabIndex={0} role="group" aria-label={t("board.title")}>
                <table class="table table-dense truce-table">
                    <caption class="unseen">{t("board.title")}</caption>
                    <thead>
                        <tr>
                            {columns.map((c) => (
                                <th key={c.name} scope="col" class={c.name === "accused" || c.name === "accuser" ? "" : "at-end"}>
                                    {c.title}
                                    {c.rule !== undefined && <bdi class="truce-of-rule">{c.rule}</bdi>}
                                </th>
                            ))}
                        </tr>
                    </thead>
                    {props.groups.map((group) => (
                        <tbody key={group.name}>
                            <tr class="truce-governorate">
                                <th scope="rowgroup" colSpan={columns.length}>
                                    <bdi>{group.name === "" ? t("governorate.none") : group.name}</bdi>
                                    <SeenMark group={group} />
                                </th>
                            </tr>
                            {group.cells.map((cell) => (
                                <CellRow key={`${cell.accused}|${cell.accuser}`} cell={cell} columns={columns} />
                            ))}
                        </tbody>
                    ))}
                </table>
            </div>
        </section>
    );
}

function SeenMark(props: { group: Governorate }) {
    if (props.group.isSeen && props.group.unseenDays === 0) return null;
    return <span class="mark truce-unseen">{props.group.isSeen ? t("unseen.days", { n: props.group.unseenDays }) : t("unseen.all")}</span>;
}

function CellRow(props: { cell: Cell; columns: readonly BoardColumn[] }) {
    const { counted, beside } = props.cell;
    const shown: Record<string, string> = {
        period: number(counted?.period ?? 0),
        "period-beside": number(beside?.period ?? 0),
        previous: number(counted?.previous ?? 0),
        total: number(counted?.total ?? 0),
        "total-beside": number(beside?.total ?? 0),
        killed: killedText(counted),
        breaches: number(counted?.breaches ?? beside?.breaches ?? 0),
        unmarked: number(counted?.unmarked ?? 0),
    };
    return (
        <tr>
            <th scope="row" class="is-main">
                <span class="truce-card-label">{t("accused")} </span>
                <bdi>{sideName(props.cell.accused)}</bdi>
            </th>
            <td data-title={t("accuser")}>
                <bdi>{props.cell.accuser === "" ? t("own-voice") : sideName(props.cell.accuser)}</bdi>
            </td>
            {props.columns.slice(2).map((c) => (
                <td key={c.name} class="at-end" data-title={c.rule === undefined ? c.title : `${c.title} · \u2068${c.rule}\u2069`}>
                    <bdi>{shown[c.name]}</bdi>
                </td>
            ))}
        </tr>
    );
}

function killedText(row: TruceRow | null): string {
    if (row === null || (row.killed_low === 0 && row.killed_high === 0)) return "–";
    return tellBounds(row.killed_low, row.killed_high);
}

const MOST_ROWS = 1000;

/* How much of what one alleges the other tells too. Marsad knows only what reports say: not telling is not denying. */
function Echoes(props: BoardProps) {
    const { value, isLoading } = useAsked<Table<Candidate>>("/truce/candidates", { agreement: props.agreement, rule: props.rule, ...props.period, limit: MOST_ROWS });
    const echoes = echoesOf(value?.rows ?? []);
    if (echoes.length === 0) return null;
    return (
        <section class="truce-section" aria-busy={isLoading}>
            <h2>{t("echo.title")}</h2>
            <p class="hint">{t("echo.says", { rule: props.rule })}</p>
            {value?.next != null && <p class="hint">{t("echo.part", { n: MOST_ROWS })}</p>}
            <ul class="truce-echoes">
                {echoes.map((e) => (
                    <li key={`${e.accuser}|${e.accused}`}>
                        {t.rich("echo", {
                            accuser: <bdi>{partyName(e.accuser)}</bdi>,
                            accused: <bdi>{partyName(e.accused)}</bdi>,
                            again: <bdi>{partyName(e.accused)}</bdi>,
                            n: e.incidents,
                            incidents: t("incidents", { n: e.incidents }),
                            told: number(e.told),
                            of: number(e.incidents),
                        })}
                    </li>
                ))}
            </ul>
        </section>
    );
}

function Unseen(props: { groups: readonly Governorate[] }) {
    const dark = props.groups.filter((g) => !g.isSeen);
    const partly = props.groups.filter((g) => g.isSeen && g.unseenDays > 0);
    const seen = props.groups.filter((g) => g.isSeen && g.cells.length === 0);
    const names = (groups: readonly Governorate[], says: (g: Governorate) => string) => (
        <ul class="truce-names">
            {groups.map((g) => (
                <li key={g.name}>
                    <a href={href("/map", { area: g.name })}>
                        <bdi>{g.name === "" ? t("governorate.none") : g.name}</bdi>
                    </a>
                    <span class="quiet">{says(g)}</span>
                </li>
            ))}
        </ul>
    );
    return (
        <section class="truce-dark">
            <h2>{t("unseen.title")}</h2>
            <p>
                <strong>{t("unseen.silence")}</strong> {t("unseen.says")}
            </p>
            {dark.length + partly.length === 0 && <p>{t("unseen.none")}</p>}
            {dark.length > 0 && <h3>{t("unseen.all.title")}</h3>}
            {names(dark, (g) => t("unseen.days", { n: g.unseenDays }))}
            {partly.length > 0 && <h3>{t("unseen.partly.title")}</h3>}
            {names(partly, (g) => t("unseen.days", { n: g.unseenDays }))}
            {seen.length > 0 && <h3>{t("seen.title")}</h3>}
            {names(seen, () => "")}
        </section>
    );
}
