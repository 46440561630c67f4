/* What could not be read, and each time that the archive was given something. */
import { useRows } from "../../base/api";
import { tellTime } from "../../base/dates";
import type { BatchRow, ProblemRow } from "../../base/types";
import { number, wordsOf } from "../../base/words";
import type { Column } from "../../parts/Table";
import { AskedTable } from "../../parts/Table";
import { sourcesWords } from "../../words/sources";

const t = wordsOf(sourcesWords);
const MANY = 500;

const problemColumns = (): Column<ProblemRow>[] => [
    { name: "time", title: t("time"), cell: (row) => tellTime(row.time) },
    { name: "what", title: t("what"), cell: (row) => t.named("what", row.what) },
    {
        name: "where",
        title: t("where"),
        isMain: true,
        cell: (row) => (
            <>
                <bdi class="address">{row.place}</bdi>
                {row.line !== null && row.line > 0 && <span class="hint"> {t("where.line", { n: row.line })}</span>}
            </>
        ),
    },
    { name: "reason", title: t("reason"), cell: (row) => <bdi lang="en">{row.reason}</bdi> },
];

export function Problems() {
    const asked = useRows<ProblemRow>("/problems", { limit: MANY });
    return (
        <>
            {asked.rows !== null && asked.rows.length > 0 && <p class="quiet">{t("problems.says")}</p>}
            <AskedTable
                caption={t("problems.table")}
                columns={problemColumns()}
                keyOf={(row) => `${row.time} ${row.place} ${row.line ?? ""} ${row.reason}`}
                asked={asked}
                whyEmpty={t("problems.empty")}
                hasKeys
            />
        </>
    );
}

const batchColumns = (): Column<BatchRow>[] => [
    { name: "batch", title: t("batch"), isMain: true, cell: (row) => number(row.batch) },
    { name: "time", title: t("time"), cell: (row) => tellTime(row.begun) },
    { name: "what", title: t("what"), cell: (row) => t.named("what", row.what) },
    { name: "added", title: t("batch.added"), align: "end", cell: (row) => number(row.added) },
    { name: "known", title: t("batch.known"), align: "end", cell: (row) => number(row.known) },
    {
        name: "problems",
        title: t("batch.problems"),
        align: "end",
        cell: (row) => (row.problems > 0 ? <a href="?tab=problems">{number(row.problems)}</a> : number(0)),
    },
];

export function Batches() {
    const asked = useRows<BatchRow>("/batches", { limit: MANY });
    return (
        <>
            {asked.rows !== null && asked.rows.length > 0 && <p class="quiet">{t("batches.says")}</p>}
            <AskedTable
                caption={t("batches.table")}
                columns={batchColumns()}
                keyOf={(row) => String(row.batch)}
                asked={asked}
                whyEmpty={t("batches.empty")}
                hasKeys
            />
        </>
    );
}
