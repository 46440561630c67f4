// An analyst's morning: what came in, the queue, a draft beside its words, decisions with their reasons, a second person, what was done.
import assert from "node:assert/strict";
import { journey } from "./lib/journeys.mjs";
import { newReader } from "./lib/reader.mjs";

const MARKET = "كفرنبل"; // the incident that the samples tell most of

/** @typedef {import("./lib/reader.mjs").Reader} Reader */

/** What the wind-up counts under a name. */
async function doneSoFar(/** @type {Reader} */ reader, /** @type {string} */ name) {
    const line = reader.page.locator(".today-work > div").filter({ hasText: reader.say("today", name) }).first();
    return Number((await line.locator("dd").innerText()).replace(/\D/g, ""));
}

async function seesTheNight(/** @type {Reader} */ reader) {
    await reader.shows(reader.match("today", "tile.silent"), "main");
    await reader.shows(reader.say("today", "silent.lead"), "main");
    const tiles = await reader.text("section.sheet");
    assert.match(tiles, /\d/, "what came in is counted");
    const changed = await reader.page.locator(".today-changed li").count();
    assert.ok(changed > 0, "counts that changed since yesterday are told");
    await reader.isGood("analyst-1-today");
}

/** From the queue to the incident, and from one of its statements to the text. */
async function opensTheDraft(/** @type {Reader} */ reader) {
    await reader.page.locator(".today-queue tbody a").filter({ hasText: MARKET }).first().click();
    await reader.shows(reader.say("incident", "statements"));
    await reader.settle();
    await reader.shows(reader.say("parts", "draft"));
    await reader.isGood("analyst-2-incident");
    await reader.page.locator(".chains").getByRole("link", { name: reader.say("incident", "statement.open") }).first().click();
    await reader.until(() => reader.page.locator(".report").isVisible(), "the report is shown");
    await reader.settle();
}

/** A field lights its words, and the words light the field. */
async function readsTheEvidence(/** @type {Reader} */ reader) {
    const { page } = reader;
    assert.equal(await page.locator(".report").getAttribute("dir"), "rtl", "the text runs from right to left in both languages");
    await page.mouse.move(0, 0); // the pointer goes before the focus
    const place = page.locator(".fields-row").filter({ has: page.locator(".word-place") }).first();
    await place.locator(".fields-words").focus();
    await reader.until(async () => (await page.locator(".report .word-place.is-lit").count()) > 0, "the field of the place lights its words");
    const words = (await page.locator(".report .word-place.is-lit").first().innerText()).replace(reader.say("article", "role.place"), "").trim();
    const told = await place.locator(".fields-words q").innerText();
    assert.ok(told.includes(words), `the words '${words}' are those of the field '${told}'`);
    await page.locator(".report .word-figure").first().hover();
    await reader.until(async () => (await page.locator(".fields-row.is-lit .word-figure").count()) > 0, "words of a number light its field");
    assert.match(await reader.text(".evidence"), /[0-9a-f]{64}/, "the hash of the original bytes is told");
    await reader.isGood("analyst-3-evidence");
}

/** The first record is accepted by a key. */
async function accepts(/** @type {Reader} */ reader) {
    await reader.decides("a");
    await reader.until(() => reader.page.locator(".record .state-accepted").isVisible(), "the record is accepted");
    await reader.until(async () => (await reader.page.locator(".record .draft").count()) === 0, "it is no draft any more");
}

/** The second is edited: what was read is overridden only with a reason. */
async function edits(/** @type {Reader} */ reader) {
    await reader.press("j");
    await reader.until(() => reader.page.locator(".record .state-new").isVisible(), "the next record is shown");
    await reader.opens("e");
    const dialog = reader.dialog();
    await dialog.getByLabel(reader.say("article", "edit.kind"), { exact: true }).selectOption("shelling");
    const save = dialog.getByRole("button", { name: reader.say("article", "edit.save") });
    await save.click();
    await reader.shows(reader.say("parts", "reason.needed"), "dialog[open]");
    assert.equal(await dialog.locator("textarea[aria-invalid=true]").count(), 1, "without a reason nothing is kept");
    await reader.isGood("analyst-4-edit");
    await dialog.locator("textarea").fill("النص يقول قصفًا");
    await save.click();
    await reader.until(async () => (await dialog.count()) === 0, "the edit is kept");
    await reader.until(() => reader.page.locator(".record .state-in-work").isVisible(), "what was edited is worked on, not accepted");
    await reader.decides("a");
    await reader.until(() => reader.page.locator(".record .state-accepted").isVisible(), "it is accepted by itself");
    await reader.page.locator(".record-history summary").click();
    await reader.shows("النص يقول قصفًا", ".record-history");
}

/** The third is rejected with a reason. */
async function rejects(/** @type {Reader} */ reader) {
    await reader.press("j");
    await reader.until(() => reader.page.locator(".record .state-new").isVisible(), "the next record is shown");
    await reader.opens("r");
    const dialog = reader.dialog();
    await dialog.locator("input[type=radio][value=reject]").check();
    await dialog.locator("textarea").fill("لا يقوله التقرير");
    await dialog.getByRole("button", { name: reader.say("decide", "do.reject"), exact: true }).click();
    await reader.until(() => reader.page.locator(".record .state-rejected").isVisible(), "the record is rejected");
}

/** Numbers stand beside whose word they are; low and high are those of the archive. */
async function readsTheIncident(/** @type {Reader} */ reader, /** @type {any} */ incident) {
    await reader.open(`/incident/${incident.id}`);
    await reader.shows(reader.say("incident", "figures"));
    const counts = await reader.text(".counts");
    for (const source of ["المرصد السوري", "الدفاع المدني"]) assert.ok((await reader.text()).includes(source) || reader.language === "en", `${source} is named`);
    const killed = incident.figures.find((/** @type {any} */ f) => f.of === "killed" && f.group === "");
    assert.ok(counts.includes(String(killed.low)) && counts.includes(String(killed.best)), "the archive's own low and best are shown");
    await reader.shows(reader.say("decide", "said.accept"), ".history");
    await reader.isGood("analyst-5-incident");
}

/** Who accepted it cannot verify it: not by the button, and not at the server. */
async function isRefusedToVerify(/** @type {Reader} */ reader, /** @type {string} */ record, /** @type {string} */ article) {
    await reader.open(`/article/${article}?record=${record}`);
    assert.equal(await reader.page.locator("button[aria-keyshortcuts=v]").count(), 0, "who is no verifier has no button for it");
    const status = await reader.page.evaluate(async (id) => {
        const session = await (await fetch("/api/v1/session")).json();
        const headers = { "Content-Type": "application/json", "X-Marsad-CSRF": session.csrf };
        return (await fetch("/api/v1/decisions", { method: "POST", headers, body: JSON.stringify({ what: "verify", id }) })).status;
    }, record);
    assert.equal(status, 403, "the server refuses it too");
    reader.forgive(/403/);
}

async function verifies(/** @type {Reader} */ reader, /** @type {string} */ record, /** @type {string} */ article) {
    await reader.open(`/article/${article}?record=${record}`);
    await reader.decides("v");
    await reader.shows(reader.say("article", "verified"), ".record");
    await reader.isGood("analyst-6-verified");
}

journey("an analyst's morning", async (office, view) => {
    const incident = office.rows("queue").find((/** @type {any} */ row) => row.place === MARKET);
    const whole = office.rows("incidents", "--from", incident.first_day, "--to", incident.first_day).find((/** @type {any} */ row) => row.id === incident.id);
    const reader = await newReader({ office, ...view });
    await reader.login("amal");
    await seesTheNight(reader);
    const [accepted, rejected] = [await doneSoFar(reader, "work.accepted"), await doneSoFar(reader, "work.rejected")];
    await opensTheDraft(reader);
    await readsTheEvidence(reader);
    const at = new URL(reader.page.url());
    const article = at.pathname.split("/").pop() ?? "";
    const record = at.searchParams.get("record") ?? "";
    await accepts(reader);
    await edits(reader);
    await rejects(reader);
    await readsTheIncident(reader, whole);
    await isRefusedToVerify(reader, record, article);
    await reader.open("/");
    assert.equal(await doneSoFar(reader, "work.accepted"), accepted + 2, "two more are accepted");
    assert.equal(await doneSoFar(reader, "work.rejected"), rejected + 1, "one more is rejected");
    await reader.logout();

    const second = await newReader({ office, ...view });
    await second.login("karim");
    const waiting = await doneSoFar(second, "work.to-verify");
    await verifies(second, record, article);
    await second.open("/");
    assert.equal(await doneSoFar(second, "work.to-verify"), waiting - 1, "one less waits for a second person");
    await second.end();
    await reader.end();
    assert.equal(office.rows("history", record).at(-1).person, "karim", "the archive knows who verified it");
});
