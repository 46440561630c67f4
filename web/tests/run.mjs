// Bundles each tests/*.test.ts with what it tests, and hands the bundles to node's own test runner.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";

const here = import.meta.dirname ?? new URL(".", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "marsad-web-"));
const names = readdirSync(here).filter((name) => name.endsWith(".test.ts"));
try {
    await build({
        configFile: false,
        root: join(here, ".."),
        logLevel: "warn",
        ssr: { noExternal: true },
        esbuild: { jsx: "automatic", jsxImportSource: "preact" },
        build: {
            ssr: true,
            outDir: folder,
            emptyOutDir: true,
            rollupOptions: {
                input: Object.fromEntries(names.map((name) => [name.replace(/\.ts$/, ""), join(here, name)])),
                output: { entryFileNames: "[name].mjs", chunkFileNames: "[name].mjs" },
            },
        },
    });
    const bundles = names.map((name) => join(folder, name.replace(/\.ts$/, ".mjs")));
    process.exitCode = spawnSync(process.execPath, ["--test", ...bundles], { stdio: "inherit", env: { ...process.env, MARSAD_WEB: join(here, "..") } }).status ?? 1;
} finally {
    rmSync(folder, { recursive: true, force: true });
}
