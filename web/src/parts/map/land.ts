/* Land and borders of Natural Earth (world-atlas), kept as points of the world's square and drawn without tiles. */
import type { GeometryCollection, Topology } from "topojson-specification";
import { feature } from "topojson-client";
import atlas from "world-atlas/countries-50m.json?url";
import type { View } from "./geo";
import { worldX, worldY } from "./geo";

interface Ring {
    points: Float64Array; // x, y, x, y …
    west: number;
    north: number;
    east: number;
    south: number;
}

let rings: Promise<Ring[]> | null = null;

function ringOf(line: readonly (readonly number[])[]): Ring {
    const points = new Float64Array(line.length * 2);
    const ring: Ring = { points, west: 1, north: 1, east: 0, south: 0 };
    line.forEach(([lon = 0, lat = 0], at) => {
        const x = worldX(lon);
        const y = worldY(lat);
        points[2 * at] = x;
        points[2 * at + 1] = y;
        ring.west = Math.min(ring.west, x);
        ring.east = Math.max(ring.east, x);
        ring.north = Math.min(ring.north, y);
        ring.south = Math.max(ring.south, y);
    });
    return ring;
}

async function read(): Promise<Ring[]> {
    const response = await fetch(atlas);
    const topology = (await response.json()) as Topology<{ countries: GeometryCollection }>;
    return feature(topology, topology.objects.countries).features.flatMap(({ geometry }) => {
        if (geometry.type === "Polygon") return geometry.coordinates.map(ringOf);
        return geometry.type === "MultiPolygon" ? geometry.coordinates.flat().map(ringOf) : [];
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
