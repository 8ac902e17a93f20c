// Alerts that go out, in both languages: a system outside is set up, tried, and really told with a signature that holds; a channel that
// does not answer says so.

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
    hosts: "允许的内部主机",
    add: "新建渠道",
    kind: "类型",
    webhook: "外部系统（Webhook）",
    zh: "中文名称",
    en: "英文名称",
    name: "名称（创建后不变）",
    address: "地址",
    save: "保存",
    secret: "签名密钥",
    kept: "已保存",
    test: "发送测试: 安全中心",
    taken: "“安全中心”已接收",
    refused: "“安全中心”未接收",
    addRoute: "新建路由",
    severity: "级别",
    high: "高及以上",
    route: "路由 1: 高及以上",
    outbox: "发送情况",
  },
  en: {
    hosts: "Hosts inside that may be told",
    add: "New channel",
    kind: "Kind",
    webhook: "System outside (webhook)",
    zh: "Label in Chinese",
    en: "Label in English",
    name: "Name (never changed)",
    address: "Address",
    save: "Save",
    secret: "Signing secret",
    kept: "I have kept it",
    test: "Send a test: Security centre",
    taken: "“Security centre” took it",
    refused: "“Security centre” did not take it",
    addRoute: "New route",
    severity: "Severity",
    high: "High or graver",
    route: "Route 1: High or graver",
    outbox: "What was sent",
  },
} as const;

describe.each(languages("en"))("channels of alerts (%s)", { timeout: 240_000 }, (language: Language) => {
  const w = WORDS[language];
  let house: House;
  let outside: Server;
  let port = 0;
  let answer = 204;
  const told: Told[] = [];
  beforeAll(async () => {
    house = await House.open();
    outside = hooked(told, () => answer);
    port = await listening(outside);
  });
  afterAll(async () => {
    outside.close();
    await house.close();
  });
  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
  async function choose(page: Page, label: string, option: string): Promise<void> {
    await page.getByRole("dialog").getByRole("combobox", { name: label, exact: true }).click();
    await page
      .locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden)")
      .getByText(option, { exact: true })
      .click();
  }

  test("a system outside is set up, tried, and told what it can check", async () => {
    const { page: admin, complaints } = await house.person("admin", language);
    try {
      // A host inside is listed first.
      await admin.goto("/settings/automations?tab=hooks");
      await admin.getByLabel(w.hosts).click();
      await admin.keyboard.type("127.0.0.1");
      await admin.keyboard.press("Enter");
      await button(admin, w.save).click();
      await admin.locator(".ant-message-success").first().waitFor();

      await admin.goto("/settings?tab=channels");
      await button(admin, w.add).click();
      await choose(admin, w.kind, w.webhook);
      const dialog = admin.getByRole("dialog");
      await dialog.getByLabel(w.zh).fill("安全中心");
      await dialog.getByLabel(w.en).fill("Security centre");
      await dialog.getByLabel(w.name, { exact: true }).fill("soc");
      await dialog.getByLabel(w.address, { exact: true }).fill(`http://127.0.0.1:${port}/alerts?key=SECRET-IN-ADDRESS`);
      await expectAccessible(admin, "a channel");
      await pictureOf(admin, `channel-form-${language}`);
      await dialog.getByRole("button", { name: w.save, exact: true }).click();
      const secret = await admin.getByRole("textbox", { name: w.secret }).inputValue();
      expect(secret).toMatch(/^whsec_/);
      await button(admin, w.kept).click();
      await admin.getByRole("cell", { name: "127.0.0.1" }).waitFor();
      expect(await admin.content()).not.toContain("SECRET-IN-ADDRESS");

      await button(admin, w.test).click();
      await admin.getByText(w.taken).waitFor();
      const [one] = told;
      if (!one) throw new Error("nothing arrived");
      const of = (name: string) => String(one.headers[name]);
      const key = Buffer.from(secret.slice("whsec_".length), "base64");
      const signed = `${of("webhook-id")}.${of("webhook-timestamp")}.${one.body}`;
      expect(of("webhook-signature")).toBe(`v1,${createHmac("sha256", key).update(signed).digest("base64")}`);
      expect(JSON.parse(one.body).type).toBe("channel.test");

      answer = 500;
      await button(admin, w.test).click();
      await admin.getByText(w.refused).waitFor();
      await admin.getByText("HTTP 500").waitFor();
      answer = 204;

      await button(admin, w.addRoute).click();
      await choose(admin, w.severity, w.high);
      await expectAccessible(admin, "a route");
      await pictureOf(admin, `channel-route-${language}`);
      await admin.getByRole("dialog").getByRole("button", { name: w.save, exact: true }).click();
      await button(admin, w.route).waitFor();
      await admin.getByRole("region", { name: w.outbox }).waitFor();
      await expectAccessible(admin, "channels");
      await pictureOf(admin, `channels-${language}`);
      // The browser itself tells of the refused test.
      expect(complaints.filter((c) => !c.includes("409"))).toEqual([]);
    } catch (error) {
      await pictureOf(admin, `channels-failed-${language}`);
      throw error;
    }
  });
});
