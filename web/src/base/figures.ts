/* Numbers that sources give, as a reader is told them: "3–7", "90+", "≤ 5". */
import type { IncidentFigure } from "./types";
import { number } from "./words";

/* Low to high; an open end is a plus. The dash is between Western digits: the lower number stands first in reading order of either direction. */
export function tellBounds(low: number | null, high: number | null): string {
    if (low === null) return high === null ? "?" : `≤ ${number(high)}`;
    if (high === null) return `${number(low)}+`;
    return low === high ? number(low) : `${number(low)}–${number(high)}`;
}

/* What an incident's figures say of everybody, "killed" and "wounded" first. */
export function mainFigures(figures: readonly IncidentFigure[]): IncidentFigure[] {
    const first = ["killed", "wounded"];
    const rank = (f: IncidentFigure) => (first.includes(f.of) ? first.indexOf(f.of) : first.length);
    return figures.filter((f) => f.group === "").sort((a, b) => rank(a) - rank(b));
}
