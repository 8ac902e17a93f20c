// An alert from the act to the decision, in both languages: a rep tries doors that are not theirs, an officer sees it come in, opens it and
// closes it with a word on what it was; an auditor sees that it was done.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { House, type Language, pictureOf } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    live: "实时",
    title: "短时间内大量被拒绝",
    why: "为何触发",
    close: "关闭",
    expected: /^符合预期/,
    note: "说明",
    proposal: "调优建议",
    closed: "已关闭",
    handled: "处置记录",
    back: "返回告警列表",
  },
  en: {
    live: "Live",
    title: "Many refused records",
    why: "Why it fired",
    close: "Close",
    expected: /^Expected/,
    note: "Note",
    proposal: "Tuning proposal",
    closed: "Closed",
    handled: "What was done",
    back: "Back to alerts",
  },
} as const;

describe.each(languages("zh-CN"))("alerts (%s)", { timeout: 240_000 }, (language: Language) => {
  const w = WORDS[language];
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(async () => {
    await house.close();
  });

  test("what a rep does beyond their duty is seen, explained and decided", async () => {
    const { page: rep } = await house.person("rep1", language);
    const name = await rep.evaluate(async () => (await (await fetch("/api/v1/me")).json()).user.name as string);
    const { page: officer, complaints } = await house.person("security", language);
    try {
      await officer.goto("/alerts");
      await officer.getByText(w.live, { exact: true }).waitFor();
      await officer.locator(".ant-badge-status-processing").waitFor({ timeout: 30_000 });
      await rep.evaluate(async () => {
        for (let n = 10; n < 24; n++) await fetch(`/api/v1/records/customer/0190c8f4-0000-7000-8000-0000000000${n}`);
      });
      const row = officer.locator(".alert-row", { hasText: w.title }).filter({ hasText: name });
      // What the demo company did is followed first.
      await row.first().waitFor({ timeout: 180_000 });
      await expectAccessible(officer, "alerts");
      await pictureOf(officer, `alerts-${language}`);

      await row.getByRole("link", { name: w.title }).click();
      await officer.getByRole("heading", { name: w.why }).waitFor();
      await officer.locator(".alert-event").nth(9).waitFor();
      await expectAccessible(officer, "an alert");
      await officer.locator("main").getByRole("button", { name: w.close, exact: true }).click();
      const dialog = officer.getByRole("dialog");
      await dialog.getByRole("radio", { name: w.expected }).check();
      await dialog.getByLabel(w.note).fill("A test of the refusals, agreed with the team.");
      await expectAccessible(officer, "closing an alert");
      await dialog.getByRole("button", { name: w.close, exact: true }).last().click();
      await officer.getByRole("heading", { name: w.proposal }).waitFor();
      await officer.getByText(w.closed).first().waitFor();
      await officer.getByText("A test of the refusals, agreed with the team.").waitFor();
      await pictureOf(officer, `alert-${language}`);

      const { page: auditor } = await house.person("auditor", language);
      await auditor.goto(officer.url());
      await auditor.getByRole("heading", { name: w.handled }).waitFor();
      expect(await auditor.locator("main").getByRole("button", { name: w.close, exact: true }).count()).toBe(0);
      await rep.goto(officer.url());
      await rep.locator(".ant-result").waitFor();
      expect(await rep.locator(".alert-event").count()).toBe(0);
      expect(complaints).toEqual([]);
    } catch (error) {
      await pictureOf(officer, `alerts-failed-${language}`);
      throw error;
    }
  });
});
