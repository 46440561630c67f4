import assert from "node:assert/strict";
import { test } from "node:test";
import { href, readQuery } from "../src/base/router";
import type { ExportPlan } from "../src/base/types";
import { QUESTION, askedOf, outlineOf, reasonsOf } from "../src/pages/export/plan";
import { countChanges, namedOnly, readChanges, readCsv, readManifest, withHashes } from "../src/pages/releases/files";

const plan: ExportPlan = {
    format: "ged",
    profile: "public",
    profile_version: 1,
    incidents: 24,
    public_incidents: 22,
    rows: 3,
    withheld: [
        { what: "incident", why: "delayed", count: 2 },
        { what: "place", why: "coarsened", count: 7 },
    ],
    dropped: [
        { what: "incident", why: "told as intended only", count: 4 },
        { what: "incident", why: "not told as lethal", count: 15 },
    ],
    not_carried: [{ what: "type of violence", why: "the reports do not name both sides", count: 1 }],
};

test("the outline of a plan adds up: asked = withheld + without row + with rows", () => {
    const told = outlineOf(plan);
    assert.deepEqual(told, { asked: 24, isLeftOut: 2, withRows: 3, withoutRow: 19, rows: 3, withheldFacts: 7, lostFacts: 1 });
    assert.equal(told.isLeftOut + told.withoutRow + told.withRows, told.asked);
});

test("reasons of left out incidents stand in order of their numbers", () => {
    assert.deepEqual(reasonsOf(plan.dropped).map((r) => r.count), [15, 4]);
});

test("what is asked comes from the address and goes to the server under the same names", () => {
    const question = readQuery(QUESTION, new URLSearchParams("from=2016-02-27&kind=shelling,airstrike&country=sy&known=not-a-day"));
    assert.equal(href("/exports/plan", askedOf(question, "public")), "/exports/plan?from=2016-02-27&kind=shelling,airstrike&country=SY&profile=public");
});

const hash = "e0641c1de6fff5a8c41bcbf7648d0587a26b63bd1d407be15fcea9354b9f8c94";

test("a manifest names hashes; what is no line of one is passed over", () => {
    const manifest = readManifest(`${hash}  CITATION\n${hash}  rules/a b.tsv\nno hash\n`);
    assert.deepEqual([...manifest.keys()], ["CITATION", "rules/a b.tsv"]);
    assert.deepEqual(withHashes([{ name: "CITATION", size: 1 }, { name: "x", size: 2 }], manifest).map((f) => f.hash), [hash, null]);
    assert.deepEqual(namedOnly([{ name: "CITATION", size: 1 }], manifest), ["rules/a b.tsv"]);
});

test("cells of comma-separated values may hold quotes, commas and line ends", () => {
    assert.deepEqual(readCsv('a,b\r\n"x, ""y""\nz",\n'), [["a", "b"], ['x, "y"\nz', ""]]);
    assert.deepEqual(readCsv(""), []);
});

test("changes count ids, not fields", () => {
    const changes = readChanges("id,what,field,old,new\nI-1,changed,kind,shelling,airstrike\nI-1,changed,grade,weak,fair\nI-2,withdrawn,,,\n");
    assert.deepEqual(countChanges(changes), { changed: 1, withdrawn: 1 });
    assert.deepEqual(changes[0], { id: "I-1", what: "changed", field: "kind", old: "shelling", new: "airstrike" });
});
