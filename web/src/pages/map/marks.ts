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
}

export function readInks(): Inks {
    return {
        sheet: colourOf("--sheet"),
        ink: colourOf("--ink"),
        accent: colourOf("--accent"),
        families: families.map(familyColour),
        font: `600 11px ${getComputedStyle(document.body).fontFamily}`,
    };
}

const SPRITE = 28; // pixels
const MIDDLE = SPRITE / 2;
const RING = 10.5;
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

/* Painted once for each look; a copy costs far less than a path. */
function spriteOf(family: Family, grade: Grade, isDraft: boolean, inks: Inks): HTMLCanvasElement {
    const density = Math.min(2, devicePixelRatio);
    const key = [family, grade, isDraft, density, inks.sheet].join(" ");
    let sprite = sprites.get(key);
    if (sprite === undefined) {
        sprite = document.createElement("canvas");
        sprite.width = sprite.height = SPRITE * density;
        const context = sprite.getContext("2d");
        context?.scale(density, density);
        if (context !== null) paintMark(context, family, grade, isDraft, inks);
        sprites.set(key, sprite);
    }
    return sprite;
}

function paintRim(context: CanvasRenderingContext2D, cluster: Cluster, x: number, y: number, radius: number, inks: Inks): void {
    let from = -Math.PI / 2;
    context.lineWidth = 4;
    cluster.byFamily.forEach((count, at) => {
        if (count === 0) return;
        const to = from + (count / cluster.count) * 2 * Math.PI;
        context.beginPath();
        context.arc(x, y, radius - 2, from, to);
        context.strokeStyle = inks.families[at] ?? inks.ink;
        context.stroke();
        from = to;
    });
}

function paintMany(context: CanvasRenderingContext2D, cluster: Cluster, x: number, y: number, inks: Inks): void {
    const radius = radiusOf(cluster.count);
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = inks.sheet;
    context.fill();
    paintRim(context, cluster, x, y, radius, inks);
    context.fillStyle = inks.ink;
    context.fillText(number(cluster.count), x, y + 0.5);
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
    context.font = inks.font;
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const cluster of shown.clusters) {
        const x = cluster.x * view.scale - view.x;
        const y = cluster.y * view.scale - view.y;
        if (x < -30 || y < -30 || x > view.width + 30 || y > view.height + 30) continue;
        if (cluster.count > 1) paintMany(context, cluster, x, y, inks);
        else {
            const family = families[shown.points.family[cluster.first] ?? 0] ?? "words";
            const grade = GRADES[shown.points.grade[cluster.first] ?? 0] ?? "weak";
            const sprite = spriteOf(family, grade, shown.points.draft[cluster.first] === 1, inks);
            context.drawImage(sprite, x - MIDDLE, y - MIDDLE, SPRITE, SPRITE);
        }
    }
    for (const cluster of shown.lit) paintHalo(context, cluster, view, inks);
}
