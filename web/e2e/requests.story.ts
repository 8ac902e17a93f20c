// Asking, deciding, and emergencies in the browser, in both languages: who asks learns nothing until somebody consents; what is
// given is counted down and ended; an emergency is told in red and reviewed.

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { House, type Language, pictureOf } from "./house";
import { languages } from "./languages";
import { totp } from "./totp";

const WORDS = {
  "zh-CN": {
    ask: "申请访问",
    submit: "提交申请",
    reason: "理由",
    asked: "申请已提交，可在“我的申请”中查看",
    waiting: "等待审批",
    mine: "我的申请",
    consent: "同意",
    refuse: "拒绝",
    needComment: "请填写意见",
    approved: "已同意",
    banner: /临时访问，剩余/,
    revoke: "撤销",
    glass: "紧急访问",
    glassReason: "理由（至少 10 个字）",
    open: "打开记录",
    glassBanner: /紧急访问中，剩余/,
    lawful: "合规",
    comment: "意见",
    second: "此操作须先通过多因素认证。",
    pending: /您上一次紧急访问尚未复核/,
    deputy: "代理人",
    save: "保存",
    add: "新建流程",
    zh: "中文名称",
    en: "英文名称",
    name: "名称（创建后不变）",
    run: "查看",
    who: "若由此人申请",
  },
  en: {
    ask: "Ask for access",
    submit: "Ask",
    reason: "Reason",
    asked: "Asked; see “My requests”",
    waiting: "waiting",
    mine: "My requests",
    consent: "Consent",
    refuse: "Refuse",
    needComment: "Give a comment",
    approved: "approved",
    banner: /Access for a time, .* left/,
    revoke: "End",
    glass: "Emergency access",
    glassReason: "Reason (10 characters at least)",
    open: "Open the record",
    glassBanner: /Emergency access, .* left/,
    lawful: "Justified",
    comment: "Comment",
    second: "Prove your second factor, then try again.",
    pending: /Your last emergency access must be reviewed/,
    deputy: "Deputy",
    save: "Save",
    add: "New flow",
    zh: "Label in Chinese",
    en: "Label in English",
    name: "Name (never changed)",
    run: "Show",
    who: "If this person asks",
  },
} as const;

const SERVICE = "service1";
const NOTHING = "/records/customer/0190c8f4-0000-7000-8000-000000000000";

describe.each(languages("en"))("requests (%s)", { timeout: 240_000 }, (language: Language) => {
  const w = WORDS[language];
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(async () => {
    await house.close();
  });
  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

  async function someCustomer(page: Page): Promise<string> {
    await page.goto("/records/customer?scope=mine");
    const link = page.locator("a.title-link").first();
    await link.waitFor();
    return (await link.getAttribute("href")) ?? "/";
  }
  async function ask(page: Page, path: string): Promise<void> {
    await page.goto(path);
    await button(page, w.ask).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(w.reason).fill("A client of theirs called me");
    await expectAccessible(page, "the question");
    await dialog.getByRole("button", { name: w.submit, exact: true }).click();
    await page.getByText(w.asked).waitFor();
  }

  test("a refused record is asked for, given for a time, and taken back", async () => {
    const { page: owner } = await house.person("rep1", language);
    const { page: asker, complaints } = await house.person("rep6", language);
    const path = await someCustomer(owner);
    try {
      await ask(asker, path);
      await ask(asker, NOTHING);
      await asker.goto("/requests?tab=mine");
      await asker.getByText(w.waiting, { exact: true }).nth(1).waitFor();
      await expectAccessible(asker, "own requests");

      await owner.goto("/");
      await owner.locator(".nav-count").waitFor();
      await owner.goto("/requests");
      await owner.locator(".request").first().waitFor();
      expect(await owner.locator(".request").count()).toBe(1);
      await expectAccessible(owner, "the inbox");
      // A refusal needs words.
      await button(owner, w.refuse).click();
      await owner.getByRole("dialog").getByRole("button", { name: w.refuse, exact: true }).click();
      await owner.getByText(w.needComment).waitFor();
      await owner.keyboard.press("Escape");
      await owner.getByRole("dialog").waitFor({ state: "hidden" });
      await button(owner, w.consent).click();
      await owner.getByRole("dialog").getByRole("button", { name: w.consent, exact: true }).click();
      await owner.locator(".request").waitFor({ state: "detached" });
      expect(await owner.locator(".nav-count").count()).toBe(0);

      await asker.goto(path);
      await asker.getByText(w.banner).waitFor();
      await expectAccessible(asker, "a banner");

      const { page: security } = await house.person("security", language);
      await security.goto("/access/grants");
      // Others of the company have access for a time too.
      const given = security.getByRole("row").filter({ hasText: path.split("/").at(-1) ?? "" });
      await given.getByRole("button", { name: w.revoke, exact: true }).click();
      await security.getByRole("tooltip").getByRole("button", { name: w.revoke, exact: true }).click();
      await given.waitFor({ state: "detached" });
      await expectAccessible(security, "grants");
      await asker.reload();
      await button(asker, w.ask).waitFor();
      expect(complaints).toEqual([]);
    } catch (error) {
      await pictureOf(asker, `requests-asker-${language}`);
      await pictureOf(owner, `requests-owner-${language}`);
      throw error;
    }
  });

  test("an emergency takes a second factor, shows in red, and is reviewed", async () => {
    const { page: owner } = await house.person("rep6", language);
    const path = await someCustomer(owner);
    // Sees every customer masked.
    const { page: agent } = await house.person(SERVICE, language);
    const fill = async () => {
      await button(agent, w.glass).click();
      const dialog = agent.getByRole("dialog");
      await dialog.getByLabel(w.glassReason).fill("The machine at the client's site stands still");
      await dialog.getByRole("button", { name: w.open, exact: true }).click();
    };
    try {
      await agent.goto(path);
      await fill();
      await agent.getByText(w.second).waitFor();
      const secret = await agent.evaluate(async () => {
        const answer = await fetch("/api/v1/me/totp", { method: "POST" });
        return ((await answer.json()) as { secret: string }).secret;
      });
      const status = await agent.evaluate(
        async (code) =>
          (
            await fetch("/api/v1/me/totp/confirm", {
              method: "POST",
              headers: { "content-type": "application/json" },
              body: JSON.stringify({ code }),
            })
          ).status,
        totp(secret, 0),
      );
      expect(status).toBeLessThan(300);
      await agent.goto(path);
      await fill();
      await agent.getByText(w.glassBanner).waitFor();
      await expectAccessible(agent, "an emergency");
      await pictureOf(agent, `emergency-${language}`);
      await agent.goto(NOTHING);
      await fill();
      await agent
        .getByText(/不存在|does not exist/)
        .last()
        .waitFor();

      const { page: security } = await house.person("security", language);
      await security.goto("/requests");
      await button(security, w.lawful).click();
      const dialog = security.getByRole("dialog");
      await dialog.getByLabel(w.comment).fill("Called back, it was so");
      await dialog.getByRole("button", { name: w.lawful, exact: true }).click();
      await security.locator(".request").waitFor({ state: "detached" });
    } catch (error) {
      await pictureOf(agent, `requests-agent-${language}`);
      throw error;
    }
  });

  test("a flow is made, and tells who would decide", async () => {
    const { page } = await house.person("admin", language);
    await page.goto("/requests/flows");
    await button(page, w.add).click();
    const drawer = page.getByRole("dialog");
    await drawer.getByLabel(w.zh).fill("大量导出");
    await drawer.getByLabel(w.en).fill("Large exports");
    await drawer.getByLabel(w.name).fill("large");
    await drawer.getByLabel(w.who).click();
    await page.locator(".ant-select-item-option").first().click();
    await drawer.getByRole("button", { name: w.run, exact: true }).click();
    await drawer.locator(".flow-found li").first().waitFor();
    await expectAccessible(page, "a flow");
    await drawer.getByRole("button", { name: w.save, exact: true }).click();
    await page.getByRole("button", { name: language === "en" ? "Large exports" : "大量导出", exact: true }).waitFor();
    await expectAccessible(page, "flows");
  });
});
