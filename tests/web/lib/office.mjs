// An office of its own for each test: an archive with the samples, its people, and the server.
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MARSAD, TOP } from "./needs.mjs";

export const DAY_S = 24 * 60 * 60;
export const MORNING = Date.UTC(2016, 4, 14, 6) / 1000; // of the day of the samples' last reports
export const PASSWORD = "a long enough password"; // everybody's
const LATE = ["obs-22", "obs-23"]; // another number and a denial
const STARTING_MS = 30000;
const STOPPING_MS = 10000;

const PEOPLE = [
    { name: "amal", roles: "coder,editor" },
    { name: "karim", roles: "verifier" },
    { name: "rim", roles: "releaser" },
    { name: "hala", roles: "keeper" },
];

/**
 * Runs the command on an archive; a fault is an error with what the command said.
 * @param {string[]} words @param {{ now?: number, input?: string }} how
 * @returns {Buffer} its standard output
 */
export function marsad(words, how = {}) {
    const env = { ...process.env, SOURCE_DATE_EPOCH: String(how.now ?? MORNING), LC_ALL: "C.UTF-8" };
    const done = spawnSync(MARSAD, words, { env, input: how.input ?? "", maxBuffer: 1 << 28 });
    if (done.status !== 0) throw new Error(`marsad ${words.join(" ")}: ${done.stderr}${done.stdout}`);
    return done.stdout;
}

/** What came in the last night: the newest reports, and those that came late of a happening that was known, and change its numbers. */
function isOfTheNight(/** @type {string} */ line) {
    const { id, published } = JSON.parse(line);
    return published >= "2016-05-13" || LATE.includes(id);
}

/** The samples in two batches, so that something has changed since yesterday; then the people. */
function fill(/** @type {string} */ archive, /** @type {string} */ folder) {
    const lines = readFileSync(join(TOP, "samples/observatory.jsonl"), "utf8").trim().split("\n");
    const before = lines.filter((line) => !isOfTheNight(line));
    for (const [name, batch, now] of /** @type {[string, string[], number][]} */ ([
        ["before.jsonl", before, MORNING - 2 * DAY_S],
        ["night.jsonl", lines.filter((line) => !before.includes(line)), MORNING - DAY_S / 4],
    ])) {
        writeFileSync(join(folder, name), `${batch.join("\n")}\n`);
        marsad(["ingest", "--archive", archive, join(folder, name)], { now });
    }
    for (const { name, roles } of PEOPLE) marsad(["account", "add", name, "--archive", archive, "--roles", roles], { input: `${PASSWORD}\n`, now: MORNING - DAY_S });
}

/** Answers once the server has said where it listens. */
function begin(/** @type {string} */ archive, /** @type {number} */ now, /** @type {readonly string[]} */ options) {
    const env = { ...process.env, SOURCE_DATE_EPOCH: String(now), LC_ALL: "C.UTF-8" };
    const server = spawn(MARSAD, ["serve", "--archive", archive, "--listen", "127.0.0.1:0", "--quiet", ...options], { env, stdio: ["ignore", "pipe", "pipe"] });
    return new Promise((done, fail) => {
        let said = "";
        const late = setTimeout(() => fail(new Error(`the server does not begin: ${said}`)), STARTING_MS);
        const hear = (/** @type {Buffer} */ bytes) => {
            said += bytes;
            const url = /https?:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
            if (url === undefined) return;
            clearTimeout(late);
            done({ server, url });
        };
        server.stdout.on("data", hear);
        server.stderr.on("data", hear);
        server.on("exit", (code) => {
            clearTimeout(late);
            fail(new Error(`the server ended with ${code}: ${said}`));
        });
    });
}

function end(/** @type {import("node:child_process").ChildProcess} */ server) {
    return new Promise((done) => {
        const late = setTimeout(() => server.kill("SIGKILL"), STOPPING_MS);
        server.once("exit", () => {
            clearTimeout(late);
            done(undefined);
        });
        server.kill("SIGTERM");
    });
}

/** What each test of a file copies: reading the samples once is enough. */
export class Template {
    constructor() {
        this.folder = mkdtempSync(join(tmpdir(), "marsad-office-"));
        this.archive = join(this.folder, "template.marsad");
        this.count = 0;
        fill(this.archive, this.folder);
    }

    /** @param {{ now?: number, options?: readonly string[] }} how */
    async open(how = {}) {
        const archive = join(this.folder, `${++this.count}.marsad`);
        copyFileSync(this.archive, archive);
        const office = new Office(archive);
        await office.begin(how.now ?? MORNING, how.options);
        return office;
    }

    remove() {
        rmSync(this.folder, { recursive: true, force: true });
    }
}

export class Office {
    constructor(/** @type {string} */ archive) {
        this.archive = archive;
        this.url = "";
        this.now = MORNING;
        /** @type {import("node:child_process").ChildProcess | null} */
        this.server = null;
    }

    async begin(/** @type {number} */ now, /** @type {readonly string[]} */ options = []) {
        const { server, url } = await begin(this.archive, now, options);
        Object.assign(this, { server, url, now });
    }

    async end() {
        if (this.server !== null) await end(this.server);
        this.server = null;
    }

    /** The clock of the server stands still; another day is another server. */
    async beginAt(/** @type {number} */ now) {
        await this.end();
        await this.begin(now);
    }

    run(/** @type {string[]} */ ...words) {
        return marsad([...words, "--archive", this.archive], { now: this.now });
    }

    /** Rows of a table, as --output jsonl tells them. */
    rows(/** @type {string[]} */ ...words) {
        const text = this.run(...words, "--output", "jsonl").toString("utf8").trim();
        return text === "" ? [] : text.split("\n").map((line) => JSON.parse(line));
    }
}
