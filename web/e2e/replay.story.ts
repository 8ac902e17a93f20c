// Policy replay: the security administrator drafts that representatives may not open what is theirs, asks what that would have done with the
// last days, reads for whom, and publishes; a representative finds no such page.

import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { House } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    edit: "编辑策略",
    cell: "修改：销售专员，查看",
    own: "仅本人",
    take: "写入草稿",
    review: "查看变更与影响",
    title: "策略回放",
    run: "开始回放",
    differ: /次结果不同/,
    people: "人员",
    refused: "将被拒绝",
    withoutEvents: /您没有审计日志查询职责/,
    file: "下载 CSV",
    whole: "在单独页面查看此结果",
    reason: "修改原因（必填，永久记录）",
    publish: "发布新版本",
    inForce: "已生效",
    jobs: "策略回放",
    open: "查看结果",
    noPage: "此页不存在",
    versions: "策略版本",
    effect: "生效以来的效果",
    allowed: "将放行",
  },
  en: {
    edit: "Edit the policy",
    cell: "Change: Sales rep, View",
    own: "own",
    take: "Put into the draft",
    review: "Review changes and impact",
    title: "Policy replay",
    run: "Replay",
    differ: /would be otherwise \(/,
    people: "People",
    refused: "Would be refused",
    withoutEvents: /You do not read the access log/,
    file: "Download as CSV",
    whole: "See this on a page of its own",
    reason: "Reason (required, kept for good)",
    publish: "Publish a new version",
    inForce: "is in force",
    jobs: "Policy replay",
    open: "Look at the result",
    noPage: "There is no such page",
    versions: "Versions",
    effect: "Effect since",
    allowed: "Would be allowed",
  },
} as const;

describe.each(languages("en"))("policy replay (%s)", { timeout: 240_000 }, (language) => {
  const w = WORDS[language];
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(async () => {
    await house.close();
  });

  test("what a draft would have done is read before it is published", async () => {
    const opened = async () => {
      const { page } = await house.person("rep1", language);
      const answers = await page.evaluate(async () => {
        const list = await (await fetch("/api/v1/records/customer?limit=30")).json();
        const ids = (list.items as { id: string }[]).map((r) => r.id);
        return Promise.all(ids.map((id) => fetch(`/api/v1/records/customer/${id}`).then((r) => (r.ok ? id : ""))));
      });
      await page.context().close();
      return answers.filter((id) => id !== "");
    };
    const before = await opened();
    expect(before.length).toBeGreaterThan(0);

    const security = await house.person("security", language);
    const { page } = security;
    await page.goto("/roles?object=customer&role=sales_rep");
    await page.getByRole("button", { name: w.edit }).click();
    await page.getByRole("button", { name: w.cell }).first().click();
    const cell = page.getByRole("dialog");
    await cell.getByLabel(w.own, { exact: true }).uncheck();
    await cell.getByRole("button", { name: w.take }).click();
    await cell.waitFor({ state: "hidden" });
    await page.getByRole("button", { name: w.review }).click();
    const replay = page.getByRole("region", { name: w.title });
    await replay.getByRole("button", { name: w.run, exact: true }).click();
    await replay.getByText(w.differ).waitFor({ timeout: 120_000 });
    await replay.getByRole("region", { name: w.people }).first().waitFor();
    await replay.getByText(w.withoutEvents).waitFor();
    await expectAccessible(page, "the draft replayed");
    const shots = process.env.SCREENS;
    if (shots) writeFileSync(`${shots}/replay-drawer-${language}.png`, await page.screenshot());

    const [file] = await Promise.all([
      page.waitForEvent("download"),
      replay.getByRole("button", { name: w.file }).click(),
    ]);
    expect(file.suggestedFilename()).toBe("policy-replay.csv");

    await page.getByLabel(w.reason).fill("销售专员不再自行查看，试行");
    await page.getByRole("button", { name: w.publish }).click();
    await page.getByText(w.inForce).first().waitFor();

    // It is among the jobs, and stands on a page of its own.
    await page.goto("/jobs");
    await page.getByRole("link", { name: w.open }).first().click();
    await page.waitForURL(/\/roles\/replays\//);
    await page.getByText(w.differ).waitFor();
    await expectAccessible(page, "the replay");
    if (shots) {
      writeFileSync(`${shots}/replay-page-${language}.png`, await page.screenshot({ fullPage: true }));
      await page.setViewportSize({ width: 390, height: 844 });
      writeFileSync(`${shots}/replay-phone-${language}.png`, await page.screenshot());
    }
    const address = new URL(page.url()).pathname;

    const rep = await house.person("rep1", language);
    await rep.page.goto(address);
    await rep.page.getByText(w.noPage).waitFor();
    expect([...security.complaints, ...rep.complaints]).toEqual([]);
    await page.context().close();
    await rep.page.context().close();

    // A week later: a representative has met the new rules, and the officer reads what they did.
    await house.later("+7d");
    expect((await opened()).length).toBeLessThan(before.length);
    const officer = await house.person("security", language);
    await officer.page.goto("/roles");
    await officer.page.getByRole("tab", { name: w.versions }).click();
    await officer.page.getByRole("button", { name: w.effect, exact: true }).click();
    await officer.page.getByText(w.differ).waitFor({ timeout: 120_000 });
    await officer.page.getByText(w.allowed).first().waitFor();
    await expectAccessible(officer.page, "the effect of a version");
    if (shots)
      writeFileSync(`${shots}/replay-effect-${language}.png`, await officer.page.screenshot({ fullPage: true }));
    expect(officer.complaints).toEqual([]);
  });
});
