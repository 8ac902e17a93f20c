// Somebody leaves: the administrator, who sees no customer, hands over what they have, in both languages. A rep is told of a
// possible duplicate before it is entered twice.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { House, pictureOf } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    disable: "停用账号",
    handover: "去交接",
    choose: "选择接收人",
    has: "名下所有",
    begin: "开始交接",
    need: "请选择至少一位接收人",
    done: "交接已完成",
    history: "交接历史",
    disabled: "已停用",
    looked: "离职前的访问",
    ninety: "最近 90 天",
    name: "客户名称",
    phone: "电话",
    hint: "可能已有相同的客户",
    other: "他人负责",
    save: "保存",
    anyway: "仍然新建",
    created: "已创建",
  },
  en: {
    disable: "Disable the account",
    handover: "Hand over",
    choose: "Choose who receives",
    has: "What they have",
    begin: "Begin the handover",
    need: "Choose at least one person",
    done: "The handover has ended",
    history: "Handovers so far",
    disabled: "Disabled",
    looked: "What they looked at",
    ninety: "Last 90 days",
    name: "Name",
    phone: "Phone",
    hint: "There may be such a record already (Customer)",
    other: "one of somebody else",
    save: "Save",
    anyway: "Make it anyway",
    created: "Created",
  },
} as const;

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterAll(async () => {
  await house.close();
});

type User = { id: string; login: string; name: string };

const PEOPLE = { "zh-CN": ["rep11", "rep12"], en: ["rep13", "rep14"] } as const;

describe.each(languages("en"))("in %s", (language) => {
  const [login, receiver] = PEOPLE[language];
  const words = WORDS[language];

  test("a leaver is handed over by somebody who sees numbers only", async () => {
    const { page, complaints } = await house.person("admin", language);
    try {
      const users: User[] = await page.evaluate(async () => (await (await fetch("/api/v1/admin/users")).json()).items);
      const leaver = users.find((u) => u.login === login) as User;
      const to = users.find((u) => u.login === receiver) as User;
      await page.goto(`/people?user=${leaver.id}`);
      await page.getByRole("button", { name: words.disable }).click();
      // They still own records, so the handover is offered first.
      await page.getByRole("dialog").getByRole("button", { name: words.handover, exact: true }).click();
      await page.getByRole("heading", { name: words.has }).waitFor();
      await page.getByRole("heading", { name: words.looked }).waitFor();
      await page.getByText(words.ninety, { exact: true }).click();
      await expectAccessible(page, "handover");

      await page.getByRole("button", { name: words.begin }).click();
      await page.getByText(words.need).waitFor();
      const choice = page.getByRole("combobox", { name: words.choose });
      await choice.click();
      await choice.fill(to.login);
      await page.locator(".ant-select-item-option", { hasText: `(${to.login})` }).click();
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: words.begin }).click();
      await page.getByRole("dialog").getByRole("button", { name: words.begin }).click();
      await page.getByText(words.done).waitFor();
      await page.getByRole("heading", { name: words.history }).waitFor();
      const left = await page.evaluate(
        async (id) => (await (await fetch(`/api/v1/admin/users/${id}/handover`)).json()).owned,
        leaver.id,
      );
      expect(left).toEqual([]);
      await page.goto(`/people?user=${leaver.id}`);
      await page.getByRole("dialog").getByText(words.disabled, { exact: true }).waitFor();
      expect(complaints).toEqual([]);
    } catch (error) {
      await pictureOf(page, `handover-${language}`);
      throw error;
    } finally {
      await page.context().close();
    }
  });

  test("a possible duplicate of somebody else's is told by no more than that", async () => {
    // Of two teams: neither sees what the other has.
    const [first, second] = ["rep1", "rep6"] as const;
    const number = `139${String(Date.now()).slice(-8)}`;
    const phone = language === "en" ? `+86 ${number}` : number;
    const own = await house.person(first, language);
    const made = await own.page.evaluate(async (number) => {
      const body = JSON.stringify({ fields: { name: `查重样例 ${number}`, phone: number } });
      const headers = { "content-type": "application/json" };
      return (await fetch("/api/v1/records/customer", { method: "POST", headers, body })).status;
    }, phone);
    expect(made).toBe(201);
    await own.page.context().close();
    const { page, complaints } = await house.person(second, language);
    try {
      await page.goto("/records/customer?create=true");
      const form = page.getByRole("dialog");
      await form.getByLabel(words.name, { exact: true }).fill(`另一家 ${number}`);
      await form.getByLabel(words.phone, { exact: true }).fill(number);
      await form.getByLabel(words.name, { exact: true }).focus();
      await form.getByText(words.hint).waitFor();
      await form.getByText(words.other).waitFor();
      expect(await form.getByText("查重样例").count()).toBe(0);
      await expectAccessible(page, "duplicates");
      await form.getByRole("button", { name: words.save }).click();
      await form.getByRole("button", { name: words.anyway }).click();
      // The page has a line of that name too.
      await page.getByRole("alert").getByText(words.created, { exact: true }).waitFor();
      expect(complaints).toEqual([]);
    } catch (error) {
      await pictureOf(page, `duplicate-${language}`);
      throw error;
    } finally {
      await page.context().close();
    }
  });
});
