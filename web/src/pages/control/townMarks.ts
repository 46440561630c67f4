/*
 * Towns on the map: a square in the colour of whom they are said to be held by. How firm that is shows without colour: full is confirmed, a white
 * core is reported, a wide core is the claimant's word alone; hatched is contested; empty with a cross is not known.
 */
import type { ControlRow } from "../../base/types";
import { colourOf, seriesVariable } from "../../parts/map/colours";
import type { View } from "../../parts/map/geo";
import { worldX, worldY } from "../../parts/map/geo";
import { isHeld } from "./spans";

export const TOWN_HALF = 7; // pixels, half a side
export const TOWN_LIFT = 32; // pixels above its point, on a stem, where incidents stand at the points

export interface TownInks {
    sheet: string;
    ink: string;
    accent: string;
    holder: (holder: string) => string;
}

export function townInks(holders: readonly string[]): TownInks {
    const colours = new Map(holders.map((holder, at) => [holder, colourOf(seriesVariable(at))]));
    const other = colourOf("--series-other");
    return { sheet: colourOf("--sheet"), ink: colourOf("--ink"), accent: colourOf("--accent"), holder: (holder) => colours.get(holder) ?? other };
}

function hatch(context: CanvasRenderingContext2D, x: number, y: number, half: number): void {
    context.save();
    context.beginPath();
    context.rect(x - half, y - half, 2 * half, 2 * half);
    context.clip();
    context.beginPath();
    for (let at = -2 * half; at <= 2 * half; at += 4) {
        context.moveTo(x - half + at, y + half);
        context.lineTo(x + half + at, y - half);
    }
    context.stroke();
    context.restore();
}

function core(context: CanvasRenderingContext2D, x: number, y: number, half: number, sheet: string): void {
    context.fillStyle = sheet;
    context.fillRect(x - half, y - half, 2 * half, 2 * half);
}

export function paintTown(context: CanvasRenderingContext2D, span: ControlRow, x: number, y: number, half: number, inks: TownInks): void {
    context.fillStyle = isHeld(span) ? inks.holder(span.holder) : inks.sheet;
    context.fillRect(x - half, y - half, 2 * half, 2 * half);
    if (span.status === "reported") core(context, x, y, half * 0.3, inks.sheet);
    if (span.status === "claimed") core(context, x, y, half * 0.62, inks.sheet);
    context.strokeStyle = inks.ink;
    context.lineWidth = 1.3;
    if (span.status === "contested") hatch(context, x, y, half);
    if (span.status === "unknown") {
        context.beginPath();
        context.moveTo(x - half, y - half);
        context.lineTo(x + half, y + half);
        context.moveTo(x + half, y - half);
        context.lineTo(x - half, y + half);
        context.stroke();
    }
    context.strokeRect(x - half, y - half, 2 * half, 2 * half);
}

function paintStem(context: CanvasRenderingContext2D, x: number, from: number, to: number, inks: TownInks): void {
    context.beginPath();
    context.moveTo(x, from);
    context.lineTo(x, to);
    context.strokeStyle = inks.ink;
    context.lineWidth = 1.3;
    context.stroke();
}

export interface TownsShown {
    spans: readonly ControlRow[];
    lit: string | null; // id of a place
    lift: number; // pixels
}

export function paintTowns(context: CanvasRenderingContext2D, view: View, { spans, lit, lift }: TownsShown, inks: TownInks): void {
    for (const span of spans) {
        if (span.lat === null || span.lon === null) continue;
        const x = worldX(span.lon) * view.scale - view.x;
        const foot = worldY(span.lat) * view.scale - view.y;
        const y = foot - lift;
        if (x < -20 || foot < -20 || x > view.width + 20 || y > view.height + 20) continue;
        if (lift > 0) paintStem(context, x, y, foot, inks);
        paintTown(context, span, x, y, TOWN_HALF, inks);
        if (span.place_id !== lit) continue;
        context.strokeStyle = inks.accent;
        context.lineWidth = 3;
        context.strokeRect(x - TOWN_HALF - 4, y - TOWN_HALF - 4, 2 * TOWN_HALF + 8, 2 * TOWN_HALF + 8);
    }
}

/* The town whose square is under a point of the world's square. */
export function hitTown({ spans, lift }: Pick<TownsShown, "spans" | "lift">, x: number, y: number, scale: number, slack = 4): ControlRow | null {
    const reach = TOWN_HALF + slack;
    const isHit = (span: ControlRow) =>
        span.lat !== null && span.lon !== null && Math.abs(worldX(span.lon) - x) * scale <= reach && Math.abs((worldY(span.lat) - y) * scale - lift) <= reach;
    return [...spans].reverse().find(isHit) ?? null;
}
