// Management's monthly report: the officer plans it, for the boss and for the folder; a month later it has made itself once, a mail
// says so without a word of it, the boss opens it and takes the PDF with its proof, and the auditor clicks a number through to its events.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import type { Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { daysUntilNext } from "./calendar";
import { choose, expectProved, pagesOf, savedBy, send } from "./hands";
import { House, type Language, pictureOf } from "./house";
import { languages } from "./languages";
import { listening, smtp } from "./outside";

const WORDS = {
  "zh-CN": {
    plans: "计划",
    add: "新建计划",
    name: "计划名称",
    id: "标识",
    readers: "发送给",
    save: "保存",
    intoFolder: /存入目录：PDF/,
    report: "管理层审计报告",
    results: "分析结果",
    standing: "治理现状",
    events: /查看事件：审计事件/,
    take: "下载 PDF",
    proof: "保存存证",
    mail: /审计报告/,
  },
  en: {
    plans: "Plans",
    add: "New plan",
    name: "Name of the plan",
    id: "Id",
    readers: "Give it to",
    save: "Save",
    intoFolder: /into the folder: PDF/,
    report: "Management's audit report",
    results: "Results",
    standing: "Where things stand",
    events: /Show the events: events/,
    take: "Take as PDF",
    proof: "Save the evidence",
    mail: /audit report/,
  },
} as const;

/** What a mail says, whatever it came in. */
function textOf(mail: string): string {
  const [head, ...rest] = mail.split("\n\n");
  const body = rest.join("\n\n");
  if (/base64/i.test(head ?? "")) return Buffer.from(body, "base64").toString("utf8");
  const bytes = body
    .replace(/=\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

describe.each(languages("en"))("management's monthly report (%s)", { timeout: 300_000 }, (language: Language) => {
  const w = WORDS[language];
  const folder = mkdtempSync(join(tmpdir(), "whosaw-monthly-"));
  const taken = mkdtempSync(join(tmpdir(), "whosaw-taken-"));
  const mails: string[] = [];
  let house: House;
  let post: Server;
  beforeAll(async () => {
    house = await House.open(`\n[reports]\nfolder = "${folder}"\n`);
    post = smtp(mails);
  });
  afterAll(async () => {
    post.close();
    await house.close();
    for (const made of [folder, taken]) rmSync(made, { recursive: true, force: true });
  });

  test("planned, made by itself, mailed, put into the folder, opened and proved", async () => {
    const port = await listening(post);
    const admin = await house.person("admin", language);
    const server = { host: "127.0.0.1", port, security: "none", account: null, from: "crm@example.com" };
    expect((await send(admin.page, "PUT", "/api/v1/admin/mail", { server })).status).toBeLessThan(300);
    const tongue = await send(admin.page, "PATCH", "/api/v1/admin/settings", { language });
    expect(tongue.status).toBeLessThan(300);
    await admin.page.context().close();
    const boss = await house.person("boss", language);
    const wanted = { address: "boss@example.com", at_once: ["report_made"], daily: [] };
    expect((await send(boss.page, "PUT", "/api/v1/me/mail", wanted)).status).toBeLessThan(300);
    const me = (await send(boss.page, "GET", "/api/v1/me")).json as { user: { name: string } };
    await boss.page.context().close();

    const { page, complaints } = await house.person("security", language);
    await page.goto("/reports");
    await page.getByRole("tab", { name: w.plans, exact: true }).click();
    await page.getByRole("button", { name: w.add }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(w.name, { exact: true }).fill(w.report);
    await dialog.getByLabel(w.id, { exact: true }).fill("monthly");
    await choose(page, w.readers, me.user.name);
    await page.keyboard.press("Escape");
    await dialog.getByLabel("PDF", { exact: true }).check();
    await expectAccessible(page, "a plan with a folder");
    await pictureOf(page, `monthly-plan-${language}`);
    await dialog.getByRole("button", { name: w.save, exact: true }).click();
    await page.getByText(w.intoFolder).waitFor();
    await pictureOf(page, `monthly-plans-${language}`);
    expect(complaints).toEqual([]);
    await page.context().close();

    // The month is over.
    const days = daysUntilNext("month");
    await house.later(`+${days}d`);
    const waiting = await house.person("boss", language);
    const given = async () =>
      ((await send(waiting.page, "GET", "/api/v1/reports")).json as { items: { id: string }[] }).items.map((r) => r.id);
    await expect.poll(given, { timeout: 120_000, interval: 1000 }).toHaveLength(1);
    const [id] = await given();
    const files = () => readdirSync(folder);
    await expect
      .poll(files, { timeout: 60_000, interval: 500 })
      .toEqual([expect.stringMatching(/^whosaw-monthly-month-\d{4}-\d{2}-01\.(zh|en)\.pdf$/)]);
    expect(
      readFileSync(join(folder, files()[0] ?? ""))
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
    await waiting.page.context().close();

    // Some minutes later there is a mail: how many reports there are, and where; not a word of what they say.
    await house.later(`+${days * 24 + 1}h`);
    await expect.poll(() => mails.length, { timeout: 120_000, interval: 500 }).toBeGreaterThan(0);
    const said = textOf(mails[0] ?? "");
    expect(said).toMatch(w.mail);
    expect(said).not.toContain(id);
    const link = said.match(/https?:\/\/[^\s]+/)?.[0] ?? "";
    expect(link).not.toBe("");

    const reader = await house.person("boss", language);
    await reader.page.goto(new URL(link).pathname);
    await reader.page.getByRole("banner").waitFor();
    await reader.page.goto("/reports");
    await reader.page.locator(`a[href="/reports/${id}"]`).first().click();
    await reader.page.getByRole("heading", { name: w.results, exact: true }).waitFor();
    await reader.page.getByRole("heading", { name: w.standing, exact: true }).waitFor();
    const pdf = await savedBy(reader.page, w.take, join(taken, "report.pdf"));
    const proof = await savedBy(reader.page, w.proof, join(taken, "report.evidence.json"));
    await expectProved(reader.page, taken, pdf, proof);
    pagesOf(pdf, `monthly-${language}`);
    await reader.page.setViewportSize({ width: 390, height: 844 });
    await reader.page.emulateMedia({ colorScheme: "dark" });
    await reader.page.reload();
    await reader.page.getByRole("heading", { name: w.standing, exact: true }).waitFor();
    await expectAccessible(reader.page, "a report on a phone, dark");
    await pictureOf(reader.page, `monthly-phone-${language}`);

    const auditor = await house.person("auditor", language);
    await auditor.page.goto(`/reports/${id}`);
    await auditor.page.getByRole("link", { name: w.events }).first().click();
    await auditor.page.waitForURL(/\/audit\/log\?/);
    await auditor.page.getByRole("row").nth(1).waitFor();
    expect([...reader.complaints, ...auditor.complaints]).toEqual([]);
  });
});
