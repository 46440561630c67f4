/*
 * Names for the largest marks. The map's rows hold no names (50,000 would be most of the answer), so they are taken from rows that the page has anyway,
 * and asked of the gazetteer where it has none.
 */
import { useEffect, useState } from "preact/hooks";
import { get } from "../../base/api";
import type { GazetteerRow, Table } from "../../base/types";
import { language } from "../../base/words";

interface Named {
    ar: string;
    en: string;
}

const known = new Map<string, Named | null>(); // null: asked, and nameless
const NEAR_KM = 0.05; // incidents stand where the gazetteer has their place; what is farther off is another

const keyOf = (lat: number, lon: number): string => `${lat.toFixed(4)},${lon.toFixed(4)}`;

export function keepName(row: { lat: number | null; lon: number | null; place: string | null; place_en: string | null }): void {
    if (row.lat !== null && row.lon !== null && row.place !== null) known.set(keyOf(row.lat, row.lon), { ar: row.place, en: row.place_en ?? row.place });
}

export function nameAt(lat: number, lon: number): string | null {
    return known.get(keyOf(lat, lon))?.[language()] ?? null;
}

async function askName(lat: number, lon: number): Promise<void> {
    known.set(keyOf(lat, lon), null);
    const answer = await get<Table<GazetteerRow>>("/places", { near: `${lat},${lon}`, limit: 1 });
    const place = answer.ok ? answer.value.rows[0] : undefined;
    if (place !== undefined && (place.km ?? 0) <= NEAR_KM) known.set(keyOf(lat, lon), { ar: place.name, en: place.name_en === "" ? place.name : place.name_en });
}

/* Asks for the names of points that have none yet; the number changes when some are there. */
export function useNamesAt(points: readonly { lat: number; lon: number }[]): number {
    const [turn, setTurn] = useState(0);
    const missing = points.filter(({ lat, lon }) => !known.has(keyOf(lat, lon)));
    useEffect(() => {
        if (missing.length === 0) return;
        void Promise.all(missing.map(({ lat, lon }) => askName(lat, lon))).then(() => setTurn((n) => n + 1));
    }, [missing.map(({ lat, lon }) => keyOf(lat, lon)).join(" ")]);
    return turn;
}
