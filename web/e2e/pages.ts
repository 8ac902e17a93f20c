// The main pages, for looking at and for axe.

import type { Page } from "playwright-core";

export type Visit = { name: string; path: string; before?: (page: Page) => Promise<void> };

const FILTER = {
  any: [
    { test: { field: "level", op: "eq", value: "A" } },
    {
      all: [
        { test: { field: "revenue", op: "gt", value: 100_000 } },
        { not: { test: { field: "region", op: "is_empty" } } },
      ],
    },
  ],
};

async function firstOf(page: Page, object: string): Promise<string> {
  await page.goto(`/records/${object}?scope=mine`);
  const link = page.locator("a.title-link").first();
  await link.waitFor();
  return (await link.getAttribute("href")) ?? "/";
}

const press = (name: RegExp) => async (page: Page) => {
  await page.getByRole("button", { name }).first().click();
};

/** What a sales rep visits. */
export async function repPages(page: Page): Promise<Visit[]> {
  const record = await firstOf(page, "customer");
  const lead = await firstOf(page, "lead");
  const narrow = (page.viewportSize()?.width ?? 0) < 768;
  return [
    { name: "home", path: "/" },
    { name: "list", path: "/records/customer" },
    {
      name: "filter",
      path: `/records/customer?filter=${encodeURIComponent(JSON.stringify(FILTER))}`,
      before: press(/^(筛选|Filter)/),
    },
    // On a narrow screen there are cards and no columns to choose, and the export stands in a menu.
    ...(narrow
      ? []
      : [
          { name: "columns", path: "/records/customer", before: press(/^(列|Columns)$/) },
          { name: "export", path: "/records/customer", before: press(/^(导出|Export)$/) },
        ]),
    { name: "board", path: "/records/opportunity?board=stage" },
    { name: "pools", path: "/pools" },
    { name: "overdue", path: "/records/payment_plan", before: press(/^(逾期|Overdue)$/) },
    { name: "dashboards", path: "/dashboards" },
    { name: "new-dashboard", path: "/dashboards", before: press(/^(新建仪表盘|New dashboard)$/) },
    { name: "exports", path: "/exports" },
    { name: "lead", path: lead },
    { name: "convert", path: lead, before: press(/^(转化|Convert)$/) },
    { name: "discard", path: lead, before: press(/^(丢弃|Discard)$/) },
    { name: "return", path: record, before: press(/^(退回公海|Return to the pool)$/) },
    { name: "calendar", path: "/records/task?calendar=due_on" },
    { name: "record", path: record },
    { name: "related", path: `${record}?tab=contact` },
    { name: "files", path: `${record}?tab=attachments` },
    { name: "shares", path: `${record}?tab=shares` },
    { name: "share", path: `${record}?tab=shares`, before: press(/^(共享|Share)$/) },
    { name: "looks", path: `${record}?tab=seen` },
    { name: "edit", path: `${record}?edit=true` },
    { name: "transfer", path: record, before: press(/^(转移|Transfer)$/) },
    { name: "create", path: "/records/opportunity?create=true" },
    { name: "requests", path: "/requests" },
    { name: "deputy", path: "/requests?tab=deputy" },
    { name: "account", path: "/account?tab=sessions" },
    { name: "password", path: "/account?tab=password" },
    { name: "missing", path: "/records/customer/0190c8f4-0000-7000-8000-000000000000" },
    {
      name: "ask",
      path: "/records/customer/0190c8f4-0000-7000-8000-000000000000",
      before: press(/^(申请访问|Ask for access)$/),
    },
    { name: "empty", path: "/records/customer?q=%E7%BB%9D%E6%97%A0%E6%AD%A4%E5%90%8D" },
    {
      name: "palette",
      path: "/",
      before: async (p) => {
        await p.getByRole("heading", { level: 1 }).waitFor();
        await p.keyboard.press("Control+k");
      },
    },
    {
      name: "keys",
      path: "/",
      before: async (p) => {
        await p.getByRole("heading", { level: 1 }).waitFor();
        await p.keyboard.press("?");
      },
    },
  ];
}

/** Whose pages differ from a rep's: what their navigation names, and each tab of it. */
export const DUTIES = ["auditor", "admin", "security", "director", "manager1"] as const;

/** What somebody's navigation leads to, with the tabs of each page. */
export async function navigated(page: Page): Promise<Visit[]> {
  const size = page.viewportSize();
  // On a narrow screen the navigation is folded away.
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto("/");
  await page.locator("nav.nav a[href]").first().waitFor();
  const closed = page.locator("nav.nav button[aria-expanded=false]");
  while ((await closed.count()) > 0) await closed.first().click();
  const paths = await page
    .locator("nav.nav a[href]")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? "/"));
  const visits: Visit[] = [];
  for (const path of new Set(paths)) {
    const name = path === "/" ? "home" : path.slice(1).replaceAll("/", "-");
    await visit(page, { name, path });
    visits.push({ name, path });
    const tabs = page.locator("main [role=tab]:not([aria-disabled=true])");
    for (let n = 1; n < (await tabs.count()); n++) {
      const before = async (p: Page) => p.locator("main [role=tab]:not([aria-disabled=true])").nth(n).click();
      visits.push({ name: `${name}-tab${n + 1}`, path, before });
    }
  }
  if (size) await page.setViewportSize(size);
  return visits;
}

/** The pages that the readmes show, each with whose it is. */
export const MAIN: { login: string; pages: (page: Page) => Promise<Visit[]> }[] = [
  {
    login: "manager1",
    pages: async (page) => [
      { name: "list", path: "/records/customer" },
      { name: "record", path: await firstLink(page) },
      { name: "board", path: "/records/opportunity?board=stage" },
    ],
  },
  {
    login: "auditor",
    pages: async () => [
      { name: "log", path: "/audit/log" },
      {
        name: "seen",
        path: `/audit/log?actions=${encodeURIComponent('["reveal"]')}&decisions=${encodeURIComponent('["allowed"]')}`,
        before: async (page) => {
          await page.getByRole("grid").getByRole("row").nth(1).getByRole("button").first().click();
          await page
            .getByRole("dialog")
            .getByRole("link", { name: /^(谁看过|Who saw it)$/ })
            .click();
          await page.getByRole("grid").waitFor();
        },
      },
    ],
  },
  {
    login: "security",
    pages: async () => [
      {
        name: "impact",
        path: "/roles?role=sales_rep",
        before: async (page) => {
          await press(/^(编辑策略|Edit the policy)$/)(page);
          await press(/^(修改：销售专员，查看|Change: Sales rep, View)/)(page);
          const cell = page.getByRole("dialog");
          await cell.getByLabel(/^(本部门（不含下级）|department \(without those below\))$/).check();
          await cell.getByRole("button", { name: /^(写入草稿|Put into the draft)$/ }).click();
          await press(/^(查看变更与影响|Review changes and impact)$/)(page);
          await page.getByRole("region", { name: /^(谁将获得|Who gains)$/ }).waitFor();
        },
      },
    ],
  },
  {
    login: "admin",
    pages: async () => [
      { name: "designer", path: "/objects/customer" },
      { name: "preview", path: "/objects/customer?tab=preview" },
    ],
  },
];

async function firstLink(page: Page): Promise<string> {
  await page.goto("/records/customer");
  const link = page.locator("a.title-link").first();
  await link.waitFor();
  return (await link.getAttribute("href")) ?? "/";
}

/** Opens a page and waits until it stands. */
export async function visit(page: Page, { path, before }: Visit): Promise<void> {
  await page.goto(path);
  await page.waitForLoadState("networkidle");
  if (before) {
    await before(page);
    // Within a page that has come to rest once, a browser does not tell when it has again.
    await page.locator("main .ant-skeleton, [role=dialog] .ant-skeleton").first().waitFor({ state: "detached" });
  }
  // What fades in is there; what turns for ever is not waited for.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((a) => a.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
        .map((a) => a.finished.catch(() => undefined)),
    ),
  );
}
