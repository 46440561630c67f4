// Makes the pictures of docs/guide.ar.md and docs/guide.en.md anew, from the samples: `node tests/web/guide.mjs`. Small, of few colours.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TOP } from "./lib/needs.mjs";
import { Template } from "./lib/office.mjs";
import { readPng, writeSmallPng } from "./lib/png.mjs";
import { closeBrowser, newReader } from "./lib/reader.mjs";

const FOLDER = join(TOP, "docs/guide");
const SIZE = { width: 1100, height: 720 };
const ABOUT = "agreement=calm-aleppo-2016-05&rule=strict-fire-v1&from=2016-05-05&to=2016-05-06";

/** @typedef {import("./lib/reader.mjs").Reader} Reader */

async function keep(/** @type {Reader} */ reader, /** @type {string} */ name) {
    await reader.settle();
    const bytes = writeSmallPng(readPng(await reader.page.screenshot({ animations: "disabled", caret: "hide" })));
    writeFileSync(join(FOLDER, `${name}.${reader.language}.png`), bytes);
    console.log(`${name}.${reader.language}.png: ${(bytes.length / 1000).toFixed(0)} kB`);
}

async function makeAll(/** @type {import("./lib/office.mjs").Office} */ office, /** @type {"ar" | "en"} */ language) {
    const incident = office.rows("queue")[0];
    const record = office.rows("records", "--id", incident.id)[0];
    const reader = await newReader({ office, language, size: SIZE });
    await reader.open("/");
    await reader.speak();
    await keep(reader, "login");
    await reader.login("amal");
    await keep(reader, "today");
    await reader.open(`/article/${record.article}?record=${record.id}`);
    await reader.page.mouse.move(0, 0);
    await reader.page.locator(".report .word-place").first().hover();
    await keep(reader, "evidence");
    await reader.opens("r");
    await keep(reader, "decide");
    await reader.press("Escape");
    await reader.open(`/incident/${incident.id}`);
    await keep(reader, "incident");
    await reader.open(`/truce?${ABOUT}`);
    await keep(reader, "truce");
    await reader.open(`/truce?tab=bulletin&${ABOUT}`);
    await reader.page.locator("iframe.document-frame").scrollIntoViewIfNeeded();
    await reader.until(async () => (await reader.page.frameLocator("iframe.document-frame").locator("body").innerText()).length > 200, "the bulletin is shown");
    await keep(reader, "bulletin");
    await reader.open("/map");
    await reader.until(async () => (await reader.page.locator(".map-names > *").count()) > 0, "places have their names");
    await keep(reader, "map");
    await reader.open("/export?format=geojson,csv&from=2016-05-01&to=2016-05-12");
    await reader.page.locator(".plan").first().scrollIntoViewIfNeeded();
    await keep(reader, "export");
    await reader.end();
}

mkdirSync(FOLDER, { recursive: true });
const template = new Template();
const office = await template.open();
try {
    for (const language of /** @type {const} */ (["ar", "en"])) await makeAll(office, language);
} finally {
    await closeBrowser();
    await office.end();
    template.remove();
}
