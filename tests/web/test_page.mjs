// How the page behaves: by keys alone, in two languages, with what stands in the address, with what is new, on the map, with text that means harm.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join, dirname } from "node:path";
import { everyView, journey } from "./lib/journeys.mjs";
import { marsad } from "./lib/office.mjs";
import { newReader } from "./lib/reader.mjs";

const both = everyView.slice(0, 2); // languages, at full width
const one = everyView.slice(0, 1);

const at = (/** @type {import("./lib/reader.mjs").Reader} */ reader) => new URL(reader.page.url());

journey("queue and decision by keys alone", async (office, view) => {
    const reader = await newReader({ office, ...view });
    await reader.login("amal");
    await reader.press("j", "j");
    await reader.until(async () => (await reader.page.locator(".today-queue tr[aria-selected=true]").count()) === 1, "the second row is chosen");
    await reader.press("t");
    await reader.until(() => reader.page.locator(".today-queue tr[aria-selected=true] .state-in-work").isVisible(), "it is taken");
    await reader.press("Enter");
    await reader.until(async () => at(reader).pathname.startsWith("/incident/"), "the incident is open");
    await reader.settle();
    await reader.until(() => reader.page.locator(".decide").isVisible(), "decisions are offered");
    await reader.opens("r");
    await reader.press("Escape");
    await reader.until(async () => (await reader.dialog().count()) === 0, "the dialog is closed by a key");
    await reader.decides("a");
    await reader.until(async () => (await reader.page.locator(".state-accepted").count()) > 0, "its records are accepted");
    await reader.opens("?");
    await reader.shows(reader.say("app", "key.help"), "dialog[open]");
    await reader.isGood("page-keys");
    await reader.press("Escape", "g", "m");
    await reader.until(async () => at(reader).pathname === "/map", "two keys lead to the map");
    await reader.end();
}, { views: both });

journey("keys lie where they lie while the keyboard writes Arabic", async (office, view) => {
    const reader = await newReader({ office, ...view });
    await reader.login("amal");
    for (const [key, code] of [["ت", "KeyJ"], ["ل", "KeyG"], ["ة", "KeyM"]])
        await reader.page.evaluate(([k, c]) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: k ?? "", code: c ?? "", bubbles: true })), [key, code]);
    await reader.until(async () => at(reader).pathname === "/map", "the keys for the map lead there");
    await reader.end();
}, { views: one });

journey("the other language at the same place", async (office, view) => {
    const reader = await newReader({ office, ...view });
    await reader.login("amal");
    await reader.open("/truce?tab=candidates&agreement=calm-aleppo-2016-05&from=2016-05-05&to=2016-05-06");
    const before = at(reader).href;
    await reader.press("L");
    await reader.until(() => reader.page.evaluate(() => document.documentElement.lang === "en" && document.documentElement.dir === "ltr"), "the page is in English, from left to right");
    assert.equal(at(reader).href, before, "the place is the same");
    await reader.page.reload();
    await reader.settle();
    assert.equal(await reader.page.evaluate(() => document.documentElement.lang), "en", "the choice is remembered");
    await reader.end();
}, { views: one });

journey("filters stand in the address", async (office, view) => {
    const reader = await newReader({ office, ...view });
    await reader.login("amal", "/map");
    const count = () => reader.text(".map-count");
    const all = await count();
    await reader.page.getByLabel(reader.say("parts", "field.from"), { exact: true }).fill("2016-05-06");
    await reader.page.getByLabel(reader.say("parts", "field.to"), { exact: true }).fill("2016-05-08");
    const expected = await reader.page.evaluate(async () => (await (await fetch("/api/v1/map?from=2016-05-06&to=2016-05-08&limit=50000")).json()).rows.length);
    await reader.until(async () => (await count()).includes(String(expected)) && at(reader).searchParams.get("to") === "2016-05-08", "the map shows those of the days");
    const few = await count();
    assert.notEqual(few, all, "they are fewer");
    await reader.page.reload();
    await reader.settle();
    await reader.until(async () => (await count()) === few, "a reload shows the same");
    assert.equal(await reader.page.getByLabel(reader.say("parts", "field.from"), { exact: true }).inputValue(), "2016-05-06");
    await reader.page.goBack();
    await reader.until(async () => at(reader).searchParams.get("to") === null, "back leads to the question before");
    await reader.end();
}, { views: both });

journey("what another process reads is told, and nothing moves before it is asked for", async (office, view) => {
    const reader = await newReader({ office, ...view });
    await reader.login("amal");
    const file = join(dirname(office.archive), `${view.language}-new.jsonl`);
    const report = { id: "new-1", source: "صحيفة عينة", published: "2016-05-14", title: "قصف على سراقب", text: "قال ناشطون إن قصفا مدفعيا استهدف مدينة سراقب السبت، وقتل شخصان." };
    writeFileSync(file, `${JSON.stringify(report)}\n`);
    await reader.open("/"); // what comes right after something was done here would be taken for its echo
    await new Promise((done) => setTimeout(done, 2000)); // the first line told is the one the log has
    const before = await reader.text(".today-queue");
    marsad(["ingest", "--archive", office.archive, file], { now: office.now });
    await reader.shows(reader.match("app", "news.count"), ".news");
    assert.equal(await reader.text(".today-queue"), before, "nothing moves under the reader's eyes");
    await reader.button(reader.say("app", "news.take")).click();
    await reader.until(async () => (await reader.text(".today-queue")) !== before, "what is new is shown when it is asked for");
    await reader.end();
}, { views: both });

journey("the map: frame, drag, kinds, days", async (office, view) => {
    const reader = await newReader({ office, ...view });
    await reader.login("amal", "/map");
    const map = await reader.page.locator(".map").boundingBox();
    assert.ok(map !== null);
    const middle = { x: map.x + map.width / 2, y: map.y + map.height / 2 };
    await reader.page.mouse.move(middle.x, middle.y);
    await reader.page.mouse.down();
    await reader.page.mouse.move(middle.x + 150, middle.y + 60, { steps: 8 });
    await reader.page.mouse.up();
    await reader.until(async () => /^-?[\d.]+(,-?[\d.]+){3}$/.test(at(reader).searchParams.get("box") ?? ""), "the frame stands in the address");
    await reader.press("0");
    await reader.until(async () => at(reader).searchParams.get("box") === null, "a key shows everything again");
    const all = await reader.text(".map-count");
    await reader.page.locator(".key-family").first().click();
    await reader.until(async () => (at(reader).searchParams.get("kind") ?? "") !== "" && (await reader.text(".map-count")) !== all, "the key of the map filters by kind");
    await reader.page.locator(".key-family[aria-pressed=true]").first().click();
    await reader.until(async () => at(reader).searchParams.get("kind") === null, "and lets go again");
    await reader.page.locator(".control-tick input").check();
    await reader.until(() => reader.page.locator(".slider input[type=range]").isVisible(), "the slider is shown");
    const told = await reader.text(".slider-says");
    await reader.page.locator(".slider input[type=range]").focus();
    await reader.press("ArrowLeft", "ArrowLeft", "ArrowRight", "ArrowRight", "ArrowRight");
    await reader.page.locator(".slider-does button").first().click();
    await reader.until(async () => (await reader.text(".slider-says")) !== told && at(reader).searchParams.get("at") !== null, "the slider goes to another day");
    await reader.page.locator(".slider-play").click();
    await reader.until(async () => (await reader.page.locator(".slider-play").getAttribute("aria-pressed")) === "false", "it plays to the end");
    await reader.end();
}, { views: both });

const HARM = `<img src=x onerror="globalThis.harmed=1"><script>globalThis.harmed=1</script>`;

journey("text that means harm is text", async (office, view) => {
    const file = join(dirname(office.archive), `${view.language}-harm.jsonl`);
    const text = `قال ناشطون ${HARM} إن قصفا مدفعيا استهدف مدينة سراقب السبت، وقتل شخصان. ${HARM}`;
    const url = "javascript:globalThis.harmed=1";
    writeFileSync(file, `${JSON.stringify({ id: "harm-1", source: `صحيفة ${HARM}`, published: "2016-05-14", title: `قصف ${HARM}`, text, url })}\n`);
    marsad(["ingest", "--archive", office.archive, file], { now: office.now });
    const article = office.rows("articles", "--from", "2016-05-14").find((/** @type {any} */ row) => row.title.includes("onerror"));
    const record = office.rows("records", "--id", article.id)[0];
    assert.ok(record !== undefined, "a record was read from it");
    const reader = await newReader({ office, ...view });
    await reader.login("amal");
    for (const path of ["/", `/article/${article.id}`, `/incident/${record.incident}`, "/sources", "/map", "/truce?tab=candidates&from=2016-05-01&to=2016-05-14"]) {
        await reader.open(path);
        assert.equal(await reader.page.evaluate(() => /** @type {any} */ (globalThis).harmed), undefined, `nothing of it runs at ${path}`);
        assert.equal(await reader.page.locator("main img[src=x], main script").count(), 0, `none of it is markup at ${path}`);
        assert.equal(await reader.page.locator('a[href^="javascript:"]').count(), 0, `no link of it leads into the page at ${path}`);
    }
    await reader.open(`/article/${article.id}`);
    await reader.shows("onerror", "h1");
    await reader.shows("globalThis.harmed=1", ".report");
    await reader.end();
}, { views: one });

journey("for reading only nothing can be changed", async (office, view) => {
    const reader = await newReader({ office, ...view });
    await reader.open("/");
    await reader.speak();
    await reader.shows(reader.say("app", "banner.read-only"), ".banner");
    await reader.isGood("read-only-today");
    const incident = office.rows("queue")[0];
    await reader.open(`/incident/${incident.id}`);
    assert.equal(await reader.page.locator("button[aria-keyshortcuts=a]").count(), 0, "no decision is offered");
    await reader.isGood("read-only-incident");
    await reader.end();
}, { views: both, options: ["--read-only"] });

journey("the public sees what the safety profile lets out", async (office, view) => {
    const reader = await newReader({ office, ...view });
    await reader.open("/");
    await reader.until(() => reader.page.locator("main").isVisible(), "the page is shown");
    await reader.speak();
    if ((await reader.page.locator("main.gate").count()) > 0) await reader.button(reader.say("app", "login.public")).click();
    await reader.shows(reader.say("today", "front.see"), "main");
    for (const [name, path] of Object.entries({ front: "/", map: "/map", control: "/control", truce: "/truce", bulletins: "/bulletins", export: "/export?format=csv", releases: "/releases" })) {
        await reader.open(path);
        await reader.isGood(`public-${name}`);
    }
    await reader.end();
}, { options: ["--public"] });
