// Takes pictures of the main pages: `WHOSAW_URL=http://… npm run screens`, of a running demo, into target/screens. For looking at, not for comparing.

import { mkdirSync } from "node:fs";
import type { Page } from "playwright-core";
import { House, type Language } from "./house.ts";

const OUT = process.env.SCREENS ?? "../target/screens";
const SIZES = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;

type Shot = { name: string; path: string; before?: (page: Page) => Promise<void> };

async function firstCustomer(page: Page): Promise<string> {
  await page.goto("/records/customer?scope=mine");
  const link = page.locator("a.title-link").first();
  await link.waitFor();
  return (await link.getAttribute("href")) ?? "/";
}

async function shots(page: Page): Promise<Shot[]> {
  const record = await firstCustomer(page);
  return [
    { name: "home", path: "/" },
    { name: "list", path: "/records/customer" },
    {
      name: "filter",
      path: `/records/customer?filter=${encodeURIComponent(JSON.stringify({ any: [{ test: { field: "level", op: "eq", value: "A" } }, { all: [{ test: { field: "revenue", op: "gt", value: 100000 } }, { not: { test: { field: "region", op: "is_empty" } } }] }] }))}`,
      before: async (p) => {
        await p
          .getByRole("button", { name: /^(筛选|Filter)/ })
          .first()
          .click();
      },
    },
    { name: "record", path: record },
    { name: "related", path: `${record}?tab=follow_up` },
    { name: "shares", path: `${record}?tab=shares` },
    { name: "edit", path: `${record}?edit=true` },
    { name: "create", path: "/records/opportunity?create=true" },
    { name: "account", path: "/account?tab=sessions" },
    { name: "missing", path: "/records/customer/0190c8f4-0000-7000-8000-000000000000" },
    { name: "empty", path: "/records/customer?q=%E7%BB%9D%E6%97%A0%E6%AD%A4%E5%90%8D" },
  ];
}

const only = process.argv.slice(2);
mkdirSync(OUT, { recursive: true });
const house = await House.open();
try {
  for (const language of ["zh-CN", "en"] as Language[]) {
    for (const colorScheme of ["light", "dark"] as const) {
      for (const [size, viewport] of Object.entries(SIZES)) {
        const tag = `${language}-${colorScheme}-${size}`;
        if (only.length > 0 && !only.some((o) => tag.includes(o))) continue;
        const visitor = await house.visitor(language, { viewport, colorScheme });
        await visitor.page.goto("/");
        await visitor.page.locator("form").waitFor();
        await visitor.page.screenshot({ path: `${OUT}/${tag}-signin.png` });
        await visitor.page.context().close();
        const { page, complaints } = await house.person("rep1", language, { viewport, colorScheme });
        for (const shot of await shots(page)) {
          await page.goto(shot.path);
          await page.waitForLoadState("networkidle");
          await shot.before?.(page);
          await page.waitForTimeout(300);
          await page.screenshot({ path: `${OUT}/${tag}-${shot.name}.png` });
        }
        if (complaints.length > 0) console.log(tag, complaints);
        await page.context().close();
      }
    }
  }
} finally {
  await house.close();
}
