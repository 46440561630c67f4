// What the page says, from its own tables: tests look for controls by the words that people read, in either language.
import { join } from "node:path";
import { readdirSync } from "node:fs";
import { fromPage, TOP } from "./needs.mjs";

/** @typedef {"ar" | "en"} Language */
/** @typedef {string | Record<string, string>} Entry  a record has a form for each plural */

/** @type {Promise<Record<string, Record<Language, Record<string, Entry>>>> | null} */
let loaded = null;

async function load() {
    const { build } = await fromPage("esbuild");
    const folder = join(TOP, "web/src/words");
    const names = readdirSync(folder).map((name) => name.replace(/\.ts$/, ""));
    const contents = names.map((name) => `export * as ${name} from ${JSON.stringify(`./${name}`)};`).join("\n");
    const bundle = await build({ stdin: { contents, resolveDir: folder, loader: "ts" }, bundle: true, format: "esm", write: false, platform: "node" });
    const modules = await import(`data:text/javascript;base64,${Buffer.from(bundle.outputFiles[0].contents).toString("base64")}`);
    return Object.fromEntries(names.map((name) => [name, Object.values(modules[name])[0]]));
}

const escaped = (/** @type {string} */ text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** say("app", "login.enter") answers a text; match("today", "queue.open") a pattern that takes any number, name or plural. */
export async function wordsIn(/** @type {Language} */ language) {
    loaded ??= load();
    const tables = await loaded;
    const entry = (/** @type {string} */ table, /** @type {string} */ key) => {
        const found = tables[table]?.[language]?.[key];
        if (found === undefined) throw new Error(`no word '${key}' in ${table}.ts`);
        return found;
    };
    return {
        say(/** @type {string} */ table, /** @type {string} */ key, /** @type {Record<string, string>} */ slots = {}) {
            const text = entry(table, key);
            if (typeof text !== "string") throw new Error(`'${key}' has plurals`);
            return text.replace(/\{(\w+)\}/g, (_, name) => slots[name] ?? "");
        },
        match(/** @type {string} */ table, /** @type {string} */ key) {
            const text = entry(table, key);
            const forms = typeof text === "string" ? [text] : Object.values(text);
            return new RegExp(`(?:${forms.map((form) => escaped(form).replace(/\\\{\w+\\\}/g, ".*?")).join("|")})`);
        },
    };
}
