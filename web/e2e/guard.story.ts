// What is taken from somebody for a time, in both languages: an officer suspends a rep's exports, the rep is told plainly, the officer
// ends it; a rate on reveals makes the next one ask for an approval; decoys are planted and look like any other customer.

import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { House, type Language, pictureOf } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    title: "处置与诱饵",
    take: "处置",
    person: "人员",
    kind: "停用导出",
    reason: "原因",
    message: "给本人的说明（可不填）",
    need: "必填",
    noExport: "您的导出权限暂被停用",
    ask: "如有疑问，请联系",
    export: "导出",
    purpose: "用途",
    submit: "记录并导出",
    end: "结束",
    confirm: "确定",
    past: "历史",
    rules: "自动响应",
    add: "添加规则",
    sentence: "诱饵的告警级别不低于“高”时，对当事人停用导出 60 分钟。",
    save: "保存",
    saved: "已保存",
    canaries: "诱饵",
    plant: "埋设诱饵",
    label: "批次名称",
    planted: "已埋设 3 个诱饵",
    pool: "公海",
    idNumber: "证件号码",
    reveal: "查看明文",
    revealReason: "理由",
    record: "记录并查看",
    limit: "每小时查看明文次数已达上限 1",
    goOn: "申请继续访问",
    askReason: "理由",
    askSubmit: "提交申请",
  },
  en: {
    title: "Responses and decoys",
    take: "Take",
    person: "Person",
    kind: "Exports suspended",
    reason: "Reason",
    message: "To the person (optional)",
    need: "This is needed",
    noExport: "Your right to take data out is suspended",
    ask: "Ask about it",
    export: "Export",
    purpose: "Purpose",
    submit: "Record and export",
    end: "End",
    confirm: "Confirm",
    past: "Past",
    rules: "Automatic",
    add: "Add a rule",
    sentence: "At alerts of Decoys from “High” on, for 60 minutes: Exports suspended.",
    save: "Save",
    saved: "Saved",
    canaries: "Decoys",
    plant: "Plant decoys",
    label: "Name of the lot",
    planted: "3 decoys planted",
    pool: "In the pool",
    idNumber: "Identity number",
    reveal: "Show in the clear",
    revealReason: "Reason",
    record: "Record and show",
    limit: "You reached the limit of 1 reveals an hour",
    goOn: "Ask to go on",
    askReason: "Reason",
    askSubmit: "Ask",
  },
} as const;

type Row = { id: string; when: unknown[] };

/** A field of the record's page with its value. */
const field = (page: Page, label: string): Locator =>
  page.locator("dl > div").filter({ has: page.locator("dt", { hasText: label }) });

describe.each(languages("zh-CN"))("what is taken for a time (%s)", (language: Language) => {
  const w = WORDS[language];
  let house: House;
  let officer: Page;
  let rep: Page;
  const complaints: string[][] = [];

  beforeAll(async () => {
    house = await House.open();
    const [one, other] = [await house.person("security", language), await house.person("rep1", language)];
    officer = one.page;
    rep = other.page;
    complaints.push(one.complaints, other.complaints);
  });
  afterAll(async () => {
    await house.close();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") {
      await pictureOf(officer, `guard-officer-${language}-${task.name.slice(0, 20)}`);
      await pictureOf(rep, `guard-rep-${language}-${task.name.slice(0, 20)}`);
    }
    expect(complaints.flat()).toEqual([]);
  });

  const exports = async (): Promise<Locator> => {
    await rep.goto("/records/customer?scope=mine");
    await rep.getByRole("grid").waitFor();
    await rep.getByRole("button", { name: w.export, exact: true }).click();
    const dialog = rep.getByRole("dialog");
    await dialog.getByLabel(w.purpose).fill("拜访");
    await dialog.getByRole("button", { name: w.submit }).click();
    return dialog;
  };

  test("an officer suspends a rep's exports", async () => {
    const me = (await rep.evaluate(async () => (await fetch("/api/v1/me")).json())) as { user: { name: string } };
    await officer.goto("/responses");
    await officer.getByRole("heading", { name: w.title, level: 1 }).waitFor();
    await expectAccessible(officer, "responses");
    await officer.getByRole("button", { name: w.take, exact: true }).click();
    const dialog = officer.getByRole("dialog");
    await dialog.getByRole("button", { name: w.take, exact: true }).click();
    await dialog.getByText(w.need).first().waitFor();
    await dialog.getByLabel(w.person, { exact: true }).fill(me.user.name);
    await officer.getByTitle(me.user.name, { exact: true }).last().click();
    await dialog.getByLabel(w.reason, { exact: true }).fill("离职前大量导出");
    await dialog.getByLabel(w.message).fill("请先与您的主管确认交接范围");
    await expectAccessible(officer, "taking");
    await pictureOf(officer, `guard-taking-${language}`);
    await dialog.getByRole("button", { name: w.take, exact: true }).click();
    await officer.getByRole("row").filter({ hasText: me.user.name }).getByText(w.kind).waitFor();
    await expectAccessible(officer, "one in force");
    await pictureOf(officer, `guard-force-${language}`);
  });

  test("the rep is told plainly, and whom to ask", async () => {
    const dialog = await exports();
    await dialog.getByText(w.noExport).waitFor();
    await rep.reload();
    const told = rep.getByRole("status").filter({ hasText: w.noExport });
    await told.waitFor();
    expect(await told.textContent()).toContain(w.ask);
    expect(await told.textContent()).toContain("请先与您的主管确认交接范围");
    expect(await told.textContent()).not.toContain("离职前大量导出");
    await expectAccessible(rep, "told");
    await pictureOf(rep, `guard-told-${language}`);
  });

  test("the officer ends it, and the next export goes", async () => {
    await officer.getByRole("button", { name: w.end, exact: true }).click();
    const dialog = officer.getByRole("dialog");
    await dialog.getByLabel(w.reason, { exact: true }).fill("主管已确认");
    await dialog.getByRole("button", { name: w.confirm }).click();
    await dialog.waitFor({ state: "hidden" });
    await officer.getByRole("tab", { name: w.past }).click();
    await officer.getByText("主管已确认").waitFor();
    await expectAccessible(officer, "past");
    const asked = await exports();
    await asked.getByText(w.noExport).waitFor({ state: "hidden" });
    await asked.getByRole("link").first().waitFor();
  });

  test("a rate on reveals makes the next one ask for an approval", async () => {
    await officer.evaluate(async () => {
      const now = (await (await fetch("/api/v1/admin/policy")).json()) as { version: number; policy: { rows: Row[] } };
      const rows = now.policy.rows.map((row) =>
        row.id === "guard.reveal.rate"
          ? { ...row, when: [{ rate: { counter: "reveals_per_hour", below: 1, beyond: "approval" } }] }
          : row,
      );
      const published = await fetch("/api/v1/admin/policy", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ base: now.version, policy: { rows }, reason: "收紧" }),
      });
      if (!published.ok) throw new Error(await published.text());
    });
    await rep.goto(`/records/customer?scope=mine&cols=${encodeURIComponent('["name","id_number"]')}`);
    await rep.getByRole("row").filter({ hasText: "***" }).first().locator("a.title-link").click();
    const masked = field(rep, w.idNumber);
    for (const within of [true, false]) {
      await masked.getByRole("button", { name: w.reveal }).click();
      const dialog = rep.getByRole("dialog");
      await dialog.getByLabel(w.revealReason).fill("核对合同主体");
      await dialog.getByRole("button", { name: w.record }).click();
      if (within) {
        await dialog.waitFor({ state: "hidden" });
        await rep.reload();
        continue;
      }
      await dialog.getByText(w.limit).waitFor();
      await expectAccessible(rep, "beyond the rate");
      await pictureOf(rep, `guard-limit-${language}`);
      await dialog.getByRole("button", { name: w.goOn }).click();
      const ask = rep.getByRole("dialog").last();
      await ask.getByLabel(w.askReason, { exact: true }).fill("合同今天要签");
      await ask.getByRole("button", { name: w.askSubmit, exact: true }).click();
      await rep.getByRole("dialog").nth(1).waitFor({ state: "hidden" });
    }
    await rep.goto("/requests?tab=mine");
    await rep.getByText("合同今天要签").waitFor();
  });

  test("rules of the house say what they mean, and decoys are planted", async () => {
    await officer.goto("/responses?tab=rules");
    await officer.getByRole("button", { name: w.add }).click();
    await officer.getByText(w.sentence).waitFor();
    await expectAccessible(officer, "automatic");
    await pictureOf(officer, `guard-automatic-${language}`);
    await officer.getByRole("button", { name: w.save, exact: true }).click();
    await officer.getByText(w.saved).waitFor();
    await officer.getByRole("tab", { name: w.canaries }).click();
    await officer.getByRole("button", { name: w.plant }).click();
    const dialog = officer.getByRole("dialog");
    await dialog.getByLabel(w.label).fill("十一月");
    await dialog.getByRole("button", { name: w.plant }).click();
    await officer.getByText(w.planted).waitFor();
    const row = officer.getByRole("row").filter({ hasText: "十一月" });
    await row.nth(2).waitFor();
    expect(await row.count()).toBe(3);
    await row.first().getByText(w.pool).waitFor();
    await expectAccessible(officer, "decoys");
    await pictureOf(officer, `guard-decoys-${language}`);
  });
});
