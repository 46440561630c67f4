/* Values of settings, and lines of the log. */
import type { Settings } from "../../base/types";

export function isZone(zone: string): boolean {
    try {
        return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
    } catch {
        return false;
    }
}

/* "14:05" there. */
export function clockIn(zone: string, now: Date): string {
    return new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(now);
}

/* What differs, to be sent; null if nothing does. */
export function changesOf(before: Settings, after: Settings): Partial<Settings> | null {
    const names = (Object.keys(after) as (keyof Settings)[]).filter((name) => after[name] !== before[name]);
    return names.length === 0 ? null : Object.fromEntries(names.map((name) => [name, after[name]]));
}

/* Where the page shows what a line of the log is about. */
export function addressOf(subject: string): string | null {
    if (/^A-[0-9a-f]+$/.test(subject)) return `/article/${subject}`;
    return /^I-[0-9a-f]+$/.test(subject) ? `/incident/${subject}` : null;
}
