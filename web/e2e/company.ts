// Makes the demo company once; each story gets a copy of its own. With `WHOSAW_STORIES_ON=postgres` in PostgreSQL.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { binary } from "./house";
import { address, sql, startCluster, TEMPLATE } from "./postgres";

export default function setup(): (() => void) | undefined {
  if (process.env.WHOSAW_URL) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "whosaw-company-"));
  const data = join(folder, "data");
  const args = ["demo", "--data", data, "--seed", "7", "--customers", "300"];
  const cluster = process.env.WHOSAW_STORIES_ON === "postgres" ? startCluster() : undefined;
  const end = () => {
    cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    if (cluster) {
      sql(cluster.folder, `CREATE DATABASE ${TEMPLATE}`);
      args.push("--database", address(cluster.folder, TEMPLATE));
      process.env.WHOSAW_STORIES_CLUSTER = cluster.folder;
    }
    execFileSync(binary(), args, { stdio: "pipe" });
  } catch (error) {
    end();
    throw error;
  }
  process.env.WHOSAW_DEMO = data;
  return end;
}
