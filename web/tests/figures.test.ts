import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { mainFigures, tellBounds } from "../src/base/figures";
import { kindsOf, families, familyOf } from "../src/base/kinds";
import { setLanguage } from "../src/base/words";
import { tellFlags } from "../src/pages/today/flags";
import { figureText } from "../src/parts/Figure";
import { openPage } from "./page";

const plain = (text: string): string => text.replace(/[\u2066-\u2069]/g, "");
const figure = (of: string, low: number | null, high: number | null, group = "") => ({ of, group, low, best: low, high, rule: "all-agree v1", disputed: false });

beforeEach(() => {
    openPage("/");
    setLanguage("ar");
});

test("bounds are isolated in the reader's direction", () => {
    assert.equal(tellBounds(3, 7), "\u20673–7\u2069");
    setLanguage("en");
    assert.equal(tellBounds(3, 7), "\u20663–7\u2069");
    assert.deepEqual([tellBounds(15, null), tellBounds(null, 5), tellBounds(4, 4), tellBounds(null, null)].map(plain), ["15+", "≤ 5", "4", "?"]);
});

test("the noun follows the last number", () => {
    assert.deepEqual([figureText(figure("killed", 3, 7)), figureText(figure("killed", 3, 99)), figureText(figure("wounded", 15, null))].map(plain), ["3–7 قتلى", "3–99 قتيلًا", "15+ جريحًا"]);
    setLanguage("en");
    assert.equal(plain(figureText(figure("fighters", 1, 1))), "1 fighter");
});

test("killed come first, parts of the whole are left out", () => {
    const shown = mainFigures([figure("strikes", 2, 2), figure("wounded", 1, 1), figure("killed", 1, 1, "children"), figure("killed", 4, 4)]);
    assert.deepEqual(shown.map((f) => f.of), ["killed", "wounded", "strikes"]);
});

test("the queue's flags are told in the reader's language", () => {
    assert.deepEqual(tellFlags("killed: numbers differ 3-99, wounded: numbers differ 15+, denied, no day told").map(plain), [
        "القتلى: الأعداد تختلف 3–99",
        "الجرحى: الأعداد تختلف 15+",
        "ينفيها مصدر",
        "لا يوم مذكور",
    ]);
    assert.deepEqual(tellFlags(""), []);
    assert.deepEqual(tellFlags("something new"), ["something new"]);
});

test("each of the thirty kinds is of one family", () => {
    const kinds = families.flatMap(kindsOf);
    assert.equal(kinds.length, 30);
    assert.equal(new Set(kinds).size, 30);
    assert.ok(kinds.every((kind) => kindsOf(familyOf(kind)).includes(kind)));
});
