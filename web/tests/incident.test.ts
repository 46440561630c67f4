import assert from "node:assert/strict";
import { test } from "node:test";
import { kilometres } from "../src/base/distance";
import { fold, holdsWords } from "../src/base/fold";
import type { Incident, Statement } from "../src/base/types";
import { chainsOf, recordsIn, ruleName, splitList } from "../src/pages/incident/chains";
import { trucesOf } from "../src/pages/incident/context";

const told = (id: string, article: string, speakers: string, copy_of: string | null = null, modality: Statement["modality"] = "asserted"): Statement => ({
    id, article, speakers, copy_of, modality,
    published: "2016-05-08", outlet: `outlet of ${article}`, kind: "airstrike", actors: "", targets: "", figures: "", because: "", sentence: "", state: "new",
});

test("copies and one named speaker make one chain; copies are folded", () => {
    const chains = chainsOf([
        told("R-1", "A-1", "sohr"),
        told("R-2", "A-2", "sohr", "A-1"),
        told("R-3", "A-3", "ngo"),
        told("R-4", "A-4", ""),
        told("R-5", "A-5", "sohr"),
    ]);
    assert.deepEqual(chains.map((c) => c.told.map((one) => one.statement.id)), [["R-1", "R-5"], ["R-3"], ["R-4"]]);
    assert.deepEqual(chains[0]?.told[0]?.copies.map((c) => c.id), ["R-2"]);
    assert.deepEqual(chains.map((c) => c.speakers), [["sohr"], ["ngo"], ["outlet of A-4"]]);
});

test("a report that quotes the speakers of two chains ties them", () => {
    const chains = chainsOf([told("R-1", "A-1", "sohr"), told("R-2", "A-2", "russia"), told("R-3", "A-3", "sohr"), told("R-4", "A-3", "russia", null, "denied")]);
    assert.equal(chains.length, 1);
    assert.equal(chains[0]?.told.length, 4);
});

test("a copy whose original tells nothing of it stands by itself, and so does what it adds", () => {
    const chains = chainsOf([told("R-2", "A-2", "sohr", "A-1"), told("R-3", "A-2", "ngo", "A-1")]);
    assert.equal(chains.length, 1);
    assert.deepEqual(chains[0]?.told.map((one) => one.copies.length), [0, 0]);
});

test("a denial is no copy of the claim", () => {
    const chains = chainsOf([told("R-1", "A-1", "sohr"), told("R-2", "A-2", "sohr", "A-1", "denied")]);
    assert.deepEqual(chains[0]?.told.map((one) => one.copies.length), [0, 0]);
});

test("ids at the ends of lines, and names of rules", () => {
    assert.deepEqual(recordsIn(["3, according to sohr (R-0272a8b5ddd03229)", "denied by (R-0272a8b5ddd03220) nobody"]), ["R-0272a8b5ddd03229"]);
    assert.equal(ruleName("greatest-bound v1 of tens v1"), "greatest-bound");
    assert.deepEqual(splitList("civilians, civilians, unknown"), ["civilians", "unknown"]);
    assert.deepEqual(splitList(""), []);
});

const incident = { first_day: "2016-05-08", last_day: "2016-05-08", country: "SY", admin1: "حلب" } as Incident;
const terms = { name: { ar: "تهدئة", en: "calm" }, country: "SY", governorates: ["حلب"], windows: [{ from: "2016-05-05", to: "2016-05-11" }] };
const answer = (body: typeof terms | (Omit<typeof terms, "windows"> & { windows: { from: string; to: string | null }[] })) => ({ agreements: [{ name: "calm", body }] });

test("a truce is told where day, country and governorate are its own", () => {
    assert.equal(trucesOf(answer(terms), incident).length, 1);
    assert.equal(trucesOf(answer(terms), { ...incident, admin1: "إدلب" }).length, 0);
    assert.equal(trucesOf(answer({ ...terms, governorates: [] }), { ...incident, admin1: "إدلب" }).length, 1);
    assert.equal(trucesOf(answer(terms), { ...incident, first_day: "2016-05-12", last_day: "2016-05-12" }).length, 0);
    assert.equal(trucesOf(answer({ ...terms, windows: [{ from: "2016-02-27", to: null }] }), incident).length, 1);
    assert.equal(trucesOf(answer(terms), { ...incident, country: "IQ" }).length, 0);
    assert.equal(trucesOf(answer(terms), { ...incident, first_day: null, last_day: null }).length, 0);
    assert.equal(trucesOf(null, incident).length, 0);
});

test("a search passes over hamza, vowel signs, tatweel and capitals", () => {
    assert.equal(fold("الأُمَمُ المتّحـدة"), "الامم المتحده");
    assert.ok(holdsWords(["syria.government الحكومة السورية Government of Syria"], "حكومه"));
    assert.ok(holdsWords(["usa الولايات المتحدة United States"], "states UNITED"));
    assert.ok(!holdsWords(["usa الولايات المتحدة United States"], "states kingdom"));
});

test("kilometres from Aleppo to Damascus, and to itself", () => {
    const aleppo = { lat: 36.2037, lon: 37.1726 };
    assert.ok(Math.abs(kilometres(aleppo, { lat: 33.5102, lon: 36.2913 }) - 310) < 5);
    assert.equal(kilometres(aleppo, aleppo), 0);
});
