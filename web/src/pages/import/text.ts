/* What a file is before it is given to the server: which form, which characters, which rows. Only for showing; the server reads it itself. */

import type { ImportTold } from "../../base/types";

export type Form = "csv" | "jsonl" | "text" | "html";
export const FORMS: readonly Form[] = ["csv", "jsonl", "text", "html"];

/* The server takes a request of at most so many bytes. */
export const MOST_BYTES = 64 * 1024 * 1024;

export function formOf(fileName: string): Form | null {
    const ending = /\.([a-z0-9]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? "";
    const forms: Record<string, Form> = { csv: "csv", tsv: "csv", jsonl: "jsonl", ndjson: "jsonl", txt: "text", html: "html", htm: "html" };
    return forms[ending] ?? null;
}

export interface Decoded {
    text: string;
    encoding: string; // "utf-8", "utf-16le", "utf-16be", "windows-1256"
}

/*
 * Offices still write tables in windows-1256 or UTF-16, and the interface takes text. Bytes that are no UTF-8 and have no mark of UTF-16 at their beginning are
 * taken for windows-1256, as the server's own reader of files does.
 */
export function decode(bytes: Uint8Array): Decoded {
    const as = (encoding: string): Decoded => ({ text: new TextDecoder(encoding).decode(bytes), encoding });
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return as("utf-16le");
    if (bytes[0] === 0xfe && bytes[1] === 0xff) return as("utf-16be");
    try {
        return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), encoding: "utf-8" };
    } catch {
        return as("windows-1256");
    }
}

/* The size of a request's body. */
export const bytesOf = (body: string): number => new TextEncoder().encode(body).length;

export interface Row {
    row: number; // as a spreadsheet counts: the head line is 1, empty rows count
    cells: string[];
}

const SEPARATORS = [",", ";", "\t"] as const;

/* The one that stands most often in the head line, outside of quotes. */
export function separatorOf(text: string): string {
    const head = (text.split(/\r\n|\r|\n/, 1)[0] ?? "").replace(/"[^"]*"/g, "");
    const count = (separator: string): number => head.split(separator).length;
    return SEPARATORS.reduce((best, one) => (count(one) > count(best) ? one : best), ",");
}

/* The first rows of a table in CSV (RFC 4180), without those that are empty. What is no cell there is shown as it stands: the server says what is wrong with it. */
export function rowsOf(text: string, most: number): Row[] {
    const separator = separatorOf(text);
    const cell = new RegExp(`(?:"((?:[^"]|"")*)"?|([^${separator}\\r\\n]*))(${separator}|\\r\\n|\\r|\\n|$)`, "y");
    const rows: Row[] = [];
    const body = text.replace(/^\ufeff/, "");
    let cells: string[] = [];
    for (let at = 0, row = 1; at < body.length && rows.length < most; ) {
        cell.lastIndex = at;
        const found = cell.exec(body);
        if (found === null) break;
        cells.push(found[1] === undefined ? (found[2] ?? "") : found[1].replace(/""/g, '"'));
        at = cell.lastIndex;
        if (found[3] === separator && at < body.length) continue;
        if (found[3] === separator) cells.push("");
        if (cells.some((c) => c !== "")) rows.push({ row, cells });
        cells = [];
        row++;
    }
    return rows;
}

/* The first lines that hold something, with their numbers. */
export function linesOf(text: string, most: number): Row[] {
    const rows: Row[] = [];
    const lines = text.split(/\r\n|\r|\n/, most * 2);
    for (const [at, line] of lines.entries()) if (line.trim() !== "" && rows.length < most) rows.push({ row: at + 1, cells: [line] });
    return rows;
}

export interface Fault {
    row: number | null;
    column: string | null; // where the message names one
    says: string;
}

/* The server tells "may.csv:5:actor: no party 'rusia'": the row stands beside it already. */
export function faultOf(told: ImportTold): Fault {
    const says = told.row === null ? told.message : told.message.replace(new RegExp(`^[^:]*:${told.row}:\\s*`), "");
    const found = /^([a-z_]+): (.+)$/s.exec(says);
    return { row: told.row, column: found?.[1] ?? null, says: found?.[2] ?? says };
}
