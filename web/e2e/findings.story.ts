// A scan is imported twice, what it found is fixed, and the next scan verifies it; what is grave is accepted by two, and comes back; a
// hostile file is refused. In both languages.

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { choose, secondOfficer } from "./hands";
import { House, pictureOf } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    open: "导入扫描报告",
    asset: "扫描的资产",
    file: "报告文件",
    try: "试读",
    take: "导入",
    tried: "试读结果，尚未导入",
    done: "已导入",
    known: "此文件已导入过，未作任何改动",
    close: "关闭",
    entities: "不接受含文档类型或自定义实体的 XML。请检查报告来源。",
    packed: "请先解压，再导入报告本身。",
    counts: { found: "新发现", still: "仍存在", verified: "已验证修复" },
    assign: "指派",
    owner: "负责人",
    submit: "确定",
    fixed: "称已修复",
    fixedText: /^在同一工具的下一次扫描确认之前/,
    verified: "已验证修复",
    accept: "接受风险",
    until: "接受至",
    reason: "理由",
    ask: "提交复核",
    waitsFor: "等待另一位漏洞管理人员复核。",
    agree: "同意",
    accepted: "已接受",
    taken: "接受风险",
    expired: "接受到期，重新打开",
    notice: "有漏洞重新打开",
    trend: "趋势",
    weeks: "每周未关闭的漏洞",
    scans: "扫描记录",
    rules: "时限规则",
    second: "须两人同意的级别",
  },
  en: {
    open: "Import a scan",
    asset: "What was scanned",
    file: "Report",
    try: "Try",
    take: "Import",
    tried: "What it would do; nothing was taken in",
    done: "Taken in",
    known: "This file was taken in before: nothing was changed",
    close: "Close",
    entities: "XML with a document type or entities of its own is not read. Look where the report comes from.",
    packed: "Unpack it first, and send the report itself.",
    counts: { found: "Found", still: "Still there", verified: "Verified" },
    assign: "Assign",
    owner: "Owner",
    submit: "Done",
    fixed: "Say it is fixed",
    fixedText: /^It counts as open until the next scan/,
    verified: "Verified",
    accept: "Accept the risk",
    until: "Accept until",
    reason: "Reason",
    ask: "Ask for a second word",
    waitsFor: "It waits for somebody else who manages vulnerabilities.",
    agree: "Agree",
    accepted: "Accepted",
    taken: "Risk accepted",
    expired: "Acceptance ran out, open again",
    notice: "A vulnerability is open again",
    trend: "Trend",
    weeks: "Open vulnerabilities by week",
    scans: "Scans",
    rules: "Time limits",
    second: "Takes two people from",
  },
} as const;

type Result = [rule: string, level: string, text: string, file: string];
const INJECTION: Result = ["SL001", "error", "A query is put together from text 查询语句由文本拼接", "shop/search.rs"];
const COOKIE: Result = ["SL002", "warning", "A cookie without Secure Cookie 未设 Secure", "shop/session.rs"];
const VERBOSE: Result = ["SL003", "note", "A verbose error 报错信息过详", "shop/mail.rs"];

function sarif(all: Result[]): Buffer {
  const results = all.map(([ruleId, level, text, uri]) => ({
    ruleId,
    level,
    message: { text },
    locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: 7 } } }],
  }));
  const tool = { driver: { name: "ShopLint", version: "3.2.0" } };
  return Buffer.from(JSON.stringify({ version: "2.1.0", runs: [{ tool, results }] }));
}

describe.each(languages("en"))("vulnerabilities (%s)", (language) => {
  const w = WORDS[language];
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(async () => {
    await house.close();
  });

  const picks = async (page: Page, name: string, buffer: Buffer) => {
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(w.asset).fill("crm-web");
    await dialog.getByLabel(w.file).setInputFiles({ name, mimeType: "application/octet-stream", buffer });
    return dialog;
  };
  const opens = async (page: Page) => {
    await page.goto("/findings");
    await page.getByRole("button", { name: w.open, exact: true }).click();
  };
  const counted = (page: Page, name: string) =>
    page
      .locator(".finding-outcome dl > div")
      .filter({ has: page.locator("dt", { hasText: name }) })
      .locator("dd");
  const takes = async (page: Page, buffer: Buffer) => {
    await opens(page);
    const dialog = await picks(page, "web.sarif", buffer);
    await dialog.getByRole("button", { name: w.take, exact: true }).click();
    return dialog;
  };
  const opensFinding = async (page: Page, of: Result) => {
    await page.goto("/findings?state=all");
    await page.getByRole("link", { name: of[2] }).first().click();
    await page.getByRole("heading", { level: 1, name: of[2] }).waitFor();
  };

  test("a scan imported twice, fixed, verified", async () => {
    const { page, complaints } = await house.person("security", language);
    const first = sarif([INJECTION, COOKIE, VERBOSE]);
    await opens(page);
    let dialog = await picks(page, "web.sarif", first);
    await dialog.getByRole("button", { name: w.try, exact: true }).click();
    await dialog.getByText(w.tried).waitFor();
    expect(await counted(page, w.counts.found).textContent()).toBe("3");
    await expectAccessible(page, "a scan that was tried");
    await pictureOf(page, `findings-import-${language}`);
    await dialog.getByRole("button", { name: w.take, exact: true }).click();
    await dialog.getByText(w.done, { exact: true }).waitFor();

    dialog = await takes(page, first);
    await dialog.getByText(w.known).waitFor();
    await page.goto("/findings");
    await page.getByText(INJECTION[2]).first().waitFor();
    await expectAccessible(page, "the list of vulnerabilities");
    await pictureOf(page, `findings-list-${language}`);

    await opensFinding(page, INJECTION);
    await page.getByRole("button", { name: w.assign, exact: true }).click();
    await choose(page, w.owner, "");
    await page.getByRole("dialog").getByRole("button", { name: w.submit, exact: true }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.getByRole("button", { name: w.fixed, exact: true }).click();
    await page.getByRole("dialog").getByText(w.fixedText).waitFor();
    await page.getByRole("dialog").getByRole("button", { name: w.submit, exact: true }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });

    dialog = await takes(page, sarif([COOKIE, VERBOSE]));
    await dialog.getByText(w.done, { exact: true }).waitFor();
    expect(await counted(page, w.counts.verified).textContent()).toBe("1");
    expect(await counted(page, w.counts.still).textContent()).toBe("2");
    await opensFinding(page, INJECTION);
    await page.locator(".finding-history").getByText(w.verified).waitFor();
    await expectAccessible(page, "a vulnerability");
    await pictureOf(page, `findings-one-${language}`);
    expect(complaints).toEqual([]);
  });

  test("a hostile file is refused, and says why", async () => {
    const { page } = await house.person("security", language);
    const bomb = `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><report>&b;</report>`;
    for (const [name, bytes, why] of [
      ["bomb.xml", Buffer.from(bomb), w.entities],
      ["scan.zip", Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), w.packed],
    ] as const) {
      await opens(page);
      const dialog = await picks(page, name, bytes);
      await dialog.getByRole("button", { name: w.take, exact: true }).click();
      await dialog.getByText(why).waitFor();
    }
  });

  test("what is grave is accepted by two, and is open again when the day is past", async () => {
    const second = await secondOfficer(house, "zhao", language);
    const { page, complaints } = await house.person("security", language);
    const dialog = await takes(page, sarif([VERBOSE, INJECTION, COOKIE]));
    await dialog.getByText(w.done, { exact: true }).waitFor();
    await opensFinding(page, INJECTION);
    await page.getByRole("button", { name: w.accept, exact: true }).click();
    const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel(w.until).fill(day);
    await page.getByLabel(w.until).press("Enter");
    await page.getByLabel(w.reason).fill("位于内网，下月下线。");
    await expectAccessible(page, "accepting a risk");
    await page.getByRole("dialog").getByRole("button", { name: w.ask, exact: true }).click();
    await page.getByText(w.waitsFor).waitFor();

    await opensFinding(second, INJECTION);
    await pictureOf(second, `findings-consent-${language}`);
    await second.getByRole("button", { name: w.agree, exact: true }).click();
    await second.getByRole("dialog").getByRole("button", { name: w.submit, exact: true }).click();
    await second.locator(".finding-history").getByText(w.taken).waitFor();

    for (const [tab, heading] of [
      ["trend", w.weeks],
      ["scans", w.scans],
      ["rules", w.second],
    ] as const) {
      await page.goto(`/findings?tab=${tab}`);
      await page.getByText(heading).first().waitFor();
      await expectAccessible(page, `vulnerabilities: ${tab}`);
      await pictureOf(page, `findings-${tab}-${language}`);
    }
    expect(complaints).toEqual([]);

    await house.later("+5d");
    const back = await house.person("security", language);
    const line = back.page.locator(".finding-history").getByText(w.expired);
    await expect
      .poll(
        async () => {
          await opensFinding(back.page, INJECTION);
          return line.isVisible();
        },
        { timeout: 60_000, interval: 2_000 },
      )
      .toBe(true);
  });
});
