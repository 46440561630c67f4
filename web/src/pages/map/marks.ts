/*
 * How incidents look on the map. One: the shape and colour of its kind's family, full where a person has reviewed it, hollow where it is a draft; around
 * it a ring for its grade. Several: a disc with their number, its rim parted by family.
 */
import type { Family } from "../../base/kinds";
import { families, familyColour, shapes } from "../../base/kinds";
import type { Grade } from "../../base/types";
import { number } from "../../base/words";
import { colourOf } from "../../parts/map/colours";
import type { View } from "../../parts/map/geo";
import { outlines } from "../../parts/Marks";
import type { Cluster, Points } from "./points";
import { GRADES, radiusOf } from "./points";

export interface Inks {
    sheet: string;
    ink: string;
    accent: string;
    families: readonly string[];
    font: string;
    key: string; // one for each look of the page
}

export function readInks(): Inks {
    const sheet = colourOf("--sheet");
    return {
        sheet,
        ink: colourOf("--ink"),
        accent: colourOf("--accent"),
        families: families.map(familyColour),
        key: `${sheet} ${devicePixelRatio}`,
        font: `600 11px ${getComputedStyle(document.body).fontFamily}`,
    };
}

const SPRITE = 28; // pixels
const MIDDLE = SPRITE / 2;
const RING = 10.5;
const RIM = 4;
const TOP = -Math.PI / 2; // where a rim begins
const SPRITES_MOST = 1500;
const paths = new Map<Family, Path2D>();
const sprites = new Map<string, HTMLCanvasElement>();

function pathOf(family: Family): Path2D {
    let path = paths.get(family);
    if (path === undefined) {
        path = new Path2D(outlines[shapes[family]]);
        paths.set(family, path);
    }
    return path;
}

/* Two rings: confirmed. One: fair. Broken: contested. Struck through: discounted. None: weak. */
function paintGrade(context: CanvasRenderingContext2D, grade: Grade, inks: Inks): void {
    context.strokeStyle = inks.ink;
    context.lineWidth = 1.25;
    context.setLineDash(grade === "contested" ? [3, 2.6] : []);
    const ring = (radius: number) => {
        context.beginPath();
        context.arc(MIDDLE, MIDDLE, radius, 0, 2 * Math.PI);
        context.stroke();
    };
    if (grade === "confirmed") ring(RING + 2.5);
    if (grade === "confirmed" || grade === "fair" || grade === "contested") ring(RING);
    if (grade === "discounted") {
        context.beginPath();
        context.moveTo(MIDDLE - 9, MIDDLE + 9);
        context.lineTo(MIDDLE + 9, MIDDLE - 9);
        context.stroke();
    }
    context.setLineDash([]);
}

export function paintMark(context: CanvasRenderingContext2D, family: Family, grade: Grade, isDraft: boolean, inks: Inks): void {
    const colour = inks.families[families.indexOf(family)] ?? inks.ink;
    context.save();
    context.translate(MIDDLE - 7.2, MIDDLE - 7.2);
    context.scale(1.2, 1.2);
    const path = pathOf(family);
    context.fillStyle = isDraft ? inks.sheet : colour;
    context.fill(path, "evenodd");
    context.strokeStyle = isDraft ? colour : inks.sheet;
    context.lineWidth = isDraft ? 1.7 : 0.8;
    context.stroke(path);
    context.restore();
    paintGrade(context, grade, inks);
}

/* Painted once for each look: a copy costs far less than a path. */
function spriteOf(key: string, size: number, paint: (context: CanvasRenderingContext2D) => void): HTMLCanvasElement {
    let sprite = sprites.get(key);
    if (sprite === undefined) {
        const density = Math.min(2, devicePixelRatio);
        if (sprites.size >= SPRITES_MOST) sprites.clear();
        sprite = document.createElement("canvas");
        sprite.width = sprite.height = Math.ceil(size * density);
        const context = sprite.getContext("2d");
        context?.scale(density, density);
        if (context !== null) paint(context);
        sprites.set(key, sprite);
    }
    return sprite;
}

function paintOne(context: CanvasRenderingContext2D, points: Points, at: number, x: number, y: number, inks: Inks): void {
    const family = families[points.family[at] ?? 0] ?? "words";
    const grade = GRADES[points.grade[at] ?? 0] ?? "weak";
    const isDraft = points.draft[at] === 1;
    const sprite = spriteOf(`${family} ${grade} ${isDraft} ${inks.key}`, SPRITE, (own) => paintMark(own, family, grade, isDraft, inks));
    context.drawImage(sprite, x - MIDDLE, y - MIDDLE, SPRITE, SPRITE);
}

/* The disc with its number; the rim follows for all discs at once. */
function paintDisc(context: CanvasRenderingContext2D, count: number, x: number, y: number, inks: Inks): void {
    const radius = radiusOf(count);
    const size = 2 * Math.ceil(radius);
    const sprite = spriteOf(`${count} ${inks.key}`, size, (own) => {
        own.font = inks.font;
        own.textAlign = "center";
        own.textBaseline = "middle";
        own.beginPath();
        own.arc(size / 2, size / 2, radius, 0, 2 * Math.PI);
        own.fillStyle = inks.sheet;
        own.fill();
        own.fillStyle = inks.ink;
        own.fillText(number(count), size / 2, size / 2 + 0.5);
    });
    context.drawImage(sprite, x - size / 2, y - size / 2, size, size);
}

interface Seen {
    cluster: Cluster;
    x: number;
    y: number;
}

/* The part of the family in each disc's rim, as one path: strokes cost by their number. */
function traceRims(many: readonly Seen[], family: number): Path2D {
    const path = new Path2D();
    for (const { cluster, x, y } of many) {
        const count = cluster.byFamily[family] ?? 0;
        if (count === 0) continue;
        let before = 0;
        for (let at = 0; at < family; at++) before += cluster.byFamily[at] ?? 0;
        const radius = radiusOf(cluster.count) - RIM / 2;
        const from = TOP + (before / cluster.count) * 2 * Math.PI;
        path.moveTo(x + radius * Math.cos(from), y + radius * Math.sin(from));
        path.arc(x, y, radius, from, from + (count / cluster.count) * 2 * Math.PI);
    }
    return path;
}

function paintHalo(context: CanvasRenderingContext2D, cluster: Cluster, view: View, inks: Inks): void {
    context.beginPath();
    context.arc(cluster.x * view.scale - view.x, cluster.y * view.scale - view.y, radiusOf(cluster.count) + 6, 0, 2 * Math.PI);
    context.lineWidth = 3;
    context.strokeStyle = inks.accent;
    context.stroke();
}

export function paintClusters(
    context: CanvasRenderingContext2D,
    view: View,
    shown: { points: Points; clusters: readonly Cluster[]; lit: readonly Cluster[] },
    inks: Inks,
): void {
    const seen: Seen[] = [];
    for (const cluster of shown.clusters) {
        const x = cluster.x * view.scale - view.x;
        const y = cluster.y * view.scale - view.y;
        if (x > -30 && y > -30 && x < view.width + 30 && y < view.height + 30) seen.push({ cluster, x, y });
    }
    const many = seen.filter(({ cluster }) => cluster.count > 1);
    for (const { cluster, x, y } of seen) {
        if (cluster.count === 1) paintOne(context, shown.points, cluster.first, x, y, inks);
        else paintDisc(context, cluster.count, x, y, inks);
    }
    context.lineWidth = RIM;
    inks.families.forEach((colour, family) => {
        context.strokeStyle = colour;
        context.stroke(traceRims(many, family));
    });
    for (const cluster of shown.lit) paintHalo(context, cluster, view, inks);
}
