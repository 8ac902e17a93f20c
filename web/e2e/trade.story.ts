// Contracts and money in the browser, in both languages: a rep makes a contract of a deal and reports what was paid, finance sees
// contracts and no lead and confirms, a lead compares targets with results, the director composes a board and shares it.

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { House, type Language, pictureOf } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    newContract: "新建合同",
    number: "合同编号",
    status: "状态",
    signed: "已签订",
    save: "保存",
    amount: "合同金额",
    plan: "回款计划",
    newPlan: "新建回款计划",
    period: "期次",
    due: "计划回款日期",
    planned: "计划金额",
    newPayment: "新建回款",
    paymentNumber: "回款编号",
    received: "到账日期",
    lead: "线索",
    contracts: "合同",
    overdue: "逾期",
    overduePlans: "逾期的回款计划",
    targets: "目标完成情况",
    team: "团队跟进（最近 30 天）",
    dashboards: "仪表盘",
    make: "新建仪表盘",
    name: "名称",
    makeIt: "建立",
    edit: "编辑卡片",
    add: "添加卡片",
    title: "标题",
    keep: "放到仪表盘",
    kept: "已保存",
    open: "查看这些记录",
    done: "标记为完成",
    reopen: "标记为未完成",
    confirmed: "财务已确认",
    editRecord: "编辑",
    over: "按您可见的 1 条回款",
  },
  en: {
    newContract: "New Contract",
    number: "Number",
    status: "Status",
    signed: "Signed",
    save: "Save",
    amount: "Amount",
    plan: "Payment plan",
    newPlan: "New Payment plan",
    period: "Instalment",
    due: "Due on",
    planned: "Amount",
    newPayment: "New Payment",
    paymentNumber: "Number",
    received: "Received on",
    lead: "Lead",
    contracts: "Contract",
    overdue: "Overdue",
    overduePlans: "Overdue: Payment plan",
    targets: "Targets and results",
    team: "The team's follow-ups (30 days)",
    dashboards: "Dashboards",
    make: "New dashboard",
    name: "Name",
    makeIt: "Create",
    edit: "Edit cards",
    add: "Add a card",
    title: "Title",
    keep: "Put on the dashboard",
    kept: "Saved",
    open: "Show these records",
    done: "Mark as done",
    reopen: "Mark as not done",
    confirmed: "Confirmed by finance",
    editRecord: "Edit",
    over: "over 1 of Payment you may see",
  },
} as const;

describe.each(languages("en"))("contracts and money, %s", (language: Language) => {
  const w = WORDS[language];
  const run = `${language === "en" ? "EN" : "ZH"}${Date.now() % 100_000}`;
  let house: House;
  let page: Page | undefined;
  let complaints: string[] = [];
  /** Where the plan that was made stands. */
  let plan = "";
  let contract = "";

  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(async () => {
    await house.close();
  });
  afterEach(async (context) => {
    if (page && context.task.result?.state === "fail") await pictureOf(page, `trade-${language}-${context.task.name}`);
    await page?.context().close();
    page = undefined;
    complaints = [];
  });
  const enter = async (login: string): Promise<Page> => {
    const person = await house.person(login, language);
    page = person.page;
    complaints = person.complaints;
    return page;
  };
  const drawer = (page: Page) => page.getByRole("dialog").last();

  test("a rep makes a contract of a deal, plans what is due and reports what was paid", async () => {
    const page = await enter("rep1");
    const filter = JSON.stringify({
      test: { field: "stage", op: "in", value: ["won", "negotiation", "proposal", "engaging"] },
    });
    await page.goto(`/records/opportunity?filter=${encodeURIComponent(filter)}&sort=-amount`);
    await page.locator(".title-link").first().click();
    await page.getByRole("button", { name: w.newContract, exact: true }).click();
    const form = drawer(page);
    // The house numbers it.
    expect(await form.getByLabel(w.number, { exact: true }).count()).toBe(0);
    await form.getByLabel(w.status, { exact: true }).click();
    await page.locator(".ant-select-item-option").filter({ hasText: w.signed }).first().click();
    // Customer, deal and amount are offered.
    expect(await form.getByLabel(w.amount, { exact: true }).inputValue()).not.toBe("");
    await form.getByRole("button", { name: w.save, exact: true }).click();
    await page.getByRole("heading", { level: 1, name: /^HT-\d{6}-\d{4}$/ }).waitFor();
    contract = new URL(page.url()).pathname;

    await page.getByRole("button", { name: w.newPlan, exact: true }).click();
    await drawer(page).getByLabel(w.period, { exact: true }).fill("1");
    await drawer(page).getByLabel(w.due, { exact: true }).fill("2026-01-15");
    await page.keyboard.press("Tab");
    await drawer(page).getByRole("button", { name: w.save, exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "1", exact: true }).waitFor();
    plan = new URL(page.url()).pathname;
    await expectAccessible(page, language);

    // It is overdue, at home and in the list.
    await page.goto("/");
    await page.getByRole("heading", { name: w.overduePlans }).waitFor();
    await page.goto("/records/payment_plan");
    await page.getByRole("button", { name: w.overdue, exact: true }).click();
    await page.locator(`a[href^="${plan}"]`).first().waitFor();

    await page.goto(plan);
    await page.getByRole("button", { name: w.newPayment, exact: true }).click();
    await drawer(page).getByLabel(w.paymentNumber, { exact: true }).fill(`HK-${run}-1`);
    await drawer(page).getByLabel(w.received, { exact: true }).fill("2026-01-20");
    await page.keyboard.press("Tab");
    await drawer(page).getByRole("button", { name: w.save, exact: true }).click();
    await page.getByRole("heading", { level: 1, name: `HK-${run}-1` }).waitFor();
    // What was paid is summed where it is looked at, and says over what.
    await page.goto(contract);
    await page.getByText(w.over).waitFor();
    expect(complaints).toEqual([]);
  });

  test("finance sees contracts and no lead, and settles what was paid", async () => {
    const page = await enter("finance1");
    await page.getByRole("heading", { name: w.overduePlans }).waitFor();
    await page.mouse.move(0, 0);
    await expectAccessible(page, language);
    await page.goto("/records/contract");
    await page.locator(".title-link").first().waitFor();
    await page.goto("/records/lead");
    await page.locator("h1").first().waitFor();
    expect(await page.locator(".title-link").count()).toBe(0);
    await page.goto(plan);
    await page.getByRole("button", { name: w.done, exact: true }).click();
    await page.getByRole("button", { name: w.reopen, exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  test("a lead sees the team's targets, results and activity", async () => {
    const page = await enter("manager1");
    await page.getByRole("heading", { name: w.targets }).waitFor();
    await page.getByRole("progressbar").first().waitFor();
    await page.getByRole("heading", { name: w.team }).waitFor();
    await page.goto("/records/target");
    await page.locator(".title-link").first().waitFor();
    await page.goto("/dashboards");
    // What the director shared with managers.
    await page.getByRole("link", { name: "销售总览" }).click();
    await page.locator(".card-number").first().waitFor();
    expect(await page.getByRole("button", { name: w.edit, exact: true }).count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("a board is composed without code, and each group opens the list behind it", async () => {
    const page = await enter("director");
    await page.goto("/dashboards");
    await page.getByRole("link", { name: "销售总览" }).waitFor();
    await expectAccessible(page, language);
    await page.getByRole("button", { name: w.make, exact: true }).click();
    await page.getByRole("dialog").getByLabel(w.name, { exact: true }).fill(`B-${run}`);
    await page.getByRole("dialog").getByRole("button", { name: w.makeIt, exact: true }).click();
    await page.getByRole("heading", { level: 1, name: `B-${run}` }).waitFor();
    await page.locator(".card-bars li").first().waitFor();
    await page.getByRole("button", { name: w.edit, exact: true }).click();
    await page.getByRole("button", { name: w.add, exact: true }).click();
    await drawer(page).getByLabel(w.title, { exact: true }).fill("C-1");
    await drawer(page).getByRole("button", { name: w.keep, exact: true }).click();
    await page.getByRole("heading", { level: 2, name: "C-1" }).waitFor();
    await expectAccessible(page, language);
    await page.getByRole("button", { name: w.save, exact: true }).click();
    await page.getByText(w.kept, { exact: true }).waitFor();
    await page.getByRole("button", { name: w.edit, exact: true }).waitFor();
    await page.getByRole("heading", { level: 2, name: "C-1" }).waitFor();
    await page.locator(".card-funnel a").first().click();
    await page.locator(".title-link").first().waitFor();
    expect(new URL(page.url()).pathname).toBe("/records/opportunity");
    expect(complaints).toEqual([]);
  });
});
