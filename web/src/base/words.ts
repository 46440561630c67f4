/*
 * Words of the page. Each page has a table `{ar: {…}, en: {…}}` in src/words; wordsOf() gives the function that tells them in the language chosen.
 * Both languages have the same keys: the compiler says which one is missing. `{name}` is a slot; a counted entry has the forms of Intl.PluralRules and
 * takes the count as `n`.
 */
import type { ComponentChildren, VNode } from "preact";
import { createElement, Fragment } from "preact";
import { useEffect, useState } from "preact/hooks";

export type Language = "ar" | "en";

/* Forms of a counted noun. Arabic uses all six: zero one two few (3–10) many (11–99) other (100, 101, 102…). */
export interface Counted {
    zero?: string;
    one?: string;
    two?: string;
    few?: string;
    many?: string;
    other: string;
}
export type Entry = string | Counted;
export type WordTable<Key extends string> = Record<Language, Record<Key, Entry>>;

const rules = { ar: new Intl.PluralRules("ar"), en: new Intl.PluralRules("en") };
// Sources and the archive write Western digits: what is read here can be searched for there.
const digits = { ar: new Intl.NumberFormat("ar-u-nu-latn"), en: new Intl.NumberFormat("en") };
const listeners = new Set<() => void>();
const REMEMBERED = "marsad.language";

let current: Language = "ar";

export const language = (): Language => current;
export const direction = (): "rtl" | "ltr" => (current === "ar" ? "rtl" : "ltr");

function isLanguage(text: string | null): text is Language {
    return text === "ar" || text === "en";
}

/* Storage may be refused (private windows): then the choice lasts as long as the page. */
function remembered(): Language | null {
    try {
        const kept = localStorage.getItem(REMEMBERED);
        return isLanguage(kept) ? kept : null;
    } catch {
        return null;
    }
}

function tellDocument(): void {
    document.documentElement.lang = current;
    document.documentElement.dir = direction();
}

/* The address (?lang=) says it first, then what was chosen before; Arabic else. */
export function beginLanguage(): void {
    const asked = new URLSearchParams(location.search).get("lang");
    current = isLanguage(asked) ? asked : (remembered() ?? "ar");
    tellDocument();
}

export function setLanguage(to: Language): void {
    current = to;
    try {
        localStorage.setItem(REMEMBERED, to);
    } catch {
        // remembered in the address alone
    }
    tellDocument();
    for (const tell of listeners) tell();
}

/* Makes the component that calls it be drawn anew when the language changes; only the shell needs it, for all pages stand in it. */
export function useLanguage(): Language {
    const [known, tell] = useState(current);
    useEffect(() => {
        const listen = () => tell(current);
        listeners.add(listen);
        return () => void listeners.delete(listen);
    }, []);
    return known;
}

/* 12,345 in Western digits. */
export function number(n: number): string {
    return digits[current].format(n);
}

export type Slots = Record<string, string | number>;

export function fill(entry: Entry, slots: Slots | undefined, to: Language): string {
    const form = typeof entry === "string" ? entry : (entry[rules[to].select(Number(slots?.["n"] ?? 0))] ?? entry.other);
    if (slots === undefined) return form;
    return form.replace(/\{(\w+)\}/g, (all, name: string) => {
        const value = slots[name];
        return value === undefined ? all : typeof value === "number" ? digits[to].format(value) : value;
    });
}

export interface Teller<Key extends string> {
    (key: Key, slots?: Slots): string;
    /* The same with elements in the slots: t.rich("by", {who: <bdi>…</bdi>}). */
    rich(key: Key, slots: Record<string, ComponentChildren>): VNode;
    /* Words for what the server names; its own word where the table has none. */
    named(prefix: string, name: string): string;
    /* The same for a counted noun: `shown` is what stands in {x}, `n` chooses the form. */
    counted(prefix: string, name: string, n: number, shown: string): string;
}

export function wordsOf<Key extends string>(table: WordTable<Key>): Teller<Key> {
    const tell = (key: Key, slots?: Slots): string => fill(table[current][key], slots, current);
    const rich = (key: Key, slots: Record<string, ComponentChildren>): VNode => {
        const n = slots["n"];
        const form = fill(table[current][key], typeof n === "number" ? { n } : undefined, current);
        const parts = form.split(/\{(\w+)\}/g).map((part, at) => (at % 2 === 0 ? part : (slots[part] ?? "")));
        return createElement(Fragment, null, ...parts);
    };
    const entryOf = (prefix: string, name: string) => (table[current] as Record<string, Entry | undefined>)[`${prefix}.${name.replace(/[ _]/g, "-")}`];
    const named = (prefix: string, name: string): string => fill(entryOf(prefix, name) ?? name, undefined, current);
    const counted = (prefix: string, name: string, n: number, shown: string): string =>
        fill(entryOf(prefix, name) ?? `{x} ${name}`, { n, x: shown }, current);
    return Object.assign(tell, { rich, named, counted });
}

/* Says of a table that both its languages have the same keys. */
export function wordTable<Key extends string>(table: { ar: Record<Key, Entry>; en: Record<NoInfer<Key>, Entry> }): WordTable<Key> {
    return table;
}
