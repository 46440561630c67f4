/*
 * Thirty kinds in seven families, each with a colour and a shape. Nobody can tell thirty colours apart. The seven stay apart for readers who do not see red
 * and green, or blue and yellow (src/style/tokens.css says how far); the shape says the same without colour. No colour is a party's.
 */
export type Family = "air" | "fire" | "ground" | "harm" | "territory" | "accord" | "words";
export type Shape = "triangle" | "diamond" | "square" | "circle" | "hexagon" | "ring" | "dash";

export const families: readonly Family[] = ["air", "fire", "ground", "harm", "territory", "accord", "words"];

const members: Record<Family, readonly string[]> = {
    air: ["airstrike"],
    fire: ["shelling", "bombing"],
    ground: ["clash", "attack", "destruction"],
    harm: ["killing", "abduction", "detention", "abuse", "siege", "displacement"],
    territory: ["capture", "hold", "advance", "withdraw", "deploy"],
    accord: ["truce", "talks", "agreement", "aid", "release"],
    words: ["military_aid", "protest", "demand", "accuse", "threaten", "reject", "support", "sanction"],
};

export const shapes: Record<Family, Shape> = {
    air: "triangle",
    fire: "diamond",
    ground: "square",
    harm: "circle",
    territory: "hexagon",
    accord: "ring",
    words: "dash",
};

const familyByKind = new Map(families.flatMap((family) => members[family].map((kind) => [kind, family] as const)));

export const familyOf = (kind: string): Family => familyByKind.get(kind) ?? "words";
export const kindsOf = (family: Family): readonly string[] => members[family];

/* For canvases; elsewhere the class `family-air` … gives the same colour. It follows the reader's choice of light or dark. */
export function familyColour(family: Family): string {
    return getComputedStyle(document.documentElement).getPropertyValue(`--family-${family}`).trim();
}
