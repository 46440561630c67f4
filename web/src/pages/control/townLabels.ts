import { placeName } from "../../base/names";
import type { ControlRow } from "../../base/types";
import { worldX, worldY } from "../../parts/map/geo";
import type { Label } from "../../parts/map/labels";
import { TOWN_HALF } from "./townMarks";

/* Names of towns, those that changed last first. */
export function townLabels(spans: readonly ControlRow[]): Label[] {
    return spans.flatMap((span) =>
        span.lat === null || span.lon === null ? [] : [{ text: placeName(span) ?? "", x: worldX(span.lon), y: worldY(span.lat), below: TOWN_HALF + 2 }],
    );
}
