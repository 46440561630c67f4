/* Colours for canvases: what the style sheets say now. */

export const colourOf = (variable: string): string => getComputedStyle(document.documentElement).getPropertyValue(variable).trim();

/*
 * Eight colours for what has no colour of its own: holders of towns, parties in charts. They are given by order of appearance in the data, so none is a
 * side's; what comes ninth and later shares a grey, and is told apart by its name. They stay apart for readers who do not see red and green (after Tol).
 */
export const SERIES = 8;

export const seriesVariable = (at: number): string => (at >= 0 && at < SERIES ? `--series-${at + 1}` : "--series-other");
