/* What a person may say of a candidate, and when the server asks why. The server decides; this spares people a refusal. */
import type { Candidate, TruceMark } from "../../base/types";

export const MARKS = ["breach", "not-in-scope", "self-defence", "insufficient", "none"] as const satisfies readonly TruceMark[];

export const keyOf = (c: Candidate): string => [c.incident, c.record, c.accused, c.accuser, c.term].join("|");

const isSamePerson = (a: string | null, b: string | null): boolean => (a ?? "").toLowerCase() === (b ?? "").toLowerCase();

/* Where the rule says otherwise, or another person's mark is changed. */
export function needsReason(c: Candidate, mark: TruceMark, person: string | null): boolean {
    if (c.mark !== null && !isSamePerson(c.marked_by, person)) return true;
    if (mark === "none") return false;
    return c.counts === "yes" ? mark !== "breach" : mark === "breach";
}

/* A mark that says nothing new is not offered. */
export const isOffered = (c: Candidate, mark: TruceMark): boolean => (mark === "none" ? c.mark !== null : c.mark !== mark);

export interface Ground {
    rule: string;
    row: string;
    failed: string | null; // the condition that it did not meet
}

/* "strict-fire-v1/fire: window": the rule, its row, and what the candidate failed. */
export function groundOf(why: string): Ground {
    const [, rule = why, row = "", failed] = /^([^/:]*)(?:\/([^:]*))?(?:: *(.*))?$/.exec(why) ?? [];
    return { rule, row, failed: failed === undefined || failed === "" ? null : failed };
}

export type Show = "all" | "counted" | "open" | "marked" | "unknown";
export const SHOWS = ["all", "counted", "open", "marked", "unknown"] as const;

export const hasUnknown = (c: Candidate): boolean => [c.in_window, c.in_area, c.is_bound, c.is_covered].includes("unknown");

export function isShown(c: Candidate, show: Show): boolean {
    switch (show) {
        case "counted":
            return c.counts === "yes";
        case "open":
            return c.counts === "yes" && c.mark === null;
        case "marked":
            return c.mark !== null;
        case "unknown":
            return hasUnknown(c);
        case "all":
            return true;
    }
}
