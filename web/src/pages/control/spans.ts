/* What GET /control tells, put in order: who is said to hold a town on a day, the days on which that changes, and what it rests on. */
import { addDays, daysBetween } from "../../base/dates";
import type { ControlRow, Day } from "../../base/types";

export interface TownClaim {
    isFor: boolean; // the answer rests on it; else it speaks against it
    what: "captured" | "held" | "left" | "not-held";
    holder: string;
    speaker: string; // a party, or "the report"
    record: string; // id
}

export interface Town {
    id: string;
    spans: ControlRow[]; // by day
}

const CLAIM = /^(for|against): (captured|held|left|not held) by (\S+), according to (.+) \((\S+)\)$/;

/* "for: held by syria.kurds, according to sohr (R-…)"; null where it is put otherwise. */
export function readClaim(text: string): TownClaim | null {
    const [, side, what, holder, speaker, record] = CLAIM.exec(text) ?? [];
    if (what === undefined || holder === undefined || speaker === undefined || record === undefined) return null;
    return { isFor: side === "for", what: what === "not held" ? "not-held" : (what as TownClaim["what"]), holder, speaker, record };
}

export const claimsOf = (span: ControlRow): TownClaim[] => span.claims.flatMap((text) => readClaim(text) ?? []);

export function townsOf(rows: readonly ControlRow[]): Town[] {
    const towns = new Map<string, Town>();
    for (const row of rows) {
        const town = towns.get(row.place_id) ?? { id: row.place_id, spans: [] };
        town.spans.push(row);
        towns.set(row.place_id, town);
    }
    for (const town of towns.values()) town.spans.sort((a, b) => (a.from < b.from ? -1 : 1));
    return [...towns.values()];
}

/* The span that holds on a day; null before anything was told of the town. */
export const spanAt = (town: Town, day: Day): ControlRow | null => town.spans.find((span) => span.from <= day && (span.to === null || span.to >= day)) ?? null;

/* Does the span name a holder? Of a contested town, or one of which nothing follows, the row's holder says just that. */
export const isHeld = (span: Pick<ControlRow, "status">): boolean => span.status !== "contested" && span.status !== "unknown";

/* Holders in the order in which the data names them first: colours are given by it, and by nothing else. */
export function holdersOf(rows: readonly ControlRow[]): string[] {
    const first = rows.filter(isHeld).sort((a, b) => (a.from === b.from ? (a.place_id < b.place_id ? -1 : 1) : a.from < b.from ? -1 : 1));
    return [...new Set(first.map((row) => row.holder))];
}

/* Days on which somebody is said to take, hold or lose a town; in order, each once. */
export function changeDays(rows: readonly ControlRow[]): Day[] {
    return [...new Set(rows.flatMap((row) => (row.to === null ? [row.from] : [row.from, addDays(row.to, 1)])))].sort();
}

export const changeAfter = (days: readonly Day[], day: Day): Day | null => days.find((d) => d > day) ?? null;

export function changeBefore(days: readonly Day[], day: Day): Day | null {
    const before = days.filter((d) => d < day);
    return before[before.length - 1] ?? null;
}

/* The slider counts days from the first change; a day outside goes to its end. */
export function sliderAt(first: Day, last: Day, day: Day): { at: number; most: number } {
    const most = Math.max(0, daysBetween(first, last));
    return { at: Math.max(0, Math.min(most, daysBetween(first, day))), most };
}

export interface Extent {
    start: number; // percent of the track
    length: number;
}

/* Where a span lies between two days; an open one goes on to the end. */
export function extentOf(span: Pick<ControlRow, "from" | "to">, first: Day, last: Day): Extent {
    const whole = daysBetween(first, last) + 1;
    const from = Math.max(0, daysBetween(first, span.from));
    const to = Math.min(whole, span.to === null ? whole : daysBetween(first, span.to) + 1);
    return { start: (from / whole) * 100, length: (Math.max(0, to - from) / whole) * 100 };
}
