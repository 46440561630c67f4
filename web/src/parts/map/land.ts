/* Land and borders of Natural Earth (world-atlas), kept as points of the world's square and drawn without tiles. */
import type { GeometryCollection, Topology } from "topojson-specification";
import { feature } from "topojson-client";
import atlas from "world-atlas/countries-50m.json?url";
import type { View } from "./geo";
import { worldX, worldY } from "./geo";

export interface Ring {
    points: Float64Array; // x, y, x, y …
    west: number;
    north: number;
    east: number;
    south: number;
}

let rings: Promise<Ring[]> | null = null;

const ANTARCTICA = "010"; // goes round the pole, which Mercator's square cannot show

function ringOf(xs: readonly number[], ys: readonly number[], shift: number): Ring {
    const points = new Float64Array(xs.length * 2);
    const ring: Ring = { points, west: Infinity, north: Infinity, east: -Infinity, south: -Infinity };
    xs.forEach((across, at) => {
        const x = across + shift;
        const y = ys[at] ?? 0;
        points[2 * at] = x;
        points[2 * at + 1] = y;
        ring.west = Math.min(ring.west, x);
        ring.east = Math.max(ring.east, x);
        ring.north = Math.min(ring.north, y);
        ring.south = Math.max(ring.south, y);
    });
    return ring;
}

/* A coast that crosses 180° goes on beyond the edge of the world, and stands at the other edge once more: else a line would run back across the map. */
export function ringsOf(line: readonly (readonly number[])[]): Ring[] {
    let turns = 0;
    let before = NaN;
    const xs = line.map(([lon = 0]) => {
        const x = worldX(lon);
        if (x - before > 0.5) turns--;
        if (before - x > 0.5) turns++;
        before = x;
        return x + turns;
    });
    const ys = line.map(([, lat = 0]) => worldY(lat));
    const shifts = [0, ...(xs.some((x) => x > 1) ? [-1] : []), ...(xs.some((x) => x < 0) ? [1] : [])];
    return shifts.map((shift) => ringOf(xs, ys, shift));
}

async function read(): Promise<Ring[]> {
    const response = await fetch(atlas);
    const topology = (await response.json()) as Topology<{ countries: GeometryCollection }>;
    return feature(topology, topology.objects.countries).features.flatMap(({ id, geometry }) => {
        if (id === ANTARCTICA) return [];
        if (geometry.type === "Polygon") return geometry.coordinates.flatMap(ringsOf);
        return geometry.type === "MultiPolygon" ? geometry.coordinates.flat().flatMap(ringsOf) : [];
    });
}

/* Asked once for all maps; a map without land is a map still. */
export function landRings(): Promise<Ring[]> {
    rings ??= read().catch(() => {
        rings = null;
        return [];
    });
    return rings;
}

function trace(context: CanvasRenderingContext2D, { points }: Ring, view: View): void {
    let beforeX = NaN;
    let beforeY = NaN;
    for (let at = 0; at < points.length; at += 2) {
        const x = (points[at] ?? 0) * view.scale - view.x;
        const y = (points[at + 1] ?? 0) * view.scale - view.y;
        if (Math.abs(x - beforeX) + Math.abs(y - beforeY) < 1.2) continue; // nothing to see below a pixel
        if (at === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
        beforeX = x;
        beforeY = y;
    }
    context.closePath();
}

export interface LandColours {
    land: string;
    border: string;
}

export function paintLand(context: CanvasRenderingContext2D, view: View, land: readonly Ring[], colours: LandColours): void {
    const west = view.x / view.scale;
    const north = view.y / view.scale;
    const east = (view.x + view.width) / view.scale;
    const south = (view.y + view.height) / view.scale;
    context.beginPath();
    for (const ring of land) if (ring.east >= west && ring.west <= east && ring.south >= north && ring.north <= south) trace(context, ring, view);
    context.fillStyle = colours.land;
    context.fill("evenodd");
    context.strokeStyle = colours.border;
    context.lineWidth = 1;
    context.lineJoin = "round";
    context.stroke();
}
