// A discount is approved in the browser, in both languages: submitted, decided step by step, and gone again when it is changed.

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { House, type Language, pictureOf } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    needed: "须提交审批",
    submit: "提交审批",
    send: "提交",
    reason: "说明",
    waiting: "审批中",
    approved: "审批已通过",
    consent: "同意",
    look: "查看审批内容",
    edit: "编辑",
    discount: "折扣(%)",
    save: "保存",
    unmakes: "更改会使审批失效",
    on: "记录须经审批",
    saved: "已保存",
  },
  en: {
    needed: "An approval is needed",
    submit: "Submit for approval",
    send: "Submit",
    reason: "Reason",
    waiting: "Waiting for an approval",
    approved: "Approved",
    consent: "Consent",
    look: "Show what is to be approved",
    edit: "Edit",
    discount: "Discount (%)",
    save: "Save",
    unmakes: "The change takes the approval away",
    on: "Records are approved",
    saved: "Saved",
  },
} as const;

/** Asks the server as the page would; gives the status and the answer. */
async function ask(page: Page, method: string, path: string, body?: object, version?: number) {
  return page.evaluate(
    async ([method, path, body, version]) => {
      const headers: Record<string, string> = { "content-type": "application/json" };
      if (version) headers["if-match"] = `"${version}"`;
      const reply = await fetch(path as string, { method: method as string, headers, body: body as string });
      return { status: reply.status, body: await reply.json() };
    },
    [method, path, body ? JSON.stringify(body) : null, version ?? 0] as const,
  );
}

describe.each(languages("en"))("approvals (%s)", { timeout: 240_000 }, (language: Language) => {
  const w = WORDS[language];
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(async () => {
    await house.close();
  });
  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
  const banner = (page: Page, title: string) => page.locator(".approval-banner").getByText(title, { exact: true });

  test("a rep gives fifteen percent, her manager and the director consent, and she wins the deal", async () => {
    const { page: rep, complaints } = await house.person("rep1", language);
    const list = await ask(rep, "GET", "/api/v1/records/customer?limit=1");
    const fields = {
      customer: list.body.items[0].id,
      name: "Three years",
      stage: "negotiation",
      amount: 90000,
      closes_on: "2027-01-31",
    };
    const made = await ask(rep, "POST", "/api/v1/records/opportunity", { fields });
    expect(made.status).toBe(201);
    const path = `/records/opportunity/${made.body.id}`;
    const api = `/api/v1${path}`;
    const win = { fields: { stage: "won", outcome_reason: "price" } };
    const { page: manager } = await house.person("manager1", language);
    const { page: director } = await house.person("director", language);
    try {
      await rep.goto(path);
      await button(rep, w.edit).click();
      await rep.getByRole("dialog").getByLabel(w.discount).fill("15");
      await rep.getByRole("dialog").getByRole("button", { name: w.save, exact: true }).click();
      await banner(rep, w.needed).waitFor();
      expect((await ask(rep, "PATCH", api, win, 2)).body.code).toBe("approval_needed");
      await expectAccessible(rep, "a record that needs an approval");
      await button(rep, w.submit).click();
      const dialog = rep.getByRole("dialog");
      await dialog.getByLabel(w.reason).fill("They take three years");
      await dialog.getByRole("button", { name: w.send, exact: true }).click();
      await banner(rep, w.waiting).waitFor();
      await pictureOf(rep, `approval-waiting-${language}`);
      expect((await ask(rep, "PATCH", api, { fields: { discount: 5 } }, 3)).body.code).toBe("approval_waits");

      await manager.goto("/requests");
      const card = manager.locator(".request").filter({ hasText: "They take three years" });
      await button(manager, w.look).first().waitFor();
      await card.getByRole("button", { name: w.look, exact: true }).click();
      await card.locator(".asked-record dd").first().waitFor();
      await expectAccessible(manager, "an inbox with approvals");
      await pictureOf(manager, `approval-inbox-${language}`);
      await card.getByRole("button", { name: w.consent, exact: true }).click();
      await manager.getByRole("dialog").getByRole("button", { name: w.consent, exact: true }).click();
      await card.waitFor({ state: "detached" });

      await director.goto(path);
      await button(director, w.consent).click();
      await director.getByRole("dialog").getByRole("button", { name: w.consent, exact: true }).click();
      await banner(director, w.approved).waitFor();

      await rep.reload();
      await banner(rep, w.approved).waitFor();
      // A change of what was approved is told before it is saved.
      await button(rep, w.edit).click();
      await rep.getByRole("dialog").getByLabel(w.discount).fill("20");
      await rep.getByRole("dialog").getByRole("button", { name: w.save, exact: true }).click();
      await rep.locator(".ant-modal-confirm-title", { hasText: w.unmakes }).waitFor();
      await pictureOf(rep, `approval-unmade-${language}`);
      expect((await ask(rep, "PATCH", api, win, 4)).status).toBe(200);
      expect(complaints).toEqual([]);
    } catch (error) {
      await pictureOf(rep, `approvals-rep-${language}`);
      await pictureOf(manager, `approvals-manager-${language}`);
      await pictureOf(director, `approvals-director-${language}`);
      throw error;
    }
  });

  test("an administrator has tasks approved without code", async () => {
    const { page } = await house.person("admin", language);
    try {
      await page.goto("/objects/task?tab=approval");
      await page.getByLabel(w.on).click();
      await expectAccessible(page, "the approval of an object type");
      await button(page, w.save).click();
      await page.getByText(w.saved, { exact: true }).waitFor();
      await pictureOf(page, `approval-object-${language}`);
    } catch (error) {
      await pictureOf(page, `approvals-admin-${language}`);
      throw error;
    }
  });
});
