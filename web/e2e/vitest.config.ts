import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import Failed from "./failed";

/** The sweep over all pages is short to write and longest to run: first, so that not all wait for it alone at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const sweeps = (file: TestSpecification) => file.moduleId.endsWith("/pages.story.ts");
    return [...sorted.filter(sweeps), ...sorted.filter((file) => !sweeps(file))];
  }
}

export default defineConfig({
  test: {
    environment: "node",
    include: ["e2e/**/*.story.ts"],
    globalSetup: ["e2e/company.ts"],
    reporters: ["verbose", new Failed()],
    // Each file has a server, a company and a browser of its own, in which its stories keep their order: what one changes the next
    // one sees. Two files at once, for as many cores as the smallest machine has.
    pool: "forks",
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 120_000,
    hookTimeout: 300_000,
    teardownTimeout: 20_000,
  },
});
