import assert from "node:assert/strict";
import { test } from "node:test";
import type { ControlRow } from "../src/base/types";
import { changeAfter, changeBefore, changeDays, extentOf, holdersOf, readClaim, sliderAt, spanAt, townsOf } from "../src/pages/control/spans";
import { hitTown } from "../src/pages/control/townMarks";
import { scaleOf, worldX, worldY } from "../src/parts/map/geo";

function span(place_id: string, from: string, to: string | null, holder: string): ControlRow {
    return {
        place: place_id, place_en: null, admin1: null, country: "SY", place_id, lat: 35.9, lon: 36.6, from, to, side: holder, holder, status: "reported", claims: [], rule: "reported v1",
    };
}

const ROWS = [span("A", "2016-05-08", "2016-05-11", "opposition"), span("A", "2016-05-12", null, "government"), span("B", "2016-05-01", null, "isis")];

test("a claim says who is said to hold what, according to whom, by which record", () => {
    assert.deepEqual(readClaim("for: captured by syria.islamists, according to sohr (R-53a1)"), {
        isFor: true, what: "captured", holder: "syria.islamists", speaker: "sohr", record: "R-53a1",
    });
    assert.deepEqual(readClaim("against: not held by nusra, according to the report (R-1)"), {
        isFor: false, what: "not-held", holder: "nusra", speaker: "the report", record: "R-1",
    });
    assert.equal(readClaim("captured by nobody"), null);
});

test("on a day a town has the span that reaches over it, and none before anything was told", () => {
    const [a] = townsOf(ROWS);
    assert.ok(a !== undefined);
    assert.equal(spanAt(a, "2016-05-07"), null);
    assert.equal(spanAt(a, "2016-05-11")?.holder, "opposition");
    assert.equal(spanAt(a, "2016-05-12")?.holder, "government");
    assert.equal(spanAt(a, "2020-01-01")?.holder, "government");
});

test("holders are in the order in which the data names them", () => {
    assert.deepEqual(holdersOf(ROWS), ["isis", "opposition", "government"]);
    assert.deepEqual(holdersOf([{ ...span("C", "2016-01-01", null, "contested"), status: "contested" }, ...ROWS]), ["isis", "opposition", "government"]);
    assert.deepEqual(holdersOf([...ROWS].reverse()), ["isis", "opposition", "government"]);
});

test("the slider knows the days on which something changes", () => {
    const days = changeDays(ROWS);
    assert.deepEqual(days, ["2016-05-01", "2016-05-08", "2016-05-12"]);
    assert.equal(changeAfter(days, "2016-05-08"), "2016-05-12");
    assert.equal(changeAfter(days, "2016-05-12"), null);
    assert.equal(changeBefore(days, "2016-05-08"), "2016-05-01");
    assert.equal(changeBefore(days, "2016-05-01"), null);
    assert.deepEqual(sliderAt("2016-05-01", "2016-05-12", "2016-05-08"), { at: 7, most: 11 });
    assert.deepEqual(sliderAt("2016-05-01", "2016-05-12", "2019-01-01"), { at: 11, most: 11 });
    assert.deepEqual(sliderAt("2016-05-01", "2016-05-12", "2010-01-01"), { at: 0, most: 11 });
});

test("a bar is as long as its days, an open one goes on to the end", () => {
    assert.deepEqual(extentOf({ from: "2016-05-01", to: "2016-05-05" }, "2016-05-01", "2016-05-10"), { start: 0, length: 50 });
    assert.deepEqual(extentOf({ from: "2016-05-06", to: null }, "2016-05-01", "2016-05-10"), { start: 50, length: 50 });
    assert.deepEqual(extentOf({ from: "2016-04-01", to: "2016-05-01" }, "2016-05-01", "2016-05-10"), { start: 0, length: 10 });
});

test("a press finds the town drawn last at its square", () => {
    const scale = scaleOf(8);
    const x = worldX(36.6);
    const y = worldY(35.9);
    assert.equal(hitTown({ spans: ROWS, lift: 0 }, x + 8 / scale, y, scale)?.place_id, "B");
    assert.equal(hitTown({ spans: ROWS, lift: 0 }, x + 30 / scale, y, scale), null);
    assert.equal(hitTown({ spans: ROWS, lift: 32 }, x, y, scale), null);
    assert.equal(hitTown({ spans: ROWS, lift: 32 }, x, y - 32 / scale, scale)?.place_id, "B");
});
