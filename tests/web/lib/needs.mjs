// Where things are, and whether all that the tests need is there. What is not is told, and the test is skipped.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const TOP = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
export const MARSAD = process.env.MARSAD ?? join(TOP, "build/release/marsad");
export const CHROMIUM = process.env.MARSAD_CHROMIUM ?? "/usr/bin/chromium";
export const SCREENS = process.env.MARSAD_SCREENS ?? join(TOP, "build/web-screens");
const SKIPPED = 77; // ctest counts this as skipped

const require = createRequire(join(TOP, "web/package.json"));

/** A package of web/node_modules. */
export async function fromPage(/** @type {string} */ name) {
    const module = await import(pathToFileURL(require.resolve(name)).href);
    return module.default ?? module;
}

export const fileOfPage = (/** @type {string} */ name) => require.resolve(name);

const needed = [
    { file: CHROMIUM, says: "chromium" },
    { file: MARSAD, says: "the built command" },
    { file: join(TOP, "web/node_modules/playwright-core/package.json"), says: "web/node_modules" },
];
const missing = needed.filter(({ file }) => !existsSync(file)).map(({ file, says }) => `${says} (${file})`);
if (missing.length > 0) {
    console.log(`skipped: without ${missing.join(", ")}; script/setup installs what is needed`);
    process.exit(SKIPPED);
}
