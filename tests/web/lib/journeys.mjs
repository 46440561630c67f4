// A test of a file: its own office, in both languages and at both widths where it says so.
import { after, test } from "node:test";
import { Template } from "./office.mjs";
import { closeBrowser, NARROW, WIDE } from "./reader.mjs";

const JOURNEY_MS = 240000;

/** @type {Template | null} */
let template = null;
after(async () => {
    await closeBrowser();
    template?.remove();
});

/** @typedef {{ language: "ar" | "en", size: { width: number, height: number } }} View */
/** @type {readonly View[]} */
export const everyView = [
    { language: "ar", size: WIDE },
    { language: "en", size: WIDE },
    { language: "ar", size: NARROW },
    { language: "en", size: NARROW },
];

/**
 * @param {string} says
 * @param {(office: import("./office.mjs").Office, view: View) => Promise<void>} go
 * @param {{ views?: readonly View[], options?: readonly string[] }} how
 */
export function journey(says, go, how = {}) {
    for (const view of how.views ?? everyView)
        test(`${says} (${view.language}, ${view.size.width})`, { timeout: JOURNEY_MS }, async () => {
            template ??= new Template();
            const office = await template.open(how.options === undefined ? {} : { options: how.options });
            try {
                await go(office, view);
            } finally {
                await office.end();
            }
        });
}
