// A quarterly access review from start to signed result, in both languages: an officer begins it, a manager clicks through without looking
// and is named, another decides line by line, what nobody answers is revoked when the clock passes, and the list is taken with its proof,
// which `whosaw-verify` holds against the log. Then the clock goes on to the next quarter, which begins by itself, once.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { daysUntilNext } from "./calendar";
import { choose, send } from "./hands";
import { binary, House, type Language, pictureOf } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    begin: "开始复核",
    name: "名称",
    role: "角色",
    rep: "销售专员",
    unanswered: "仍无人答复的",
    revoked: "收回",
    start: "冻结名单并开始",
    notice: "有权限等您复核",
    keep: /^保留 /,
    revoke: /^收回 /,
    reason: "理由",
    keepAct: "保留",
    revokeAct: "收回",
    closed: "已关闭",
    hasty: /像是走过场/,
    done: "已执行",
    take: "下载 PDF",
    prove: "保存存证",
    plans: "计划",
    addPlan: "新建计划",
    id: "标识",
    save: "保存",
    saved: "计划已保存",
  },
  en: {
    begin: "Begin a review",
    name: "Name",
    role: "Role",
    rep: "Sales rep",
    unanswered: "What stays unanswered",
    revoked: "is revoked",
    start: "Freeze the list and begin",
    notice: "What somebody has waits for your review",
    // Not the button that keeps many at once.
    keep: /^Keep (?!\d)/,
    revoke: /^Revoke /,
    reason: "Reason",
    keepAct: "Keep",
    revokeAct: "Revoke",
    closed: "closed",
    hasty: /decided without looking/,
    done: "done",
    take: "Take as PDF",
    prove: "Save the evidence",
    plans: "Plans",
    addPlan: "New plan",
    id: "Id",
    save: "Save",
    saved: "Saved",
  },
} as const;

type Line = { id: string; user_name: string | null; decided: unknown; outcome: { what: string } | null };
type Detail = {
  card: { state: string; figures: { lines: number; automatic: number; revoke: number; answered: number } };
};

describe.each(languages("en"))("an access review (%s)", { timeout: 300_000 }, (language: Language) => {
  const w = WORDS[language];
  let house: House;
  const folder = mkdtempSync(join(tmpdir(), "whosaw-review-"));
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await house.close();
  });
  const saved = async (page: Page, button: string, name: string) => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: button, exact: true }).click(),
    ]);
    const path = join(folder, name);
    await download.saveAs(path);
    return path;
  };
  const lines = async (page: Page, id: string) =>
    ((await send(page, "GET", `/api/v1/reviews/${id}/lines`)).json as { items: Line[] }).items;
  const mine = async (page: Page) =>
    ((await send(page, "GET", "/api/v1/me/reviews")).json as { items: { lines: Line[] }[] }).items.flatMap(
      (r) => r.lines,
    );

  test("from start to signed result", async () => {
    const officer = await house.person("security", language);
    await officer.page.goto("/reviews?tab=plans");
    await officer.page.getByRole("button", { name: w.addPlan }).click();
    await officer.page.getByRole("dialog").getByLabel(w.id, { exact: true }).fill("quarterly");
    await officer.page.getByRole("dialog").getByLabel(w.name, { exact: true }).fill("季度复核 Q");
    await officer.page.getByRole("dialog").getByRole("button", { name: w.save, exact: true }).click();
    await officer.page.getByText(w.saved).waitFor();
    await expectAccessible(officer.page, "plans of access reviews");

    // Begun by hand: sales reps, the unanswered are revoked.
    await officer.page.goto("/reviews");
    await officer.page.getByRole("button", { name: w.begin }).click();
    const dialog = officer.page.getByRole("dialog");
    await dialog.getByLabel(w.name, { exact: true }).fill("销售专员复核");
    await choose(officer.page, w.role, w.rep);
    await choose(officer.page, w.unanswered, w.revoked);
    await dialog.getByRole("button", { name: w.start }).click();
    await officer.page.waitForURL(/\/reviews\/[0-9a-f-]{36}$/);
    const id = new URL(officer.page.url()).pathname.split("/").at(-1) as string;
    const all = await lines(officer.page, id);
    expect(all.length).toBeGreaterThan(10);
    await expectAccessible(officer.page, "a campaign");
    await pictureOf(officer.page, `reviews-one-${language}`);

    // Their manager is told, sees the evidence, takes one away, keeps another against the advice with a reason.
    const manager = await house.person("manager1", language);
    await manager.page.goto("/notices");
    await manager.page.getByText(w.notice).first().click();
    await manager.page.waitForURL(/\/reviews\/mine$/);
    await manager.page.getByRole("button", { name: w.revoke }).first().waitFor();
    await expectAccessible(manager.page, "what is mine to review");
    await pictureOf(manager.page, `reviews-mine-${language}`);
    const waiting = await mine(manager.page);
    expect(waiting.length).toBeGreaterThan(1);
    const answered = () => mine(manager.page).then((all) => all.filter((l) => l.decided !== null).length);
    await manager.page.getByRole("button", { name: w.keep }).first().click();
    const asked = manager.page.getByRole("dialog");
    const must = async () => (await asked.isVisible()) || (await answered()) > 0;
    await expect.poll(must, { timeout: 10_000 }).toBe(true);
    if (await asked.isVisible()) {
      await asked.getByLabel(w.reason).fill("下月起负责华东");
      await asked.getByRole("button", { name: w.keepAct, exact: true }).click();
    }
    await expect.poll(answered, { timeout: 10_000 }).toBe(1);

    // Another clicks through, faster than anybody reads.
    const officerLines = await mine(officer.page);
    const hasty = await house.person("director", language);
    const theirs = await mine(hasty.page);
    for (const line of theirs) {
      await send(hasty.page, "POST", "/api/v1/me/reviews/decisions", {
        lines: [line.id],
        choice: "keep",
        reason: "ok",
        read_only: false,
      });
    }
    expect(officerLines.length + theirs.length + waiting.length).toBeLessThanOrEqual(all.length);

    // The clock passes date and grace: what nobody answered is revoked, and all is applied.
    await house.later("+18d");
    const later = await house.person("security", language);
    await expect
      .poll(async () => ((await send(later.page, "GET", `/api/v1/reviews/${id}`)).json as Detail).card.state, {
        timeout: 90_000,
        interval: 2_000,
      })
      .toBe("closed");
    const closed = (await send(later.page, "GET", `/api/v1/reviews/${id}`)).json as Detail;
    const { figures } = closed.card;
    expect(figures.automatic).toBeGreaterThan(0);
    expect(figures.automatic + figures.answered).toBe(figures.lines);
    const done = await lines(later.page, id);
    expect(done.every((l) => l.outcome?.what === "applied" || l.outcome?.what === "kept")).toBe(true);
    await later.page.goto(`/reviews/${id}`);
    await later.page.getByText(w.done, { exact: true }).first().waitFor();
    if (theirs.length >= 10) await later.page.getByText(w.hasty).first().waitFor();
    await expectAccessible(later.page, "a campaign that was closed");
    await pictureOf(later.page, `reviews-closed-${language}`);

    // The list is a file that the log knows.
    const pdf = await saved(later.page, w.take, "review.pdf");
    const evidence = await saved(later.page, w.prove, "review.evidence.json");
    const key = join(folder, "log.vkey");
    writeFileSync(key, await later.page.evaluate(() => fetch("/ledger/log.vkey").then((r) => r.text())));
    const verify = join(dirname(binary()), "whosaw-verify");
    const args = ["--json", "report", pdf, "--evidence", evidence, "--key", key];
    expect(execFileSync(verify, args, { encoding: "utf8" })).toContain('"ok"');

    // The next quarter begins by itself, once. Eighteen days have passed; no clock goes back.
    await house.later(`+${Math.max(daysUntilNext("quarter"), 19)}d`);
    const next = await house.person("auditor", language);
    const cards = async () =>
      ((await send(next.page, "GET", "/api/v1/reviews")).json as { items: { plan: string | null }[] }).items;
    await expect
      .poll(async () => (await cards()).filter((c) => c.plan === "quarterly").length, {
        timeout: 90_000,
        interval: 2_000,
      })
      .toBe(1);
    await next.page.goto("/reviews");
    await next.page.getByText("季度复核 Q").first().waitFor();
    await expectAccessible(next.page, "campaigns");
    await pictureOf(next.page, `reviews-list-${language}`);
    for (const person of [officer, manager, hasty, later, next]) expect(person.complaints).toEqual([]);
  });
});
