// The evening note, in both languages: the security administrator switches it on; a clerk opens strangers' customers; an hour later the
// house asks them, politely; they answer once for all, and the auditor reads their words beside the access.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { hourIn } from "./calendar";
import { send } from "./hands";
import { House } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    on: "每天晚上询问",
    customers: "至少打开多少位客户",
    save: "保存",
    saved: "设置已保存",
    notice: "今天打开的一些客户，请您说明是什么事",
    title: "今天的访问，请您说明",
    calm: "这只是一个问题，不影响您的权限",
    forAll: "对全部客户说明一次",
    why: "是什么事",
    covering: "代同事处理",
    words: "补充（可不填）",
    submit: "提交说明",
    said: "小王休假，我替他接电话",
    own: "本人的说明",
  },
  en: {
    on: "Ask each evening",
    customers: "From so many customers on",
    save: "Save",
    saved: "Saved",
    notice: "A question about some customers you opened today",
    title: "A question about your day",
    calm: "This is a question and nothing else",
    forAll: "once for all of them",
    why: "What was it about?",
    covering: "Covering for a colleague",
    words: "In your words (optional)",
    submit: "Send the answer",
    said: "Wang is away, I take his calls",
    own: "In their own words",
  },
} as const;

describe.each(languages("zh-CN"))("the evening note (%s)", (language) => {
  const w = WORDS[language];
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(async () => {
    await house.close();
  });

  test("who opened strangers' customers is asked, answers, and is read beside the access", async () => {
    // What is asked about is of the same day: in its last hour the next day is waited for.
    const wait = hourIn(0) === 23 ? 1 : 0;
    if (wait > 0) await house.later(`+${wait}h`);
    const officer = await house.person("security", language);
    await officer.page.goto("/responses?tab=evening");
    await officer.page.getByRole("checkbox", { name: w.on }).check();
    await officer.page.getByLabel(w.customers).fill("1");
    await officer.page.getByRole("button", { name: w.save, exact: true }).click();
    await officer.page.getByText(w.saved).waitFor();
    await expectAccessible(officer.page, "the evening note's settings");
    // The hour that comes next, so that an hour is all there is to wait.
    const now = (await send(officer.page, "GET", "/api/v1/admin/evening-note")).json as { hour: number };
    const then = { ...now, hour: hourIn(wait + 1) };
    expect((await send(officer.page, "PUT", "/api/v1/admin/evening-note", then)).status).toBe(204);

    // Thirty customers, among whom are strangers.
    const clerk = await house.person("service1", language);
    const list = (await send(clerk.page, "GET", "/api/v1/records/customer?limit=30")).json as {
      items: { id: string }[];
    };
    for (const { id } of list.items) {
      expect((await send(clerk.page, "GET", `/api/v1/records/customer/${id}`)).status).toBe(200);
    }

    await house.later(`+${wait + 1}h`);
    const asked = await house.person("service1", language);
    await asked.page.goto("/notices");
    const notice = asked.page.getByText(w.notice).first();
    await expect
      .poll(
        async () => {
          await asked.page.reload();
          // The page loads first and its notices after it.
          return notice.waitFor({ timeout: 5_000 }).then(
            () => true,
            () => false,
          );
        },
        { timeout: 40_000, interval: 2_000 },
      )
      .toBe(true);
    await notice.click();
    await asked.page.getByRole("heading", { name: w.title }).waitFor();
    await asked.page.getByText(w.calm).waitFor();
    await expectAccessible(asked.page, "the evening's question");
    await asked.page.getByRole("combobox", { name: w.why }).click();
    await asked.page.locator(".ant-select-dropdown:visible .ant-select-item-option", { hasText: w.covering }).click();
    await asked.page.getByLabel(w.words, { exact: true }).fill(w.said);
    await asked.page.getByRole("button", { name: w.submit, exact: true }).click();
    await asked.page.getByText(w.said).first().waitFor();

    // Which access it was is told by the log: its words stand beside it.
    const auditor = await house.person("auditor", language);
    const me = (await send(asked.page, "GET", "/api/v1/me")).json as { user: { id: string } };
    const filter = new URLSearchParams({ explained: "no", actions: '["view"]', users: JSON.stringify([me.user.id]) });
    await auditor.page.goto(`/audit/log?${filter}`);
    await auditor.page.locator("button.row-open").first().click();
    await auditor.page.getByRole("heading", { name: w.own }).waitFor();
    await auditor.page.getByText(w.said).waitFor();
    expect([...asked.complaints, ...auditor.complaints]).toEqual([]);
  });
});
