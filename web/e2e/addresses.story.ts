// Anybody may type anything into the address bar: whatever stands in a page's parameters, the page is drawn or the problem is told, in
// the frame, and no script fails.

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { House } from "./house";

const NONSENSE = [
  "a,b",
  "[1,2]",
  '["zz","zz"]',
  '{"a":1}',
  '{"test":{"field":"zz","op":"eq","value":{}}}',
  "null",
  "true",
  "9e15",
  "%E0%A4%A",
  "[",
];
const ALONE = ["a,b", '["zz"]'];
const NOBODY = "0190c8f4-0000-7000-8000-000000000000";
const FEED = ["from", "to", "users", "departments", "objects", "actions", "decisions", "channels", "event"];
const LIST = ["scope", "q", "filter", "view", "sort", "cols", "pin", "rows", "create", "board", "calendar", "month"];

const PAGES: Record<string, [string, string[]][]> = {
  rep1: [
    ["/records/customer", LIST],
    ["/records/opportunity", LIST],
    ["/records/customer/{first}", ["tab", "edit"]],
    ["/pools", ["pool"]],
    ["/requests", ["tab"]],
    ["/notices", ["tab"]],
    ["/exports", ["tab", "state", "user"]],
    ["/merge", ["object", "ids"]],
    ["/merge/undo", ["object", "id", "merge"]],
    ["/account", ["tab"]],
    [`/dashboards/${NOBODY}`, ["edit"]],
  ],
  auditor: [
    ["/audit/log", FEED],
    [`/audit/seen/${NOBODY}`, ["from", "to", "customer"]],
    [`/audit/users/${NOBODY}`, ["from", "to"]],
    ["/audit/counts", [...FEED, "by", "measure"]],
    ["/exports", ["tab", "state", "user"]],
  ],
  security: [
    ["/people", ["department", "status", "q", "user"]],
    ["/roles", ["tab", "object", "role"]],
    ["/access/why", ["tab", "user", "other", "action", "object", "record", "mfa", "purpose"]],
  ],
  admin: [
    ["/objects/customer", ["tab"]],
    ["/settings", ["tab"]],
    ["/settings/automations", ["tab"]],
  ],
};

/** As a press on "back" does it: no page is loaded anew. */
async function open(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, "", "/help");
    window.dispatchEvent(new PopStateEvent("popstate"));
    history.pushState(null, "", to);
    window.dispatchEvent(new PopStateEvent("popstate"));
  }, address);
  await page.waitForFunction((path) => {
    const content = document.querySelector("#content");
    return (
      location.pathname === path && (content?.textContent ?? "").length > 0 && !content?.querySelector(".ant-skeleton")
    );
  }, address.split("?")[0] ?? "/");
}

describe("nonsense in the address", { timeout: 300_000 }, () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(async () => {
    await house.close();
  });

  test.each(Object.keys(PAGES))("every page of %s stays a page", async (login) => {
    const { page, complaints } = await house.person(login, "zh-CN");
    let first = "";
    if (login === "rep1") {
      await page.goto("/records/customer?cols=name,level");
      const link = page.locator("a.title-link").first();
      await link.waitFor();
      first = ((await link.getAttribute("href")) ?? "").split("/").at(-1) ?? "";
      // Written as people write it, it is understood.
      expect(await page.getByRole("columnheader").count()).toBeLessThanOrEqual(3);
    }
    for (const [path, parameters] of PAGES[login] ?? []) {
      const at = path.replace("{first}", first);
      const all = NONSENSE.map((said) =>
        parameters.map((name) => `${name}=${said.startsWith("%") ? said : encodeURIComponent(said)}`).join("&"),
      );
      const one =
        parameters.length < 2
          ? []
          : parameters.flatMap((name) => ALONE.map((said) => `${name}=${encodeURIComponent(said)}`));
      for (const query of [...all, ...one]) {
        const address = `${at}?${query}`;
        await open(page, address);
        // What the server does not take it says, with the number of the request; a page that failed by itself has none.
        const problems = await page.locator("#content").getByText("出了问题").count();
        const answered = await page.locator("#content").getByText("请求编号").count();
        expect(answered, address).toBeGreaterThanOrEqual(problems);
        expect(complaints, address).toEqual([]);
      }
    }
    await page.context().close();
  });
});
