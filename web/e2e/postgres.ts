// A PostgreSQL 15 of the stories' own: on a socket in a folder of its own and nowhere else, gone when they end.

import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where Debian's package puts the programs. */
const PROGRAMS = "/usr/lib/postgresql/15/bin";

/** The database that the stories' own are copied from. */
export const TEMPLATE = "demo";

/** Ourselves, or `postgres` when we are root: the server does not run as root. */
function runAs(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

function run(program: string, args: string[]): void {
  const env = { LC_ALL: "C", PATH: `${PROGRAMS}:/usr/bin:/bin` };
  // Its standard output would stay open as long as the server runs.
  const stdio: ["ignore", "ignore", "inherit"] = ["ignore", "ignore", "inherit"];
  execFileSync(join(PROGRAMS, program), args, { ...runAs(), cwd: "/", env, stdio });
}

/** The address of a database in the cluster of this folder. */
export function address(folder: string, database: string): string {
  return `postgres://whosaw@localhost/${database}?host=${encodeURIComponent(folder)}`;
}

export function sql(folder: string, statement: string): void {
  run("psql", ["-h", folder, "-U", "whosaw", "-d", "postgres", "-q", "-v", "ON_ERROR_STOP=1", "-c", statement]);
}

/** Starts a cluster; gives its folder and what ends it. */
export function startCluster(): { folder: string; stop: () => void } {
  if (!existsSync(join(PROGRAMS, "initdb")))
    throw new Error("no PostgreSQL 15: install the Debian package `postgresql-15`");
  const folder = mkdtempSync(join(tmpdir(), "whosaw-stories-pg-"));
  const { uid, gid } = runAs();
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  const data = join(folder, "data");
  run("initdb", ["-D", data, "-U", "whosaw", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
  run("pg_ctl", ["-D", data, "-w", "-l", join(folder, "log"), "-o", `-k ${folder} -c listen_addresses=''`, "start"]);
  const stop = () => {
    run("pg_ctl", ["-D", data, "-m", "immediate", "-w", "stop"]);
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, stop };
}
