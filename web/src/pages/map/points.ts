/*
 * The incidents of the map as columns of numbers: 50,000 of them are put together and painted while somebody zooms. Those that would lie on each other are
 * one mark with their number.
 */
import type { Family } from "../../base/kinds";
import { families, familyOf, kindsOf } from "../../base/kinds";
import type { Grade, MapAnswer } from "../../base/types";
import { scaleOf, worldX, worldY } from "../../parts/map/geo";

export const GRADES: readonly Grade[] = ["confirmed", "fair", "weak", "contested", "discounted"];

export interface Points {
    count: number;
    ids: readonly string[];
    indexes: ReadonlyMap<string, number>;
    x: Float64Array; // of the world's square
    y: Float64Array;
    family: Uint8Array; // place in `families`
    grade: Uint8Array; // place in GRADES
    draft: Uint8Array; // 1: nobody has reviewed it
}

export interface Cluster {
    x: number; // the middle of its points
    y: number;
    west: number;
    north: number;
    east: number;
    south: number;
    count: number;
    first: number; // a point of it
    byFamily: number[];
    drafts: number;
}

const CELL = 40; // pixels: room for a mark with a number
const OVERLAP = 0.97; // of both radii: marks may touch

export function readPoints(answer: MapAnswer): Points {
    const { rows } = answer;
    const points: Points = {
        count: rows.length,
        ids: rows.map((row) => row[0]),
        indexes: new Map(rows.map((row, at) => [row[0], at])),
        x: new Float64Array(rows.length),
        y: new Float64Array(rows.length),
        family: new Uint8Array(rows.length),
        grade: new Uint8Array(rows.length),
        draft: new Uint8Array(rows.length),
    };
    rows.forEach(([, lat, lon, kind, grade, , , flags], at) => {
        points.x[at] = worldX(lon);
        points.y[at] = worldY(lat);
        points.family[at] = families.indexOf(familyOf(kind));
        points.grade[at] = GRADES.indexOf(grade);
        points.draft[at] = flags.includes("reviewed") ? 0 : 1;
    });
    return points;
}

function add(cluster: Cluster, points: Points, at: number): void {
    const x = points.x[at] ?? 0;
    const y = points.y[at] ?? 0;
    const family = points.family[at] ?? 0;
    cluster.count++;
    cluster.x += (x - cluster.x) / cluster.count;
    cluster.y += (y - cluster.y) / cluster.count;
    cluster.west = Math.min(cluster.west, x);
    cluster.east = Math.max(cluster.east, x);
    cluster.north = Math.min(cluster.north, y);
    cluster.south = Math.max(cluster.south, y);
    cluster.byFamily[family] = (cluster.byFamily[family] ?? 0) + 1;
    cluster.drafts += points.draft[at] ?? 0;
}

interface Cells {
    byCell: Map<number, Cluster>;
    at: Cluster[]; // each point's
    row: number; // cells from one row to the next
}

/* Points of one cell of the zoom's grid. */
function fillCells(points: Points, cells: number): Cells {
    const row = Math.ceil(cells) + 1; // keys as small as can be: engines are fast with small integers
    const byCell = new Map<number, Cluster>();
    const at: Cluster[] = [];
    for (let i = 0; i < points.count; i++) {
        const key = Math.floor((points.y[i] ?? 0) * cells) * row + Math.floor((points.x[i] ?? 0) * cells);
        let cluster = byCell.get(key);
        if (cluster === undefined) {
            cluster = { x: 0, y: 0, west: 1, north: 1, east: 0, south: 0, count: 0, first: i, byFamily: families.map(() => 0), drafts: 0 };
            byCell.set(key, cluster);
        }
        add(cluster, points, i);
        at.push(cluster);
    }
    return { byCell, at, row };
}

function absorb(large: Cluster, small: Cluster): void {
    const count = large.count + small.count;
    large.x += ((small.x - large.x) * small.count) / count;
    large.y += ((small.y - large.y) * small.count) / count;
    large.west = Math.min(large.west, small.west);
    large.east = Math.max(large.east, small.east);
    large.north = Math.min(large.north, small.north);
    large.south = Math.max(large.south, small.south);
    large.count = count;
    large.byFamily = large.byFamily.map((n, family) => n + (small.byFamily[family] ?? 0));
    large.drafts += small.drafts;
}

/* A grid parts neighbours that lie on both sides of its line: of two marks that would overlap the larger takes the other. Tells who went into whom. */
function uniteNeighbours({ byCell, row }: Cells, scale: number): Map<Cluster, Cluster> {
    const into = new Map<Cluster, Cluster>();
    const largestFirst = [...byCell].sort(([, a], [, b]) => b.count - a.count);
    for (const [key, large] of largestFirst) {
        if (into.has(large)) continue;
        for (const beside of [-row - 1, -row, -row + 1, -1, 1, row - 1, row, row + 1]) {
            const small = byCell.get(key + beside);
            if (small === undefined || into.has(small) || small.count > large.count) continue;
            const away = Math.hypot(small.x - large.x, small.y - large.y) * scale;
            if (away >= (radiusOf(small.count) + radiusOf(large.count)) * OVERLAP) continue;
            absorb(large, small);
            into.set(small, large);
        }
    }
    return into;
}

/* What is painted at a zoom, the largest last, so that it lies on top. `at` tells each point's mark. */
export function clusterPoints(points: Points, zoom: number): { clusters: Cluster[]; at: Cluster[] } {
    const scale = scaleOf(zoom);
    const cells = fillCells(points, scale / CELL);
    const into = uniteNeighbours(cells, scale);
    return {
        clusters: [...cells.byCell.values()].filter((cluster) => !into.has(cluster)).sort((a, b) => a.count - b.count),
        at: cells.at.map((cluster) => into.get(cluster) ?? cluster),
    };
}

/* Pixels. The area grows with the logarithm: ten times as many is a little more, not ten times the ink. */
export const radiusOf = (count: number): number => (count === 1 ? 7 : Math.min(21, 9 + 2 * Math.log2(count) * 0.75));

/* The topmost cluster at a point of the world; a finger needs some pixels more. */
export function hitCluster(clusters: readonly Cluster[], x: number, y: number, scale: number, slack = 4): Cluster | null {
    for (let i = clusters.length - 1; i >= 0; i--) {
        const cluster = clusters[i];
        if (cluster === undefined) continue;
        const away = Math.hypot(cluster.x - x, cluster.y - y) * scale;
        if (away <= radiusOf(cluster.count) + slack) return cluster;
    }
    return null;
}

export interface Counts {
    byFamily: number[];
    byGrade: number[];
    drafts: number;
}

/* What the legend tells. */
export function countPoints(points: Points): Counts {
    const counts: Counts = { byFamily: families.map(() => 0), byGrade: GRADES.map(() => 0), drafts: 0 };
    for (let i = 0; i < points.count; i++) {
        const family = points.family[i] ?? 0;
        const grade = points.grade[i] ?? 0;
        counts.byFamily[family] = (counts.byFamily[family] ?? 0) + 1;
        counts.byGrade[grade] = (counts.byGrade[grade] ?? 0) + 1;
        counts.drafts += points.draft[i] ?? 0;
    }
    return counts;
}

/* Kinds chosen once a family is pressed: none chosen means all, so the first press chooses it alone. */
export function toggleFamily(kinds: readonly string[], family: Family): string[] {
    const mine = kindsOf(family);
    const isOn = mine.every((kind) => kinds.includes(kind));
    const others = kinds.filter((kind) => !mine.includes(kind));
    return isOn ? others : [...others, ...mine];
}
