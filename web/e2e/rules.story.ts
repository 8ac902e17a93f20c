// Rules of detection in the browser, in both languages: one is written with a mistake, mended, tried, switched on, changed, taken back and
// narrowed; the auditor reads who did what and why; a rep finds no such page.

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { House } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    editor: "规则内容（Sigma YAML）",
    check: "检查",
    line: "第 8 行",
    meant: "seen.unexplained",
    fine: "未发现问题",
    saveOff: "保存（停用状态）",
    save: "保存",
    reason: "原因",
    off: "停用",
    run: "开始试运行",
    tried: "回放事件",
    noHistory: "此时段没有可回放的访问。",
    turnOn: "启用",
    turnOff: "停用",
    versions: "版本",
    compare: "与上一版的差异",
    rollBack: "恢复此版",
    filters: "筛选",
    addFilter: "添加筛选",
    what: "说明",
    kind: "账号类型",
    service: "服务账号",
    monthEnd: "每月最后几天",
    keptFilters: "有未保存的筛选更改",
    text: "规则内容",
    noPage: "此页不存在",
  },
  en: {
    editor: "Text of the rule (Sigma YAML)",
    check: "Check",
    line: "Line 8",
    meant: "seen.unexplained",
    fine: "Nothing is wrong",
    saveOff: "Save (switched off)",
    save: "Save",
    reason: "Reason",
    off: "Off",
    run: "Start the trial",
    tried: "Events",
    noHistory: "There is nothing to go over in this span.",
    turnOn: "Switch on",
    turnOff: "Switch off",
    versions: "Versions",
    compare: "What changed",
    rollBack: "Take back",
    filters: "Filters",
    addFilter: "Add a filter",
    what: "What for",
    kind: "Kind of account",
    service: "Service account",
    monthEnd: "Last days of the month",
    keptFilters: "Filters were changed and not saved",
    text: "Text",
    noPage: "There is no such page",
  },
} as const;

const RULE = `name: night-looks-base
title: Looks at night (counted)
logsource: {product: crm, service: access}
detection:
  selection:
    action: [view, reveal]
    ctx.night: true
    seen.unexplaned|gte: 1
  condition: selection
---
name: night-looks
title: Looks at night
level: medium
custom_attributes: {family: duty, title_zh: 夜间查看, why_zh: "夜间查看了 {count} 次", why_en: "Looked {count} times at night"}
correlation:
  type: event_count
  rules: [night-looks-base]
  group-by: [actor.user_id]
  timespan: 1h
  condition:
    gte: 5
`;

describe.each(languages("en"))("rules of detection (%s)", { timeout: 240_000 }, (language) => {
  const w = WORDS[language];
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(async () => {
    await house.close();
  });
  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
  /** Says why in the dialog that asks, and waits until it has gone. */
  async function because(page: Page, reason: string, submit: string): Promise<void> {
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(w.reason).fill(reason);
    await dialog.getByRole("button", { name: submit, exact: true }).click();
    await dialog.waitFor({ state: "hidden" });
  }

  test("a rule is written, mended, tried, switched on, taken back and narrowed", async () => {
    const { page, complaints } = await house.person("security", language);
    await page.goto("/detection/new");
    await page.getByLabel(w.editor).fill(RULE);
    await button(page, w.check).click();
    await button(page, w.line).waitFor();
    await page.getByText(w.meant).first().waitFor();
    await expectAccessible(page, "a rule with a mistake");
    await page.getByLabel(w.editor).fill(RULE.replace("unexplaned", "unexplained"));
    await button(page, w.check).click();
    await page.getByText(w.fine).waitFor();
    await button(page, w.saveOff).click();
    await because(page, "夜里的查看", w.save);

    // It opens at its trial, switched off.
    await page.waitForURL(/night-looks\?tab=trial/);
    await button(page, w.run).click();
    await page.getByText(w.tried, { exact: true }).or(page.getByText(w.noHistory)).first().waitFor();
    await expectAccessible(page, "a trial");
    // It is a job: loaded again, the page still has it, and so has the list of one's jobs.
    await page.waitForURL(/trial=/);
    const address = page.url();
    await page.reload();
    await page.getByText(w.tried, { exact: true }).or(page.getByText(w.noHistory)).first().waitFor();
    await page.goto("/jobs");
    await page.getByText("night-looks").first().waitFor();
    await expectAccessible(page, "jobs with a trial");
    await page.goto(address);
    await button(page, w.turnOn).click();
    await because(page, "试过了", w.turnOn);
    await button(page, w.turnOff).waitFor();

    // A change of its text is a version; the one before is taken back.
    await page.getByRole("tab", { name: w.text }).click();
    const text = page.getByLabel(w.editor);
    await text.fill((await text.inputValue()).replace("gte: 5", "gte: 50"));
    await button(page, w.save).click();
    await because(page, "太多了", w.save);
    await page.getByRole("tab", { name: w.versions }).click();
    const newest = page.getByRole("list", { name: w.versions }).getByRole("listitem").first();
    await newest.getByText("太多了").waitFor();
    await newest.getByText(w.compare).click();
    await newest.getByText("+     gte: 50").waitFor();
    await expectAccessible(page, "versions");
    await button(page, w.rollBack).first().click();
    await because(page, "还是五次", w.rollBack);
    await newest.getByText("还是五次").waitFor();

    // It is narrowed by a filter, which is tried before it is saved.
    await page.getByRole("tab", { name: w.filters }).click();
    await button(page, w.addFilter).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(w.what).fill("月末结账程序");
    await dialog.getByRole("combobox", { name: w.kind }).click({ force: true });
    await page.getByTitle(w.service, { exact: true }).last().click();
    await dialog.getByLabel(w.monthEnd).fill("3");
    await dialog.getByRole("button", { name: w.addFilter, exact: true }).click();
    await page.getByText(w.keptFilters).waitFor();
    await button(page, w.run).click();
    await page.getByText(w.tried, { exact: true }).or(page.getByText(w.noHistory)).first().waitFor();
    await expectAccessible(page, "a filter");
    await button(page, w.save).click();
    await because(page, "结账不算", w.save);
    await page.getByText("月末结账程序").first().waitFor();
    expect(await page.getByText(w.keptFilters).count()).toBe(0);
    await page.goto("/detection/rules?family=duty");
    await page.getByText("night-looks").first().waitFor();
    await expectAccessible(page, "the list of rules");
    expect(complaints).toEqual([]);
  });

  test("the auditor reads versions and changes nothing, a rep finds no such page", async () => {
    const auditor = await house.person("auditor", language);
    await auditor.page.goto("/detection/rules/night-looks?tab=versions");
    await auditor.page.getByText("结账不算").waitFor();
    expect(await button(auditor.page, w.rollBack).count()).toBe(0);
    expect(await button(auditor.page, w.turnOff).count()).toBe(0);
    const rep = await house.person("rep1", language);
    await rep.page.goto("/detection/rules");
    await rep.page.getByText(w.noPage).waitFor();
  });
});
