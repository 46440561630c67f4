/* How a feed does, and which outlets are silent. */
import type { FeedRow, IntakeRow } from "../../base/types";

const DAY_MS = 24 * 60 * 60 * 1000;
const SILENT_DAYS = 2; // an outlet of these wars reports daily: two days without a word are a gap that readers must know of

export type FeedState = "waiting" | "works" | "silent" | "failing";

export function feedState(feed: Pick<FeedRow, "failures" | "last_success" | "silent_since">, now: number): FeedState {
    if (feed.failures > 0) return "failing";
    if (feed.last_success === null) return "waiting";
    const isSilent = feed.silent_since !== null && now - Date.parse(feed.silent_since) >= SILENT_DAYS * DAY_MS;
    return isSilent ? "silent" : "works";
}

export const isSilent = (outlet: Pick<IntakeRow, "silent_days">): boolean => (outlet.silent_days ?? 0) >= SILENT_DAYS;

/* The gaps first. An outlet of which no day is known stands at the end. */
export function bySilence(rows: readonly IntakeRow[]): IntakeRow[] {
    return [...rows].sort((a, b) => (b.silent_days ?? -1) - (a.silent_days ?? -1) || a.outlet.localeCompare(b.outlet, "ar"));
}

export function isFeedAddress(text: string): boolean {
    try {
        return ["http:", "https:"].includes(new URL(text).protocol);
    } catch {
        return false;
    }
}
