// Business reasons, in both languages: a clerk opens a stranger's customer and is not asked; the security administrator wants a purpose
// from whoever has no reason; the clerk says what it is for and goes on; the auditor finds the look by the filter, with its purpose.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { House } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    title: "业务理由",
    shares: "有业务理由的访问占比",
    ask: "无理由时要求说明用途",
    save: "保存",
    saved: "设置已保存",
    dialog: "请说明用途",
    label: "用途",
    go: "记录并继续",
    no: "不查看",
    refused: "系统看不到您查看此客户的业务理由",
    without: "无业务理由",
    what: "涉及的记录",
    purpose: "客户来电询问发票",
  },
  en: {
    title: "Business reasons",
    shares: "Share of accesses with a reason",
    ask: "Ask for a purpose where there is no reason",
    save: "Save",
    saved: "Saved",
    dialog: "What is it for?",
    label: "Purpose",
    go: "Record and go on",
    no: "Do not look",
    refused: "No business reason for this look is seen",
    without: "Without reason",
    what: "Records",
    purpose: "they called about an invoice",
  },
} as const;

describe.each(languages("en"))("business reasons (%s)", (language) => {
  const w = WORDS[language];
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(async () => {
    await house.close();
  });

  test("who has none says what it is for, and the log tells", async () => {
    const security = await house.person("security", language);
    await security.page.goto("/audit/reasons");
    await security.page.getByRole("heading", { name: w.shares }).waitFor();
    await security.page.getByRole("switch", { name: w.ask }).click();
    await security.page.getByRole("button", { name: w.save, exact: true }).click();
    await security.page.getByText(w.saved).waitFor();
    await expectAccessible(security.page, "business reasons");

    // The last page of all customers: nobody called about most of them.
    const clerk = await house.person("service1", language);
    await clerk.page.goto("/records/customer");
    await clerk.page.locator("a.title-link").first().waitFor();
    const links = await clerk.page.locator("a.title-link").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    let asked: string | undefined;
    for (const link of links.slice(0, 30)) {
      await clerk.page.goto(link ?? "/");
      const dialog = clerk.page.getByRole("dialog", { name: w.dialog });
      const record = clerk.page.getByRole("heading", { level: 1 });
      await Promise.race([dialog.waitFor(), record.waitFor()]);
      if (await dialog.isVisible()) {
        asked = link ?? undefined;
        break;
      }
    }
    expect(asked, "one of thirty customers is a stranger").toBeDefined();
    await expectAccessible(clerk.page, "the question for a purpose");
    await clerk.page.getByRole("button", { name: w.no, exact: true }).click();
    await clerk.page.getByText(w.refused).first().waitFor();
    await clerk.page.reload();
    const dialog = clerk.page.getByRole("dialog", { name: w.dialog });
    await dialog.waitFor();
    await dialog.getByLabel(w.label, { exact: true }).fill(w.purpose);
    await dialog.getByRole("button", { name: w.go, exact: true }).click();
    await clerk.page.getByRole("heading", { level: 1 }).waitFor();

    const auditor = await house.person("auditor", language);
    await auditor.page.goto("/audit/log");
    await auditor.page.getByText(w.without, { exact: true }).first().click();
    await auditor.page.waitForURL(/explained=/);
    await auditor.page.locator("button.row-open").first().click();
    await auditor.page.getByText(w.purpose).first().waitFor();
    await expectAccessible(auditor.page, "an event without a reason");
    expect([...security.complaints, ...auditor.complaints]).toEqual([]);
  });
});
