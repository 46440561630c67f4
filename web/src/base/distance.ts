/* How far apart two points of the earth are. */
export interface Point {
    lat: number; // degrees
    lon: number;
}

const EARTH_KM = 6371.0088; // mean radius, IUGG

export function kilometres(a: Point, b: Point): number {
    const rad = Math.PI / 180;
    const x = Math.sin(((b.lat - a.lat) * rad) / 2) ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(((b.lon - a.lon) * rad) / 2) ** 2;
    return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(x)));
}
