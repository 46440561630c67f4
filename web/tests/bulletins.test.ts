import assert from "node:assert/strict";
import { test } from "node:test";
import type { BulletinRow } from "../src/base/types";
import { changesOf, diffLines } from "../src/pages/bulletins/lines";
import { whyNotSign } from "../src/pages/bulletins/signing";
import { pageAt } from "../src/app/pages";

const marks = { same: " ", gone: "-", new: "+" };
const told = (before: string[], after: string[]): string[] => diffLines(before, after).map((l) => marks[l.what] + l.text);

test("lines that went stand before those that came", () => {
    assert.deepEqual(told(["a", "b", "c"], ["a", "x", "c"]), [" a", "-b", "+x", " c"]);
    assert.deepEqual(told([], ["a"]), ["+a"]);
    assert.deepEqual(told(["a", "b"], ["b"]), ["-a", " b"]);
});

test("equal texts have no changes, and the longest common run stays", () => {
    assert.deepEqual(changesOf(diffLines(["a", "b"], ["a", "b"])), []);
    assert.deepEqual(told(["a", "b", "c", "d"], ["b", "d", "c", "d"]), ["-a", " b", "+d", " c", " d"]);
});

test("what stands before the first heading of a language is the head", () => {
    const parts = changesOf(diffLines(["a1", "# T", "----", "b1"], ["a2", "# T", "----", "b2"]));
    assert.deepEqual(parts.map((p) => p.heading), [""]);
});

test("changes stand under the heading of their part", () => {
    const parts = changesOf(diffLines(["# Totals", "3 killed", "", "# Control", "same"], ["# Totals", "5 killed", "# Control", "same", "new"]));
    assert.deepEqual(
        parts.map((p) => [p.heading, p.lines.map((l) => l.text)]),
        [
            ["Totals", ["3 killed", "5 killed"]],
            ["Control", ["new"]],
        ],
    );
});

const bulletin: BulletinRow = {
    number: 12, day: "2016-05-06", agreement: null, rule: null, languages: "both", profile: "public", cutoff: "", zone: "UTC", prepared: "2016-05-07T06:00:00Z", prepared_by: "amal",
    signed: null, signed_by: null, sha256: "", root: null, corrects: null, line: 1,
};

test("a bulletin is signed once, by a releaser who did not prepare it", () => {
    const badr = { person: "badr", isReleaser: true, isReadOnly: false };
    assert.equal(whyNotSign(bulletin, badr), null);
    assert.equal(whyNotSign(bulletin, { ...badr, person: "Amal" }), "own");
    assert.equal(whyNotSign(bulletin, { ...badr, isReleaser: false }), "role");
    assert.equal(whyNotSign(bulletin, { ...badr, person: null }), "login");
    assert.equal(whyNotSign(bulletin, { ...badr, isReadOnly: true }), "read-only");
    assert.equal(whyNotSign({ ...bulletin, signed: "2016-05-07T07:00:00Z" }, badr), "signed");
});

test("the list of bulletins and one of them have addresses of their own", () => {
    assert.deepEqual([pageAt("/bulletins")?.id, pageAt("/bulletins/12")?.id], ["", "12"]);
    assert.deepEqual([pageAt("/bulletins")?.page.name, pageAt("/bulletins/12")?.page.name], ["bulletins", "bulletins"]);
});
