/* Files of a release: the hashes of its manifest, and what its changes.csv counts. */
import type { FileEntry } from "../../base/types";

/* Lines of "hash  name"; those that are none are passed over. */
export function readManifest(text: string): Map<string, string> {
    const hashes = new Map<string, string>();
    for (const line of text.split("\n")) {
        const [, hash, name] = /^([0-9a-f]{64}) [ *](.+?)\r?$/.exec(line) ?? [];
        if (hash !== undefined && name !== undefined) hashes.set(name, hash);
    }
    return hashes;
}

/* Files that are there, with their hashes. */
export function withHashes(files: readonly FileEntry[], manifest: Map<string, string>): (FileEntry & { hash: string | null })[] {
    return files.map((file) => ({ ...file, hash: file.sha256 ?? manifest.get(file.name) ?? null }));
}

/* Files that the manifest names and that are not offered one by one (the folder of rules). */
export function namedOnly(files: readonly FileEntry[], manifest: Map<string, string>): string[] {
    const there = new Set(files.map((f) => f.name));
    return [...manifest.keys()].filter((name) => !there.has(name));
}

/* Rows of a table of comma-separated values (RFC 4180), the header among them. */
export function readCsv(text: string): string[][] {
    const rows: string[][] = [];
    let row: string[] = [];
    let cell = "";
    let isQuoted = false;
    const endCell = () => {
        row.push(cell);
        cell = "";
    };
    const endRow = () => {
        endCell();
        rows.push(row);
        row = [];
    };
    for (let i = 0; i < text.length; i++) {
        const c = text[i];
        if (isQuoted) {
            if (c !== '"') cell += c;
            else if (text[i + 1] === '"') cell += text[++i];
            else isQuoted = false;
        } else if (c === '"') isQuoted = true;
        else if (c === ",") endCell();
        else if (c === "\n") endRow();
        else if (c !== "\r") cell += c;
    }
    if (cell !== "" || row.length > 0) endRow();
    return rows;
}

export interface Change {
    id: string;
    what: string; // "added", "changed", "withdrawn"
    field: string;
    old: string;
    new: string;
}

export function readChanges(text: string): Change[] {
    const [header, ...rows] = readCsv(text);
    const at = (row: string[], name: string): string => row[header?.indexOf(name) ?? -1] ?? "";
    return rows.map((row) => ({ id: at(row, "id"), what: at(row, "what"), field: at(row, "field"), old: at(row, "old"), new: at(row, "new") }));
}

/* How many ids are added, changed, withdrawn: a change has a row for each field. */
export function countChanges(changes: readonly Change[]): Record<string, number> {
    const ids = new Map<string, Set<string>>();
    for (const change of changes) {
        const seen = ids.get(change.what) ?? new Set<string>();
        ids.set(change.what, seen.add(change.id));
    }
    return Object.fromEntries([...ids].map(([what, seen]) => [what, seen.size]));
}
