// A researcher's export: what is asked, the plan before anything is written, files that are the command's own, one number traced to its words, as it was known, a sealed release.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { journey } from "./lib/journeys.mjs";
import { marsad } from "./lib/office.mjs";
import { newReader } from "./lib/reader.mjs";

const FORMATS = ["csv", "geojson", "ged", "acled", "plover"];
const MARKET = "كفرنبل";

/** @typedef {import("./lib/reader.mjs").Reader} Reader */
/** @typedef {import("./lib/office.mjs").Office} Office */

/** The plan tells rows, losses and what is withheld; another question, another plan. */
async function readsThePlan(/** @type {Reader} */ reader) {
    await reader.open("/export");
    for (const format of FORMATS) await reader.page.locator(".formats label").filter({ has: reader.page.locator(`bdi:text-is("${format}")`) }).locator("input").check();
    await reader.until(async () => (await reader.page.locator(".plan .plan-says").count()) === FORMATS.length, "each format has its plan");
    const all = await reader.text(".plan .plan-says");
    await reader.page.getByLabel(reader.say("export", "from"), { exact: true }).fill("2016-05-01");
    await reader.page.getByLabel(reader.say("export", "to"), { exact: true }).fill("2016-05-12");
    await reader.until(async () => (await reader.text(".plan .plan-says")) !== all, "the plan follows the question");
    await reader.settle();
    await reader.shows(reader.match("export", "plan.withheld"), ".plan-says");
    await reader.isGood("researcher-1-plan");
}

/** Files are those that the command writes, byte for byte. */
async function downloads(/** @type {Reader} */ reader, /** @type {Office} */ office) {
    for (const format of FORMATS) {
        const plan = reader.page.locator(".plan").filter({ has: reader.page.locator(`h3 bdi:text-is("${format}")`) });
        await reader.until(async () => (await plan.getAttribute("aria-busy")) !== "true", "the plan is there");
        const file = await reader.download(plan.locator("a.button"));
        const own = office.run("export", "--format", format, "--profile", "public", "--from", "2016-05-01", "--to", "2016-05-12");
        assert.ok(file.bytes.equals(own), `${file.name} (${file.bytes.length} bytes) is what the command writes (${own.length} bytes)`);
    }
}

/** From a number to the sentences behind it, and on to the text. */
async function tracesANumber(/** @type {Reader} */ reader, /** @type {any} */ incident) {
    await reader.open(`/incident/${incident.id}`);
    const row = reader.page.locator(".count-row").first();
    await row.locator("summary").click();
    await reader.until(async () => (await row.locator("blockquote").count()) > 1, "the sentences behind the number are shown");
    const sentence = (await row.locator("blockquote").first().innerText()).trim();
    await row.getByRole("link").first().click();
    await reader.until(() => reader.page.locator(".report").isVisible(), "the text is shown");
    const shown = await reader.page.locator(".report").evaluate((report) => {
        const copy = /** @type {HTMLElement} */ (report.cloneNode(true));
        copy.querySelectorAll(".word-role").forEach((role) => role.remove());
        return copy.textContent?.replace(/\s+/g, " ") ?? "";
    });
    assert.ok(shown.includes(sentence.replace(/\s+/g, " ").slice(0, 40)), "the sentence stands in the report");
    await reader.isGood("researcher-2-trace");
}

/** What came later is not counted. */
async function readsAsKnownOn(/** @type {Reader} */ reader, /** @type {any} */ incident) {
    const best = () => reader.page.locator(".count-row").first().locator("dl").innerText();
    await reader.open(`/incident/${incident.id}`);
    const now = await best();
    await reader.page.getByLabel(reader.say("incident", "known"), { exact: true }).fill("2016-05-08");
    await reader.until(() => reader.page.locator(".known-banner").isVisible(), "the day is told");
    await reader.until(async () => (await best()) !== now, "the number is that of the day");
    await reader.isGood("researcher-3-known");
}

/** A release is sealed at the page, and holds against its manifest without the archive. */
async function releases(/** @type {Reader} */ reader) {
    await reader.open("/releases");
    await reader.button(reader.say("releases", "make")).click();
    const dialog = reader.dialog();
    await dialog.getByLabel(reader.say("releases", "title.field"), { exact: true }).fill("Aleppo, May 2016");
    await dialog.getByRole("button", { name: reader.say("releases", "next"), exact: true }).click();
    await reader.isGood("researcher-4-sealing");
    await dialog.getByRole("button", { name: reader.say("releases", "make.do"), exact: true }).click();
    await reader.until(async () => new URL(reader.page.url()).searchParams.get("release") === "1", "the release has number 1");
    await reader.until(async () => (await reader.page.locator(".release-detail tbody a").count()) > 0, "its files are listed");
    await reader.isGood("researcher-5-release");
    const folder = mkdtempSync(join(tmpdir(), "marsad-release-"));
    try {
        const links = reader.page.locator(".release-detail tbody a");
        const byHand = await reader.download(links.first());
        for (const link of await links.all()) {
            const name = (await link.getAttribute("download")) ?? "";
            const answer = await reader.page.request.get(reader.office.url + (await link.getAttribute("href")));
            assert.equal(answer.status(), 200, `${name} is there`);
            mkdirSync(join(folder, dirname(name)), { recursive: true }); // some lie in folders
            writeFileSync(join(folder, name), await answer.body());
        }
        assert.ok(byHand.bytes.equals(readFileSync(join(folder, (await links.first().getAttribute("download")) ?? ""))), "what is downloaded is the file");
        marsad(["verify-release", folder]);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

journey("a researcher's export", async (office, view) => {
    const incident = office.rows("queue").find((/** @type {any} */ row) => row.place === MARKET);
    const reader = await newReader({ office, ...view });
    await reader.login("rim");
    await readsThePlan(reader);
    await downloads(reader, office);
    await tracesANumber(reader, incident);
    await readsAsKnownOn(reader, incident);
    await releases(reader);
    await reader.end();
});
