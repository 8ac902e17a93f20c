// Makes the demo company once; each story gets a copy of its own.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { binary } from "./house";

export default function setup(): (() => void) | undefined {
  if (process.env.WHOSAW_URL) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "whosaw-company-"));
  const data = join(folder, "data");
  execFileSync(binary(), ["demo", "--data", data, "--seed", "7", "--customers", "300"], { stdio: "pipe" });
  process.env.WHOSAW_DEMO = data;
  return () => rmSync(folder, { recursive: true, force: true });
}
