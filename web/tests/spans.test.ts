import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldsOf, rulesOf } from "../src/pages/article/fields";
import { marksOf } from "../src/pages/article/marks";
import type { Mark, Piece } from "../src/pages/article/spans";
import { byteIndex, markText } from "../src/pages/article/spans";
import { airstrike, row } from "./record";

const bytes = (text: string): number => new TextEncoder().encode(text).length;

/* The letters between two bytes, as the record counts them. */
function cut(text: string, start: number, end: number): string {
    const at = byteIndex(text);
    return text.slice(at(start), at(end));
}

test("bytes of Arabic, of vowel signs and of tatweel become letters of the string", () => {
    const text = "قُتِلَ ثلاثـــة";
    const start = bytes("قُتِلَ ");
    assert.equal(cut(text, start, bytes(text)), "ثلاثـــة");
    assert.equal(cut(text, 0, bytes("قُتِلَ")), "قُتِلَ");
});

test("a letter outside of the first plane is four bytes and two units", () => {
    const text = "🚑 حلب 𝒳!";
    assert.equal(cut(text, 0, 4), "🚑");
    assert.equal(cut(text, bytes("🚑 "), bytes("🚑 حلب")), "حلب");
    assert.equal(cut(text, bytes("🚑 حلب "), bytes("🚑 حلب 𝒳")), "𝒳");
    assert.equal(cut(text, bytes(text) - 1, bytes(text)), "!");
});

test("letters of one, two, three and four bytes, each on its own", () => {
    const letters = ["a", "ب", "€", "🚑"];
    const text = letters.join("");
    let start = 0;
    for (const letter of letters) {
        assert.equal(cut(text, start, start + bytes(letter)), letter);
        start += bytes(letter);
    }
});

test("bytes within a letter are its beginning, bytes behind the text its end", () => {
    const at = byteIndex("ab🚑c");
    assert.deepEqual([0, 1, 2, 3, 4, 5, 6, 7, 99, -1].map(at), [0, 1, 2, 2, 2, 2, 4, 5, 5, 0]);
});

const mark = (start: number, end: number, of: string): Mark<string> => ({ start, end, of });

function show(pieces: readonly Piece<string>[]): string {
    return pieces.map((p) => (typeof p === "string" ? p : `[${p.mark.of}${p.isFirst ? "" : "+"} ${show(p.pieces)}]`)).join("");
}

function plain(pieces: readonly Piece<string>[]): string {
    return pieces.map((p) => (typeof p === "string" ? p : plain(p.pieces))).join("");
}

test("marks apart, beside and within each other", () => {
    assert.equal(show(markText("abcdefgh", [mark(0, 2, "x"), mark(2, 4, "y")])), "[x ab][y cd]efgh");
    assert.equal(show(markText("abcdefgh", [mark(1, 7, "x"), mark(2, 4, "y"), mark(3, 4, "z")])), "a[x b[y c[z d]]efg]h");
    assert.equal(show(markText("abcd", [mark(1, 3, "x"), mark(1, 3, "y")])), "a[x [y bc]]d");
});

test("the longer lies around the shorter where both begin together", () => {
    assert.equal(show(markText("abcd", [mark(0, 2, "short"), mark(0, 4, "long")])), "[long [short ab]cd]");
});

test("of two that cross, the later one is cut, and says where it began", () => {
    assert.equal(show(markText("abcdef", [mark(0, 4, "x"), mark(2, 6, "y")])), "[x ab[y cd]][y+ ef]");
    assert.equal(show(markText("abcdef", [mark(0, 3, "x"), mark(1, 5, "y"), mark(2, 6, "z")])), "[x a[y b[z c]]][z+ [y+ de]f]");
});

test("heights count what lies within", () => {
    const [outer] = markText("abcd", [mark(0, 4, "x"), mark(1, 3, "y"), mark(2, 3, "z")]);
    assert.ok(outer !== undefined && typeof outer !== "string");
    assert.equal(outer.height, 3);
});

test("empty marks and marks outside are left out; no letter is lost or told twice, whatever the marks", () => {
    assert.equal(show(markText("abc", [mark(1, 1, "x"), mark(5, 9, "y"), mark(2, 1, "z"), mark(-3, 1, "w")])), "[w a]bc");
    let seed = 7;
    const random = (n: number) => (seed = (seed * 48271) % 2147483647) % n;
    const text = "بتثجحخدذرزسش";
    for (let round = 0; round < 300; round++) {
        const marks = Array.from({ length: random(8) }, (_, n) => mark(random(12), random(14), `m${n}`));
        assert.equal(plain(markText(text, marks)), text);
    }
});

test("markup in a report stays text", () => {
    const text = "<img src=x onerror=alert(1)> قصف";
    assert.deepEqual(markText(text, []), [text]);
});

test("same words of the same role of several records are one mark with all owners", () => {
    const second = row("R-2", { ...airstrike, trigger: [20, 28] });
    const marks = marksOf([row("R-1", airstrike), second], { chosen: "R-1", hidden: [], isOthers: true }, (byte) => byte);
    const place = marks.filter((m) => m.of.role === "place");
    assert.equal(place.length, 1);
    assert.deepEqual(place[0]?.of.owners.map((o) => o.record), ["R-1", "R-2"]);
    assert.equal(marks.filter((m) => m.of.role === "sentence").length, 1);
});

test("hidden roles and records that are not chosen are left out", () => {
    const second = row("R-2", { ...airstrike, trigger: [20, 28] });
    const marks = marksOf([row("R-1", airstrike), second], { chosen: "R-1", hidden: ["place"], isOthers: false }, (byte) => byte);
    assert.ok(marks.every((m) => m.of.role !== "place" && m.of.owners.every((o) => o.record === "R-1")));
});

test("of a report with very many records, the others' events alone are marked", () => {
    const many = Array.from({ length: 61 }, (_, n) => row(`R-${n}`, { ...airstrike, trigger: [n * 10, n * 10 + 5] }));
    const marks = marksOf(many, { chosen: "R-0", hidden: [], isOthers: true }, (byte) => byte);
    assert.equal(marks.filter((m) => m.of.role === "trigger").length, 61);
    assert.ok(marks.every((m) => m.of.role === "trigger" || m.of.owners.every((o) => o.record === "R-0")));
});

test("a field that a person wrote has no words and no mark", () => {
    const body = { ...airstrike, actors: [{ span: null, who: "russia", code: null, object: null, words: "" }] };
    assert.equal(fieldsOf(body).find((f) => f.id === "actor.0")?.span, null);
    assert.ok(marksOf([row("R-1", body)], { chosen: "R-1", hidden: [], isOthers: true }, (byte) => byte).every((m) => m.of.role !== "actor"));
});

test("rules stand at the fields that they made", () => {
    const rules = ["frame:غارة.airstrike", "frame:قتل", "governor:نفى", "time:مساء", "speaker:بحسب"];
    assert.deepEqual(rulesOf("trigger", rules), ["frame:غارة.airstrike", "governor:نفى"]);
    assert.deepEqual(rulesOf("figure", rules), ["frame:قتل"]);
    assert.deepEqual(rulesOf("when", rules), ["time:مساء"]);
    assert.deepEqual(rulesOf("source", rules), ["speaker:بحسب"]);
    assert.deepEqual(rulesOf("place", rules), []);
});
