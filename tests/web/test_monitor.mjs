// A ceasefire monitor's day: the agreement, what is alleged, a counting rule, the table, what could not be seen, a bulletin that two people answer for, and its correction.
import assert from "node:assert/strict";
import { journey } from "./lib/journeys.mjs";
import { DAY_S } from "./lib/office.mjs";
import { newReader } from "./lib/reader.mjs";

const ABOUT = "agreement=calm-aleppo-2016-05&from=2016-05-05&to=2016-05-06";

/** @typedef {import("./lib/reader.mjs").Reader} Reader */

async function readsTheAgreement(/** @type {Reader} */ reader) {
    await reader.open(`/truce?tab=terms&${ABOUT}`);
    for (const part of ["terms.title", "parties.title", "windows.title", "area.title", "sources.title"]) await reader.shows(reader.say("truce", part), "main");
    await reader.isGood("monitor-1-terms");
}

/** One allegation is marked as the rule says, one otherwise, with a reason. */
async function marksCandidates(/** @type {Reader} */ reader) {
    await reader.open(`/truce?tab=candidates&rule=strict-fire-v1&${ABOUT}`);
    const items = reader.page.locator(".candidate");
    const counted = items.filter({ has: reader.page.locator(".mark.counts") });
    assert.ok((await items.count()) > (await counted.count()) && (await counted.count()) > 0, "the rule counts some of what is alleged");
    await counted.first().locator(".candidate-head").click();
    await reader.shows(reader.say("truce", "question.window"), ".candidate.is-open");
    await reader.until(() => reader.page.locator(".candidate.is-open blockquote").isVisible(), "the words that it rests on are shown");
    await reader.isGood("monitor-2-candidates");
    await reader.press("1");
    await reader.shows(reader.say("truce", "mark.breach"), ".candidate.is-open .candidate-marks");
    const other = items.filter({ has: reader.page.locator(".mark.counts-not") }).first();
    await other.locator(".candidate-head").click();
    await reader.until(async () => (await reader.page.locator(".candidate.is-open .mark.counts-not").count()) > 0, "the other is open");
    await reader.press("3");
    const open = reader.page.locator(".candidate.is-open");
    await reader.until(async () => (await open.locator(".truce-mark").count()) + (await reader.dialog().count()) > 0, "the mark is kept, or its reason asked");
    if ((await reader.dialog().count()) > 0) {
        await reader.dialog().locator("textarea").fill("قاله الطرف نفسه");
        await reader.dialog().locator("button.primary").click();
    }
    await reader.shows(reader.say("truce", "mark.self-defence"), ".candidate.is-open .candidate-marks");
}

/** The table counts what the archive counts; a second rule stands beside the first. */
async function readsTheTable(/** @type {Reader} */ reader, /** @type {import("./lib/office.mjs").Office} */ office) {
    await reader.open(`/truce?rule=strict-fire-v1&${ABOUT}`);
    const rows = office.rows("truce", "--agreement", "calm-aleppo-2016-05", "--rule", "strict-fire-v1", "--from", "2016-05-05", "--to", "2016-05-06");
    const alleged = rows.filter((/** @type {any} */ row) => row.alleged > 0 || row.total > 0);
    const cells = reader.page.locator("main table tbody tr:has(td)");
    await reader.until(async () => (await cells.count()) >= alleged.length, "the table has the archive's rows");
    await reader.page.getByLabel(reader.say("truce", "beside"), { exact: true }).selectOption("all-alleged-v1");
    await reader.shows("all-alleged-v1", "main table");
    await reader.shows(reader.say("truce", "unseen.title"), "main");
    await reader.shows(reader.say("truce", "unseen.silence"), "main");
    await reader.isGood("monitor-3-table");
}

/** What the public would read, in a frame of its own; then it is kept. */
async function preparesTheBulletin(/** @type {Reader} */ reader) {
    await reader.open(`/truce?tab=bulletin&rule=strict-fire-v1&${ABOUT}`);
    const frame = reader.page.frameLocator("iframe.document-frame");
    await reader.page.locator("iframe.document-frame").scrollIntoViewIfNeeded();
    await reader.until(async () => (await frame.locator("body").innerText()).length > 200, "the bulletin is shown as the public sees it");
    assert.equal(await frame.locator("script").count(), 0, "nothing in it can run");
    await reader.isGood("monitor-4-preview");
    await reader.button(reader.say("truce", "prepare")).click();
    await reader.dialog().getByRole("button", { name: reader.say("truce", "prepare.do") }).click();
    await reader.until(async () => new URL(reader.page.url()).pathname === "/bulletins/1", "the bulletin has number 1");
    await reader.shows(reader.say("bulletins", "unsigned"), "main");
    assert.equal(await reader.button(reader.say("bulletins", "sign")).count(), 0, "who prepared it cannot sign it");
    await reader.isGood("monitor-5-kept");
}

async function signsIt(/** @type {Reader} */ reader) {
    await reader.open("/bulletins/1");
    await reader.button(reader.say("bulletins", "sign")).click();
    await reader.dialog().getByRole("button", { name: reader.say("bulletins", "sign"), exact: true }).click();
    await reader.until(() => reader.page.locator(".mark.signed").isVisible(), "the bulletin is signed");
    await reader.isGood("monitor-6-signed");
}

/** The next day somebody withdraws what the bulletin counted: another bulletin corrects the first, which stays as it was. */
async function correctsIt(/** @type {Reader} */ reader, /** @type {import("./lib/office.mjs").Office} */ office) {
    const before = office.run("bulletin", "show", "1").toString("utf8");
    await reader.open("/bulletins/1");
    await reader.link(reader.say("bulletins", "correct")).click();
    await reader.shows(reader.match("bulletins", "changes.title"), "main");
    await reader.until(async () => (await reader.page.locator(".change").count()) > 0, "what differs is told before it is kept");
    await reader.isGood("monitor-7-correction");
    await reader.button(reader.match("truce", "prepare.correction")).click();
    await reader.dialog().getByRole("button", { name: reader.say("truce", "prepare.do") }).click();
    await reader.until(async () => new URL(reader.page.url()).pathname === "/bulletins/2", "the correction has a number of its own");
    await reader.shows(reader.match("bulletins", "changes.title"), "main");
    assert.equal(office.run("bulletin", "show", "1").toString("utf8"), before, "the first bulletin stays as it was");
}

journey("a ceasefire monitor's bulletin", async (office, view) => {
    const monitor = await newReader({ office, ...view });
    await monitor.login("amal");
    await readsTheAgreement(monitor);
    await marksCandidates(monitor);
    await readsTheTable(monitor, office);
    await preparesTheBulletin(monitor);
    await monitor.end();

    const second = await newReader({ office, ...view });
    await second.login("rim");
    await signsIt(second);
    await second.end();

    const candidates = office.rows("truce", "candidates", "--agreement", "calm-aleppo-2016-05", "--rule", "strict-fire-v1", "--from", "2016-05-06", "--to", "2016-05-06");
    const counted = candidates.find((/** @type {any} */ row) => row.counts === "yes");
    await office.beginAt(office.now + DAY_S);
    office.run("reject", "--person", "karim", "--reason", "withdrawn by its source", counted.record);
    const next = await newReader({ office, ...view });
    await next.login("amal");
    await correctsIt(next, office);
    await next.end();
});
