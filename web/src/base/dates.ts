/*
 * Days as people read them. Own month names: browsers write Arabic months in the way of Egypt ("مايو") alone, Levantine readers know them as "أيار".
 */
import type { Day, Time } from "./types";
import { language, number } from "./words";

// As newsrooms of the region write them: both names, the Levantine one first.
const LEVANTINE = ["كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"];
const EGYPTIAN = ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"];
const ENGLISH = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const WEEKDAYS = {
    ar: ["الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"],
    en: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
};
const DAY_MS = 24 * 60 * 60 * 1000;

interface Parts {
    year: number;
    month: number; // 0 to 11
    day: number;
}

function partsOf(day: Day): Parts {
    const [year = 1970, month = 1, date = 1] = day.split("-").map(Number);
    return { year, month: month - 1, day: date };
}

/* "أيار" for charts and calendars, "أيار/مايو" in full. */
export function monthName(month: number, length: "full" | "short" = "full"): string {
    const at = ((month % 12) + 12) % 12;
    if (language() === "en") return length === "short" ? (ENGLISH[at] ?? "").slice(0, 3) : (ENGLISH[at] ?? "");
    return length === "short" ? (LEVANTINE[at] ?? "") : `${LEVANTINE[at] ?? ""}/${EGYPTIAN[at] ?? ""}`;
}

/* "8 أيار/مايو 2016"; short: "8 أيار 2016". */
export function tellDay(day: Day, length: "full" | "short" = "full"): string {
    const { year, month, day: date } = partsOf(day);
    return `${date} ${monthName(month, length)} ${year}`;
}

export function tellWeekday(day: Day): string {
    return WEEKDAYS[language()][new Date(`${day}T00:00:00Z`).getUTCDay()] ?? "";
}

/* "8–12 أيار 2016": what both ends have in common stands once. */
export function tellRange(first: Day | null, last: Day | null, length: "full" | "short" = "short"): string {
    if (first === null) return last === null ? "" : tellDay(last, length);
    if (last === null || last === first) return tellDay(first, length);
    const a = partsOf(first);
    const b = partsOf(last);
    if (a.year !== b.year) return `${tellDay(first, length)} – ${tellDay(last, length)}`;
    if (a.month !== b.month) return `${a.day} ${monthName(a.month, length)} – ${tellDay(last, length)}`;
    return `${a.day}–${tellDay(last, length)}`;
}

/* "14:05" of the reader's clock. */
export function tellClock(time: Time): string {
    const at = new Date(time);
    return `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
}

/* The day and the clock, both the reader's. */
export function tellTime(time: Time): string {
    return `${tellDay(dayOf(new Date(time)), "short")} ${tellClock(time)}`;
}

const AGO = {
    ar: { now: "الآن", past: "منذ {x}", future: "بعد {x}" },
    en: { now: "now", past: "{x} ago", future: "in {x}" },
};
const UNITS = {
    ar: {
        minute: { one: "دقيقة", two: "دقيقتين", few: "{n} دقائق", many: "{n} دقيقة", other: "{n} دقيقة" },
        hour: { one: "ساعة", two: "ساعتين", few: "{n} ساعات", many: "{n} ساعة", other: "{n} ساعة" },
        day: { one: "يوم", two: "يومين", few: "{n} أيام", many: "{n} يومًا", other: "{n} يوم" },
    },
    en: {
        minute: { one: "1 minute", other: "{n} minutes" },
        hour: { one: "1 hour", other: "{n} hours" },
        day: { one: "1 day", other: "{n} days" },
    },
} as const;

/* "منذ 3 ساعات", "بعد 12 دقيقة". */
export function tellAgo(time: Time, now: number = Date.now()): string {
    const away = Date.parse(time) - now;
    const minutes = Math.round(Math.abs(away) / 60000);
    const words = AGO[language()];
    if (minutes === 0) return words.now;
    const [unit, n] = minutes < 60 ? (["minute", minutes] as const) : minutes < 48 * 60 ? (["hour", Math.round(minutes / 60)] as const) : (["day", Math.round(minutes / 1440)] as const);
    const forms: Record<string, string> = UNITS[language()][unit];
    const form = forms[new Intl.PluralRules(language()).select(n)] ?? forms["other"] ?? "";
    return (away < 0 ? words.past : words.future).replace("{x}", form.replace("{n}", number(n)));
}

/* The day of the reader's calendar on which a moment lies. */
export function dayOf(at: Date): Day {
    return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, "0")}-${String(at.getDate()).padStart(2, "0")}`;
}

export const today = (): Day => dayOf(new Date());

export function addDays(day: Day, days: number): Day {
    return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/* Days from one to the other; negative where `to` is the earlier. */
export function daysBetween(from: Day, to: Day): number {
    return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

export function isDay(text: string): boolean {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
    const at = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
