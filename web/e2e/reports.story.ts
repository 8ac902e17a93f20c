// An auditor has management's report made, given to the boss; the boss is told, opens it and takes the PDF with its proof, which
// `whosaw-verify` holds against the log; the auditor clicks a number through to its events; a plan is kept. In both languages.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { choose, expectProved, pagesOf, savedBy } from "./hands";
import { House, type Language, pictureOf } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    title: "审计报告",
    make: "编制报告",
    begin: "开始编制",
    unit: "期间长度",
    day: "日",
    dayOf: "期间内的任一天",
    part: /期间未结束也编制/,
    kind: "类型",
    officer: "安全管理员审计报告",
    compliance: "合规自查报告",
    readers: "发送给",
    open: "打开报告",
    results: "分析结果",
    notWhole: /不是完整期间/,
    events: /查看事件：审计事件/,
    take: "下载 PDF",
    proof: "保存存证",
    plans: "计划",
    add: "新建计划",
    name: "计划名称",
    id: "标识",
    save: "保存",
    auto: "自动",
    clauses: "条款与证据",
  },
  en: {
    title: "Audit reports",
    make: "Make a report",
    begin: "Make it",
    unit: "Period",
    day: "day",
    dayOf: "A day of the period",
    part: /Also if the period is not over/,
    kind: "Kind",
    officer: "Security officer's report",
    compliance: "Compliance self-audit",
    readers: "Give it to",
    open: "Open it",
    results: "Results",
    notWhole: /no report of a whole one/,
    events: /Show the events: events/,
    take: "Take as PDF",
    proof: "Save the evidence",
    plans: "Plans",
    add: "New plan",
    name: "Name of the plan",
    id: "Id",
    save: "Save",
    auto: "by itself",
    clauses: "Clauses and evidence",
  },
} as const;

describe.each(languages("zh-CN"))("audit reports (%s)", { timeout: 240_000 }, (language: Language) => {
  const w = WORDS[language];
  let house: House;
  const folder = mkdtempSync(join(tmpdir(), "whosaw-reports-"));
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await house.close();
  });
  /** Has one made of today so far, and opens it. */
  const make = async (page: Page, kind: string | undefined, reader?: string) => {
    await page.goto("/reports");
    await page.getByRole("button", { name: w.make, exact: true }).click();
    const dialog = page.getByRole("dialog");
    if (kind) await choose(page, w.kind, kind);
    await choose(page, w.unit, w.day);
    if (reader) {
      await choose(page, w.readers, reader);
      await page.keyboard.press("Escape");
    }
    const day = dialog.getByLabel(w.dayOf, { exact: true });
    await day.fill(new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10));
    await page.keyboard.press("Enter");
    await dialog.getByLabel(w.part).check();
    await dialog.getByRole("button", { name: w.begin, exact: true }).click();
    await page.getByRole("link", { name: w.open, exact: true }).click({ timeout: 60_000 });
    await page.locator(".report-section").first().waitFor();
  };

  test("made, given, opened, clicked through to its events, taken and proved", async () => {
    const { page, complaints } = await house.person("auditor", language);
    const boss = await house.person("boss", language);
    try {
      await make(page, undefined, (await nameOf(boss.page)) ?? "");
      await page.getByRole("heading", { name: w.results, exact: true }).waitFor();
      await page.getByText(w.notWhole).waitFor();
      await expectAccessible(page, "a report");
      await pictureOf(page, `reports-one-${language}`);
      const address = new URL(page.url()).pathname;

      // A number and its events: the page of the log is asked its very question.
      await page.getByRole("link", { name: w.events }).first().click();
      await page.waitForURL(/\/audit\/log\?/);
      expect(new URL(page.url()).search).toContain("foreign");
      await page.goBack();

      await boss.page.goto("/reports");
      await boss.page.getByRole("heading", { name: w.title }).waitFor();
      await pictureOf(boss.page, `reports-boss-${language}`);
      await boss.page.goto(address);
      await boss.page.getByRole("heading", { name: w.results, exact: true }).waitFor();
      expect(await boss.page.getByRole("link", { name: w.events }).count()).toBe(0);
      await expectAccessible(boss.page, "a report that was given");
      const pdf = await savedBy(boss.page, w.take, join(folder, "report.pdf"));
      const proof = await savedBy(boss.page, w.proof, join(folder, "report.evidence.json"));
      await expectProved(boss.page, folder, pdf, proof);
      pagesOf(pdf, `report-${language}`);

      await make(page, w.compliance);
      await page.getByRole("heading", { name: w.clauses, exact: true }).waitFor();
      await expectAccessible(page, "a self-audit");
      await pictureOf(page, `reports-compliance-${language}`);
      await make(page, w.officer);
      await pictureOf(page, `reports-officer-${language}`);

      await page.goto("/reports");
      await page.getByRole("tab", { name: w.plans, exact: true }).click();
      await page.getByRole("button", { name: w.add }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(w.name, { exact: true }).fill("Monthly 2026");
      await dialog.getByLabel(w.id, { exact: true }).fill("monthly");
      await expectAccessible(page, "a plan");
      await pictureOf(page, `reports-plan-${language}`);
      await dialog.getByRole("button", { name: w.save, exact: true }).click();
      await page.getByText(w.auto, { exact: true }).waitFor();
      await expectAccessible(page, "plans");
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto("/reports");
      await page.getByText(w.officer).first().waitFor();
      await expectAccessible(page, "reports on a phone");
      await pictureOf(page, `reports-phone-${language}`);
      expect(complaints).toEqual([]);
    } finally {
      await page.context().close();
      await boss.page.context().close();
    }
  });
});

/** What the signed-in person is called. */
async function nameOf(page: Page): Promise<string | undefined> {
  const me = await page.evaluate(() => fetch("/api/v1/me").then((r) => r.json()));
  return me.user?.name ?? me.name;
}
