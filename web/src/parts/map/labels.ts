/* Names on the map: elements, so that the browser shapes Arabic. Those that come first are kept where two would lie on each other. */
import type { View } from "./geo";
import { worldX, worldY } from "./geo";
import { language } from "../../base/words";

export interface Label {
    text: string;
    x: number; // of the world's square
    y: number;
    below: number; // pixels between the point and the name
    isCountry?: boolean;
}

/* What a name must not lie on. */
export interface Mark {
    x: number;
    y: number;
    radius: number; // pixels
    above?: number; // pixels between the point and the mark over it
}

export interface Placed extends Label {
    left: number; // pixels of the canvas, the name's middle
    top: number;
}

const HEIGHT = 18; // pixels
const LETTER = 7.5; // pixels, more than most letters take

/* Countries that the gazetteer covers and their neighbours, where their names have room. */
const COUNTRIES: readonly [code: string, lat: number, lon: number][] = [
    ["SY", 35.2, 38.6], ["IQ", 32.6, 42.6], ["LB", 34.1, 35.9], ["JO", 31.0, 36.6], ["TR", 39.0, 34.0], ["IR", 32.5, 54.5], ["SA", 24.0, 44.6], ["YE", 15.8, 47.2],
    ["OM", 20.4, 56.4], ["EG", 26.6, 29.6], ["LY", 27.0, 17.5], ["SD", 15.6, 29.6], ["SS", 7.4, 30.2], ["IL", 30.6, 34.9], ["PS", 31.9, 35.3], ["TN", 33.8, 9.4],
    ["DZ", 28.2, 2.6], ["MA", 31.8, -6.4], ["AF", 33.8, 66.0], ["KW", 29.4, 47.6], ["QA", 25.3, 51.2], ["AE", 23.7, 54.2], ["CY", 35.0, 33.1], ["TD", 15.4, 18.7],
    ["NE", 17.4, 9.4], ["ML", 18.0, -2.2], ["SO", 5.6, 46.0], ["ET", 8.6, 39.6], ["ER", 15.6, 38.2], ["GR", 39.3, 22.2], ["IT", 42.9, 12.6], ["RU", 54.8, 40.0],
];
const COUNTRIES_FROM = 3.5; // zoom

export function countryLabels(zoom: number): Label[] {
    if (zoom < COUNTRIES_FROM) return [];
    const names = new Intl.DisplayNames(language(), { type: "region" });
    return COUNTRIES.map(([code, lat, lon]) => ({ text: names.of(code) ?? code, x: worldX(lon), y: worldY(lat), below: 0, isCountry: true }));
}

interface Taken {
    left: number;
    right: number;
    top: number;
    bottom: number;
}

const isClear = (a: Taken, taken: readonly Taken[]): boolean =>
    taken.every((b) => a.right < b.left || a.left > b.right || a.bottom < b.top || a.top > b.bottom);

function takenBy(mark: Mark, view: View): Taken {
    const left = mark.x * view.scale - view.x;
    const top = mark.y * view.scale - view.y - (mark.above ?? 0);
    return { left: left - mark.radius, right: left + mark.radius, top: top - mark.radius, bottom: top + mark.radius };
}

/* `edge`: pixels of the canvas, on each side, that lie beyond what is seen; a name across it would be cut. */
export function placeLabels(labels: readonly Label[], marks: readonly Mark[], view: View, edge: { x: number; y: number }): Placed[] {
    const taken: Taken[] = marks.map((mark) => takenBy(mark, view));
    const placed: Placed[] = [];
    for (const label of labels) {
        const left = label.x * view.scale - view.x;
        const top = label.y * view.scale - view.y + label.below;
        const half = (label.text.length * LETTER) / 2;
        if (placed.some((one) => one.text === label.text)) continue; // a country that is a place of the data too
        const mine = { left: left - half, right: left + half, top, bottom: top + HEIGHT };
        const isSeen = mine.left >= edge.x && mine.right <= view.width - edge.x && mine.top >= edge.y && mine.bottom <= view.height - edge.y;
        if (!isSeen || !isClear(mine, taken)) continue;
        taken.push(mine);
        placed.push({ ...label, left, top });
    }
    return placed;
}
