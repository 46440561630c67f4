import assert from "node:assert/strict";
import { test } from "node:test";
import { beginLanguage, fill, language, setLanguage, wordsOf, wordTable } from "../src/base/words";
import { openPage, page } from "./page";

const t = wordsOf(
    wordTable({
        ar: {
            killed: { zero: "لا قتلى", one: "قتيل", two: "قتيلان", few: "{n} قتلى", many: "{n} قتيلًا", other: "{n} قتيل" },
            by: "بحسب {who}",
            "state.in-work": "قيد العمل",
        },
        en: { killed: { one: "{n} person killed", other: "{n} killed" }, by: "according to {who}", "state.in-work": "in work" },
    }),
);

test("Arabic counts in six ways", () => {
    openPage("/");
    beginLanguage();
    const told = [0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111].map((n) => t("killed", { n }));
    assert.deepEqual(told, ["لا قتلى", "قتيل", "قتيلان", "3 قتلى", "10 قتلى", "11 قتيلًا", "99 قتيلًا", "100 قتيل", "102 قتيل", "103 قتلى", "111 قتيلًا"]);
});

test("numbers are written in Western digits in both languages", () => {
    assert.match(fill("{n}", { n: 12345 }, "ar"), /^12.345$/u);
    assert.equal(fill("{n}", { n: 12345 }, "en"), "12,345");
});

test("a slot that nothing fills stays to be seen", () => assert.equal(t("by", {}), "بحسب {who}"));

test("the address says the language, then what was chosen, then Arabic", () => {
    openPage("/");
    beginLanguage();
    assert.equal(language(), "ar");
    assert.equal(page.documentElement.dir, "rtl");
    setLanguage("en");
    assert.deepEqual([page.documentElement.lang, page.documentElement.dir], ["en", "ltr"]);
    beginLanguage();
    assert.equal(language(), "en");
    page.location.search = "?lang=ar";
    beginLanguage();
    assert.equal(language(), "ar");
    page.location.search = "?lang=fr";
    beginLanguage();
    assert.equal(language(), "en");
});

test("what the server names has our word, or its own", () => {
    setLanguage("ar");
    assert.equal(t.named("state", "in work"), "قيد العمل");
    assert.equal(t.named("state", "frozen"), "frozen");
    assert.equal(t.counted("of", "drones", 3, "3–7"), "3–7 drones");
});
