import { placeName } from "../../base/names";
import type { ControlRow } from "../../base/types";
import { worldX, worldY } from "../../parts/map/geo";
import type { Names } from "../../parts/map/WorldMap";
import { TOWN_HALF } from "./townMarks";

const FOOT = 23; // pixels: below the largest mark of incidents

/* Names of towns, those that changed last first; at the points themselves, also where the squares stand above them. */
export function townNames(spans: readonly ControlRow[], lift: number): Names {
    const placed = spans.flatMap((span) => (span.lat === null || span.lon === null ? [] : [{ span, x: worldX(span.lon), y: worldY(span.lat) }]));
    return {
        labels: placed.map(({ span, x, y }) => ({ text: placeName(span) ?? "", x, y, below: lift > 0 ? FOOT : TOWN_HALF + 2 })),
        marks: placed.map(({ x, y }) => ({ x, y, above: lift, radius: TOWN_HALF })),
    };
}
