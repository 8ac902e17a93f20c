import type { Reporter, TestModule } from "vitest/node";

/** Names at the very end what failed, each with the first line of why: of a long run often its end is all that is kept. */
export default class Failed implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const module of modules) {
      for (const error of module.errors()) console.error(`failed: ${module.relativeModuleId}: ${first(error.message)}`);
      for (const test of module.children.allTests("failed")) {
        const why = (test.result().errors ?? []).map((error) => first(error.message)).join("; ");
        console.error(`failed: ${module.relativeModuleId} > ${test.fullName}: ${why}`);
      }
    }
  }
}

const first = (text: string): string => text.split("\n", 1)[0] ?? "";
