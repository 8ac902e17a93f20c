// A manager sorts by two keys, keeps that as a view and shares it with the team; a rep's list opens with it. A director changes a
// field of all that match, and imports a file: dry run, import, undo. In both languages.

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { House, type Language, pictureOf } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    level: "客户级别",
    region: "地区",
    saveAs: "另存为新视图",
    name: "名称",
    share: "共享给角色",
    role: "销售专员",
    preset: "作为他们的默认视图，直到他们自行选择",
    save: "保存",
    changed: "已修改",
    mine: "我负责的",
    selectLoaded: "选择全部已加载的行",
    selectAll: "选择符合条件的全部记录",
    edit: "修改字段",
    field: "字段",
    industry: "行业",
    submit: "修改",
    begun: /已开始在后台处理/,
    kind: "批量修改",
    done: "已完成",
    open: "查看结果",
    counts: /已完成 \d+ 条，未完成 \d+ 条/,
    ended: "您的后台任务（客户）已结束",
    source: "来源名称",
    dry: "试运行",
    dryDone: "试运行完成，尚未写入",
    import: "导入 3 行",
    imported: "导入完成",
    noUser: "找不到该在职成员",
    undo: "撤销导入",
    undone: "已撤销：删除 2 条，保留 0 条",
    remembered: "已套用您上次对这些列的设置。",
  },
  en: {
    level: "Level",
    region: "Region",
    saveAs: "Save as a new view",
    name: "Name",
    share: "Share with roles",
    role: "Sales rep",
    preset: "Opens first for them, until they choose otherwise",
    save: "Save",
    changed: "changed",
    mine: "Mine",
    selectLoaded: "Select all loaded rows",
    selectAll: "Select all that match",
    edit: "Change a field",
    field: "Field",
    industry: "Industry",
    submit: "Change",
    begun: /It has begun for \d+/,
    kind: "Change a field of many",
    done: "Done",
    open: "Look at the result",
    counts: /\d+ done, \d+ not done/,
    ended: "A background job of yours has ended (Customer)",
    source: "Source",
    dry: "Dry run",
    dryDone: "Dry run done, nothing was written",
    import: "Import 3 rows",
    imported: "Imported",
    noUser: "there is no such active person",
    undo: "Undo import",
    undone: "Undone: 2 deleted, 0 kept",
    remembered: "Your last settings for these columns were applied.",
  },
} as const;

const file = (run: string) =>
  [
    "编号,客户名称,客户级别,电话,负责人",
    `${run}1,导入甲 ${run},A,13800138001,`,
    `${run}2,导入乙 ${run},重点,13800138002,`,
    `${run}3,导入丙 ${run},A,,nobody-here`,
  ].join("\r\n");

describe.each(languages("zh-CN"))("views, acts on all, imports (%s)", (language: Language) => {
  const words = WORDS[language];
  const run = Date.now().toString(36);
  let house: House;
  let page: Page;

  beforeAll(async () => {
    house = await House.open();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await pictureOf(page, `views-${language}-${task.id}`);
    await page.context().close();
  });
  afterAll(() => house.close());

  test("two keys become a view, and the team's lists open with it", async () => {
    ({ page } = await house.person("manager1", language));
    await page.goto("/records/customer");
    const head = (name: string) => page.getByRole("columnheader").filter({ hasText: name }).getByRole("button");
    await head(words.level).click();
    await head(words.region).click({ modifiers: ["Shift"] });
    await page.waitForURL(/sort=level%2Cregion/);
    await page.locator('[aria-sort="ascending"]').nth(1).waitFor();

    await page.locator(".view-button").click();
    await page.getByRole("menuitem", { name: words.saveAs }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(words.name, { exact: true }).fill(`V ${run}`);
    await dialog.getByLabel(words.share).click();
    await page.getByTitle(words.role, { exact: true }).click();
    await dialog.getByLabel(words.preset).check();
    await dialog.locator(".ant-btn-primary").click();
    await page.waitForURL(/view=/);
    await expectAccessible(page, "a saved view");
    await page.locator(".list-scope").getByText(words.mine, { exact: true }).click();
    await page.getByText(words.changed, { exact: true }).waitFor();

    const rep = await house.person("rep1", language);
    const asked: URL[] = [];
    rep.page.on("request", (request) => asked.push(new URL(request.url())));
    await rep.page.goto("/records/customer");
    await rep.page.locator(".view-name", { hasText: `V ${run}` }).waitFor();
    await rep.page.getByRole("grid").waitFor();
    // The plain list was not shown, and so not recorded, on the way.
    const lists = asked.filter((url) => url.pathname === "/api/v1/records/customer");
    expect([...new Set(lists.map((url) => url.searchParams.get("sort")))]).toEqual(["level,region"]);
    await rep.page.context().close();
  });

  test("a field of all that match is changed, and what was not is told", async () => {
    ({ page } = await house.person("director", language));
    await page.goto("/records/customer");
    await page.getByLabel(words.selectLoaded).click();
    await page.getByRole("button", { name: words.selectAll }).click();
    await page.getByRole("button", { name: words.edit }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(words.field, { exact: true }).click();
    await page.getByTitle(words.industry, { exact: true }).click();
    await dialog.getByLabel(words.industry, { exact: true }).fill(`I ${run}`);
    await dialog.locator(".ant-btn-primary").click();
    await page.getByText(words.begun).waitFor();
    // The tab is closed; the work goes on, and a notice tells of its end.
    const context = page.context();
    await page.close();
    page = await context.newPage();
    await page.goto("/jobs");
    const job = page.getByRole("row").filter({ hasText: words.kind }).first();
    await job.getByText(words.done, { exact: true }).waitFor({ timeout: 90_000 });
    await expectAccessible(page, "background jobs");
    await pictureOf(page, `jobs-${language}`);
    await job.getByRole("link", { name: words.open }).click();
    await page.getByRole("heading", { name: words.counts }).waitFor();
    await expectAccessible(page, "what became of many");
    await pictureOf(page, `outcome-${language}`);
    await page.goto("/notices");
    await page.getByText(words.ended).first().waitFor();
    await page.goto("/records/customer");
    await page
      .getByRole("gridcell", { name: `I ${run}` })
      .first()
      .waitFor();
  });

  test("a file is tried, imported, and taken back", async () => {
    ({ page } = await house.person("director", language));
    await page.goto("/imports/customer");
    const choose = () =>
      page
        .locator("input[type=file]")
        .setInputFiles({ name: "a.csv", mimeType: "text/csv", buffer: Buffer.from(file(run)) });
    await choose();
    await page.getByLabel(words.source, { exact: true }).fill(`e2e ${run}`);
    await expectAccessible(page, "columns");
    await page.getByRole("button", { name: words.dry }).click();
    await page.getByText(words.dryDone).waitFor();
    await page.getByText(words.noUser).waitFor();
    await page.getByRole("button", { name: words.import }).click();
    await page.getByText(words.imported, { exact: true }).waitFor();
    await expectAccessible(page, "an import");
    await page.getByRole("button", { name: words.undo }).click();
    await page.locator(".ant-modal-confirm").getByRole("button", { name: words.undo }).click();
    await page.getByText(words.undone).waitFor();
    await page.goto("/imports");
    await page.getByRole("gridcell", { name: `e2e ${run}` }).waitFor();
    await expectAccessible(page, "past imports");
    await page.goto("/imports/customer");
    await choose();
    await page.getByText(words.remembered).waitFor();
  });
});
