// Two of one customer become one, in both languages: a manager finds them, compares and merges them; the other's address leads to
// the one that stays, and the auditor finds looks at both.

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { House, pictureOf } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    merge: "合并",
    title: "合并客户",
    find: "查重",
    same: "电话相同：",
    stays: "保留这一条",
    lost: "不再保留的值",
    reason: "合并原因",
    done: "已合并",
    conflict: "另一项更改先完成了",
    again: "重新读取",
    gone: "此记录已合并",
    open: "打开合并后的记录",
    seen: "另含已合并到此记录的 1 条记录的访问。",
    timeline: "时间线",
    undo: "撤销合并",
    undoTitle: "撤销合并（客户）",
    returns: "将恢复",
    changedSince: "合并后改过，不变",
    undoReason: "撤销原因",
    undone: "已撤销合并",
    partOf: "曾合并在另一条记录中",
    over: "这次合并已经撤销",
    edit: "编辑",
    phone: "电话",
    hint: "可能已有相同的客户",
    other: "他人负责",
    save: "保存",
    anyway: "仍然保存",
    saved: "已保存",
    scan: "查重任务",
    begun: "查重已开始",
    jobDone: "已完成",
    result: "查看结果",
    apart: "不是重复",
    apartDone: "已记住",
  },
  en: {
    merge: "Merge",
    title: "Merge records (Customer)",
    find: "Find duplicates",
    same: "Same Phone:",
    stays: "Keep this one",
    lost: "Values that are not kept",
    reason: "Reason",
    done: "Merged",
    conflict: "Another change came first",
    again: "Read again",
    gone: "This record was merged",
    open: "Open that record",
    seen: "Records that were merged into it: 1. Accesses to them are among these.",
    timeline: "Timeline",
    undo: "Take the merge back",
    undoTitle: "Take a merge back (Customer)",
    returns: "comes back",
    changedSince: "changed since, stays",
    undoReason: "Reason",
    undone: "The merge was taken back",
    partOf: "it was merged into another record",
    over: "This merge was taken back already",
    edit: "Edit",
    phone: "Phone",
    hint: "There may be such a record already (Customer)",
    other: "one of somebody else",
    save: "Save",
    anyway: "Save anyway",
    saved: "Saved",
    scan: "Duplicates",
    begun: "It has begun",
    jobDone: "Done",
    result: "Look at the result",
    apart: "Not a duplicate",
    apartDone: "Remembered",
  },
} as const;

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterAll(async () => {
  await house.close();
});

type Fields = Record<string, string>;

/** A customer of whoever is signed in. */
const make = (page: Page, fields: Fields): Promise<string> =>
  page.evaluate(async (body) => {
    const headers = { "content-type": "application/json" };
    const made = await fetch("/api/v1/records/customer", { method: "POST", headers, body });
    return (await made.json()).id as string;
  }, JSON.stringify({ fields }));

const change = (page: Page, id: string, version: number, fields: Fields): Promise<number> =>
  page.evaluate(
    async ({ id, version, body }) => {
      const headers = { "content-type": "application/json", "if-match": `"${version}"` };
      return (await fetch(`/api/v1/records/customer/${id}`, { method: "PATCH", headers, body })).status;
    },
    { id, version, body: JSON.stringify({ fields }) },
  );

describe.each(languages("zh-CN"))("in %s", (language) => {
  const digit = language === "en" ? "2" : "1";
  const words = WORDS[language];
  // Of this run alone: a demo that was used before has others.
  const tag = `${digit}${String(Date.now()).slice(-7)}`;
  const phone = `137${tag}`;

  test("a manager makes one of two, and the auditor sees looks at both", async () => {
    const { page, complaints } = await house.person("manager1", language);
    try {
      const first = await make(page, { name: `远方贸易${tag}`, phone, region: "华东" });
      const second = await make(page, { name: `远方贸易有限公司${tag}`, phone, email: `a${tag}@example.com` });

      // Found from the record's page.
      await page.goto(`/records/customer/${first}`);
      await page.getByRole("button", { name: words.find, exact: true }).click();
      const dialog = page.getByRole("dialog").last();
      await dialog.getByText(words.same).waitFor();
      await dialog.getByRole("button", { name: words.merge, exact: true }).first().click();
      await page.getByRole("heading", { name: words.title, level: 1 }).waitFor();
      await page.getByRole("radio", { name: words.stays }).first().waitFor();
      expect(await page.getByRole("radio", { name: words.stays }).count()).toBe(2);
      await expectAccessible(page, `merge ${language}`);
      // The name of the second; the first's is lost then.
      await page.locator("tbody tr").first().getByRole("radio").nth(1).check();
      await page.locator("section", { hasText: words.lost }).getByText(`远方贸易${tag}`, { exact: true }).waitFor();

      // Somebody changes one of them meanwhile.
      expect(await change(page, second, 1, { industry: "贸易" })).toBe(200);
      const send = async () => {
        await page.getByLabel(words.reason).fill("同一家客户录入了两次");
        await page.locator("form.merge-form").getByRole("button", { name: words.merge, exact: true }).click();
        await page.locator(".ant-modal-confirm").getByRole("button", { name: words.merge, exact: true }).click();
      };
      await send();
      await page.getByText(words.conflict).waitFor();
      await page.getByRole("button", { name: words.again }).click();
      await page.getByText("贸易", { exact: true }).first().waitFor();
      await page.locator("tbody tr").first().getByRole("radio").nth(1).check();
      await send();
      await page.getByText(words.done).waitFor();
      await page.waitForURL(`**/records/customer/${first}`);
      await page.getByRole("heading", { name: `远方贸易有限公司${tag}`, level: 1 }).waitFor();

      // The address of the other leads there.
      await page.goto(`/records/customer/${second}`);
      await page.getByText(words.gone).waitFor();
      await page.getByRole("link", { name: words.open }).click();
      await page.getByRole("heading", { name: `远方贸易有限公司${tag}`, level: 1 }).waitFor();
      expect(complaints).toEqual([]);

      const auditor = await house.person("auditor", language);
      await auditor.page.goto(`/audit/seen/${first}`);
      await auditor.page.getByText(words.seen).waitFor();

      // It was a mistake. Since then the mail address that had come in was changed.
      expect(await change(page, first, 2, { email: `b${tag}@example.com` })).toBe(200);
      await page.goto(`/records/customer/${first}`);
      await page.getByRole("tab", { name: words.timeline }).click();
      await page.getByRole("link", { name: words.undo }).click();
      await page.getByRole("heading", { name: words.undoTitle, level: 1 }).waitFor();
      await page.getByText(words.returns, { exact: true }).waitFor();
      await page.getByText(words.changedSince, { exact: true }).waitFor();
      await expectAccessible(page, `merge undo ${language}`);
      await page.getByLabel(words.undoReason).fill("其实是两家");
      const act = page.getByRole("button", { name: words.undo, exact: true });
      await act.click();
      await page.locator(".ant-modal-confirm").getByRole("button", { name: words.undo, exact: true }).click();
      await page.getByText(words.undone).waitFor();
      await page.waitForURL(`**/records/customer/${first}`);
      await page.getByRole("heading", { name: `远方贸易${tag}`, level: 1 }).waitFor();
      await page.getByText(`b${tag}@example.com`).first().waitFor();
      await page.goto(`/records/customer/${second}`);
      await page.getByRole("heading", { name: `远方贸易有限公司${tag}`, level: 1 }).waitFor();
      // Once.
      await page.goto(`/merge/undo?object=customer&id=${first}&merge=2`);
      await page.getByText(words.over).first().waitFor();
      await auditor.page.goto(`/audit/seen/${second}`);
      await auditor.page.getByText(words.partOf).waitFor();
      await expectAccessible(auditor.page, `seen part of ${language}`);
      expect(auditor.complaints).toEqual([]);
    } catch (error) {
      await pictureOf(page, `merge-${language}`);
      throw error;
    } finally {
      await page.context().close();
    }
  });

  test("a rep is told while changing a record, and has no way to merge", async () => {
    const { page, complaints } = await house.person("rep1", language);
    const manager = await house.person("manager1", language);
    try {
      await make(manager.page, { name: `近处贸易${tag}`, phone: `136${tag}` });
      const own = await make(page, { name: `自己的客户${tag}`, phone: `135${tag}` });
      await page.goto(`/records/customer/${own}`);
      await page.getByRole("button", { name: words.edit, exact: true }).click();
      const drawer = page.getByRole("dialog").last();
      await drawer.getByLabel(words.phone, { exact: true }).fill(`136${tag}`);
      await drawer.getByLabel(words.phone, { exact: true }).blur();
      await drawer.getByText(words.hint).waitFor();
      await drawer.getByText(words.other).waitFor();
      await drawer.getByRole("button", { name: words.save, exact: true }).click();
      await drawer.getByRole("button", { name: words.anyway }).click();
      await page.getByText(words.saved).first().waitFor();
      await page.goto("/records/customer?scope=mine");
      const rows = page.getByRole("checkbox");
      await rows.nth(1).check();
      await rows.nth(2).check();
      expect(await page.locator(".bulk").getByRole("button", { name: words.merge, exact: true }).count()).toBe(0);
      expect(complaints).toEqual([]);
    } catch (error) {
      await pictureOf(page, `merge-rep-${language}`);
      throw error;
    } finally {
      await page.context().close();
      await manager.page.context().close();
    }
  });

  test("duplicates are looked for in the background", async () => {
    const { page, complaints } = await house.person("manager1", language);
    try {
      for (const name of [`后台贸易${tag}`, `后台贸易有限公司${tag}`]) await make(page, { name, phone: `134${tag}` });
      await page.goto("/records/customer");
      await page.getByRole("button", { name: words.scan, exact: true }).click();
      await page.getByText(words.begun).waitFor();
      await page.goto("/jobs");
      await page.getByText(words.jobDone, { exact: true }).first().waitFor();
      await expectAccessible(page, `jobs ${language}`);
      await page.getByRole("link", { name: words.result }).first().click();
      const group = page.locator(".job-group", { hasText: `后台贸易${tag}` });
      await group.first().waitFor();
      await expectAccessible(page, `groups ${language}`);
      await group.first().getByRole("button", { name: words.apart, exact: true }).click();
      await page.getByText(words.apartDone).waitFor();
      await group.first().waitFor({ state: "detached" });
      expect(complaints).toEqual([]);
    } catch (error) {
      await pictureOf(page, `jobs-${language}`);
      throw error;
    } finally {
      await page.context().close();
    }
  });
});
