// A file of customers, in both languages: asked for with a purpose, made, downloaded, found among one's exports; the auditor sees
// who took it and when, and finds from a file alone which export it came from.

import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { House, type Language, pictureOf } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    export: "导出",
    purpose: "用途",
    need: "请填写导出用途",
    submit: "记录并导出",
    ready: "文件已生成",
    download: "下载",
    exports: "导出记录",
    seeAll: "查看导出记录",
    state: "可下载",
    trace: "文件溯源",
    destroy: "销毁文件",
    cancelled: "已取消",
    letters: "一致",
  },
  en: {
    export: "Export",
    purpose: "Purpose",
    need: "Say what the export is for",
    submit: "Record and export",
    ready: "The file is ready",
    download: "Download",
    exports: "Exports",
    seeAll: "See exports",
    state: "ready",
    trace: "Trace a file",
    destroy: "Destroy the file",
    cancelled: "cancelled",
    letters: "letters of ids agree",
  },
} as const;

describe.each(languages("en"))("a file of customers (%s)", (language: Language) => {
  const words = WORDS[language];
  const purpose = `拜访${Date.now().toString(36)}`;
  let house: House;
  let page: Page;
  let complaints: string[];
  let file: string;

  beforeAll(async () => {
    house = await House.open();
    ({ page, complaints } = await house.person("rep1", language));
  });
  afterAll(async () => {
    await house.close();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await pictureOf(page, `exports-${language}-${task.name.slice(0, 24)}`);
    expect(complaints).toEqual([]);
  });

  test("is asked for with a purpose, made, and downloaded", async () => {
    await page.goto("/records/customer?scope=mine");
    await page.getByRole("grid").waitFor();
    await page.getByRole("button", { name: words.export, exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("radio", { name: "CSV" }).check();
    await dialog.getByRole("button", { name: words.submit }).click();
    await dialog.getByText(words.need).waitFor();
    await dialog.getByLabel(words.purpose).fill(purpose);
    await dialog.getByRole("button", { name: words.submit }).click();
    await dialog.getByText(words.ready).waitFor();
    await expectAccessible(page, "export dialog");
    const taking = page.waitForEvent("download");
    await dialog.getByRole("button", { name: words.download, exact: true }).click();
    const taken = await taking;
    expect(taken.suggestedFilename()).toMatch(/^customer-.*\.csv$/);
    file = join(tmpdir(), `whosaw-story-${language}-${Date.now()}.csv`);
    await taken.saveAs(file);
    expect(await readFile(file, "utf8")).toContain("rep1");
    await dialog.getByRole("link", { name: words.seeAll }).click();
    await page.getByRole("heading", { name: words.exports, level: 1 }).waitFor();
  });

  test("is among one's exports with its time and downloads", async () => {
    await page.goto("/exports");
    const row = page.getByRole("row").filter({ hasText: purpose });
    await row.getByText(words.state).first().waitFor();
    await expectAccessible(page, "own exports");
    await row.getByText(purpose).click();
    const drawer = page.getByRole("dialog");
    await drawer.getByText("127.0.0.1").waitFor();
    await expectAccessible(page, "one export");
  });

  test("is seen by the auditor, who finds it from the file alone", async () => {
    const auditor = await house.person("auditor", language);
    await auditor.page.goto("/exports?tab=all");
    await auditor.page.getByRole("row").filter({ hasText: purpose }).waitFor();
    await expectAccessible(auditor.page, "everybody's exports");
    // Without its last row nothing names the export; some rows are enough.
    const rows = (await readFile(file, "utf8")).trim().split("\r\n").slice(0, -1);
    expect(rows.join()).not.toContain("rep1");
    const part = file.replace(".csv", "-part.csv");
    await writeFile(part, rows.join("\r\n"));
    await auditor.page.getByRole("tab", { name: words.trace }).click();
    await auditor.page.locator("input[type=file]").setInputFiles(part);
    await auditor.page.getByText(words.letters).first().waitFor();
    await auditor.page.getByText(purpose).waitFor();
    await expectAccessible(auditor.page, "a traced file");
    expect(auditor.complaints).toEqual([]);
    await auditor.page.context().close();
  });

  test("is destroyed when its owner wants it", async () => {
    await page.goto("/exports");
    await page.getByRole("row").filter({ hasText: purpose }).getByText(purpose).click();
    const drawer = page.getByRole("dialog");
    await drawer.getByRole("button", { name: words.destroy }).click();
    await page.locator(".ant-popconfirm-buttons .ant-btn-primary").click();
    await drawer.getByText(words.cancelled).first().waitFor();
  });
});
