import { placeName } from "../../base/names";
import type { ControlRow } from "../../base/types";
import { worldX, worldY } from "../../parts/map/geo";
import type { Names } from "../../parts/map/WorldMap";
import { TOWN_HALF } from "./townMarks";

/* Names of towns, those that changed last first. */
export function townNames(spans: readonly ControlRow[]): Names {
    const placed = spans.flatMap((span) => (span.lat === null || span.lon === null ? [] : [{ span, x: worldX(span.lon), y: worldY(span.lat) }]));
    return {
        labels: placed.map(({ span, x, y }) => ({ text: placeName(span) ?? "", x, y, below: TOWN_HALF + 2 })),
        marks: placed.map(({ x, y }) => ({ x, y, radius: TOWN_HALF })),
    };
}
