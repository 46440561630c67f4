/* Which words of a report are marked: those of all its records, the same words of the same role once. */
import type { RecordRow, Span } from "../../base/types";
import type { FieldRole } from "./fields";
import { fieldsOf } from "./fields";
import type { Mark } from "./spans";

export interface Words {
    role: FieldRole | "sentence";
    owners: { record: string; field: string }[];
}

export interface MarkChoice {
    chosen: string | null; // record
    hidden: readonly string[]; // roles
    isOthers: boolean; // words of other records too
}

// Of a report with hundreds of records, all words of all of them would be thousands of marks: of the others, what names the event is enough.
const RECORDS_MOST = 60;

export function marksOf(records: readonly RecordRow[], choice: MarkChoice, at: (byte: number) => number): Mark<Words>[] {
    const marks = new Map<string, Mark<Words>>();
    const add = (role: Words["role"], span: Span | null, record: string, field: string) => {
        if (span === null || choice.hidden.includes(role)) return;
        const key = `${role} ${span[0]} ${span[1]}`;
        const mark = marks.get(key);
        if (mark !== undefined) mark.of.owners.push({ record, field });
        else marks.set(key, { start: at(span[0]), end: at(span[1]), of: { role, owners: [{ record, field }] } });
    };
    for (const row of records) {
        if (row.id === choice.chosen) add("sentence", row.record.sentence, row.id, "sentence");
        else if (!choice.isOthers) continue;
        const isShort = row.id !== choice.chosen && records.length > RECORDS_MOST;
        for (const field of isShort ? fieldsOf(row.record).slice(0, 1) : fieldsOf(row.record)) add(field.role, field.span, row.id, field.id);
    }
    return [...marks.values()];
}
