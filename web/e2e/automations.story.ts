// Automation in the browser, in both languages: a rule makes a task of a won deal, and a system outside is told with a signature that
// holds.

import { createHmac } from "node:crypto";
import type { Server } from "node:http";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { House, type Language, pictureOf } from "./house";
import { languages } from "./languages";
import { hooked, listening, type Told } from "./outside";

const WORDS = {
  "zh-CN": {
    hooks: "外部系统",
    addHook: "新建外部系统",
    hosts: "允许的内部主机",
    url: "地址",
    kept: "已保存",
    secret: "签名密钥",
    add: "新建规则",
    zh: "中文名称",
    en: "英文名称",
    name: "名称（创建后不变）",
    object: "对象",
    deal: "商机",
    choice: "选项字段",
    stage: "销售阶段",
    values: "变为",
    won: "赢单",
    task: "任务主题",
    addEffect: "添加动作",
    tell: "通知外部系统",
    save: "保存",
    done: "已送达",
  },
  en: {
    hooks: "Systems outside",
    addHook: "New system",
    hosts: "Hosts inside that may be told",
    url: "Address",
    kept: "I have kept it",
    secret: "Signing secret",
    add: "New rule",
    zh: "Label in Chinese",
    en: "Label in English",
    name: "Name (never changed)",
    object: "Object",
    deal: "Opportunity",
    choice: "Choice",
    stage: "Stage",
    values: "Becomes",
    won: "Won",
    task: "Subject",
    addEffect: "Add an effect",
    tell: "tell a system outside",
    save: "Save",
    done: "told",
  },
} as const;

describe.each(languages("en"))("automation (%s)", { timeout: 240_000 }, (language: Language) => {
  const w = WORDS[language];
  let house: House;
  let outside: Server;
  let port = 0;
  const told: Told[] = [];
  beforeAll(async () => {
    house = await House.open();
    outside = hooked(told);
    port = await listening(outside);
  });
  afterAll(async () => {
    outside.close();
    await house.close();
  });
  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
  async function choose(page: Page, label: string, option: string): Promise<void> {
    await page.getByRole("dialog").getByRole("combobox", { name: label, exact: true }).first().click();
    await page
      .locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden)")
      .getByTitle(option, { exact: true })
      .click();
  }

  test("a won deal makes a task, and a system outside is told ids with a signature", async () => {
    const { page: admin, complaints } = await house.person("admin", language);
    const url = `http://127.0.0.1:${port}/hook`;
    try {
      await admin.goto("/settings/automations?tab=hooks");
      await admin.getByLabel(w.hosts).click();
      await admin.keyboard.type("127.0.0.1");
      await admin.keyboard.press("Enter");
      await button(admin, w.save).click();
      await button(admin, w.addHook).first().click();
      const dialog = admin.getByRole("dialog");
      await dialog.getByLabel(w.zh).fill("企业系统");
      await dialog.getByLabel(w.en).fill("ERP");
      await dialog.getByLabel(w.name).fill("erp");
      await dialog.getByLabel(w.url, { exact: true }).fill(url);
      await expectAccessible(admin, "an endpoint");
      await dialog.getByRole("button", { name: w.save, exact: true }).click();
      const secret = await admin.getByRole("textbox", { name: w.secret }).inputValue();
      await button(admin, w.kept).click();
      await expectAccessible(admin, "endpoints");

      await admin.goto("/settings/automations");
      await button(admin, w.add).first().click();
      await admin.getByRole("dialog").getByLabel(w.zh).fill("赢单交接");
      await admin.getByRole("dialog").getByLabel(w.en).fill("Hand over");
      await admin.getByRole("dialog").getByLabel(w.name).fill("won_task");
      await choose(admin, w.object, w.deal);
      await choose(admin, w.choice, w.stage);
      await choose(admin, w.values, w.won);
      await admin.keyboard.press("Escape");
      await admin.getByRole("dialog").getByLabel(w.task).fill("Hand over to service");
      await button(admin, w.addEffect).click();
      await admin.getByRole("dialog").getByRole("radio", { name: w.tell }).last().check({ force: true });
      await choose(admin, w.tell, language === "en" ? "ERP" : "企业系统");
      await expectAccessible(admin, "a rule");
      await pictureOf(admin, `automation-form-${language}`);
      await admin.getByRole("dialog").getByRole("button", { name: w.save, exact: true }).click();
      await button(admin, language === "en" ? "Hand over" : "赢单交接").waitFor();
      await pictureOf(admin, `automations-${language}`);
      await expectAccessible(admin, "rules");

      const { page: rep } = await house.person("rep1", language);
      const did = await rep.evaluate(async () => {
        const headers = { "content-type": "application/json" };
        const list = await (await fetch("/api/v1/records/customer?limit=1")).json();
        const fields = {
          customer: list.items[0].id,
          name: "Secret deal",
          stage: "won",
          amount: 90000,
          closes_on: "2027-01-31",
          outcome_reason: "price",
        };
        const made = await fetch("/api/v1/records/opportunity", {
          method: "POST",
          headers,
          body: JSON.stringify({ fields }),
        });
        return (await made.json()).id as string;
      });
      const until = Date.now() + 30_000;
      while (told.length === 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 200));
      const [message] = told;
      if (!message) throw new Error("nothing was told");
      const body = JSON.parse(message.body);
      expect([body.type, body.data.record, body.data.tasks.length]).toEqual(["record.created", did, 1]);
      expect(message.body).not.toContain("Secret deal");
      const { "webhook-id": id, "webhook-timestamp": at, "webhook-signature": signature } = message.headers;
      const key = Buffer.from(secret.slice("whsec_".length), "base64");
      const expected = createHmac("sha256", key).update(`${id}.${at}.${message.body}`).digest("base64");
      expect(signature).toBe(`v1,${expected}`);
      await rep.goto(`/records/task/${body.data.tasks[0].record}`);
      await rep.getByRole("heading", { name: "Hand over to service" }).waitFor();

      await admin.goto("/settings/automations?tab=runs");
      await admin.getByText(w.done, { exact: true }).first().waitFor();
      await expectAccessible(admin, "what rules did");
      await pictureOf(admin, `automation-runs-${language}`);
      expect(complaints).toEqual([]);
    } catch (error) {
      await pictureOf(admin, `automations-failed-${language}`);
      throw error;
    }
  });
});
