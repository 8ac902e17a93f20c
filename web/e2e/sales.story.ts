// The sales process in the browser, in both languages: a rep's day from a lead to a won deal, and the first half of a lead's
// week, from the pool over an assignment to the forecast.

import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { House, type Language, pictureOf } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    myTasks: "我的任务",
    newTask: "新建任务",
    subject: "任务",
    save: "保存",
    tick: "完成",
    ticked: "已完成",
    name: "姓名",
    company: "公司",
    phone: "电话",
    status: "状态",
    fresh: "新线索",
    product: "意向产品",
    budget: "预算",
    convert: "转化",
    discard: "丢弃",
    reason: "原因",
    noNeed: "没有需求",
    discarded: "已丢弃",
    converted: "已转化",
    contact: "联系人",
    opportunity: "商机",
    anyway: "仍然建立",
    duplicate: "可能已存在相同的记录",
    prospecting: "初步接洽",
    won: "赢单",
    closes: "预计成交日期",
    outcome: "赢输原因",
    fits: "产品符合需求",
    saveMove: "保存并移动",
    forecast: "销售预测",
    total: "合计",
    pools: "公海",
    claim: "领取",
    claimed: "已领取，现在由您负责",
    giveBack: "退回公海",
    returnReason: "退回原因",
    needReason: "请选择退回原因",
    noNeedNow: "暂无需求",
    inPool: "在公海",
    transfer: "转移",
    handOver: "转移负责人",
    member: "成员",
    owner: "负责人",
    person: "负责人",
    rules: "公海规则",
    daily: "每人每日领取上限",
    limit: "今日领取数量已达上限",
    roles: "成员：角色",
    people: "成员：人员",
    membersOnly: "仅成员可见",
    holding: "库容（每人负责上限）",
    full: "已达到库容上限，请先退回或转出一些记录。",
    account: "账号菜单",
    customerPool: "客户公海",
    leadPool: "线索公海",
  },
  en: {
    myTasks: "My Task",
    newTask: "New Task",
    subject: "Subject",
    save: "Save",
    tick: "Tick off",
    ticked: "Ticked off",
    name: "Name",
    company: "Company",
    phone: "Phone",
    status: "Status",
    fresh: "New",
    product: "Product of interest",
    budget: "Budget",
    convert: "Convert",
    discard: "Discard",
    reason: "Reason",
    noNeed: "No need",
    discarded: "Discarded",
    converted: "Converted",
    contact: "Contact",
    opportunity: "Opportunity",
    anyway: "Make it all the same",
    duplicate: "There may be such a record already",
    prospecting: "Prospecting",
    won: "Won",
    closes: "Closes on",
    outcome: "Reason of the outcome",
    fits: "Product fits",
    saveMove: "Save and move",
    forecast: "Forecast",
    total: "Total",
    pools: "Public pools",
    claim: "Claim",
    claimed: "Claimed; it is yours now",
    giveBack: "Return to the pool",
    returnReason: "Reason of return",
    needReason: "Choose a reason of return",
    noNeedNow: "No need for now",
    inPool: "in the public pool",
    transfer: "Transfer",
    handOver: "Transfer",
    member: "A person",
    owner: "Owner",
    person: "Owner",
    rules: "Pool rules",
    daily: "Claims a day for each person",
    limit: "The claims of a day are used up",
    roles: "Members: roles",
    people: "Members: people",
    membersOnly: "Seen by members only",
    holding: "Holding limit for each person",
    full: "The holding limit is reached; return or hand over some first.",
    account: "Account menu",
    customerPool: "Customer pool",
    leadPool: "Lead pool",
  },
} as const;

const dialog = (page: Page) => page.getByRole("dialog").last();

async function choose(page: Page, select: Locator, option: string): Promise<void> {
  await select.click();
  await page.locator(".ant-select-dropdown:visible").getByTitle(option, { exact: true }).click();
}

const value = (page: Page, label: string) =>
  page
    .locator("dl > div")
    .filter({ has: page.locator("dt", { hasText: new RegExp(`^${label}$`) }) })
    .first();

describe.each(languages("en"))("the sales process (%s)", (language: Language) => {
  const words = WORDS[language];
  let house: House;
  let page: Page;
  let complaints: string[];
  const run = Date.now().toString(36);
  const company = `远帆科技${run}`;

  beforeAll(async () => {
    house = await House.open();
    ({ page, complaints } = await house.person("rep1", language));
  });
  afterEach(async (context) => {
    if (context.task.result?.state === "fail")
      await pictureOf(page, `failed-sales-${language}-${context.task.name.slice(0, 30)}`);
  });
  afterAll(async () => {
    await house.close();
  });

  const newLead = async (name: string) => {
    await page.goto("/records/lead?create=true");
    const drawer = dialog(page);
    await drawer.getByLabel(words.name, { exact: true }).fill(name);
    await drawer.getByLabel(words.company, { exact: true }).fill(company);
    // Another for each: a lead with the same phone would be told as a possible duplicate.
    await drawer.getByLabel(words.phone, { exact: true }).fill(`137${String(Date.now()).slice(-8)}`);
    await choose(page, drawer.getByLabel(words.status, { exact: true }), words.fresh);
    await drawer.getByLabel(words.product, { exact: true }).fill(`标准版${run}`);
    await drawer.getByLabel(words.budget, { exact: true }).fill("52000");
    await drawer.getByRole("button", { name: words.save, exact: true }).click();
    await page.getByRole("heading", { level: 1, name }).waitFor();
  };

  test("a task of today is made at home and ticked off there", async () => {
    const card = page.getByRole("region", { name: words.myTasks });
    await card.getByRole("button", { name: words.newTask }).click();
    const task = `准备报价${run}`;
    await dialog(page).getByLabel(words.subject, { exact: true }).fill(task);
    await dialog(page).getByRole("button", { name: words.save, exact: true }).click();
    await card.getByRole("link", { name: task }).waitFor();
    await expectAccessible(page, "home with tasks");
    await card.getByRole("checkbox", { name: new RegExp(`${words.tick}.*${task}`) }).click();
    await page.getByText(new RegExp(`${words.ticked}.*${task}`)).waitFor();
    await card.getByRole("link", { name: task }).waitFor({ state: "hidden" });
  });

  test("a lead becomes a customer, a contact and an opportunity", async () => {
    await newLead(`林晓${run}`);
    await page.getByRole("button", { name: words.convert, exact: true }).click();
    const drawer = dialog(page);
    // The forms begin with what the lead shows of itself.
    const contact = drawer.getByRole("region", { name: words.contact, exact: true });
    expect(await contact.getByLabel(words.name, { exact: true }).inputValue()).toBe(`林晓${run}`);
    await expectAccessible(page, "convert drawer");
    await drawer.getByRole("button", { name: words.convert, exact: true }).click();
    await page.getByRole("heading", { level: 1, name: company }).waitFor();
    await page.getByRole("tab", { name: words.opportunity }).click();
    await page.getByRole("link", { name: `标准版${run}` }).waitFor();
  });

  test("the same company again is told before anything is made, and a lead that leads nowhere is discarded with a reason", async () => {
    await newLead(`林晨${run}`);
    await page.getByRole("button", { name: words.convert, exact: true }).click();
    await dialog(page).getByRole("button", { name: words.convert, exact: true }).click();
    await page.getByRole("alert").filter({ hasText: words.duplicate }).waitFor();
    await page.getByRole("button", { name: words.anyway }).waitFor();
    await page.reload();
    await page.getByRole("button", { name: words.discard, exact: true }).click();
    await choose(page, dialog(page).getByLabel(words.reason), words.noNeed);
    await expectAccessible(page, "discard dialog");
    await dialog(page).getByRole("button", { name: words.discard, exact: true }).click();
    await value(page, words.status).getByText(words.discarded).waitFor();
    expect(await page.getByRole("button", { name: words.convert, exact: true }).count()).toBe(0);
  });

  test("the deal is dragged to won, which asks for what the stage needs, and the forecast has it", async () => {
    const filter = encodeURIComponent(JSON.stringify({ test: { field: "product", op: "eq", value: `标准版${run}` } }));
    await page.goto(`/records/opportunity?board=stage&filter=${filter}`);
    const card = page.locator(".board-card").filter({ hasText: `标准版${run}` });
    await card.waitFor();
    const column = page.getByRole("region", { name: words.won, exact: true });
    await column.scrollIntoViewIfNeeded();
    const [from, to] = [await card.boundingBox(), await column.boundingBox()];
    if (!from || !to) throw new Error("the board has no size");
    await page.mouse.move(from.x + from.width / 2, from.y + from.height - 6);
    await page.mouse.down();
    await page.mouse.move(from.x + from.width / 2 + 20, from.y + from.height, { steps: 4 });
    await page.mouse.move(to.x + to.width / 2, to.y + 80, { steps: 12 });
    await page.locator(".board-column[data-over=true]").waitFor();
    await page.mouse.up();
    const asked = dialog(page);
    await asked.getByLabel(words.closes).fill(new Date().toISOString().slice(0, 10));
    await asked.getByLabel(words.closes).press("Enter");
    await choose(page, asked.getByLabel(words.outcome), words.fits);
    await expectAccessible(page, "stage dialog");
    await asked.getByRole("button", { name: words.saveMove }).click();
    await asked.waitFor({ state: "hidden" });
    await column.getByText(`标准版${run}`).waitFor();
    await page.goto("/");
    const forecast = page.getByRole("region", { name: words.forecast });
    const total = forecast.getByRole("row").filter({ hasText: words.total });
    expect(await total.textContent()).toMatch(/\d/);
    await expectAccessible(page, "home with forecast");
  });

  test("a customer of the pool is claimed, and returned with a reason", async () => {
    await page.getByRole("navigation").getByRole("link", { name: words.pools, exact: true }).click();
    const grid = page.getByRole("grid");
    await grid.getByRole("row").nth(1).waitFor();
    await expectAccessible(page, "pools");
    const row = grid.getByRole("row").nth(1);
    const link = (await row.getByRole("link").first().getAttribute("href")) ?? "/";
    await row.getByRole("button", { name: new RegExp(`^${words.claim}`) }).click();
    await page.getByText(words.claimed).waitFor();
    await page.goto(link);
    await page.getByRole("button", { name: words.giveBack, exact: true }).click();
    const asked = dialog(page);
    await asked.getByLabel(words.returnReason).waitFor();
    await asked.getByRole("button", { name: words.giveBack, exact: true }).click();
    await asked.getByText(words.needReason).waitFor();
    await choose(page, asked.getByLabel(words.returnReason), words.noNeedNow);
    await expectAccessible(page, "return dialog");
    await asked.getByRole("button", { name: words.giveBack, exact: true }).click();
    await page.getByText(words.inPool, { exact: true }).waitFor();
  });

  test("a lead assigns a customer of the pool, and sees the team's forecast by person", async () => {
    const { page: lead, complaints: told } = await house.person("manager1", language);
    const forecast = lead.getByRole("region", { name: words.forecast });
    await forecast.getByRole("table").nth(1).waitFor();
    expect(await forecast.getByRole("table").nth(1).getByRole("row").count()).toBeGreaterThan(2);
    await lead.goto("/pools");
    const row = lead.getByRole("grid").getByRole("row").nth(1);
    await lead.goto((await row.getByRole("link").first().getAttribute("href")) ?? "/");
    await lead.getByRole("button", { name: words.transfer, exact: true }).click();
    const asked = dialog(lead);
    await asked.getByLabel(words.member).click();
    await lead.locator(".ant-select-dropdown:visible .ant-select-item-option").first().click();
    await asked.getByRole("button", { name: words.handOver, exact: true }).click();
    await asked.waitFor({ state: "hidden" });
    expect(told).toEqual([]);
    await lead.context().close();
  });

  test("the administrator's rule holds at once", async () => {
    const { page: admin, complaints: told } = await house.person("admin", language);
    await admin.getByRole("navigation").getByRole("link", { name: words.rules }).click();
    await admin.getByRole("table").getByRole("button").first().click();
    await expectAccessible(admin, "pool form");
    await dialog(admin).getByLabel(words.daily).fill("0");
    await dialog(admin).getByRole("button", { name: words.save, exact: true }).click();
    await dialog(admin).waitFor({ state: "hidden" });
    await expectAccessible(admin, "pool rules");
    expect(told).toEqual([]);
    await admin.context().close();
    await page.goto("/pools");
    await page
      .getByRole("grid")
      .getByRole("button", { name: new RegExp(`^${words.claim}`) })
      .first()
      .click();
    await page.getByText(words.limit).waitFor();
  });

  test("a pool for its members alone is nothing to others; a member claims there, until the holding limit says why not", async () => {
    const name =
      (await page.getByRole("banner").getByRole("button", { name: words.account }).textContent())?.trim() ?? "";
    const { page: admin } = await house.person("admin", language);
    const rule = async (change: (form: Locator) => Promise<void>) => {
      await admin.goto("/pools/rules");
      await admin.getByRole("table").getByRole("button").first().click();
      await change(dialog(admin));
      await dialog(admin).getByRole("button", { name: words.save, exact: true }).click();
      await dialog(admin).waitFor({ state: "hidden" });
    };
    await rule(async (form) => {
      await form.getByLabel(words.daily).fill("10");
      // The roles go, one after the other; one person comes.
      const roles = form.getByLabel(words.roles);
      await roles.focus();
      for (let n = 0; n < 2; n += 1) await roles.press("Backspace");
      await form.getByLabel(words.people).fill(name);
      await admin.locator(".ant-select-dropdown:visible").getByTitle(name, { exact: false }).first().click();
      await form.getByLabel(words.people).press("Escape");
      await form.getByLabel(words.membersOnly).check();
    });

    const { page: other, complaints: told } = await house.person("rep6", language);
    await other.goto("/pools");
    await other.getByRole("grid", { name: words.leadPool }).waitFor();
    expect(await other.getByText(words.customerPool).count()).toBe(0);
    await other.goto("/records/customer?scope=pool");
    await other.locator(".ant-empty").waitFor();
    expect(told).toEqual([]);
    await other.context().close();

    await page.goto("/pools");
    const claim = page
      .getByRole("grid", { name: words.customerPool })
      .getByRole("button", { name: new RegExp(`^${words.claim}`) })
      .first();
    await claim.click();
    await page.getByText(words.claimed).waitFor();
    await rule((form) => form.getByLabel(words.holding).fill("1"));
    await page.goto("/pools");
    await claim.click();
    await page.getByText(words.full).waitFor();
    await admin.context().close();
  });

  test("no page broke its policy or threw", () => {
    expect(complaints).toEqual([]);
  });
});
