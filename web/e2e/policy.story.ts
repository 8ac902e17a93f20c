// The audit policy by two people: the security administrator proposes, the auditor consents, and from then on it holds; a rep finds
// no such page.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { House } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    title: "审计策略",
    edit: "提议更改",
    scope: "产品的列表与查看",
    counted: "只记数量，不列出每条",
    preview: "查看影响",
    effect: "影响",
    reason: "更改理由",
    submit: "提交复核",
    waits: "等待复核的提议",
    own: "须由另一位有复核职责的人",
    consent: "同意并生效",
    inForce: "现行策略（第 2 版）",
    noPage: "此页不存在",
  },
  en: {
    title: "Audit policy",
    edit: "Propose a change",
    scope: "Lists and views of Product",
    counted: "how many records, not which",
    preview: "See what it means",
    effect: "What it means",
    reason: "Why",
    submit: "Propose",
    waits: "Waits for a second word",
    own: "Another person with the duty must decide",
    consent: "Consent: put in force",
    inForce: "In force (version 2)",
    noPage: "There is no such page",
  },
} as const;

// In both languages the same house would be at version 3 the second time: each has its own.
describe.each(languages("zh-CN"))("the audit policy (%s)", (language) => {
  const w = WORDS[language];
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(async () => {
    await house.close();
  });

  test("one proposes, and it holds once another has consented", async () => {
    const security = await house.person("security", language);
    await security.page.goto("/audit/policy");
    await security.page.getByRole("button", { name: w.edit }).click();
    await security.page.getByRole("combobox", { name: w.scope }).click({ force: true });
    await security.page.getByTitle(w.counted).last().click();
    await security.page.getByRole("button", { name: w.preview }).click();
    await security.page.getByRole("heading", { name: w.effect }).waitFor();
    await expectAccessible(security.page, "the form");
    await security.page.getByLabel(w.reason, { exact: true }).fill("价目表的翻页占了日志的大半");
    await security.page.getByRole("button", { name: w.submit, exact: true }).click();
    await security.page.getByRole("region", { name: w.waits }).getByText(w.own).waitFor();

    const auditor = await house.person("auditor", language);
    await auditor.page.goto("/audit/policy");
    const waits = auditor.page.getByRole("region", { name: w.waits });
    await waits.waitFor();
    await expectAccessible(auditor.page, "a proposal");
    await waits.getByRole("button", { name: w.consent }).click();
    await auditor.page.getByRole("dialog").getByRole("button", { name: w.consent }).click();
    await auditor.page.getByRole("heading", { name: w.inForce }).waitFor();

    const rep = await house.person("rep1", language);
    for (const path of ["/audit/policy", "/audit/log"]) {
      await rep.page.goto(path);
      await rep.page.getByText(w.noPage).waitFor();
    }
    expect([...security.complaints, ...auditor.complaints, ...rep.complaints]).toEqual([]);
  });
});
