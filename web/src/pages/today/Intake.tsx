/* What was read and, before it, what was not: gaps come first. */
import { Fragment } from "preact";
import type { Asked } from "../../base/api";
import { tellDay } from "../../base/dates";
import { href, where } from "../../base/router";
import type { IntakeRow, Table as Rows } from "../../base/types";
import { number, wordsOf } from "../../base/words";
import { EmptyNote, FaultNote, Skeleton } from "../../parts/Status";
import type { Column } from "../../parts/Table";
import { Table } from "../../parts/Table";
import { Tile, Tiles } from "../../parts/Tiles";
import { todayWords } from "../../words/today";

const t = wordsOf(todayWords);

const SILENT_DAYS = 2; // one day without a report is a weekend or a late evening
const LONG_DAYS = 60;
const NAMED = 8; // silent outlets that are named; the table below has all

const isSilent = (row: IntakeRow): boolean => row.articles === 0 || (row.silent_days ?? 0) >= SILENT_DAYS;
const sum = (rows: readonly IntakeRow[], of: "articles" | "copies" | "records"): number => rows.reduce((all, row) => all + row[of], 0);

/* Of a short silence how long, of a long one since when. */
function silence(row: IntakeRow): string {
    if (row.silent_days === null) return "";
    return row.silent_days > LONG_DAYS && row.newest !== null ? t("silent.since", { day: tellDay(row.newest, "short") }) : t("silent.days", { n: row.silent_days });
}


function columns(): Column<IntakeRow>[] {
    return [
        { name: "outlet", title: t("outlet.name"), cell: (row) => <bdi>{row.outlet}</bdi>, isMain: true },
        { name: "articles", title: t("outlet.articles"), cell: (row) => number(row.articles), align: "end" },
        { name: "copies", title: t("outlet.copies"), cell: (row) => number(row.copies), align: "end" },
        { name: "records", title: t("outlet.records"), cell: (row) => number(row.records), align: "end" },
        { name: "newest", title: t("outlet.newest"), cell: (row) => (row.newest === null ? "" : tellDay(row.newest, "short")) },
        { name: "silent", title: t("outlet.silent"), cell: (row) => (isSilent(row) ? silence(row) : "") },
    ];
}

export function Intake(props: { asked: Asked<Rows<IntakeRow>>; problems: number | null }) {
    const { value, fault, reload } = props.asked;
    return (
        <section class="sheet today-intake" aria-labelledby="intake">
            <div class="sheet-head">
                <h2 id="intake">{t("intake")}</h2>
                <span class="quiet">{t("intake.lead")}</span>
            </div>
            {fault !== null && <FaultNote fault={fault} onRetry={reload} />}
            {value === null && fault === null && <Skeleton lines={2} />}
            {value !== null && <Read rows={value.rows} problems={props.problems} />}
        </section>
    );
}

function Read(props: { rows: IntakeRow[]; problems: number | null }) {
    const { rows } = props;
    const silent = rows.filter(isSilent);
    if (sum(rows, "articles") === 0 && silent.length === 0)
        return (
            <EmptyNote why={t("intake.none")}>
                {where().query.get("since") !== "all" && <a href={href(where().path, { ...Object.fromEntries(where().query), since: "all" })}>{t("intake.show-all")}</a>}
            </EmptyNote>
        );
    const read = rows.filter((row) => row.articles > 0).length;
    const [articles, copies, records] = [sum(rows, "articles"), sum(rows, "copies"), sum(rows, "records")];
    return (
        <>
            <Tiles>
                <Tile n={silent.length} says={t("tile.silent", { n: silent.length })} isNoted={silent.length > 0} />
                {props.problems !== null && (
                    <Tile n={props.problems} says={t("tile.problems", { n: props.problems })} isNoted={props.problems > 0} href="/sources?tab=problems" />
                )}
                <Tile n={read} says={t("tile.outlets", { n: read })} href="/sources" />
                <Tile n={articles} says={t("tile.articles", { n: articles })} />
                <Tile n={copies} says={t("tile.copies", { n: copies })} />
                <Tile n={records} says={t("tile.records", { n: records })} />
            </Tiles>
            {silent.length > 0 && <Silent rows={silent} />}
            <details class="today-outlets">
                <summary>{t("outlets.all", { n: rows.length })}</summary>
                <Table caption={t("intake")} columns={columns()} rows={rows} keyOf={(row) => row.outlet} isDense />
            </details>
        </>
    );
}

function Silent(props: { rows: IntakeRow[] }) {
    return (
        <p class="today-silent">
            {t("silent.lead")}{" "}
            {props.rows.slice(0, NAMED).map((row, at) => (
                <Fragment key={row.outlet}>
                    {at > 0 && "\u00a0· "}
                    <span>
                        <bdi>{row.outlet}</bdi> <span class="quiet">{silence(row)}</span>
                    </span>
                </Fragment>
            ))}
            {props.rows.length > NAMED && ` · ${t("silent.more", { n: props.rows.length - NAMED })}`}
        </p>
    );
}
