// Somebody gives notice, in both languages: an officer records it; one file that they take afterwards opens an alert; the page has their
// figures beside colleagues', what is still theirs and a verdict; it cannot be closed before everything is handed over; nobody else sees it.

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible, sideways } from "./accessible";
import { choose, send } from "./hands";
import { House, type Language, pictureOf } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    begin: "登记离职",
    who: "离职人",
    last: "最后工作日",
    reason: "理由",
    submit: "登记",
    watched: "从严监控中",
    look: "访问回看",
    ninety: "90 天",
    events: /^导出次数：\d+，打开对应的日志$/,
    standing: "交接核对",
    give: "作出结论",
    explained: "已说明",
    digest: /回看数字的摘要/,
    close: "关闭",
    active: /停用账号/,
    closed: "已关闭",
    title: "离职",
  },
  en: {
    begin: "Record a notice",
    who: "Who leaves",
    last: "Last day",
    reason: "Reason",
    submit: "Record",
    watched: "Watched closely",
    look: "Looking back",
    ninety: "90 days",
    events: /^Exports: \d+, open the events$/,
    standing: "Handover",
    give: "Give the verdict",
    explained: "Explained",
    digest: /Digest of the figures/,
    close: "Close",
    active: /disable the account/,
    closed: "Closed",
    title: "Leavers",
  },
} as const;

type User = { id: string; login: string; name: string };
type Alert = { rule: string; subject: string };
type Line = { figure: string; before: number; since: number };

/** A day of the calendar, so many days from now. */
const inDays = (days: number): string => {
  const day = new Date(Date.now() + days * 86_400_000);
  return `${day.getFullYear()}-${`${day.getMonth() + 1}`.padStart(2, "0")}-${`${day.getDate()}`.padStart(2, "0")}`;
};

/** Takes a file of all their customers, as the list's own button does. */
const takes = (page: Page) =>
  page.evaluate(async () => {
    const reply = await fetch("/api/v1/records/customer/export", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ format: "csv", purpose: "整理名下客户" }),
    });
    await reply.text();
    return reply.status;
  });

describe.each(languages("en"))("a leaver (%s)", { timeout: 300_000 }, (language: Language) => {
  const w = WORDS[language];
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(async () => {
    await house.close();
  });

  test("is watched from notice on, judged once, and closed when nothing is theirs", async () => {
    const admin = await house.person("admin", language);
    const users = (await send(admin.page, "GET", "/api/v1/admin/users")).json as { items: User[] };
    const user = (login: string) => users.items.find((u) => u.login === login) as User;
    const leaver = user("rep1");

    // Recorded by an officer.
    const { page, complaints } = await house.person("security", language);
    await page.goto("/leavers");
    await page.getByRole("heading", { name: w.title, level: 1 }).waitFor();
    await expectAccessible(page, "leavers, none");
    await page.getByRole("button", { name: w.begin }).click();
    const dialog = page.getByRole("dialog");
    await choose(page, w.who, leaver.name);
    await dialog.getByLabel(w.last, { exact: true }).fill(inDays(20));
    await dialog.getByLabel(w.last, { exact: true }).press("Enter");
    await dialog.getByLabel(w.reason, { exact: true }).fill("已提交辞职信");
    await expectAccessible(page, "recording a notice");
    await pictureOf(page, `leavers-begin-${language}`);
    await dialog.getByRole("button", { name: w.submit, exact: true }).click();
    await page.waitForURL(/\/leavers\/[0-9a-f-]{36}$/);
    await page.getByText(w.watched, { exact: true }).waitFor();
    const id = new URL(page.url()).pathname.split("/").at(-1) as string;
    const place = `/api/v1/leavers/${id}`;

    // The same file, taken by a colleague and by whoever leaves: one of them opens an alert.
    const [rep, colleague] = [await house.person("rep1", language), await house.person("rep6", language)];
    for (const who of [colleague, rep]) expect(await takes(who.page)).toBe(200);
    const alerts = async (of: User) => {
      const path = `/api/v1/alerts?users=${of.id}&states=open,snoozed,closed`;
      const found = (await send(page, "GET", path)).json as { items: Alert[] };
      return found.items.filter((a) => a.rule === "leaver-takes-data").length;
    };
    await expect.poll(() => alerts(leaver), { timeout: 180_000, interval: 1_000 }).toBe(1);
    expect(await alerts(user("rep6"))).toBe(0);

    // The page: figures, what is still theirs; it reads on a phone too.
    await page.reload();
    await page.getByRole("heading", { name: w.look }).waitFor();
    await page.getByRole("heading", { name: w.standing }).waitFor();
    const shown = (await send(page, "GET", place)).json as { look_back: { lines: Line[] } };
    const line = (name: string) => shown.look_back.lines.find((l) => l.figure === name) as Line;
    expect(line("exports").since).toBe(1);
    expect(line("exported").since).toBeGreaterThan(1);
    expect(line("alerts").since).toBeGreaterThan(0);
    await expectAccessible(page, "a leaver");
    await pictureOf(page, `leavers-one-${language}`);
    await page.getByText(w.ninety, { exact: true }).click();
    await page.locator(".page[aria-busy=false]").waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await sideways(page)).toBe(0);
    await pictureOf(page, `leavers-narrow-${language}`);
    await page.emulateMedia({ colorScheme: "dark" });
    await pictureOf(page, `leavers-dark-${language}`);
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 1440, height: 900 });

    // It cannot be closed without a verdict; given once, it stands with its digest.
    await page.getByRole("button", { name: w.give }).click();
    await dialog.getByText(w.explained, { exact: true }).click();
    await dialog.getByLabel(w.reason, { exact: true }).fill("按经理要求整理名下客户，已核实");
    await expectAccessible(page, "giving the verdict");
    await pictureOf(page, `leavers-verdict-${language}`);
    await dialog.getByRole("button", { name: w.give }).click();
    await page.getByText(w.digest).waitFor();
    const again = await send(page, "POST", `${place}/verdict`, { verdict: "explained", reason: "x", days: 30 });
    expect([again.status, (again.json as { code: string }).code]).toEqual([409, "leaver_judged"]);
    const close = async () => {
      await page.locator(".leaver-bar").first().getByRole("button", { name: w.close, exact: true }).click();
      await page.locator(".ant-popconfirm").getByRole("button", { name: w.close, exact: true }).click();
    };
    await close();
    await page.getByText(w.active).first().waitFor();

    // The auditor reads the page, and goes from a number to its events.
    const auditor = await house.person("auditor", language);
    await auditor.page.goto(`/leavers/${id}`);
    await auditor.page.getByRole("link", { name: w.events }).first().click();
    await auditor.page.waitForURL(/\/audit\/log\?/);
    await auditor.page.getByText(leaver.name).first().waitFor();

    // Nobody else sees any of it, and the administrator hands over.
    expect((await send(rep.page, "GET", place)).status).toBe(403);
    expect((await send(admin.page, "GET", "/api/v1/leavers")).status).toBe(403);
    const receiver = { others: { users: [user("rep6").id] }, purpose: "离职" };
    const handed = await send(admin.page, "POST", `/api/v1/admin/users/${leaver.id}/handover`, receiver);
    expect(handed.status).toBe(201);
    const unmet = async () => ((await send(page, "GET", place)).json as { unmet: string[] }).unmet;
    await expect.poll(unmet, { timeout: 60_000, interval: 1_000 }).toEqual([]);
    await page.reload();
    await close();
    await page.locator(".leaver-tags").getByText(w.closed, { exact: true }).waitFor();
    await expectAccessible(page, "a leaver that is closed");
    await pictureOf(page, `leavers-closed-${language}`);
    await page.goto("/leavers");
    await page.getByRole("link", { name: leaver.name }).waitFor();
    await pictureOf(page, `leavers-list-${language}`);
    expect(complaints).toEqual([]);
    expect(auditor.complaints).toEqual([]);
  });
});
