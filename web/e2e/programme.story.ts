// The audit programme and management's dashboard, in both languages: the officer sets how often the log is looked through, and by whom; a
// look shows in the calendar; days without a server are skipped, and say so; management's numbers lead to their proof.

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { send } from "./hands";
import { House, pictureOf } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    title: "审计计划",
    oversight: "管理层看板",
    edit: "设定",
    method: "方法",
    save: "保存",
    saved: "计划已保存",
    skipped: /未执行$/,
    noServer: "期间没有任何记录（系统未运行）",
    explain: "说明原因",
    reason: "原因",
    explained: "已记录",
    posture: "安全态势",
  },
  en: {
    title: "Audit programme",
    oversight: "Management's dashboard",
    edit: "Set",
    method: "Method",
    save: "Save",
    saved: "The programme was saved",
    skipped: /Skipped$/,
    noServer: "nothing was recorded: no server was at work",
    explain: "Say why",
    reason: "Why",
    explained: "Kept",
    posture: "Security posture",
  },
} as const;

type Programme = { activities: { activity: string; method: string; slots: { state: string; why: string | null }[] }[] };
const activity = async (page: Page, name: string) => {
  const all = (await send(page, "GET", "/api/v1/programme")).json as Programme;
  const found = all.activities.find((a) => a.activity === name);
  if (!found) throw new Error(`no activity ${name}`);
  return found;
};

describe.each(languages("en"))("audit programme (%s)", (language) => {
  const w = WORDS[language];
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(async () => {
    await house.close();
  });

  test("what ran is shown, what nobody did is skipped and says why, and each number leads to its proof", async () => {
    const { page, complaints } = await house.person("security", language);
    await page.goto("/programme");
    await page.getByRole("heading", { level: 1, name: w.title }).waitFor();
    await expectAccessible(page, "the audit programme");
    const line = page.locator('[data-activity="posture"]');
    await line.getByRole("button", { name: w.edit, exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(w.method).fill("自动自查，逐项核对");
    await dialog.getByRole("button", { name: w.save }).click();
    await page.getByText(w.saved).waitFor();
    expect((await activity(page, "posture")).method).toBe("自动自查，逐项核对");

    await send(page, "POST", "/api/v1/posture/runs");
    expect((await activity(page, "posture")).slots[0]?.state).toBe("ran");
    await page.context().close();

    // Five days without a server.
    await house.later("+5d");
    const later = await house.person("security", language);
    await later.page.goto("/programme");
    const skipped = later.page.locator('[data-activity="posture"]').getByRole("button", { name: w.skipped }).first();
    await skipped.click();
    await later.page.getByText(w.noServer).waitFor();
    await pictureOf(later.page, `programme-${language}`);
    await later.page.getByRole("button", { name: w.explain }).click();
    const why = later.page.getByRole("dialog");
    await why.getByLabel(w.reason).fill("机房搬迁");
    await why.getByRole("button", { name: w.save }).click();
    await later.page.getByText(w.explained, { exact: true }).first().waitFor();
    const states = (await activity(later.page, "posture")).slots.map((s) => s.state);
    expect(states.slice(1, 5)).toEqual(["skipped", "skipped", "skipped", "skipped"]);

    // Management: numbers, each a way to its proof.
    const boss = await house.person("boss", language, { viewport: { width: 390, height: 844 } });
    await boss.page.goto("/oversight");
    await boss.page.getByRole("heading", { level: 1, name: w.oversight }).waitFor();
    await expectAccessible(boss.page, "management's dashboard on a phone");
    await pictureOf(boss.page, `oversight-phone-${language}`);
    await boss.page.locator('[data-number="posture"]').getByRole("link").click();
    await boss.page.getByRole("heading", { level: 1, name: w.posture }).waitFor();
    await later.page.goto("/oversight");
    await later.page.locator('[data-number="exposure"]').waitFor();
    await expectAccessible(later.page, "management's dashboard");
    await pictureOf(later.page, `oversight-${language}`);
    expect(complaints).toEqual([]);
  });
});
