/* Coordinates as people write them, and what lies around a place. */

export interface Point {
    lat: number;
    lon: number;
}

const ARABIC_ZERO = 0x660;

/* "36.37, 37.51", also with digits, comma and decimal sign of Arabic script; null for anything else, a name for example. */
export function pointOf(text: string): Point | null {
    const latin = text
        .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - ARABIC_ZERO))
        .replace(/٫/g, ".")
        .replace(/[،؛;]/g, ",");
    const found = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*°?\s*(?:,|\s)\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*$/.exec(latin);
    if (found === null) return null;
    const lat = Number(found[1]);
    const lon = Number(found[2]);
    return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : null;
}

const KM_OF_A_DEGREE = 111.2; // of latitude

/* A box of so many kilometres to each side, "west,south,east,north" in degrees. */
export function boxAround(point: Point, km: number): string {
    const up = km / KM_OF_A_DEGREE;
    const across = up / Math.max(0.05, Math.cos((point.lat * Math.PI) / 180));
    return [point.lon - across, point.lat - up, point.lon + across, point.lat + up].map((edge) => edge.toFixed(3)).join(",");
}

// How far the incidents of a place lie around its point; other kinds have points that are good to tens of kilometres.
const REACH_KM: Record<string, number> = { quarter: 2, facility: 3, camp: 3, locality: 3, town: 4, seat2: 5, seat1: 8, capital: 12 };
const WIDE_KM = 25;

export const reachOf = (feature: string): number => REACH_KM[feature] ?? WIDE_KM;

/* A governorate is a filter of its own; anything else is looked for around its point. */
export function incidentsAt(place: { name: string; feature: string; lat: number; lon: number }): { area?: string; box?: string } {
    return place.feature === "adm1" ? { area: place.name } : { box: boxAround(place, reachOf(place.feature)) };
}
