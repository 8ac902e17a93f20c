// A real server with a demo company, and a real browser: what every story begins with.

import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { address, sql, TEMPLATE } from "./postgres.ts";

export const PASSWORD = "Shui-kan-guo-2026";
export type Language = "zh-CN" | "en";

// Without the browser's own windows, which nobody sees, where it is installed.
const BROWSER =
  process.env.CHROMIUM ?? ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"].find((path) => existsSync(path));
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

export function binary(): string {
  const bin = process.env.WHOSAW_BIN;
  if (!bin) throw new Error("WHOSAW_BIN names no server: run `make test`, or set it to target/debug/whosaw");
  return bin;
}

/** What a page reported that it must not: policy violations, script errors, failed loads of its own files. */
export type Complaints = string[];

/** A server of one story, or one that runs already (`WHOSAW_URL`). */
type Server = { url: string; stop: () => Promise<void>; later?: (by: string) => Promise<void> };

/** What moves a process's clock: Debian's `faketime`. */
const FAKETIME = `/usr/lib/${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu/faketime/libfaketimeMT.so.1`;

let databases = 0;

/** `config` stands behind what the company's file says. */
async function start(config: string): Promise<Server> {
  const running = process.env.WHOSAW_URL;
  if (running) return { url: running, stop: async () => {} };
  const made = process.env.WHOSAW_DEMO;
  if (!made) throw new Error("no demo company was made: e2e/company.ts does it before the stories");
  const folder = mkdtempSync(join(tmpdir(), "whosaw-story-"));
  const data = join(folder, "data");
  cpSync(made, data, { recursive: true });
  appendFileSync(join(data, "whosaw.toml"), config);
  const url = `http://127.0.0.1:${await freePort()}`;
  const args = ["serve", "--data", data, "--listen", url.slice("http://".length)];
  const cluster = process.env.WHOSAW_STORIES_CLUSTER;
  if (cluster) {
    const database = `story_${process.pid}_${++databases}`;
    sql(cluster, `CREATE DATABASE ${database} TEMPLATE ${TEMPLATE}`);
    args.push("--database", address(cluster, database));
  }
  let server = await serve(url, args);
  return {
    url,
    stop: async () => {
      await ended(server);
      rmSync(folder, { recursive: true, force: true });
    },
    later: async (by) => {
      await ended(server);
      server = await serve(url, args, { LD_PRELOAD: FAKETIME, FAKETIME: by, FAKETIME_DONT_FAKE_MONOTONIC: "1" });
    },
  };
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const end = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  await end;
}

async function serve(url: string, args: string[], env: Record<string, string> = {}): Promise<ChildProcess> {
  const server = spawn(binary(), args, { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, ...env } });
  const until = Date.now() + 60_000;
  while (Date.now() < until && server.exitCode === null) {
    const ready = await fetch(`${url}/readyz`).then(
      (r) => r.ok,
      () => false,
    );
    if (ready) return server;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await ended(server);
  throw new Error("the server did not become ready");
}

/** A server in a folder that is empty, and the link that it prints. */
async function startFresh(): Promise<{ server: Server; link: string }> {
  const folder = mkdtempSync(join(tmpdir(), "whosaw-fresh-"));
  const data = join(folder, "data");
  mkdirSync(data);
  const port = await freePort();
  const args = ["--json", "serve", "--data", data, "--listen", `127.0.0.1:${port}`];
  const server = spawn(binary(), args, { stdio: ["ignore", "pipe", "inherit"] });
  const stop = async () => {
    await ended(server);
    rmSync(folder, { recursive: true, force: true });
  };
  const line = await new Promise<string>((resolve, reject) => {
    let text = "";
    server.stdout.on("data", (part) => {
      text += part;
      if (text.includes("\n")) resolve(text.split("\n")[0] ?? "");
    });
    server.once("exit", () => reject(new Error("the server ended before it printed its link")));
  });
  const { setup } = JSON.parse(line) as { setup: string };
  return { server: { url: `http://127.0.0.1:${port}`, stop }, link: setup };
}

export class House {
  private readonly server: Server;
  private readonly browser: Browser;

  private constructor(server: Server, browser: Browser) {
    this.server = server;
    this.browser = browser;
  }

  /** `config`: more of the server's configuration. */
  static async open(config = ""): Promise<House> {
    const server = await start(config);
    const browser = await chromium.launch({ executablePath: BROWSER, args: FLAGS });
    return new House(server, browser);
  }

  /** Without a company, and the link by which one is made. */
  static async fresh(): Promise<{ house: House; link: string }> {
    const { server, link } = await startFresh();
    const browser = await chromium.launch({ executablePath: BROWSER, args: FLAGS });
    return { house: new House(server, browser), link };
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
  }

  /** The same house when so much time has passed, as `+1h` or `+7d`: its server starts again under another clock. */
  async later(by: string): Promise<void> {
    if (!this.server.later) throw new Error("the clock of this server cannot be moved");
    await this.server.later(by);
  }

  /** A browser of somebody's own, not signed in. */
  async visitor(
    language: Language,
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; complaints: Complaints }> {
    const context = await this.browser.newContext({
      baseURL: this.server.url,
      locale: language,
      viewport: { width: 1440, height: 900 },
      reducedMotion: "reduce",
      acceptDownloads: true,
      ...options,
    });
    const page = await context.newPage();
    // Long enough for a machine that does much else: where nothing fails, nobody waits for it.
    page.setDefaultTimeout(60_000);
    const complaints: Complaints = [];
    page.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
    page.on("console", (message) => {
      // A refused request is an answer, and the page tells it; the browser notes it all the same.
      if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
        complaints.push(`console: ${message.text()}`);
    });
    return { page, complaints };
  }

  /** Signs in on the page that is open, and waits for the frame. */
  async signIn(page: Page, login: string, language: Language): Promise<void> {
    await signIn(page, login, language);
    await page.getByRole("banner").waitFor();
  }

  /** Somebody who has signed in. */
  async person(
    login: string,
    language: Language,
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; complaints: Complaints }> {
    const visitor = await this.visitor(language, options);
    await visitor.page.goto("/");
    await this.signIn(visitor.page, login, language);
    return visitor;
  }
}

const WORDS = {
  "zh-CN": { login: "账号", password: "密码", signIn: "登录" },
  en: { login: "Login", password: "Password", signIn: "Sign in" },
} as const;

export async function signIn(page: Page, login: string, language: Language, password = PASSWORD): Promise<void> {
  const words = WORDS[language];
  await page.getByLabel(words.login, { exact: true }).fill(login);
  await page.getByLabel(words.password, { exact: true }).fill(password);
  await page.getByRole("button", { name: words.signIn, exact: true }).click();
}

/** Takes a picture where a story failed, into the folder named by SCREENS. */
export async function pictureOf(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENS;
  // Not in the middle of a change of colours.
  const animations = "disabled" as const;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), animations }).catch(() => undefined);
}
