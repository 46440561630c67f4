import { defineConfig } from "vite";

// Nothing is written into the page itself (no inline script, no style, no data: address): the server's content security policy allows none.
export default defineConfig({
    esbuild: { jsx: "automatic", jsxImportSource: "preact" },
    build: {
        target: "es2021",
        sourcemap: false,
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        emptyOutDir: true,
    },
    server: {
        proxy: { "/api": { target: "http://127.0.0.1:8080", changeOrigin: false } },
    },
});
