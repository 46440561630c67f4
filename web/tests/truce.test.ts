import assert from "node:assert/strict";
import { test } from "node:test";
import type { Candidate, TruceRow } from "../src/base/types";
import { echoesOf, groupRows } from "../src/pages/truce/count";
import { groundOf, isOffered, isShown, needsReason } from "../src/pages/truce/marks";
import { periodOf, shift, usualDay, windowsIn } from "../src/pages/truce/period";

const row = (governorate: string, accused: string, accuser: string, period: number, seen: "yes" | "no report" = "yes"): TruceRow => ({
    governorate, accused_side: accused, accuser_side: accuser, period, previous: 0, total: period, killed_low: 0, killed_high: 0, unseen_days: seen === "yes" ? 0 : 1, seen,
});

const candidate = (incident: string, accused: string, accuser: string, more: Partial<Candidate> = {}): Candidate => ({
    day: "2016-05-06", governorate: "حلب", place: null, kind: "shelling", term: "T1", accused, accuser, counts: "yes", in_window: "yes", in_area: "yes", is_bound: "yes",
    is_covered: "yes", why: "strict-fire-v1/fire", grade: "weak", incident, record: `R-${incident}-${accuser}`, mark: null, marked_by: null, mark_reason: null, ...more,
});

const windows = [
    { from: "2016-05-05", to: "2016-05-06", what: "start", source: "" },
    { from: "2016-05-10", to: "2016-05-11", what: "extension", source: "" },
];

test("a period moves by its own length", () => {
    assert.deepEqual(shift({ from: "2016-05-06", to: "2016-05-06" }, -1), { from: "2016-05-05", to: "2016-05-05" });
    assert.deepEqual(shift({ from: "2016-02-22", to: "2016-02-28" }, 1), { from: "2016-02-29", to: "2016-03-06" });
});

test("one end of a period is a day, ends the wrong way round are turned", () => {
    assert.deepEqual(periodOf("", "", "2016-05-01"), { from: "2016-05-01", to: "2016-05-01" });
    assert.deepEqual(periodOf("", "2016-05-06", "2016-05-01"), { from: "2016-05-06", to: "2016-05-06" });
    assert.deepEqual(periodOf("2016-05-09", "2016-05-06", "x"), { from: "2016-05-06", to: "2016-05-09" });
});

test("windows of a period, also those without an end", () => {
    assert.deepEqual(windowsIn(windows, { from: "2016-05-06", to: "2016-05-10" }).map((w) => w.what), ["start", "extension"]);
    assert.deepEqual(windowsIn(windows, { from: "2016-05-07", to: "2016-05-09" }), []);
    assert.equal(windowsIn([{ from: "2016-02-27", to: null, what: "", source: "" }], { from: "2020-01-01", to: "2020-01-01" }).length, 1);
});

test("the usual day is the newest report's, and no later than the agreement holds", () => {
    assert.equal(usualDay("2026-11-22", "2019-05-05", windows), "2016-05-11");
    assert.equal(usualDay("2026-11-22", "2016-05-08", windows), "2016-05-08");
    assert.equal(usualDay("2026-11-22", null, [{ from: "2016-02-27", to: null, what: "", source: "" }]), "2026-11-22");
});

test("rows of two rules stand side by side, and an unseen governorate has no cell", () => {
    const groups = groupRows([row("إدلب", "", "", 0, "no report"), row("حلب", "government", "opposition", 2)], [row("حلب", "government", "opposition", 5), row("حلب", "opposition", "", 1)], ["إدلب", "حلب"]);
    assert.deepEqual(groups.map((g) => [g.name, g.isSeen, g.cells.length]), [["إدلب", false, 0], ["حلب", true, 2]]);
    const cells = groups[1]?.cells ?? [];
    assert.deepEqual(cells.map((c) => [c.counted?.period ?? null, c.beside?.period ?? null]), [[2, 5], [null, 1]]);
});

test("a governorate that the agreement does not name has a place only where something counts", () => {
    const groups = groupRows([row("حلب", "government", "opposition", 0), row("نينوى", "islamic_state", "media", 0), row("حمص", "government", "media", 1)], [], ["حلب"]);
    assert.deepEqual(groups.map((g) => [g.name, g.cells.length]), [["حلب", 0], ["حمص", 1]]);
});

test("what one alleges is held against what the accused tells of the same incident", () => {
    const echoes = echoesOf([
        candidate("I-1", "syria.government", "syria.opposition"),
        candidate("I-1", "syria.government", "syria.government"),
        candidate("I-2", "syria.government", "syria.opposition"),
        candidate("I-3", "syria.government", "syria.opposition", { counts: "no" }),
        candidate("I-4", "unknown", "syria.opposition"),
        candidate("I-5", "syria.opposition", "russia"),
    ]);
    assert.deepEqual(echoes, [
        { accuser: "syria.opposition", accused: "syria.government", incidents: 2, told: 1 },
        { accuser: "russia", accused: "syria.opposition", incidents: 1, told: 0 },
    ]);
});

test("an incident with several records of one accuser counts once", () => {
    const twice = [candidate("I-1", "russia", "sohr"), candidate("I-1", "russia", "sohr", { term: "T2", record: "R-2" })];
    assert.deepEqual(echoesOf(twice).map((e) => e.incidents), [1]);
});

test("a reason is asked where the rule says otherwise, and for another person's mark", () => {
    const counted = candidate("I-1", "russia", "sohr");
    const not = candidate("I-1", "russia", "sohr", { counts: "no" });
    assert.deepEqual([needsReason(counted, "breach", "amal"), needsReason(counted, "insufficient", "amal")], [false, true]);
    assert.deepEqual([needsReason(not, "breach", "amal"), needsReason(not, "not-in-scope", "amal")], [true, false]);
    const marked = candidate("I-1", "russia", "sohr", { mark: "breach", marked_by: "Amal" });
    assert.deepEqual([needsReason(marked, "none", "amal"), needsReason(marked, "none", "badr"), needsReason(marked, "breach", "badr")], [false, true, true]);
});

test("a mark that is there is not offered again, and none is only taken back where there is one", () => {
    const marked = candidate("I-1", "russia", "sohr", { mark: "breach" });
    assert.deepEqual([isOffered(marked, "breach"), isOffered(marked, "none"), isOffered(candidate("I-1", "a", "b"), "none")], [false, true, false]);
});

test("the ground names rule, row and the failed condition", () => {
    assert.deepEqual(groundOf("strict-fire-v1/fire: window"), { rule: "strict-fire-v1", row: "fire", failed: "window" });
    assert.deepEqual(groundOf("strict-fire-v1/fire"), { rule: "strict-fire-v1", row: "fire", failed: null });
});

test("what is shown of the candidates", () => {
    const all = [candidate("1", "a", "b"), candidate("2", "a", "b", { mark: "breach" }), candidate("3", "a", "b", { counts: "no", in_area: "unknown" })];
    const shown = (show: Parameters<typeof isShown>[1]) => all.filter((c) => isShown(c, show)).map((c) => c.incident);
    assert.deepEqual([shown("all"), shown("counted"), shown("open"), shown("marked"), shown("unknown")], [["1", "2", "3"], ["1", "2"], ["1"], ["2"], ["3"]]);
});
