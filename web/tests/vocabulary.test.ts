import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const ROOT = process.env["MARSAD_WEB"] ?? "";

function filesBelow(folder: string, ending: RegExp): string[] {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const path = join(folder, entry.name);
        return entry.isDirectory() ? filesBelow(path, ending) : ending.test(entry.name) ? [path] : [];
    });
}

const KEY = /^ {8}(?:"([^"]+)"|(\w+)): /gm;

interface Words {
    name: string; // of the exported table
    ar: string[];
    en: string[];
    text: { ar: string; en: string };
}

/* A table of words as its file has it: one key a line, eight blanks before it. */
function readWords(path: string): Words | null {
    const source = readFileSync(path, "utf8");
    const name = /export const (\w+) = wordTable/.exec(source)?.[1];
    const [ar, en] = source.split("\n    en: {\n");
    if (name === undefined || ar === undefined || en === undefined) return null;
    const keysOf = (half: string) => [...half.matchAll(KEY)].map((found) => found[1] ?? found[2] ?? "");
    return { name, ar: keysOf(ar), en: keysOf(en), text: { ar, en } };
}

const tables = filesBelow(join(ROOT, "src/words"), /\.ts$/).flatMap((path) => readWords(path) ?? []);
const code = filesBelow(join(ROOT, "src"), /\.tsx?$/).filter((path) => !path.includes("/words/")).map((path) => readFileSync(path, "utf8"));

/* A key is used where a file that has its table names it, whole or as the beginning of a name from elsewhere: t.named("role", …), t(`role.${…}`). */
function isUsed(key: string, sources: readonly string[]): boolean {
    const steps = key.split(".");
    const beginnings = steps.slice(1).map((_, at) => steps.slice(0, at + 1).join("."));
    return sources.some((source) => source.includes(`"${key}"`) || beginnings.some((start) => source.includes(`"${start}"`) || source.includes(`${start}.\${`)));
}

test("both languages have all words, in the same order", () => {
    assert.ok(tables.length > 15);
    for (const table of tables) assert.deepEqual(table.ar, table.en, table.name);
});

test("each word is used", () => {
    const unused = tables.flatMap((table) => {
        const sources = code.filter((source) => source.includes(table.name));
        return table.en.filter((key) => !isUsed(key, sources)).map((key) => `${table.name}: ${key}`);
    });
    assert.deepEqual(unused, []);
});

/* The words that README.md's table of terms has put aside: one thing has one name. */
const ASIDE: readonly [RegExp, string][] = [
    [/الإنجليزي/, "الإنكليزية"],
    [/المعجم الجغرافي/, "معجم الأماكن"],
    [/المنابر/, "الوسائل"],
    [/رواي(?:ة|ات|تان|تين) مستقل/, "سلسلة مستقلة"],
    [/(?:ال)?أرقام (?:ال)?متعارضة/, "أعداد متعارضة"],
    [/\b[Ll]aid to\b/, "attributed to"],
    [/\bdoers? /, "actor"],
    [/[Ff]ingerprint/, "hash"],
];

test("one thing has one name", () => {
    const told = tables.flatMap((table) =>
        ASIDE.filter(([word]) => word.test(table.text.ar) || word.test(table.text.en)).map(([word, better]) => `${table.name}: ${word.source}, better: ${better}`),
    );
    assert.deepEqual(told, []);
});
