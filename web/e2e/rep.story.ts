// A sales rep's way, in both languages: sign in, find a customer, open it, see a masked field refused without a reason and
// shown with one, meet a conflict while editing, write a follow-up.

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { House, type Language, pictureOf, signIn } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    customer: "客户",
    mine: "我负责的",
    idNumber: "证件号码",
    industry: "行业",
    region: "地区",
    reveal: "查看明文",
    record: "记录并查看",
    reason: "理由",
    needReason: "请填写理由",
    edit: "编辑",
    save: "保存",
    conflict: "记录已被他人修改",
    keepTheirs: "用现在的值",
    apply: "按选择保存",
    followUps: "跟进记录",
    newFollowUp: "新建跟进记录",
    summary: "摘要",
    type: "方式",
    call: "电话",
    wrong: "请检查账号和密码。",
    noCustomer: "没有符合条件的客户",
    other: "English",
    home: "您好",
    required: "必填",
  },
  en: {
    customer: "Customer",
    mine: "Mine",
    idNumber: "Identity number",
    industry: "Industry",
    region: "Region",
    reveal: "Show in the clear",
    record: "Record and show",
    reason: "Reason",
    needReason: "Give a reason",
    edit: "Edit",
    save: "Save",
    conflict: "Somebody changed this record",
    keepTheirs: "Use the value now",
    apply: "Save the choice",
    followUps: "Follow-up",
    newFollowUp: "New Follow-up",
    summary: "Summary",
    type: "Type",
    call: "Call",
    wrong: "Check login and password.",
    noCustomer: "No Customer matches",
    other: "中文",
    home: "Hello",
    required: "Required",
  },
} as const;

const field = (page: Page, label: string) =>
  page.locator("dl > div").filter({ has: page.locator("dt", { hasText: label }) });

describe.each(languages("en"))("a rep's way (%s)", (language: Language) => {
  const words = WORDS[language];
  let house: House;
  let page: Page;
  let complaints: string[];
  let name: string;
  // A story told again to the same company writes something new.
  const run = Date.now().toString(36);
  const [mine, theirsRegion, note] = [`精密制造${run}`, `无锡${run}`, `电话确认交付时间${run}`];

  beforeAll(async () => {
    house = await House.open();
    ({ page, complaints } = await house.visitor(language));
  });
  afterEach(async (context) => {
    if (context.task.result?.state === "fail")
      await pictureOf(page, `failed-${language}-${context.task.name.slice(0, 30)}`);
  });
  afterAll(async () => {
    await house.close();
  });

  test("a wrong password is told in the person's language, with the request's id; the right one opens the house", async () => {
    await page.goto("/records/customer");
    await signIn(page, "rep1", language, "not-the-password");
    const alert = page.getByRole("alert").filter({ hasText: words.wrong });
    await alert.waitFor();
    expect(await alert.textContent()).toContain("wrong_credentials");
    await expectAccessible(page, "sign-in");
    await signIn(page, "rep1", language);
    // The page they came for opens.
    await page.getByRole("grid", { name: words.customer }).waitFor();
    await expectAccessible(page, "list");
  });

  test("a customer is found by part of the name, and nothing found is said so", async () => {
    await page.locator(".list-scope").getByText(words.mine, { exact: true }).click();
    await page.waitForURL(/scope=mine/);
    // One of theirs that has an identity number, as the list shows it: masked.
    await page.goto(`/records/customer?scope=mine&cols=${encodeURIComponent('["name","id_number","level"]')}`);
    const masked = page.getByRole("grid").getByRole("row").filter({ hasText: "****" }).first();
    name = (await masked.getByRole("link").first().textContent()) ?? "";
    expect(name.length).toBeGreaterThan(2);
    await page.keyboard.press("/");
    await page.keyboard.type(name.slice(0, 4));
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=/);
    await page.getByRole("link", { name, exact: true }).waitFor();
    const search = page.getByRole("searchbox").or(page.locator("[data-page-search] input"));
    await search.fill("绝无此名甲乙丙丁");
    await search.press("Enter");
    await page.getByText(words.noCustomer).waitFor();
    await page.goBack();
    // By key: the first row, opened.
    const found = page
      .getByRole("grid")
      .getByRole("row")
      .filter({ has: page.getByRole("link", { name, exact: true }) });
    await found.first().waitFor();
    const at = Number(await found.first().getAttribute("aria-rowindex")) - 1;
    await page.getByRole("grid").focus();
    for (let n = 0; n < at; n += 1) await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name }).waitFor();
    await expectAccessible(page, "record");
  });

  test("a masked field is not shown without a reason, and is with one", async () => {
    const idNumber = field(page, words.idNumber);
    expect(await idNumber.textContent()).toContain("****");
    await idNumber.getByRole("button", { name: words.reveal }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: words.record }).click();
    await dialog.getByText(words.needReason).waitFor();
    // Past the form, the server itself refuses: no reason, no value.
    const refused = await page.evaluate(async (address) => {
      const response = await fetch(`/api/v1${address}/reveal`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ fields: ["id_number"] }),
      });
      return { status: response.status, code: ((await response.json()) as { code: string }).code };
    }, new URL(page.url()).pathname);
    expect(refused).toEqual({ status: 403, code: "purpose_needed" });
    await expectAccessible(page, "reveal dialog");
    await dialog.getByLabel(words.reason).fill("核对合同主体");
    await dialog.getByRole("button", { name: words.record }).click();
    await dialog.waitFor({ state: "hidden" });
    expect(await idNumber.textContent()).not.toContain("****");
  });

  test("an edit that meets another's change is decided field by field, and nothing is lost", async () => {
    const { page: other } = await house.person("manager1", language);
    await page.keyboard.press("e");
    const drawer = page.getByRole("dialog");
    await drawer.getByLabel(words.industry).fill(mine);
    await drawer.getByLabel(words.region).fill(`苏州${run}`);

    await other.goto(new URL(page.url()).pathname);
    await other.getByRole("button", { name: words.edit, exact: true }).click();
    const theirs = other.getByRole("dialog");
    await theirs.getByLabel(words.region).fill(theirsRegion);
    await theirs.getByRole("button", { name: words.save, exact: true }).click();
    await theirs.waitFor({ state: "hidden" });
    await other.context().close();

    await drawer.getByRole("button", { name: words.save, exact: true }).click();
    const conflict = page.getByRole("dialog").filter({ hasText: words.conflict });
    await conflict.getByText(theirsRegion).waitFor();
    await expectAccessible(page, "conflict dialog");
    await conflict.getByRole("radio", { name: `${words.region} ${words.keepTheirs}` }).check();
    await conflict.getByRole("button", { name: words.apply }).click();
    await conflict.waitFor({ state: "hidden" });
    await field(page, words.industry).getByText(mine).waitFor();
    await field(page, words.region).getByText(theirsRegion).waitFor();
  });

  test("a follow-up is written from the customer's page", async () => {
    await page.getByRole("tab", { name: words.followUps }).click();
    await page.getByRole("button", { name: words.newFollowUp }).click();
    const drawer = page.getByRole("dialog");
    await drawer.getByRole("button", { name: words.save, exact: true }).click();
    await drawer.getByText(words.required).first().waitFor();
    await drawer.getByLabel(words.summary).fill(note);
    await drawer.getByLabel(words.type).click();
    await page.getByTitle(words.call, { exact: true }).click();
    await expectAccessible(page, "create drawer");
    await drawer.getByRole("button", { name: words.save, exact: true }).click();
    await drawer.waitFor({ state: "hidden" });
    await page.getByRole("grid", { name: words.followUps }).getByText(note).waitFor();
    await expectAccessible(page, "related list");
  });

  test("the language changes without a reload, and the page stays", async () => {
    await page.evaluate(() => {
      (window as { stayed?: boolean }).stayed = true;
    });
    await page.getByRole("banner").getByRole("button", { name: words.other }).click();
    const others = WORDS[language === "en" ? "zh-CN" : "en"];
    await page.getByRole("tab", { name: others.followUps }).waitFor();
    expect(await page.evaluate(() => (window as { stayed?: boolean }).stayed)).toBe(true);
    await page.goto("/");
    await page.getByRole("heading", { level: 1, name: others.home }).waitFor();
    await page.getByRole("link", { name, exact: true }).first().waitFor();
    await expectAccessible(page, "home");
  });

  test("no page broke its policy or threw", () => {
    expect(complaints).toEqual([]);
  });
});
