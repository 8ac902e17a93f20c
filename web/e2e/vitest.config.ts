import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "node",
    include: ["e2e/**/*.story.ts"],
    globalSetup: ["e2e/company.ts"],
    // One server, one browser: a story may change what the next one sees, so they keep their order.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
    teardownTimeout: 20_000,
  },
});
