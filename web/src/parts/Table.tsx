/*
 * Rows in the server's order. Keys: j and k move, Enter opens. At phone width each row is a card with the names of its columns.
 */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { AskedRows } from "../base/api";
import { useKeys } from "../base/keys";
import { go } from "../base/router";
import { wordsOf } from "../base/words";
import { partsWords } from "../words/parts";
import { EmptyNote, FaultNote, Skeleton } from "./Status";

const t = wordsOf(partsWords);

export interface Column<Row> {
    name: string; // for keys and classes
    title: string;
    cell: (row: Row) => ComponentChildren;
    align?: "start" | "end"; // numbers stand at the end
    isMain?: boolean; // the cell that names the row: heading of the card, row header of the table
    isQuiet?: boolean; // left out of the card
    isTelling?: boolean; // says by itself what it is: its title is left out of the card
}

export interface TableProps<Row> {
    caption: string; // for screen readers
    columns: readonly Column<Row>[];
    rows: readonly Row[];
    keyOf: (row: Row) => string;
    hrefOf?: (row: Row) => string | null; // where Enter and a click on the row lead
    chosen?: string | null; // key of the row that is chosen, where the page keeps it
    onChoose?: (row: Row) => void; // chosen by a key or a click; then a click on the row does not open it
    hasKeys?: boolean; // j, k, Enter; one table of a page has them
    isDense?: boolean;
}

export function Table<Row>(props: TableProps<Row>) {
    const [own, setOwn] = useState<string | null>(null);
    const body = useRef<HTMLTableSectionElement>(null);
    const chosen = props.chosen === undefined ? own : props.chosen;
    const choose = (row: Row) => {
        setOwn(props.keyOf(row));
        props.onChoose?.(row);
    };
    const move = (by: number) => {
        const at = props.rows.findIndex((row) => props.keyOf(row) === chosen);
        const to = props.rows[at === -1 ? 0 : Math.min(props.rows.length - 1, Math.max(0, at + by))];
        if (to !== undefined) choose(to);
    };
    const open = () => {
        const row = props.rows.find((r) => props.keyOf(r) === chosen);
        const to = row === undefined ? null : props.hrefOf?.(row);
        if (to != null) go(to);
    };
    useKeys(
        props.hasKeys === true
            ? [
                  { key: "j", says: t("keys.next"), run: () => move(1) },
                  { key: "k", says: t("keys.previous"), run: () => move(-1) },
                  ...(props.hrefOf === undefined ? [] : [{ key: "Enter", says: t("keys.open"), run: open }]),
              ]
            : [],
    );
    useEffect(() => {
        if (own !== null) body.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
    }, [own]);
    return (
        <div class="table-frame">
            <table class={props.isDense === true ? "table table-dense" : "table"}>
                <caption class="unseen">{props.caption}</caption>
                <thead>
                    <tr>
                        {props.columns.map((column) => (
                            <th key={column.name} scope="col" class={classOf(column)}>
                                {column.title}
                            </th>
                        ))}
                    </tr>
                </thead>
                <tbody ref={body}>
                    {props.rows.map((row) => {
                        const key = props.keyOf(row);
                        return (
                            <tr
                                key={key}
                                aria-selected={props.hasKeys === true || props.onChoose !== undefined ? key === chosen : undefined}
                                class={props.hrefOf === undefined && props.onChoose === undefined ? "" : "is-live"}
                                onClick={(event) => pressRow(event, row, props, choose)}
                            >
                                {props.columns.map((column) => (
                                    <Cell key={column.name} column={column} row={row} />
                                ))}
                            </tr>
                        );
                    })}
                </tbody>
            </table>
        </div>
    );
}

const classOf = (column: Column<never>): string =>
    `col-${column.name}${column.align === "end" ? " at-end" : ""}${column.isMain === true ? " is-main" : ""}${column.isQuiet === true ? " is-quiet" : ""}`;

function Cell<Row>(props: { column: Column<Row>; row: Row }) {
    const content = props.column.cell(props.row);
    const name = classOf(props.column);
    if (props.column.isMain === true)
        return (
            <th scope="row" class={name}>
                {content}
            </th>
        );
    return (
        <td class={name} data-title={props.column.isTelling === true ? undefined : props.column.title}>
            {content}
        </td>
    );
}

/* A click on a row opens it, unless it was on a link or button in it, or somebody marks text. */
function pressRow<Row>(event: MouseEvent, row: Row, props: TableProps<Row>, choose: (row: Row) => void): void {
    if (event.target instanceof Element && event.target.closest("a, button, input, select, label") !== null) return;
    if (getSelection()?.isCollapsed === false) return;
    choose(row);
    const to = props.onChoose === undefined ? props.hrefOf?.(row) : null;
    if (to != null) go(to);
}

/* The "more" below the rows; it says how many are there. */
export function Pager(props: { shown: number; hasMore: boolean; isLoading: boolean; onMore: () => void }) {
    return (
        <div class="pager">
            <span class="quiet">{t("rows.shown", { n: props.shown })}</span>
            {props.hasMore && (
                <button type="button" onClick={props.onMore} disabled={props.isLoading}>
                    {props.isLoading ? t("loading") : t("more")}
                </button>
            )}
        </div>
    );
}

/* All that a table of the server can be: loading, refused, empty with its reason, rows and more. */
export function AskedTable<Row>(props: Omit<TableProps<Row>, "rows"> & { asked: AskedRows<Row>; whyEmpty: string; empty?: ComponentChildren }) {
    const { asked, whyEmpty, empty, ...table } = props;
    if (asked.rows === null) return asked.fault !== null ? <FaultNote fault={asked.fault} onRetry={asked.reload} /> : <Skeleton lines={6} />;
    return (
        <>
            {asked.fault !== null && <FaultNote fault={asked.fault} onRetry={asked.reload} />}
            {asked.rows.length === 0 ? <EmptyNote why={whyEmpty}>{empty}</EmptyNote> : <Table {...table} rows={asked.rows} />}
            {asked.rows.length > 0 && <Pager shown={asked.rows.length} hasMore={asked.hasMore} isLoading={asked.isLoading} onMore={asked.more} />}
        </>
    );
}
