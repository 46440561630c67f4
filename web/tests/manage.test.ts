import assert from "node:assert/strict";
import { test } from "node:test";
import { tellBytes, tsvOf } from "../src/base/files";
import { fold, holdsWords } from "../src/base/fold";
import { namesOf, obstacleTo, rightsOf, rolesOf, rolesThatMay } from "../src/base/rights";
import type { IntakeRow, Session } from "../src/base/types";
import { firstPassword, isName, loginLink } from "../src/pages/accounts/accounts";
import { boxAround, incidentsAt, pointOf } from "../src/pages/places/point";
import { addressOf, changesOf, clockIn, isZone } from "../src/pages/settings/values";
import { bySilence, feedState, isFeedAddress, isSilent } from "../src/pages/sources/feeds";

const session = (values: Partial<Session>): Session => ({
    person: "amal", roles: ["reader"], csrf: "c", mode: "team", public: false, version: "1", must_change: false, ...values,
});

test("rights are those of the roles together", () => {
    assert.deepEqual(rightsOf(["keeper", "editor"]), ["read", "code", "edit", "keep"]);
    assert.deepEqual(rightsOf([]), []);
    assert.deepEqual(rolesThatMay("code"), ["coder", "editor"]);
    assert.deepEqual(rolesOf({ roles: "coder, nobody,keeper" }), ["coder", "keeper"]);
    assert.deepEqual(namesOf(""), []);
});

test("an obstacle is named: the server, the login, the role", () => {
    assert.equal(obstacleTo(session({}), "edit"), "role");
    assert.equal(obstacleTo(session({ roles: ["editor"] }), "edit"), null);
    assert.equal(obstacleTo(session({ person: null, roles: [] }), "read"), "login");
    assert.equal(obstacleTo(session({ mode: "read-only", person: null, roles: [] }), "read"), null);
    assert.equal(obstacleTo(session({ mode: "read-only", roles: ["keeper"] }), "keep"), "read-only");
});

test("names are found in any form of writing", () => {
    assert.equal(fold("إدلِـب"), fold("ادلب"));
    assert.ok(holdsWords(["القوات الحكومية", "syria.government"], "حكوميه"));
    assert.ok(holdsWords(["تنظيم القاعدة", "Al-Qaeda"], "qaeda al"));
    assert.ok(!holdsWords(["تنظيم القاعدة", null], "الدولة"));
    assert.ok(holdsWords([null], " "));
});

test("a table with tabs keeps its rows whole", () => {
    assert.equal(tsvOf(["a", "b"], [["x\ty", 3], ["two\r\nlines", null]]), "a\tb\nx y\t3\ntwo lines\t\n");
    assert.deepEqual([tellBytes(999), tellBytes(1000), tellBytes(64 * 1024 * 1024)], ["999 B", "1.0 kB", "67.1 MB"]);
});

test("a feed fails, waits, is silent or works", () => {
    const now = Date.parse("2016-05-08T12:00:00Z");
    const feed = { failures: 0, last_success: "2016-05-08T11:00:00Z", silent_since: "2016-05-08T10:00:00Z" };
    assert.equal(feedState(feed, now), "works");
    assert.equal(feedState({ ...feed, silent_since: "2016-05-06T12:00:00Z" }, now), "silent");
    assert.equal(feedState({ ...feed, silent_since: null }, now), "works");
    assert.equal(feedState({ ...feed, last_success: null }, now), "waiting");
    assert.equal(feedState({ ...feed, failures: 2, last_success: null }, now), "failing");
    assert.deepEqual(["https://a.example/rss", "http://a", "ftp://a", "a.example", ""].map(isFeedAddress), [true, true, false, false, false]);
});

test("the longest silent outlet comes first, one without a day last", () => {
    const row = (outlet: string, silent_days: number | null): IntakeRow => ({ outlet, silent_days, articles: 1, copies: 0, records: 0, newest: null, stored: null });
    assert.deepEqual(bySilence([row("ب", 0), row("ج", null), row("أ", 0), row("د", 5)]).map((one) => one.outlet), ["د", "أ", "ب", "ج"]);
    assert.deepEqual([0, 1, 2, null].map((days) => isSilent({ silent_days: days })), [false, false, true, false]);
});

test("a point is known from a name", () => {
    assert.deepEqual(pointOf("36.37, 37.52"), { lat: 36.37, lon: 37.52 });
    assert.deepEqual(pointOf("٣٦٫٣٧، ٣٧٫٥٢"), { lat: 36.37, lon: 37.52 });
    assert.deepEqual(pointOf("-1 30"), { lat: -1, lon: 30 });
    assert.deepEqual(["الباب", "36", "91, 10", "10, 181", "36,37,38"].map(pointOf), [null, null, null, null, null]);
});

test("incidents of a place are looked for in its governorate, or around it", () => {
    assert.equal(boxAround({ lat: 0, lon: 10 }, 111.2), "9.000,-1.000,11.000,1.000");
    assert.equal(boxAround({ lat: 60, lon: 10 }, 111.2), "8.000,59.000,12.000,61.000");
    assert.deepEqual(incidentsAt({ name: "حلب", feature: "adm1", lat: 36, lon: 37 }), { area: "حلب" });
    const [town, region] = ["town", "area"].map((feature) => incidentsAt({ name: "س", feature, lat: 0, lon: 0 }).box);
    assert.equal(town, "-0.036,-0.036,0.036,0.036");
    assert.equal(region, "-0.225,-0.225,0.225,0.225");
});

test("names and first passwords are what the server takes", () => {
    assert.deepEqual(["أمل", " amal ", "", "  ", "a\tb", "ع".repeat(32), "ع".repeat(33)].map(isName), [true, true, false, false, false, true, false]);
    assert.equal(firstPassword(new Uint8Array(20).map((_, at) => at * 13)), "AP4H-WBQ5-JXCR-6KYD-S7LZ");
    assert.match(firstPassword(), /^([A-HJ-NP-Z2-9]{4}-){4}[A-HJ-NP-Z2-9]{4}$/);
    assert.notEqual(firstPassword(), firstPassword());
    assert.equal(loginLink("https://m.example", "K7QM-2XPD"), "https://m.example/#code=K7QM-2XPD");
});

test("settings are sent where they differ", () => {
    const before = { organisation: "مكتب", zone: "UTC", profile: "public", languages: "both" };
    assert.equal(changesOf(before, { ...before }), null);
    assert.deepEqual(changesOf(before, { ...before, zone: "Asia/Damascus" }), { zone: "Asia/Damascus" });
    assert.deepEqual(["UTC", "Asia/Damascus", "Asia/Damascu", ""].map(isZone), [true, true, false, false]);
    assert.equal(clockIn("Asia/Tokyo", new Date("2016-05-08T20:05:00Z")), "05:05");
});

test("a line of the log leads to what the page shows", () => {
    assert.deepEqual(["A-631700b5a30f7a19", "I-1e9a5db3a5e6b06a", "R-1e9a5db3a5e6b06a", "SY-1212", "A-0001 x"].map(addressOf), [
        "/article/A-631700b5a30f7a19", "/incident/I-1e9a5db3a5e6b06a", null, null, null,
    ]);
});
