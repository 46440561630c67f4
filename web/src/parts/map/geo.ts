/* Where things lie on the map: the square of web Mercator, 0 to 1 from the north-west corner; and boxes as the address bar holds them. */

export interface Box {
    west: number; // degrees
    south: number;
    east: number;
    north: number;
}

/* What a canvas shows: world * scale - origin is its pixel. */
export interface View {
    zoom: number;
    scale: number; // pixels across the world
    x: number; // pixels of the canvas's corner
    y: number;
    width: number; // pixels of CSS
    height: number;
}

const TILE = 256; // pixels across the world at zoom 0, as Leaflet counts
const MOST_NORTH = 85.0511; // degrees; Mercator's square ends there

export const scaleOf = (zoom: number): number => TILE * 2 ** zoom;

export const worldX = (lon: number): number => (lon + 180) / 360;

export function worldY(lat: number): number {
    const bounded = Math.max(-MOST_NORTH, Math.min(MOST_NORTH, lat));
    return 0.5 - Math.log(Math.tan(Math.PI / 4 + (bounded * Math.PI) / 360)) / (2 * Math.PI);
}

export const lonOf = (x: number): number => x * 360 - 180;

export const latOf = (y: number): number => (Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) * 360) / Math.PI - 90;

/* "west,south,east,north"; null where it is not that. */
export function readBox(text: string): Box | null {
    const parts = text.split(",");
    const [west = NaN, south = NaN, east = NaN, north = NaN] = parts.map(Number);
    const isBox = parts.length === 4 && !parts.includes("") && [west, south, east, north].every(Number.isFinite);
    const isInside = west >= -180 && east <= 180 && south >= -90 && north <= 90;
    return isBox && isInside && west <= east && south <= north ? { west, south, east, north } : null;
}

/* A ten-thousandth of a degree is eleven metres: finer than any place of the gazetteer. Rounded outwards, so that what lies on the edge stays in. */
export function writeBox(box: Box): string {
    const out = (n: number, round: (n: number) => number) => String(round(n * 10000) / 10000);
    return [
        out(Math.max(-180, box.west), Math.floor),
        out(Math.max(-90, box.south), Math.floor),
        out(Math.min(180, box.east), Math.ceil),
        out(Math.min(90, box.north), Math.ceil),
    ].join(",");
}

/* Where nearly all points lie: `far` is the share that may be left out on each side; a lone point gets some land around it. */
export function boxOfMost(lons: readonly number[], lats: readonly number[], far: number, margin: number): Box | null {
    if (lons.length === 0) return null;
    const few = Math.floor(lons.length * far);
    const across = [...lons].sort((a, b) => a - b);
    const up = [...lats].sort((a, b) => a - b);
    const last = lons.length - 1 - few;
    return { west: (across[few] ?? 0) - margin, south: (up[few] ?? 0) - margin, east: (across[last] ?? 0) + margin, north: (up[last] ?? 0) + margin };
}
