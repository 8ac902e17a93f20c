// A real server with a demo company, and a real browser: what every story begins with.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

export const PASSWORD = "Shui-kan-guo-2026";
export type Language = "zh-CN" | "en";

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

function binary(): string {
  const bin = process.env.WHOSAW_BIN;
  if (!bin) throw new Error("WHOSAW_BIN names no server: run `make test`, or set it to target/debug/whosaw");
  return bin;
}

/** What a page reported that it must not: policy violations, script errors, failed loads of its own files. */
export type Complaints = string[];

export class House {
  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly server: ChildProcess,
    private readonly browser: Browser,
  ) {}

  static async open(customers = 300): Promise<House> {
    const bin = binary();
    const folder = mkdtempSync(join(tmpdir(), "whosaw-stories-"));
    const data = join(folder, "data");
    execFileSync(bin, ["demo", "--data", data, "--seed", "7", "--customers", String(customers)], { stdio: "pipe" });
    const url = `http://127.0.0.1:${await freePort()}`;
    const server = spawn(bin, ["serve", "--data", data, "--listen", url.slice("http://".length)], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
    const house = new House(url, folder, server, browser);
    await house.ready();
    return house;
  }

  private async ready(): Promise<void> {
    const until = Date.now() + 60_000;
    while (Date.now() < until) {
      const up = await fetch(`${this.url}/readyz`).then(
        (r) => r.ok,
        () => false,
      );
      if (up) return;
      if (this.server.exitCode !== null) throw new Error(`the server ended with ${this.server.exitCode}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error("the server did not become ready");
  }

  async close(): Promise<void> {
    await this.browser.close();
    const ended = new Promise((resolve) => this.server.once("exit", resolve));
    this.server.kill("SIGTERM");
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A browser of somebody's own, not signed in. */
  async visitor(
    language: Language,
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; complaints: Complaints }> {
    const context = await this.browser.newContext({
      baseURL: this.url,
      locale: language,
      viewport: { width: 1440, height: 900 },
      reducedMotion: "reduce",
      acceptDownloads: true,
      ...options,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const complaints: Complaints = [];
    page.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
    page.on("console", (message) => {
      // A refused request is an answer, and the page tells it; the browser notes it all the same.
      if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
        complaints.push(`console: ${message.text()}`);
    });
    return { page, complaints };
  }

  /** Somebody who has signed in. */
  async person(
    login: string,
    language: Language,
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; complaints: Complaints }> {
    const visitor = await this.visitor(language, options);
    const { page } = visitor;
    await page.goto("/");
    await signIn(page, login, language);
    await page
      .getByRole("navigation")
      .or(page.getByRole("button", { name: /打开导航|Open navigation/ }))
      .first()
      .waitFor();
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
