/* What each outlet brought, the gaps first. */
import { useRows } from "../../base/api";
import { tellAgo, tellDay, tellTime } from "../../base/dates";
import { day, useQuery } from "../../base/router";
import type { IntakeRow } from "../../base/types";
import { number, wordsOf } from "../../base/words";
import { FilterBar, noFilters } from "../../parts/Filters";
import type { Column } from "../../parts/Table";
import { AskedTable } from "../../parts/Table";
import { sourcesWords } from "../../words/sources";
import { bySilence, isSilent } from "./feeds";

const t = wordsOf(sourcesWords);
const PERIOD = { from: day(), to: day() };
const ALL = 1000; // rows: more outlets than anybody reads, so that they can be sorted

const columns = (): Column<IntakeRow>[] => [
    { name: "outlet", title: t("outlet"), isMain: true, cell: (row) => <bdi>{row.outlet}</bdi> },
    {
        name: "silent",
        title: t("silent"),
        cell: (row) =>
            row.silent_days === null ? (
                <span class="quiet">{t("silent.unknown")}</span>
            ) : (
                <span class={isSilent(row) ? "mark mark-gap" : "quiet"}>{t("silent.days", { n: row.silent_days })}</span>
            ),
    },
    { name: "newest", title: t("newest"), cell: (row) => (row.newest === null ? "–" : tellDay(row.newest, "short")) },
    { name: "articles", title: t("articles"), align: "end", cell: (row) => number(row.articles) },
    { name: "copies", title: t("copies"), align: "end", cell: (row) => number(row.copies) },
    { name: "records", title: t("records"), align: "end", cell: (row) => number(row.records) },
    { name: "stored", title: t("stored"), cell: (row) => (row.stored === null ? "–" : <span title={tellTime(row.stored)}>{tellAgo(row.stored)}</span>) },
];

export function Outlets() {
    const [period, change] = useQuery(PERIOD);
    const asked = useRows<IntakeRow>("/intake", { ...period, limit: ALL });
    const rows = asked.rows === null ? null : bySilence(asked.rows);
    return (
        <>
            <FilterBar filters={{ ...noFilters(), ...period }} onChange={change} has={["from", "to"]} />
            {rows !== null && rows.length > 0 && <p class="quiet">{t("outlets.says", { n: rows.filter(isSilent).length })}</p>}
            <AskedTable
                caption={t("outlets.table")}
                columns={columns()}
                keyOf={(row) => row.outlet}
                asked={{ ...asked, rows }}
                whyEmpty={t("outlets.empty")}
                hasKeys
            />
        </>
    );
}
