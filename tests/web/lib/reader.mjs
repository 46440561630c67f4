// A person at a browser, in one language and at one width. What they must never meet is watched all the time: errors, and requests to other hosts.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PASSWORD } from "./office.mjs";
import { CHROMIUM, fileOfPage, fromPage, SCREENS, TOP } from "./needs.mjs";
import { differingShare, readPng } from "./png.mjs";
import { wordsIn } from "./words.mjs";

export const WIDE = { width: 1280, height: 800 };
export const NARROW = { width: 390, height: 844 };
const WAITING_MS = 12000; // on a machine that does much else
const POLL_MS = 50;
const KEPT = join(TOP, "tests/web/screens");
const DIFFERING_MOST = 0.02; // of the pixels: another version of a font or of the browser
const GRAVE = ["serious", "critical"];

// The first is the browser's own, of drawing without a graphics card.
// The second tells that the clock of the tests does not run in the frame of a bulletin, where nothing may run.
const isNoise = (/** @type {string} */ text) => text.includes("GPU stall due to ReadPixels") || text.startsWith("Blocked script execution in");

/** @type {import("../../../web/node_modules/playwright-core").Browser | null} */
let browser = null;

/** One browser for all tests of a file. */
async function theBrowser() {
    if (browser !== null) return browser;
    const { chromium } = await fromPage("playwright-core");
    const args = ["--disable-background-networking", "--font-render-hinting=none", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
    browser = await chromium.launch({ executablePath: CHROMIUM, args });
    return /** @type {NonNullable<typeof browser>} */ (browser);
}

export async function closeBrowser() {
    await browser?.close();
    browser = null;
}

/**
 * @param {{ office: import("./office.mjs").Office, language?: "ar" | "en", size?: { width: number, height: number }, hasOwnClock?: boolean }} how
 *     hasOwnClock: the clock of the machine, where time is measured; else the server's, which stands still
 */
export async function newReader(how) {
    const language = how.language ?? "ar";
    const size = how.size ?? WIDE;
    const context = await (await theBrowser()).newContext({
        viewport: size,
        deviceScaleFactor: 1,
        locale: language === "ar" ? "ar-SY" : "en-GB",
        timezoneId: "Asia/Damascus",
        reducedMotion: "reduce",
        colorScheme: "light",
        hasTouch: size.width < 600,
        acceptDownloads: true,
    });
    context.setDefaultTimeout(WAITING_MS);
    const page = await context.newPage();
    if (how.hasOwnClock !== true) await page.clock.setFixedTime(how.office.now * 1000);
    const reader = new Reader(how.office, page, language, size, await wordsIn(language));
    reader.watch();
    return reader;
}

export class Reader {
    /**
     * @param {import("./office.mjs").Office} office
     * @param {import("../../../web/node_modules/playwright-core").Page} page
     * @param {"ar" | "en"} language
     * @param {{ width: number, height: number }} size
     * @param {Awaited<ReturnType<typeof wordsIn>>} words
     */
    constructor(office, page, language, size, words) {
        Object.assign(this, { office, page, language, size });
        this.office = office;
        this.page = page;
        this.language = language;
        this.size = size;
        this.say = words.say;
        this.match = words.match;
        this.isWide = size.width >= 600;
        /** @type {string[]} */
        this.faults = [];
    }

    watch() {
        this.page.on("console", (message) => {
            if ((message.type() === "error" || message.type() === "warning") && !isNoise(message.text())) this.faults.push(`console: ${message.text()} (${message.location().url})`);
        });
        this.page.on("pageerror", (error) => this.faults.push(`error: ${error.message}`));
        this.page.on("request", (request) => {
            const url = new URL(request.url());
            if (!["data:", "blob:"].includes(url.protocol) && url.origin !== this.office.url) this.faults.push(`request to another host: ${url}`);
        });
    }

    /** Ends the reader's session at the browser, and tells what they met. */
    async end() {
        await this.page.context().close();
        assert.deepEqual(this.faults, [], "no error, no request to another host, no screen that is worse than it may be");
    }

    /** Asks again until the answer is true: `waitForFunction` needs what the page's security policy forbids. */
    async until(/** @type {() => Promise<unknown>} */ isTrue, /** @type {string} */ what) {
        const end = Date.now() + WAITING_MS;
        for (;;) {
            if (await isTrue().catch(() => false)) return;
            if (Date.now() > end) break;
            await new Promise((done) => setTimeout(done, POLL_MS));
        }
        await this.shot("failed");
        assert.fail(`${what}: not within ${WAITING_MS / 1000} s; see ${SCREENS}`);
    }

    /** What was refused on purpose is in the console too: one such line is no fault. */
    forgive(/** @type {RegExp} */ words) {
        const at = this.faults.findIndex((fault) => words.test(fault));
        assert.notEqual(at, -1, `the console tells of ${words}`);
        this.faults.splice(at, 1);
    }

    /** Nothing is being loaded any more. */
    async settle() {
        await this.until(() => this.page.evaluate(() => document.querySelector("main") !== null && document.querySelector(".skeleton") === null), "the page is loaded");
        await this.page.evaluate(() => document.fonts.ready);
    }

    /** @param {string} path with the question */
    async open(path) {
        await this.page.goto(this.office.url + path);
        await this.settle();
    }

    async login(/** @type {string} */ name, path = "/") {
        await this.open(path);
        await this.speak();
        await this.page.getByLabel(this.say("app", "login.name"), { exact: true }).fill(name);
        await this.page.getByLabel(this.say("app", "login.password"), { exact: true }).fill(PASSWORD);
        await this.page.getByRole("button", { name: this.say("app", "login.enter"), exact: true }).click();
        await this.until(() => this.page.locator("header.top").isVisible(), `${name} is in`);
        await this.settle();
    }

    /** Switches the page to the reader's language, as a person does: it remembers that. */
    async speak() {
        const now = await this.page.evaluate(() => document.documentElement.lang);
        if (now !== this.language) await this.page.locator(`button[lang=${this.language}]`).click();
        await this.until(async () => (await this.page.evaluate(() => document.documentElement.lang)) === this.language, "the language is chosen");
    }

    async logout() {
        await this.page.getByRole("button", { name: this.say("app", "logout") }).click();
        await this.until(() => this.page.locator("main.gate").isVisible(), "the login is shown");
    }

    /** The text of what is shown. */
    text(selector = "main") {
        return this.page.locator(selector).first().innerText();
    }

    async shows(/** @type {string | RegExp} */ words, selector = "body") {
        await this.until(async () => {
            const text = (await this.page.locator(selector).allInnerTexts()).join("\n");
            return typeof words === "string" ? text.includes(words) : words.test(text);
        }, `'${words}' is shown in ${selector}`);
    }

    button(/** @type {string | RegExp} */ name) {
        return this.page.getByRole("button", { name, exact: typeof name === "string" });
    }

    link(/** @type {string | RegExp} */ name) {
        return this.page.getByRole("link", { name, exact: typeof name === "string" });
    }

    dialog() {
        return this.page.locator("dialog[open]");
    }

    /** Keys one after another, as on a keyboard. */
    async press(/** @type {string[]} */ ...keys) {
        for (const key of keys) await this.page.keyboard.press(key);
    }

    /** A key of a decision, once its button can be pressed: what people see before they press. */
    async decides(/** @type {string} */ key) {
        const button = this.page.locator(`button[aria-keyshortcuts=${key}]:not(:disabled)`);
        await this.until(async () => (await button.count()) > 0, `the decision '${key}' can be made`);
        await new Promise((done) => setTimeout(done, 4 * POLL_MS)); // the page listens to keys of what it has just shown a moment later
        await this.press(key);
    }

    /** A key that opens a dialog. A machine is faster than the page, which listens to keys of what it has just shown a moment later. */
    async opens(/** @type {string} */ key) {
        await this.until(async () => {
            if ((await this.dialog().count()) > 0) return true;
            await this.press(key);
            await new Promise((done) => setTimeout(done, 4 * POLL_MS));
            return (await this.dialog().count()) > 0;
        }, `'${key}' opens a dialog`);
    }

    nameOf(/** @type {string} */ screen) {
        return `${screen}.${this.language}.${this.size.width}`;
    }

    /** Keeps a picture of the screen among the results. */
    async shot(/** @type {string} */ screen, isWhole = false) {
        mkdirSync(SCREENS, { recursive: true });
        return this.page.screenshot({ path: join(SCREENS, `${this.nameOf(screen)}.png`), fullPage: isWhole, animations: "disabled", caret: "hide" });
    }

    /** A picture of a part must look as the one that is kept; MARSAD_SCREENS_RENEW=1 keeps it anew. */
    async looksAsKept(/** @type {string} */ screen, /** @type {string} */ selector) {
        const file = join(KEPT, `${this.nameOf(screen)}.png`);
        const bytes = await this.page.locator(selector).first().screenshot({ animations: "disabled", caret: "hide" });
        mkdirSync(SCREENS, { recursive: true });
        writeFileSync(join(SCREENS, `${this.nameOf(screen)}.part.png`), bytes);
        if (process.env.MARSAD_SCREENS_RENEW === "1") {
            mkdirSync(KEPT, { recursive: true });
            writeFileSync(file, bytes);
            return;
        }
        const share = differingShare(readPng(bytes), readPng(readFileSync(file)));
        if (share > DIFFERING_MOST) this.faults.push(`${this.nameOf(screen)}: ${(share * 100).toFixed(1)} % of the pixels differ from what is kept (tests/web/README.md tells how to renew it)`);
    }

    /** No grave fault of accessibility. What comes by the debugging interface is not bound by the page's security policy, which stays as it is. */
    async isAccessible(/** @type {string} */ screen) {
        await this.page.evaluate(readFileSync(fileOfPage("axe-core/axe.min.js"), "utf8"));
        const found = await this.page.evaluate(async () => {
            const { violations } = await /** @type {any} */ (globalThis).axe.run(document, { resultTypes: ["violations"] });
            return violations.map((/** @type {any} */ v) => ({ id: v.id, impact: v.impact, where: v.nodes.slice(0, 3).map((/** @type {any} */ n) => `${n.target.join(" ")}: ${n.html.slice(0, 160)}`) }));
        });
        for (const fault of found) if (GRAVE.includes(fault.impact)) this.faults.push(`${this.nameOf(screen)}: ${fault.impact} fault of accessibility '${fault.id}' at ${fault.where.join("; ")}`);
    }

    /** Nothing stands out of the page at the side. */
    async fits(/** @type {string} */ screen) {
        const over = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (over > 0) this.faults.push(`${this.nameOf(screen)}: ${over} px wider than the window`);
    }

    /** All that each screen is held to. */
    async isGood(/** @type {string} */ screen) {
        await this.settle();
        await this.shot(screen, true);
        await this.fits(screen);
        await this.isAccessible(screen);
    }

    /** What a link downloads. */
    async download(/** @type {import("../../../web/node_modules/playwright-core").Locator} */ link) {
        const [download] = await Promise.all([this.page.waitForEvent("download"), link.click()]);
        return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
    }
}
