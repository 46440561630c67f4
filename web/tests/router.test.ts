import assert from "node:assert/strict";
import { test } from "node:test";
import { pageAt } from "../src/app/pages";
import { day, flag, go, href, list, oneOf, readQuery, text, where, whole, writeQuery } from "../src/base/router";
import { openPage, page } from "./page";

const fields = { from: day(), kind: list(), words: text(), by: oneOf(["kind", "party"] as const, "kind"), at: whole(0), mine: flag() };

test("an address holds what is set and nothing else", () => {
    assert.equal(href("/map", { from: "", kind: ["shelling", "airstrike"], words: "ريف حلب", to: null, mine: true, n: 0 }), "/map?kind=shelling,airstrike&words=%D8%B1%D9%8A%D9%81+%D8%AD%D9%84%D8%A8&mine=1&n=0");
    assert.equal(href("/map", {}), "/map");
});

test("what is written to the address is read from it", () => {
    openPage("/map?lang=en");
    const values = { from: "2016-05-08", kind: ["shelling"], words: "a&b=c, د", by: "party" as const, at: -3, mine: true };
    go(writeQuery(fields, values, where()));
    assert.deepEqual(readQuery(fields, where().query), values);
    assert.equal(where().query.get("lang"), "en");
});

test("what is no value of a field is its usual one", () => {
    openPage("/map?from=yesterday&by=colour&at=1e9&mine=yes&kind=");
    assert.deepEqual(readQuery(fields, where().query), { from: "", kind: [], words: "", by: "kind", at: 0, mine: false });
});

test("clearing a value takes it out of the address", () => {
    openPage("/map?from=2016-05-08&kind=clash");
    go(writeQuery(fields, { from: "", kind: [] }, where()));
    assert.equal(page.location.search, "");
});

test("addresses lead to their pages", () => {
    const found = ["/", "/map", "/map/", "/incident/I-1e9a5db3a5e6b06a", "/incident/", "/nowhere", "/incident/a/b", "/incident/%"].map((path) => {
        const at = pageAt(path);
        return at === null ? null : `${at.page.name} ${at.id}`;
    });
    assert.deepEqual(found, ["today ", "map ", "map ", "incident I-1e9a5db3a5e6b06a", null, null, null, null]);
});
