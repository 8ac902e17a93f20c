// Files of a customer, in both languages: dropped onto the record, refused with a reason, previewed and downloaded on record, seen by the
// manager among the looks, and taken away.

import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { House, type Language, pictureOf } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    tab: "附件",
    none: "还没有附件",
    added: "已添加附件",
    refused: "不接受 .exe 类型的文件，未上传。",
    byContent: "file_type_refused",
    dismiss: "知道了",
    preview: "预览",
    note: "此预览是一次下载",
    download: "下载",
    remove: "删除",
    seen: "谁看过",
    looked: "下载附件",
    print: "打印",
  },
  en: {
    tab: "Files",
    none: "No files yet",
    added: "File added",
    refused: "Files of the type .exe are not taken. It was not sent.",
    byContent: "file_type_refused",
    dismiss: "Dismiss",
    preview: "Preview",
    note: "This preview is a download",
    download: "Download",
    remove: "Delete",
    seen: "Who looked",
    looked: "Download a file",
    print: "Print",
  },
} as const;

/** One white point. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==",
  "base64",
);

describe.each(languages("en"))("files of a customer (%s)", (language: Language) => {
  const words = WORDS[language];
  let house: House;
  let page: Page;
  let complaints: string[];
  let record: string;

  beforeAll(async () => {
    house = await House.open();
    ({ page, complaints } = await house.person("rep1", language));
    await page.goto("/records/customer?scope=mine");
    // A customer of its own for each language.
    const link = page.locator("a.title-link").nth(language === "en" ? 2 : 1);
    await link.waitFor();
    record = (await link.getAttribute("href")) ?? "/";
    await page.goto(record);
    await page.getByRole("tab", { name: words.tab, exact: true }).click();
    await page.getByText(words.none).waitFor();
  });
  afterAll(async () => {
    await house.close();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await pictureOf(page, `files-${language}-${task.name.slice(0, 24)}`);
    expect(complaints).toEqual([]);
  });

  const send = (files: { name: string; mimeType: string; buffer: Buffer }[]) =>
    page.locator('.files input[type="file"]').setInputFiles(files);

  test("are sent, and those that are not taken are told with their reason", async () => {
    await send([
      { name: "名片 1.png", mimeType: "image/png", buffer: PNG },
      { name: "合同.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 …") },
      { name: "run.exe", mimeType: "application/octet-stream", buffer: Buffer.from("MZ") },
    ]);
    await page.getByText(words.refused).waitFor();
    await page.getByText("名片 1.png").first().waitFor();
    await page.locator(".file-list").getByText("合同.pdf").waitFor();
    await expectAccessible(page, "files");
    await page.getByRole("button", { name: words.dismiss }).click();
    // What the browser cannot know, the server tells.
    const program = Buffer.concat([Buffer.from("MZ"), Buffer.alloc(600)]);
    await send([{ name: "报价.pdf", mimeType: "application/pdf", buffer: program }]);
    await page.getByText(words.byContent).waitFor();
    await page.getByRole("button", { name: words.dismiss }).click();
    expect(await page.locator(".file-list > li").count()).toBe(2);
  });

  test("are previewed and downloaded, each time on record", async () => {
    await page.getByRole("button", { name: `${words.preview} 名片 1.png` }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(words.note).waitFor();
    await dialog.getByRole("img", { name: "名片 1.png" }).waitFor();
    await expectAccessible(page, "preview of a file");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    const taking = page.waitForEvent("download");
    await page.getByRole("button", { name: `${words.download} 合同.pdf` }).click();
    const taken = await taking;
    expect(taken.suggestedFilename()).toBe("合同.pdf");
    expect(await readFile(await taken.path(), "utf8")).toBe("%PDF-1.7 …");
    await page.getByRole("tab", { name: words.seen, exact: true }).click();
    await page.getByText(words.looked).nth(1).waitFor();
  });

  test("a print is on record before its dialog opens", async () => {
    await page.evaluate(() => {
      window.print = () => document.body.setAttribute("data-printed", "yes");
    });
    const told = page.waitForResponse((r) => r.url().endsWith("/print"));
    await page.getByRole("button", { name: words.print, exact: true }).click();
    expect((await told).status()).toBe(204);
    await page.locator("body[data-printed]").waitFor();
  });

  test("are taken away after a question", async () => {
    await page.getByRole("tab", { name: words.tab, exact: true }).click();
    await page.getByRole("button", { name: `${words.remove} 合同.pdf` }).click();
    await page.getByRole("dialog").getByRole("button", { name: words.remove }).click();
    await page.locator(".file-list").getByText("合同.pdf").waitFor({ state: "detached" });
    expect(await page.locator(".file-list > li").count()).toBe(1);
  });

  test("are not there for somebody who does not see the customer", async () => {
    const other = await house.person("rep6", language);
    await other.page.goto(`${record}?tab=attachments`);
    await other.page.getByText("404").or(other.page.locator(".ant-result")).first().waitFor();
    expect(await other.page.locator(".files").count()).toBe(0);
    await other.page.context().close();
  });
});
