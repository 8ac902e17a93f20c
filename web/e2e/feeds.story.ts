// Another system's access log, in both languages: a security officer names the source, tries a file, takes it in, reads what could not be
// read, and takes it in once more without doubling; the auditor finds its events in the log, each with its source; a rep finds no such page.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { House, type Language, pictureOf } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    add: "添加来源",
    name: "编号",
    zh: "中文名称",
    en: "英文名称",
    zone: "时区",
    time: "时间列",
    user: "用户列",
    action: "操作列",
    record: "记录列",
    actions: "操作对应",
    save: "保存",
    source: "旧版客户系统",
    try: "试读文件",
    tried: /共 302 行：可载入 300，略过 0，拒绝 2/,
    load: "载入文件",
    counts: /已载入 300/,
    rejected: /被拒绝的 2 行/,
    badTime: "无法识别的时间",
    unknown: "未知操作",
    again: "此文件此前已载入",
    judged: /已检测 300/,
    from: "来自 old_crm",
    noPage: "此页不存在",
  },
  en: {
    add: "Add a source",
    name: "Name",
    zh: "Label in Chinese",
    en: "Label in English",
    zone: "Time zone",
    time: "Column of the time",
    user: "Column of the user",
    action: "Columns of what was done",
    record: "Column of the record",
    actions: "What was done, and what it is here",
    save: "Save",
    source: "The old CRM",
    try: "Try a file",
    tried: /302 lines: 300 would be taken in, 0 left out, 2 rejected/,
    load: "Take a file in",
    counts: /300 taken in/,
    rejected: /2 rejected lines/,
    badTime: "no time that can be read",
    unknown: "an act the mapping does not know",
    again: "This file was taken in before",
    judged: /300 judged/,
    from: "from old_crm",
    noPage: "There is no such page",
  },
} as const;

/** Three hundred looks on twenty nights, a time nobody can read, and an act nobody knows. */
function log(): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const day = (n: number) => new Date(Date.now() - (21 - n) * 86_400_000).toISOString().slice(0, 10);
  const looks = Array.from(
    { length: 300 },
    (_, n) => `${day(Math.floor(n / 15))} 02:${two(n % 60)}:${two(n % 50)},zhang,OPEN,C${n}`,
  );
  return ["t,u,a,r", ...looks, "never,zhang,OPEN,C1", `${day(20)} 10:00:00,li,DANCE,C2`, ""].join("\n");
}

describe.each(languages("zh-CN"))("other systems' logs (%s)", { timeout: 240_000 }, (language: Language) => {
  const w = WORDS[language];
  let house: House;
  const folder = mkdtempSync(join(tmpdir(), "whosaw-feed-"));
  const file = join(folder, "november.csv");
  beforeAll(async () => {
    writeFileSync(file, log());
    house = await House.open();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await house.close();
  });
  const choose = async (page: Page, label: string) => {
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      page.getByRole("button", { name: label, exact: true }).click(),
    ]);
    await chooser.setFiles(file);
  };

  test("a source is named, tried, taken in once, and told apart everywhere", async () => {
    const { page, complaints } = await house.person("security", language);
    const auditor = await house.person("auditor", language);
    try {
      await page.goto("/feeds");
      await page.getByRole("button", { name: w.add }).click();
      const dialog = page.getByRole("dialog");
      for (const [label, text] of [
        [w.name, "old_crm"],
        [w.zh, "旧版客户系统"],
        [w.en, "The old CRM"],
        [w.zone, "Asia/Shanghai"],
        [w.time, "t"],
        [w.user, "u"],
        [w.record, "r"],
        [w.actions, "OPEN = view"],
      ] as const)
        await dialog.getByLabel(label, { exact: true }).fill(text);
      await dialog.getByLabel(w.action, { exact: true }).fill("a");
      await page.keyboard.press("Enter");
      await expectAccessible(page, "a source");
      await dialog.getByRole("button", { name: w.save, exact: true }).click();
      await page.getByRole("heading", { name: w.source }).waitFor();

      await choose(page, w.try);
      await page.getByText(w.tried).waitFor();
      await expectAccessible(page, "a file that was tried");
      await pictureOf(page, `feeds-tried-${language}`);
      await page.keyboard.press("Escape");
      await choose(page, w.load);
      await page.getByText(w.counts).first().waitFor({ timeout: 60_000 });
      await page.getByRole("button", { name: w.rejected }).click();
      await page.getByText(w.badTime).waitFor();
      await page.getByText(w.unknown).waitFor();
      await expectAccessible(page, "lines that were rejected");
      await pictureOf(page, `feeds-rejected-${language}`);
      await page.keyboard.press("Escape");
      await choose(page, w.load);
      await page.getByText(w.again).waitFor();
      for (let n = 0; n < 60 && (await page.getByText(w.judged).count()) === 0; n++) {
        await page.waitForTimeout(500);
        await page.reload();
        await page.getByRole("heading", { name: w.source }).waitFor();
      }
      await page.getByText(w.judged).waitFor();
      await page.getByText(w.counts).first().waitFor();
      await expectAccessible(page, "sources");
      await pictureOf(page, `feeds-${language}`);

      await auditor.page.goto("/audit/log?foreign=yes");
      await auditor.page.getByText(w.from).first().waitFor();
      await expectAccessible(auditor.page, "the log");
      await pictureOf(auditor.page, `feeds-log-${language}`);
      const rep = await house.person("rep1", language);
      await rep.page.goto("/feeds");
      await rep.page.getByText(w.noPage).waitFor();
      expect([...complaints, ...auditor.complaints]).toEqual([]);
    } catch (error) {
      await pictureOf(page, `feeds-failed-${language}`);
      await pictureOf(auditor.page, `feeds-failed-auditor-${language}`);
      throw error;
    }
  });
});
