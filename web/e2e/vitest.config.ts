import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "node",
    include: ["e2e/**/*.story.ts"],
    globalSetup: ["e2e/company.ts"],
    // Each file has a server, a company and a browser of its own, in which its stories keep their order: what one changes the next
    // one sees. Two files at once, for as many cores as the smallest machine has.
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 300_000,
    teardownTimeout: 20_000,
  },
});
