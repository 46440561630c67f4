import assert from "node:assert/strict";
import { test } from "node:test";
import { changesOf, draftOf, figureText, isAllowedIn, isOwn, leaseOf, mayDecide, needsReason } from "../src/base/review";
import type { Decision, Role, Session } from "../src/base/types";
import { airstrike } from "./record";

const draft = draftOf(airstrike);

test("a draft that nobody touched changes nothing, with bounds that do not hold the number too", () => {
    assert.deepEqual(changesOf(airstrike, draft), []);
    assert.deepEqual(draft.figures.find((f) => f.of === "wounded"), { of: "wounded", low: "21", best: "", high: "" });
});

test("changes are texts of field and value", () => {
    assert.deepEqual(changesOf(airstrike, { ...draft, kind: "shelling", modality: "denied" }), ["kind=shelling", "modality=denied"]);
    assert.deepEqual(changesOf(airstrike, { ...draft, actors: ["russia", "syria.government"] }), ["actor=russia,syria.government"]);
    assert.deepEqual(changesOf(airstrike, { ...draft, targets: [], speakers: ["sohr"] }), ["target=", "speaker=sohr"]);
    assert.deepEqual(changesOf(airstrike, { ...draft, place: "SY-1212" }), ["place=SY-1212"]);
    assert.deepEqual(changesOf(airstrike, { ...draft, place: "" }), ["place="]);
    assert.deepEqual(changesOf({ ...airstrike, phase: "violated" }, { ...draft, phase: "" }), ["phase="]);
});

test("days are one, a stretch, or none", () => {
    assert.deepEqual(changesOf(airstrike, { ...draft, first: "2016-04-26" }), ["days=2016-04-26"]);
    assert.deepEqual(changesOf(airstrike, { ...draft, last: "2016-04-28" }), ["days=2016-04-27/2016-04-28"]);
    assert.deepEqual(changesOf(airstrike, { ...draft, first: "", last: "" }), ["days="]);
});

test("a figure is a number, its bounds, or none", () => {
    const of = "killed";
    assert.equal(figureText({ of, low: "", best: "5", high: "" }), "killed:5");
    assert.equal(figureText({ of, low: "5", best: "5", high: "5" }), "killed:5");
    assert.equal(figureText({ of, low: "3", best: "5", high: "" }), "killed:3:5:-");
    assert.equal(figureText({ of, low: "3", best: "", high: "9" }), "killed:3:-:9");
    assert.equal(figureText({ of, low: "3", best: "5", high: "9" }), "killed:3:5:9");
    assert.equal(figureText({ of, low: "", best: "", high: "" }), "killed:");
});

test("numbers out of order and what is no number are no figure", () => {
    const of = "killed";
    assert.equal(figureText({ of, low: "6", best: "5", high: "" }), null);
    assert.equal(figureText({ of, low: "1", best: "5", high: "4" }), null);
    assert.equal(figureText({ of, low: "", best: "", high: "4" }), null);
    assert.equal(figureText({ of, low: "x", best: "5", high: "" }), null);
    assert.equal(figureText({ of, low: "-1", best: "5", high: "" }), null);
});

test("figures changed, added and taken away", () => {
    const [killed, wounded] = draft.figures;
    assert.ok(killed !== undefined && wounded !== undefined);
    assert.deepEqual(changesOf(airstrike, { ...draft, figures: [{ ...killed, best: "15" }, wounded] }), ["figure=killed:14:15:-"]);
    assert.deepEqual(changesOf(airstrike, { ...draft, figures: [killed] }), ["figure=wounded:"]);
    assert.deepEqual(changesOf(airstrike, { ...draft, figures: [killed, wounded, { of: "missing", low: "", best: "2", high: "" }] }), ["figure=missing:2"]);
    assert.deepEqual(changesOf(airstrike, { ...draft, figures: [killed, wounded, { of: "missing", low: "", best: "", high: "" }] }), []);
});

test("a reason is needed where words of the report are overruled, and only there", () => {
    assert.equal(needsReason(airstrike, ["actor=russia"]), false);
    assert.equal(needsReason(airstrike, ["target=civilians"]), true);
    assert.equal(needsReason(airstrike, ["kind=shelling"]), true);
    assert.equal(needsReason(airstrike, ["place=SY-1"]), true);
    assert.equal(needsReason({ ...airstrike, when: null }, ["days=2016-04-27"]), false);
    assert.equal(needsReason(airstrike, ["figure=killed:3"]), true);
    assert.equal(needsReason(airstrike, ["figure=missing:3"]), false);
    assert.equal(needsReason(airstrike, []), false);
});

test("states allow what docs/review.md allows", () => {
    assert.ok(isAllowedIn("accept", ["rejected"]));
    assert.ok(!isAllowedIn("accept", ["accepted"]));
    assert.ok(isAllowedIn("accept", ["accepted", "new"]), "one record of an incident is enough");
    assert.ok(!isAllowedIn("verify", ["new", "in work"]));
    assert.ok(!isAllowedIn("leave", ["new"]));
    assert.ok(!isAllowedIn("take", ["duplicate", "rejected"]));
    assert.ok(isAllowedIn("reject", ["duplicate"]));
    assert.ok(!isAllowedIn("reopen", ["new"]));
    assert.ok(!isAllowedIn("accept", []));
});

const session = (...roles: Role[]): Session => ({ person: "amal", roles, csrf: null, mode: "team", public: false, version: "", must_change: false });

test("roles decide what is shown", () => {
    assert.ok(mayDecide(session("coder"), "accept") && !mayDecide(session("coder"), "verify") && !mayDecide(session("coder"), "merge"));
    assert.ok(mayDecide(session("verifier"), "verify") && mayDecide(session("verifier"), "take") && !mayDecide(session("verifier"), "edit"));
    assert.ok(mayDecide(session("editor"), "merge") && mayDecide(session("editor"), "edit"));
    assert.ok(!mayDecide(session("reader"), "take"));
    assert.ok(!mayDecide({ ...session("editor"), mode: "read-only" }, "accept"));
});

const decision = (n: number, person: string, what: string, time: string): Decision => ({
    decision: n, time, person, what, record: "R-1", from: "new", to: "new", reason: null, changes: null, with: null, line: n, before: null,
});

test("a lease lasts half an hour, begins anew, and ends with what settles the record", () => {
    const at = (clock: string) => Date.parse(`2026-01-01T${clock}Z`);
    const take = decision(1, "amal", "take", "2026-01-01T10:00:00Z");
    assert.equal(leaseOf([take], at("10:29:00"))?.person, "amal");
    assert.equal(leaseOf([take], at("10:31:00")), null);
    assert.equal(leaseOf([decision(2, "amal", "edit", "2026-01-01T10:20:00Z"), take], at("10:45:00"))?.until, "2026-01-01T10:50:00.000Z");
    assert.equal(leaseOf([decision(2, "amal", "accept", "2026-01-01T10:05:00Z"), take], at("10:06:00")), null);
    assert.equal(leaseOf([], at("10:00:00")), null);
});

test("who accepted cannot be the second person, whatever the capitals", () => {
    const history = [decision(1, "Amal", "accept", "2026-01-01T10:00:00Z"), decision(2, "karim", "take", "2026-01-01T11:00:00Z")];
    assert.ok(isOwn(history, "amal"));
    assert.ok(!isOwn(history, "karim"));
});
