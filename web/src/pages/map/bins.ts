/* Days put together so that a chart has room for them: by day, week, month or year, each as long as the calendar says. */
import { addDays, daysBetween } from "../../base/dates";
import type { Day, SeriesRow } from "../../base/types";

export type Step = "day" | "week" | "month" | "year";

export interface Bin {
    from: Day;
    to: Day; // included
}

export interface Binned {
    step: Step;
    bins: Bin[];
    keys: string[]; // the most frequent first
    counts: number[][]; // for each key, for each bin
}

const MOST = 110; // bars that can be told apart
const DAYS: readonly [Step, number][] = [["day", 1], ["week", 7], ["month", 30.4]];

export function stepFor(first: Day, last: Day): Step {
    const days = daysBetween(first, last) + 1;
    return DAYS.find(([, length]) => days / length <= MOST)?.[0] ?? "year";
}

export function binStart(day: Day, step: Step): Day {
    if (step === "day") return day;
    if (step === "month") return `${day.slice(0, 7)}-01`;
    if (step === "year") return `${day.slice(0, 4)}-01-01`;
    return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 1) % 7)); // weeks begin on Saturday, as the region counts them
}

export function nextStart(start: Day, step: Step): Day {
    if (step === "day") return addDays(start, 1);
    if (step === "week") return addDays(start, 7);
    return binStart(addDays(start, step === "month" ? 31 : 366), step);
}

export function binsBetween(first: Day, last: Day, step: Step): Bin[] {
    const bins: Bin[] = [];
    for (let from = binStart(first, step); from <= last; from = nextStart(from, step)) bins.push({ from, to: addDays(nextStart(from, step), -1) });
    return bins;
}

/*
 * The rows of GET /series counted by `groupOf`; beyond `most` groups the rest is one, named `other`. An incident counts on the day on which it began: one
 * that reaches into the days asked for from before them is on the map, but has no bar.
 */
export function binSeries(rows: readonly SeriesRow[], asked: Bin, groupOf: (key: string) => string, most: number, other: string): Binned {
    const isAsked = ({ day }: SeriesRow) => day !== null && (asked.from === "" || day >= asked.from) && (asked.to === "" || day <= asked.to);
    const dated = rows.filter(isAsked);
    const days = dated.map((row) => row.day).sort();
    const first = days[0];
    const last = days[days.length - 1];
    if (first === undefined || last === undefined) return { step: "day", bins: [], keys: [], counts: [] };
    const step = stepFor(first, last);
    const bins = binsBetween(first, last, step);
    const places = new Map(bins.map((bin, at) => [bin.from, at]));
    const totals = new Map<string, number>();
    for (const row of dated) totals.set(groupOf(row.key), (totals.get(groupOf(row.key)) ?? 0) + row.incidents);
    const ranked = [...totals].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([key]) => key);
    const keys = ranked.length > most ? [...ranked.slice(0, most - 1), other] : ranked;
    const counts = keys.map(() => bins.map(() => 0));
    for (const row of dated) {
        const key = groupOf(row.key);
        const line = counts[keys.includes(key) ? keys.indexOf(key) : keys.length - 1];
        const at = places.get(binStart(row.day, step));
        if (line !== undefined && at !== undefined) line[at] = (line[at] ?? 0) + row.incidents;
    }
    return { step, bins, keys, counts };
}

/* The days from the first to the last bin that a brush touches. */
export function brushed(bins: readonly Bin[], from: number, to: number): { from: Day; to: Day } | null {
    const first = bins[Math.max(0, Math.min(from, to))];
    const last = bins[Math.min(bins.length - 1, Math.max(from, to))];
    return first === undefined || last === undefined ? null : { from: first.from, to: last.to };
}

/* Each line is the sum of it and those before: painted from the last to the first, each covers what is not its own. */
export function pileUp(lines: readonly (readonly number[])[]): number[][] {
    const sums: number[][] = [];
    lines.forEach((line, at) => sums.push(line.map((value, bin) => value + (sums[at - 1]?.[bin] ?? 0))));
    return sums;
}
