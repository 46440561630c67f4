/*
 * Names of kinds and parties in both languages. They are rows of the server (rules/kinds.tsv, rules/parties.tsv), so that page, bulletin and exports use
 * the same neutral words. Asked once; an identifier stands for itself until then.
 */
import { useEffect, useState } from "preact/hooks";
import { get } from "./api";
import type { ActorRow, KindRow, Table } from "./types";
import { language } from "./words";

const kinds = new Map<string, KindRow>();
const parties = new Map<string, ActorRow>();
const listeners = new Set<() => void>();
let asked: Promise<void> | null = null;

async function ask(): Promise<void> {
    const [k, p] = await Promise.all([get<Table<KindRow>>("/kinds"), get<Table<ActorRow>>("/actors", { limit: 1000 })]);
    if (k.ok) for (const row of k.value.rows) kinds.set(row.kind, row);
    if (p.ok) for (const row of p.value.rows) parties.set(row.who, row);
    if (!k.ok || !p.ok) asked = null; // the next page asks again
    for (const tell of listeners) tell();
}

/* Draws the component that calls it anew once the names are there. The shell calls it for all pages. */
export function useNames(): void {
    const [, turn] = useState(0);
    useEffect(() => {
        const listen = () => turn((n) => n + 1);
        listeners.add(listen);
        asked ??= ask();
        return () => void listeners.delete(listen);
    }, []);
}

function nameOf(row: { name_ar: string; name_en: string } | undefined, id: string): string {
    const name = language() === "ar" ? row?.name_ar : row?.name_en;
    return name === undefined || name === "" ? id.replace(/_/g, " ") : name;
}

export const kindName = (kind: string): string => nameOf(kinds.get(kind), kind);
export const partyName = (who: string): string => nameOf(parties.get(who), who);
export const allKinds = (): string[] => [...kinds.keys()];
export const allParties = (): ActorRow[] => [...parties.values()];

/* The place as the reader's language names it; Arabic where there is no other name. */
export function placeName(row: { place: string | null; place_en?: string | null }): string | null {
    return language() === "en" && row.place_en != null && row.place_en !== "" ? row.place_en : row.place;
}
