/* Days of the truce board: a period, the one before it of equal length, and the windows in which an agreement holds. */
import { addDays, daysBetween } from "../../base/dates";
import type { AgreementFile, Day } from "../../base/types";

export interface Period {
    from: Day;
    to: Day; // included
}

type Window = AgreementFile["windows"][number];

export const lengthOf = (period: Period): number => daysBetween(period.from, period.to) + 1;

/* The period `by` lengths later; earlier where it is negative. */
export function shift(period: Period, by: number): Period {
    const days = by * lengthOf(period);
    return { from: addDays(period.from, days), to: addDays(period.to, days) };
}

/* What the address asks for. One end alone is a day; ends the wrong way round are turned. */
export function periodOf(from: string, to: string, usual: Day): Period {
    if (from === "" && to === "") return { from: usual, to: usual };
    const a = from === "" ? to : from;
    const b = to === "" ? from : to;
    return a <= b ? { from: a, to: b } : { from: b, to: a };
}

/* Windows that have a day of the period. */
export function windowsIn(windows: readonly Window[], period: Period): Window[] {
    return windows.filter((w) => w.from <= period.to && (w.to === null || w.to >= period.from));
}

/* Where nobody asks for a day: the newest that was reported of, and no later than the agreement holds. */
export function usualDay(today: Day, newest: Day | null, windows: readonly Window[]): Day {
    const ends = windows.map((w) => w.to);
    const last = ends.length === 0 || ends.includes(null) ? null : ends.reduce((a, b) => ((a ?? "") > (b ?? "") ? a : b));
    const day = newest ?? today;
    return last != null && day > last ? last : day;
}
