// A manager's lists, in both languages: columns that stay, a month of tasks, a field changed in the table (and what somebody
// else changed meanwhile), the records of a list one after the other, and a record on paper.

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { House, type Language, pictureOf } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    columns: "列",
    pin: "固定在左侧 行业",
    industry: "行业",
    calendar: "日历",
    next: "下一月",
    change: "修改行业",
    save: "保存",
    saved: "已保存",
    conflict: "记录已被他人修改",
    apply: "按选择保存",
    printed: "打印于",
    reveal: "查看明文",
    record: "记录并查看",
    reason: "理由",
  },
  en: {
    columns: "Columns",
    pin: "Keep on the left Industry",
    industry: "Industry",
    calendar: "Calendar",
    next: "Next month",
    change: "Change Industry",
    save: "Save",
    saved: "Saved",
    conflict: "Somebody changed this record",
    apply: "Save the choice",
    printed: "Printed by",
    reveal: "Show in the clear",
    record: "Record and show",
    reason: "Reason",
  },
} as const;

/** What the page asked the API for while something was done. */
async function asked(page: Page, act: () => Promise<void>): Promise<URL[]> {
  const urls: URL[] = [];
  const note = (request: { url: () => string }) => {
    const url = new URL(request.url());
    if (url.pathname.startsWith("/api/")) urls.push(url);
  };
  page.on("request", note);
  await act();
  await page.waitForLoadState("networkidle");
  page.off("request", note);
  return urls;
}

describe.each(languages("zh-CN"))("a manager's lists (%s)", (language: Language) => {
  const words = WORDS[language];
  const run = Date.now().toString(36);
  let house: House;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    house = await House.open();
    ({ page, complaints } = await house.person("manager1", language));
  });
  afterEach(async (context) => {
    if (context.task.result?.state === "fail")
      await pictureOf(page, `failed-${language}-${context.task.name.slice(0, 30)}`);
  });
  afterAll(async () => {
    await house.close();
  });

  test("a column is kept on the left, comes first, and still does after a reload", async () => {
    await page.goto("/records/customer");
    await page.getByRole("button", { name: words.columns, exact: true }).click();
    const pin = page.getByRole("button", { name: words.pin });
    await pin.click();
    expect(await pin.getAttribute("aria-pressed")).toBe("true");
    await expectAccessible(page, "column chooser");
    await page.reload();
    const heads = page.getByRole("grid").getByRole("columnheader");
    await heads.nth(1).filter({ hasText: words.industry }).waitFor();
    expect(await heads.nth(1).evaluate((e) => getComputedStyle(e).position)).toBe("sticky");
  });

  test("a month of tasks asks for its days and for what it shows, and stands in the address", async () => {
    await page.goto("/records/task");
    await page.getByRole("grid").waitFor();
    const urls = await asked(page, async () => {
      await page.getByText(words.calendar, { exact: true }).click();
      await page.getByRole("table").getByRole("link").first().waitFor();
    });
    const lists = urls.filter((u) => u.pathname === "/api/v1/records/task");
    // One question (a development server draws twice, and asks it twice).
    expect([...new Set(lists.map((u) => u.search))]).toHaveLength(1);
    const fields = lists[0]?.searchParams.get("fields")?.split(",") ?? [];
    expect(fields.length).toBe(2);
    expect(lists[0]?.searchParams.get("filter")).toContain('"ge"');
    expect(page.url()).toContain("calendar=");
    await expectAccessible(page, "calendar");
    await page.getByRole("button", { name: words.next }).click();
    await page.waitForURL(/month=/);
    await page.goBack();
    await page.waitForURL((url) => !url.searchParams.has("month"));
  });

  test("a field is changed in the table; what somebody else changed meanwhile is shown first", async () => {
    await page.goto(`/records/customer?cols=${encodeURIComponent('["name","phone","industry"]')}`);
    const rows = page.getByRole("grid").getByRole("row");
    const cell = rows.locator("[data-editable]").first();
    await cell.waitFor();
    const row = rows.filter({ has: page.locator("[data-editable]") }).first();
    const id = ((await row.getByRole("link").first().getAttribute("href")) ?? "").split("/").at(-1);
    // What is sealed is not changed here: neither name nor phone.
    expect(await row.locator("[data-editable]").count()).toBe(1);
    const editor = page.getByRole("dialog", { name: words.change });
    await cell.dblclick();
    await editor.getByRole("textbox").fill("x");
    await expectAccessible(page, "inline editor");
    await page.keyboard.press("Escape");
    await editor.waitFor({ state: "hidden" });
    // By key: the row was chosen by the press, the pinned column comes first, and the grid has the focus again.
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await editor.getByRole("textbox").fill(`物流${run}`);
    const urls = await asked(page, async () => {
      await page.keyboard.press("Enter");
      await editor.waitFor({ state: "hidden" });
      await cell.getByText(`物流${run}`).waitFor();
    });
    // The other rows were not asked for again.
    expect(urls.filter((u) => u.pathname === "/api/v1/records/customer")).toEqual([]);

    await page.keyboard.press("Enter");
    await editor.getByRole("textbox").fill(`制造${run}`);
    const status = await page.evaluate(
      async ([record, value]) => {
        const path = `/api/v1/records/customer/${record}`;
        const tag = (await fetch(path)).headers.get("ETag") ?? "";
        const headers = { "Content-Type": "application/json", "If-Match": tag };
        const body = JSON.stringify({ fields: { industry: value } });
        return (await fetch(path, { method: "PATCH", headers, body })).status;
      },
      [id, `医药${run}`],
    );
    expect(status).toBe(200);
    await editor.getByRole("button", { name: words.save }).click();
    const conflict = page.getByRole("dialog").filter({ hasText: words.conflict });
    await conflict.getByText(`医药${run}`).waitFor();
    await conflict.getByRole("button", { name: words.apply }).click();
    await cell.getByText(`制造${run}`).waitFor();
  });

  test("the records of a list one after the other, each asked for when it is opened", async () => {
    const links = page.locator("a.title-link");
    const second = await links.nth(1).getAttribute("href");
    const opened = await asked(page, async () => {
      await links.first().click();
      await page.getByText(/^1 \/ \d+$/).waitFor();
    });
    const records = (urls: URL[]) =>
      urls.filter((u) => /^\/api\/v1\/records\/customer\/[0-9a-f-]{36}$/.test(u.pathname));
    expect(records(opened).length).toBe(1);
    const next = await asked(page, async () => {
      await page.keyboard.press("j");
      await page.waitForURL(`**${second}`);
      await page.getByText(/^2 \/ \d+$/).waitFor();
    });
    expect(records(next).map((u) => u.pathname)).toEqual([`/api/v1${second}`]);
    // The order outlives a reload.
    await page.reload();
    await page.getByText(/^2 \/ \d+$/).waitFor();
    await page.keyboard.press("k");
    await page.getByText(/^1 \/ \d+$/).waitFor();
  });

  test("on paper there is whose print it is and the watermark, and what was shown for a reason is masked again", async () => {
    const id = await page.evaluate(async () => {
      const found = await (await fetch("/api/v1/records/customer?limit=200")).json();
      const masked = (item: { fields: Record<string, unknown> }) =>
        String(item.fields.id_number ?? "").includes("****");
      return found.items.find(masked)?.id as string;
    });
    await page.goto(`/records/customer/${id}`);
    const shown = page
      .locator("dl > div")
      .filter({ hasText: "****" })
      .filter({ has: page.getByRole("button") })
      .first();
    const label = (await shown.locator("dt").textContent()) ?? "";
    await shown.getByRole("button", { name: words.reveal }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(words.reason).fill("核对合同主体");
    await dialog.getByRole("button", { name: words.record }).click();
    await dialog.waitFor({ state: "hidden" });
    const value = page
      .locator("dl > div")
      .filter({ has: page.locator("dt", { hasText: label }) })
      .first();
    expect(await value.textContent()).not.toContain("****");
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    expect(await value.textContent()).toContain("****");
    expect(await page.getByText(words.printed).isVisible()).toBe(true);
    expect(await page.locator(".watermark:visible").count()).toBe(1);
    expect(await page.locator(".record-page button:visible").count()).toBe(0);
    await page.emulateMedia({ media: null });
  });

  test("no page broke its policy or threw", () => {
    expect(complaints).toEqual([]);
  });
});
