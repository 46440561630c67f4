/* Numbers that sources give, as a reader is told them: "3–7", "90+", "≤ 5". */
import type { IncidentFigure } from "./types";
import { direction, number } from "./words";

/* Arabic reads a range from the right: the lower number stands there, also where the words around it are not Arabic. */
function isolated(text: string): string {
    return `${direction() === "rtl" ? "\u2067" : "\u2066"}${text}\u2069`;
}

/* Low to high; an open end is a plus. */
export function tellBounds(low: number | null, high: number | null): string {
    if (low === null) return high === null ? "?" : isolated(`≤ ${number(high)}`);
    if (high === null) return isolated(`${number(low)}+`);
    return low === high ? number(low) : isolated(`${number(low)}–${number(high)}`);
}

/* What an incident's figures say of everybody, "killed" and "wounded" first. */
export function mainFigures(figures: readonly IncidentFigure[]): IncidentFigure[] {
    const first = ["killed", "wounded"];
    const rank = (f: IncidentFigure) => (first.includes(f.of) ? first.indexOf(f.of) : first.length);
    return figures.filter((f) => f.group === "").sort((a, b) => rank(a) - rank(b));
}
