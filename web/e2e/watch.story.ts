// A night, from the first stranger's customer to the closed case, in both languages: somebody of the service desk walks through customers
// they have no reason to see, is slowed by the house, then suspended; the security officer has the alert in the live console, in a mail
// and at a system outside, opens a case, narrows the role after having seen what that takes from whom, and a second officer closes it; the
// auditor checks the case file away from the server.

import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { Server as HttpServer } from "node:http";
import type { Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { choose, secondOfficer, send, verify } from "./hands";
import { House, type Language, pictureOf, signIn } from "./house";
import { languages } from "./languages";
import { hooked, listening, smtp, type Told } from "./outside";

const WORDS = {
  "zh-CN": {
    live: "实时",
    night: "夜间查看陌生客户",
    many: "夜间逐个查看大量陌生客户",
    slowed: "您的访问暂被限速",
    suspended: "您的账号暂被停用",
    openCase: "立案",
    open: /^立案$/,
    name: "案由",
    severity: "级别",
    high: "高",
    ask: "询问当事人",
    question: "问题",
    answerField: "您的说明",
    send: "提交说明",
    answered: /您已于/,
    notice: /请您说明/,
    measure: "处置",
    outcome: "做了什么，结果如何",
    save: "保存",
    close: "结案",
    verdict: "结论",
    careless: "疏忽",
    cause: "根本原因",
    action: "采取的措施",
    propose: "提议结案",
    consent: "同意结案",
    closed: "已结案",
    export: "导出案卷",
    reason: "理由",
    edit: "编辑策略",
    cell: /^修改：客服，查看：/,
    all: "全部",
    department: "本部门（不含下级）",
    take: "写入草稿",
    review: "查看变更与影响",
    losses: "谁将失去",
    publish: "发布新版本",
    why: "修改原因（必填，永久记录）",
  },
  en: {
    live: "Live",
    night: "Strangers' customers by night",
    many: "A walk through strangers' customers by night",
    slowed: "Your reading is slowed for now",
    suspended: "Your account is suspended for a time",
    openCase: "Open a case",
    open: /^Open$/,
    name: "What it is about",
    severity: "Severity",
    high: "High",
    ask: "Ask the subject",
    question: "Question",
    answerField: "Your answer",
    send: "Send the answer",
    answered: /You answered/,
    notice: /You are asked/,
    measure: "Act on it",
    outcome: "What was done, and what came of it",
    save: "Save",
    close: "Close",
    verdict: "Verdict",
    careless: "Careless",
    cause: "Root cause",
    action: "Action taken",
    propose: "Propose closing",
    consent: "Consent",
    closed: "Closed",
    export: "Export the case file",
    reason: "Reason",
    edit: "Edit the policy",
    cell: /^Change: Service, View:/,
    all: "all",
    department: "department (without those below)",
    take: "Put into the draft",
    review: "Review changes and impact",
    losses: "Who loses",
    publish: "Publish a new version",
    why: "Reason (required, kept for good)",
  },
} as const;

/** A rule of the company's own: so many strangers' customers within a quarter of an hour, out of hours. */
const rule = (name: string, en: string, zh: string, count: number) => `name: ${name}-base
title: ${en} (counted)
logsource:
  product: crm
  service: access
detection:
  selection:
    action: [list, view, reveal]
    decision: allowed
    ctx.off_hours: true
    seen.unexplained|gte: 1
  condition: selection
---
name: ${name}
title: ${en}
level: high
custom_attributes:
  family: duty
  title_zh: "${zh}"
  why_zh: "{window}内查看了 {count} 个无业务理由的客户"
  why_en: "{count} customers without a business reason within {window}"
correlation:
  type: value_count
  rules:
    - ${name}-base
  group-by:
    - actor.user_id
  timespan: 15m
  condition:
    gte: ${count}
    field: object.unexplained
`;

/** A zone where it is two in the morning now. */
function nightZone(): string {
  const east = (((2 - new Date().getUTCHours()) % 24) + 24) % 24;
  return east <= 12 ? `Etc/GMT-${east}` : `Etc/GMT+${24 - east}`;
}

async function done(reply: Promise<{ status: number; json: unknown }>): Promise<unknown> {
  const { status, json } = await reply;
  expect(status, JSON.stringify(json)).toBeLessThan(300);
  return json;
}

/** Customers of a region's reps: their manager names them, which is no more than a manager's duty. */
async function owned(house: House, language: Language): Promise<string[]> {
  const { page } = await house.person("manager1", language);
  const list = (await done(send(page, "GET", "/api/v1/records/customer?limit=100"))) as {
    items: { id: string; owner: string | null }[];
  };
  await page.context().close();
  return list.items.filter((c) => c.owner !== null).map((c) => c.id);
}

/** What one sees of customers, one after the other: the status of each. */
const walk = (page: Page, ids: string[]): Promise<number[]> =>
  page.evaluate(async (ids) => {
    const seen: number[] = [];
    for (const id of ids) {
      const { status } = await fetch(`/api/v1/records/customer/${id}`);
      seen.push(status);
      if (status !== 200) break;
    }
    return seen;
  }, ids);

describe.each(languages("en"))("a night in %s", { timeout: 400_000 }, (language) => {
  const second = `${language === "en" ? "qian" : "zhao"}.${process.pid}`;
  const w = WORDS[language];
  const told: Told[] = [];
  const mails: string[] = [];
  let house: House;
  let outside: HttpServer;
  let post: Server;
  beforeAll(async () => {
    house = await House.open();
    outside = hooked(told);
    post = smtp(mails);
  });
  afterAll(async () => {
    outside.close();
    post.close();
    await house.close();
  });

  /** Where alerts go, what the house may take by itself, and that it is night. */
  async function prepared(admin: Page, security: Page): Promise<string> {
    const [hookPort, mailPort] = [await listening(outside), await listening(post)];
    await done(send(admin, "PATCH", "/api/v1/admin/settings", { calendar: await calendar(admin) }));
    const server = { host: "127.0.0.1", port: mailPort, security: "none", account: null, from: "crm@example.com" };
    await done(send(admin, "PUT", "/api/v1/admin/mail", { server }));
    await done(send(admin, "PUT", "/api/v1/admin/webhooks", { hooks: [], hosts: ["127.0.0.1"] }));
    const channel = { on: true, language: language === "en" ? "en" : "zh", per_minute: 20 };
    const label = (text: string) => ({ zh: text, en: text });
    const channels = [
      { ...channel, name: "soc", label: label("SOC"), kind: "webhook", address: `http://127.0.0.1:${hookPort}/` },
      { ...channel, name: "officer", label: label("officer"), kind: "mail", address: "officer@example.com" },
    ];
    const routes = [{ severity: "high", department: null, hours: "always", daily: null, to: ["soc", "officer"] }];
    const made = (await done(send(admin, "PUT", "/api/v1/admin/channels", { channels, routes }))) as {
      secrets: Record<string, string>;
    };
    for (const [name, zh, en, count] of [
      ["night-steps", WORDS["zh-CN"].night, WORDS.en.night, 10],
      ["night-walk", WORDS["zh-CN"].many, WORDS.en.many, 30],
    ] as const) {
      const body = { base: 0, state: "on", severity: null, filters: [], text: rule(name, en, zh, count), reason: en };
      await done(send(security, "PUT", `/api/v1/detection/rules/${name}`, body));
    }
    const response = { families: [], severity: "medium", minutes: 60 };
    const automatic = [
      { ...response, rules: ["night-steps"], response: "throttle", per_minute: 12 },
      { ...response, rules: ["night-walk"], response: "suspend", per_minute: null },
    ];
    await done(send(security, "PUT", "/api/v1/admin/response-rules", { automatic }));
    return made.secrets.soc ?? "";
  }
  async function calendar(admin: Page): Promise<unknown> {
    const now = (await done(send(admin, "GET", "/api/v1/admin/settings"))) as { calendar: object };
    return { ...now.calendar, time_zone: nightZone() };
  }

  test("is slowed, suspended, told of, followed up, decided by two and proved", async () => {
    const admin = await house.person("admin", language);
    const officer = await house.person("security", language);
    const auditor = await house.person("auditor", language);
    const zhao = await secondOfficer(house, second, language);
    const walker = await house.person("service1", language);
    const page = officer.page;
    const folder = mkdtempSync(join(tmpdir(), "whosaw-night-"));
    try {
      const secret = await prepared(admin.page, page);
      const me = (await done(send(walker.page, "GET", "/api/v1/me"))) as { user: { id: string; name: string } };
      const strangers = await owned(house, language);

      // Slowed after the first of them: the walker is told so, on any page.
      await page.goto("/alerts");
      await page.getByText(w.live, { exact: true }).waitFor();
      await page.locator(".ant-badge-status-processing").waitFor({ timeout: 30_000 });
      const first = await walk(walker.page, strangers.slice(0, 9));
      expect(first.every((status) => status === 200)).toBe(true);
      const nightRow = page.locator(".alert-row", { hasText: w.night }).filter({ hasText: me.user.name });
      // The demo's history is followed first.
      await nightRow.waitFor({ timeout: 180_000 });
      await walker.page.goto("/notices");
      await walker.page.getByRole("status").filter({ hasText: w.slowed }).waitFor();
      await pictureOf(walker.page, `night-slowed-${language}`);

      // They go on: refused when too fast, and after thirty strangers out.
      let at = 9;
      let slowed = 0;
      for (let last = 200; last !== 401 && last !== 403; ) {
        expect(at).toBeLessThan(strangers.length);
        const seen = await walk(walker.page, strangers.slice(at));
        at += seen.filter((status) => status === 200).length;
        last = seen.at(-1) ?? 0;
        expect([200, 401, 403, 429]).toContain(last);
        if (last === 429) {
          slowed += 1;
          await walker.page.waitForTimeout(1_000);
        }
      }
      expect(slowed).toBeGreaterThan(0);
      expect(at).toBeLessThan(60);
      await walker.page.goto("/");
      await signIn(walker.page, "service1", language);
      await walker.page.getByText(w.suspended).waitFor();
      await pictureOf(walker.page, `night-suspended-${language}`);

      // The officer has it in the console, in a mail, and their centre in its inbox with a signature that holds.
      const manyRow = page.locator(".alert-row", { hasText: w.many }).filter({ hasText: me.user.name });
      await manyRow.waitFor({ timeout: 60_000 });
      await expectAccessible(page, "alerts");
      await pictureOf(page, `night-alerts-${language}`);
      const arrived = () => [told, mails].every((all) => all.length > 0);
      for (let n = 0; n < 120 && !arrived(); n++) await page.waitForTimeout(500);
      expect([told.length, mails.length].every((n) => n > 0)).toBe(true);
      const [hook] = told;
      if (!hook) throw new Error("nothing arrived");
      const of = (name: string) => String(hook.headers[name]);
      const signed = `${of("webhook-id")}.${of("webhook-timestamp")}.${hook.body}`;
      const key = Buffer.from(secret.slice("whsec_".length), "base64");
      expect(of("webhook-signature")).toBe(`v1,${createHmac("sha256", key).update(signed).digest("base64")}`);
      expect(hook.body + mails.join("")).not.toContain(me.user.name);

      // A case from the alert.
      await manyRow.getByRole("link", { name: w.many }).click();
      await page.getByRole("link", { name: w.openCase }).click();
      await page.getByRole("dialog").getByLabel(w.name).fill(`night-${language}`);
      await choose(page, w.severity, w.high);
      await page.getByRole("dialog").getByRole("button", { name: w.open }).click();
      await page.getByRole("heading", { name: `night-${language}` }).waitFor();
      const id = new URL(page.url()).pathname.split("/").at(-1) as string;
      await page.locator("main").getByRole("row").nth(9).waitFor();
      await expectAccessible(page, "case");
      await pictureOf(page, `night-case-${language}`);

      // Asked, and let in again to answer.
      await page.getByRole("button", { name: w.ask }).click();
      await page.getByRole("dialog").getByLabel(w.question).fill("为什么？ Why?");
      await page.getByRole("dialog").getByRole("button", { name: w.ask }).click();
      await page.getByRole("dialog").waitFor({ state: "detached" });
      const taken = (await done(send(page, "GET", `/api/v1/admin/responses?user=${me.user.id}`))) as {
        items: { id: string; kind: string }[];
      };
      const suspended = taken.items.find((r) => r.kind === "suspend")?.id;
      await done(send(page, "POST", `/api/v1/admin/responses/${suspended}/end`, { reason: "答复 to answer" }));
      await signIn(walker.page, "service1", language);
      await walker.page.getByRole("banner").waitFor();
      await walker.page.goto("/notices");
      await walker.page.getByRole("button", { name: w.notice }).first().click();
      await walker.page.getByLabel(w.answerField).fill("好奇 curious");
      await walker.page.getByRole("button", { name: w.send }).click();
      await walker.page.getByText(w.answered).waitFor();
      await page.reload();
      await page.getByText("好奇 curious").waitFor();

      // The role is narrowed: what that takes from whom is seen before it is in force.
      await page.goto("/roles?role=service");
      await page.getByRole("button", { name: w.edit }).click();
      await page.getByRole("button", { name: w.cell }).click();
      const scopes = page.getByRole("dialog");
      await scopes.getByRole("checkbox", { name: w.all, exact: true }).uncheck();
      await scopes.getByRole("checkbox", { name: w.department, exact: true }).check();
      await scopes.getByRole("button", { name: w.take }).click();
      await page.getByRole("button", { name: w.review }).click();
      await page.getByRole("heading", { name: w.losses }).waitFor();
      await page.getByText(me.user.name).first().waitFor();
      await pictureOf(page, `night-review-${language}`);
      await page.getByRole("dialog").getByLabel(w.why).fill(`night-${language}`);
      await page.getByRole("dialog").getByRole("button", { name: w.publish }).click();
      await page.getByRole("dialog").waitFor({ state: "detached" });

      // Closed by two.
      await page.goto(`/cases/${id}`);
      await page.getByRole("button", { name: w.measure, exact: true }).click();
      await page.getByRole("dialog").getByLabel(w.outcome).fill("收窄客服角色 role narrowed");
      await page.getByRole("dialog").getByRole("button", { name: w.save, exact: true }).click();
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await page.getByRole("button", { name: w.close, exact: true }).click();
      await choose(page, w.verdict, w.careless);
      await page.getByRole("dialog").getByLabel(w.cause).fill("好奇 curiosity");
      await page.getByRole("dialog").getByLabel(w.action).fill("收窄角色 role narrowed");
      await page.getByRole("dialog").getByRole("button", { name: w.propose }).click();
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await zhao.goto(`/cases/${id}`);
      await zhao.getByRole("button", { name: w.consent }).click();
      await zhao.getByRole("dialog").getByRole("button", { name: w.consent }).click();
      await zhao.getByText(w.closed).first().waitFor();

      // Proved away from the server.
      const reader = auditor.page;
      await reader.goto(`/cases/${id}`);
      await reader.getByRole("button", { name: w.export }).click();
      await reader.getByRole("dialog").getByLabel(w.reason).fill("年审 audit");
      const [download] = await Promise.all([
        reader.waitForEvent("download"),
        reader.getByRole("dialog").getByRole("button", { name: w.export }).click(),
      ]);
      const zip = join(folder, "case.zip");
      await download.saveAs(zip);
      execFileSync("python3", ["-m", "zipfile", "-e", zip, folder]);
      const published = join(folder, "published.vkey");
      writeFileSync(published, await reader.evaluate(async () => (await fetch("/ledger/log.vkey")).text()));
      for (const file of ["evidence.json", "history.json"]) verify(join(folder, file), published);
      for (const one of [officer, auditor, walker]) expect(one.complaints).toEqual([]);
    } catch (error) {
      for (const [name, one] of Object.entries({ officer, walker, auditor }))
        await pictureOf(one.page, `night-failed-${name}-${language}`);
      await pictureOf(zhao, `night-failed-zhao-${language}`);
      throw error;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
