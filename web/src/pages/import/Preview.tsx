/* The first rows of what is to be imported, with those that have a fault marked; and all faults by row and column. */
import { wordsOf } from "../../base/words";
import type { Column } from "../../parts/Table";
import { Table } from "../../parts/Table";
import { importWords } from "../../words/import";
import type { Fault, Form, Row } from "./text";
import { linesOf, rowsOf } from "./text";

const t = wordsOf(importWords);
const SHOWN = 50; // rows
const SHOWN_LETTERS = 3000;
const CELL_LETTERS = 160;

const shorten = (text: string): string => (text.length > CELL_LETTERS ? `${text.slice(0, CELL_LETTERS)}…` : text);

function RowState(props: { isBad: boolean }) {
    return <span class={props.isBad ? "mark mark-gap" : "quiet"}>{t(props.isBad ? "row.bad" : "row.good")}</span>;
}

export function Preview(props: { form: Form; content: string; bad: ReadonlySet<number> | null }) {
    const { form, content, bad } = props;
    if (form === "text" || form === "html")
        return (
            <section class="sheet">
                <header class="sheet-head">
                    <h2>{t("preview.text")}</h2>
                </header>
                <pre class="sheet-body import-text" dir="auto" tabIndex={0}>
                    {content.slice(0, SHOWN_LETTERS)}
                </pre>
            </section>
        );
    const all = form === "csv" ? rowsOf(content, SHOWN + 1) : linesOf(content, SHOWN);
    const head = form === "csv" ? (all[0]?.cells ?? []) : [""];
    const rows = form === "csv" ? all.slice(1) : all;
    const columns: Column<Row>[] = [
        { name: "row", title: t("row"), isMain: true, cell: (row) => row.row },
        ...(bad === null ? [] : [{ name: "state", title: t("row.state"), cell: (row: Row) => <RowState isBad={bad.has(row.row)} /> }]),
        ...head.map((title, at) => ({ name: `cell-${at}`, title, cell: (row: Row) => <bdi>{shorten(row.cells[at] ?? "")}</bdi> })),
    ];
    return (
        <section class="sheet">
            <header class="sheet-head">
                <h2>{t("preview")}</h2>
                <span class="quiet">{t("preview.says", { n: rows.length })}</span>
            </header>
            <div class="import-rows" tabIndex={0} role="group" aria-label={t("preview.table")}>
                <Table caption={t("preview.table")} columns={columns} rows={rows} keyOf={(row) => String(row.row)} isDense />
            </div>
        </section>
    );
}

export function Faults(props: { faults: readonly Fault[]; form: Form; content: string }) {
    const last = props.faults.reduce((most, fault) => Math.max(most, fault.row ?? 0), 0);
    const rows = props.form === "csv" ? rowsOf(props.content, last) : [];
    const head = rows[0]?.cells ?? [];
    const written = new Map(rows.map((row) => [row.row, row.cells]));
    const cellOf = (fault: Fault): string => (fault.column === null ? "" : (written.get(fault.row ?? 0)?.[head.indexOf(fault.column)] ?? ""));
    const columns: Column<Fault & { at: number }>[] = [
        { name: "row", title: t("row"), isMain: true, cell: (fault) => fault.row ?? "–" },
        { name: "column", title: t("column"), cell: (fault) => (fault.column === null ? <span class="quiet">{t("column.whole")}</span> : <code>{fault.column}</code>) },
        ...(props.form === "csv" ? [{ name: "cell", title: t("cell"), cell: (fault: Fault) => <bdi>{shorten(cellOf(fault))}</bdi> }] : []),
        { name: "fault", title: t("fault"), cell: (fault) => <bdi lang="en">{fault.says}</bdi> },
    ];
    return (
        <section class="sheet">
            <header class="sheet-head">
                <h2>{t("faults")}</h2>
            </header>
            <p class="sheet-body quiet">{t("faults.says")}</p>
            <Table
                caption={t("faults.table")}
                columns={columns}
                rows={props.faults.map((fault, at) => ({ ...fault, at }))}
                keyOf={(fault) => String(fault.at)}
                isDense
            />
        </section>
    );
}
