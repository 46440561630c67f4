import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { MapAnswer, SeriesRow } from "../src/base/types";
import { setLanguage } from "../src/base/words";
import { binSeries, binsBetween, brushed, pileUp, stepFor } from "../src/pages/map/bins";
import { clusterPoints, countPoints, hitCluster, readPoints, toggleFamily } from "../src/pages/map/points";
import { boxOfMost, latOf, lonOf, readBox, scaleOf, worldX, worldY, writeBox } from "../src/parts/map/geo";
import { placeLabels } from "../src/parts/map/labels";
import { openPage } from "./page";

beforeEach(() => {
    openPage("/map");
    setLanguage("ar");
});

const ALEPPO = { lat: 36.2021, lon: 37.1343 };
const IDLIB = { lat: 35.9306, lon: 36.6339 };

function answer(rows: MapAnswer["rows"]): MapAnswer {
    return { columns: ["id", "lat", "lon", "kind", "grade", "day", "chains", "flags"], rows, more: false };
}

const THREE = answer([
    ["I-1", ALEPPO.lat, ALEPPO.lon, "airstrike", "weak", "2016-05-08", 1, ""],
    ["I-2", ALEPPO.lat, ALEPPO.lon, "shelling", "fair", "2016-05-07", 2, "reviewed verified"],
    ["I-3", IDLIB.lat, IDLIB.lon, "airstrike", "confirmed", "2016-05-06", 3, "period"],
]);

test("places go to the square of Mercator and back", () => {
    assert.equal(worldX(-180), 0);
    assert.equal(worldX(180), 1);
    assert.ok(Math.abs(worldY(0) - 0.5) < 1e-12);
    assert.ok(Math.abs(worldY(85.0511)) < 1e-6);
    assert.equal(worldY(90), worldY(85.0511));
    assert.ok(Math.abs(latOf(worldY(ALEPPO.lat)) - ALEPPO.lat) < 1e-9);
    assert.ok(Math.abs(lonOf(worldX(ALEPPO.lon)) - ALEPPO.lon) < 1e-9);
    assert.equal(scaleOf(3), 2048);
});

test("a box of the address is read, refused and written outwards", () => {
    assert.deepEqual(readBox("35,33.5,42,37"), { west: 35, south: 33.5, east: 42, north: 37 });
    for (const bad of ["", "1,2,3", "a,b,c,d", "42,33,35,37", "35,91,42,95", "35,,42,37", "NaN,1,2,3"]) assert.equal(readBox(bad), null, bad);
    assert.equal(writeBox({ west: 35.00005, south: -91, east: 41.99991, north: 37 }), "35,-90,42,37");
});

test("the first view is where most points lie", () => {
    const lons = [...Array.from({ length: 98 }, (_, at) => 36 + at / 100), 6.1, 18];
    assert.deepEqual(boxOfMost(lons, lons.map(() => 36), 0.02, 1), { west: 35, south: 35, east: 37.95, north: 37 });
    assert.equal(boxOfMost([], [], 0.02, 1), null);
    assert.deepEqual(boxOfMost([37], [36], 0.5, 1), { west: 36, south: 35, east: 38, north: 37 });
});

test("incidents at one point are one mark at every zoom, others part when there is room", () => {
    const points = readPoints(THREE);
    const near = clusterPoints(points, 14);
    assert.deepEqual(near.clusters.map((c) => c.count), [1, 2]);
    assert.equal(near.at[0], near.at[1]);
    assert.notEqual(near.at[0], near.at[2]);
    const pair = near.at[0];
    assert.ok(pair !== undefined && Math.abs(latOf(pair.y) - ALEPPO.lat) < 1e-9);
    assert.deepEqual(pair.byFamily, [1, 1, 0, 0, 0, 0, 0]);
    assert.equal(pair.drafts, 1);
    assert.equal(clusterPoints(points, 2).clusters.reduce((sum, c) => sum + c.count, 0), 3);
});

test("marks on both sides of the grid's line are one where they would overlap", () => {
    const zoom = 10;
    const line = (Math.floor(worldX(37) * (scaleOf(zoom) / 40)) + 1) / (scaleOf(zoom) / 40);
    const beside = (pixels: number) => lonOf(line + pixels / scaleOf(zoom));
    const rows = (gap: number): MapAnswer["rows"] => [-gap, -gap, gap].map((at, i) => [`I-${i}`, 36, beside(at), "clash", "weak", "2016-05-08", 1, ""]);
    const close = clusterPoints(readPoints(answer(rows(3))), zoom);
    assert.deepEqual(close.clusters.map((c) => c.count), [3]);
    assert.equal(close.at[2], close.clusters[0]);
    assert.deepEqual(clusterPoints(readPoints(answer(rows(15))), zoom).clusters.map((c) => c.count), [1, 2]);
});

test("a press hits the mark on top and nothing beside it", () => {
    const { clusters, at } = clusterPoints(readPoints(THREE), 10);
    const scale = scaleOf(10);
    const x = worldX(ALEPPO.lon);
    const y = worldY(ALEPPO.lat);
    assert.equal(hitCluster(clusters, x, y, scale), at[0]);
    assert.equal(hitCluster(clusters, x + 10 / scale, y, scale), at[0]);
    assert.equal(hitCluster(clusters, x + 40 / scale, y, scale), null);
    assert.equal(hitCluster(clusters, worldX(IDLIB.lon), worldY(IDLIB.lat), scale), at[2]);
});

test("the legend counts families, grades and drafts", () => {
    const counts = countPoints(readPoints(THREE));
    assert.deepEqual(counts.byFamily, [2, 1, 0, 0, 0, 0, 0]);
    assert.deepEqual(counts.byGrade, [1, 1, 1, 0, 0]);
    assert.equal(counts.drafts, 2);
});

test("a press on a family takes its kinds in and out", () => {
    assert.deepEqual(toggleFamily([], "fire"), ["shelling", "bombing"]);
    assert.deepEqual(toggleFamily(["shelling", "bombing", "clash"], "fire"), ["clash"]);
    assert.deepEqual(toggleFamily(["shelling"], "fire"), ["shelling", "bombing"]);
});

const row = (day: string, key: string, incidents: number): SeriesRow => ({ day, key, incidents, killed_low: 0, killed_high: null });

test("days are put together by the calendar", () => {
    assert.equal(stepFor("2016-05-01", "2016-05-31"), "day");
    assert.equal(stepFor("2016-01-01", "2016-12-31"), "week");
    assert.equal(stepFor("2011-01-01", "2019-12-31"), "month");
    assert.equal(stepFor("1997-01-01", "2019-12-31"), "year");
    assert.deepEqual(binsBetween("2016-01-15", "2016-03-01", "month"), [
        { from: "2016-01-01", to: "2016-01-31" },
        { from: "2016-02-01", to: "2016-02-29" },
        { from: "2016-03-01", to: "2016-03-31" },
    ]);
    assert.deepEqual(binsBetween("2016-05-08", "2016-05-14", "week"), [{ from: "2016-05-07", to: "2016-05-13" }, { from: "2016-05-14", to: "2016-05-20" }]);
});

test("a series is counted by group, what began outside of the days asked for left out", () => {
    const rows = [row("2016-05-07", "a", 2), row("2016-05-08", "a", 1), row("2016-05-08", "b", 4), row("2016-05-09", "c", 1), row("2015-01-01", "a", 9)];
    const binned = binSeries(rows, { from: "2016-05-01", to: "" }, (key) => key, 2, "other");
    assert.equal(binned.step, "day");
    assert.deepEqual(binned.keys, ["b", "other"]);
    assert.deepEqual(binned.counts, [[0, 4, 0], [2, 1, 1]]);
    assert.deepEqual(pileUp(binned.counts), [[0, 4, 0], [2, 5, 1]]);
    assert.deepEqual(binSeries([], { from: "", to: "" }, (key) => key, 2, "other").bins, []);
});

test("a brush takes whole bars, in either direction and past the ends", () => {
    const bins = binsBetween("2016-01-01", "2016-04-30", "month");
    assert.deepEqual(brushed(bins, 2, 1), { from: "2016-02-01", to: "2016-03-31" });
    assert.deepEqual(brushed(bins, -3, 9), { from: "2016-01-01", to: "2016-04-30" });
    assert.equal(brushed([], 0, 1), null);
});

test("of two names that would lie on each other the first is kept; none lies on a mark, none is cut", () => {
    const view = { zoom: 6, scale: scaleOf(6), x: 0, y: 0, width: scaleOf(6), height: scaleOf(6) };
    const label = (text: string, lon: number) => ({ text, x: worldX(lon), y: 0.5, below: 0 });
    const placed = placeLabels([label("حلب", 37.1), label("إدلب", 37.2), label("دمشق", 60)], [{ x: worldX(60), y: 0.5, radius: 9 }], view, { x: 0, y: 0 });
    assert.deepEqual(placed.map((p) => p.text), ["حلب"]);
    const beyond = view.width * (1 - worldX(37.1));
    assert.deepEqual(placeLabels([label("حلب", 37.1)], [], view, { x: beyond, y: 0 }), []);
});
