import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// Where `npm run dev` finds the API (docs/console.md).
const server = process.env.WHOSAW_SERVER ?? "http://127.0.0.1:8700";
const proxied = { target: server, changeOrigin: true, headers: { origin: server } };

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: {
    host: "127.0.0.1",
    // The user guide lies beside the code, for those who read it there.
    fs: { allow: [".", "../docs/guide"] },
    proxy: { "/api": proxied, "/ledger": proxied, "/healthz": proxied, "/readyz": proxied },
  },
  build: {
    target: "es2022",
    // `dist/.gitignore` stays, so that the folder the server embeds always exists; scripts/clean.mjs empties it.
    emptyOutDir: false,
    // Scripts may not be inline (CSP), and small ones would be.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1600,
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test-setup.ts"],
  },
});
