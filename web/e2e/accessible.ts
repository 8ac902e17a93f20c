import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** What axe finds serious or critical (WCAG 2.2 A and AA) on the page as it stands. */
export async function findings(page: Page): Promise<string[]> {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  // Legacy: in the page itself. The other way opens a second page for each look, for frames of other origins, which we have none of, and
  // takes three times as long.
  // Of what passes, one node for each rule: to name the others costs more than to look at them.
  const options = { resultTypes: ["violations" as const] };
  const result = await new AxeBuilder({ page }).setLegacyMode(true).options(options).withTags(tags).analyze();
  const grave = result.violations.filter((v) => v.impact === "serious" || v.impact === "critical");
  const node = (n: (typeof grave)[number]["nodes"][number]) => `${n.target.join(" ")} (${n.any[0]?.message ?? ""})`;
  return grave.map((v) => `${v.id}: ${v.nodes.slice(0, 4).map(node).join(" | ")}`);
}

export async function expectAccessible(page: Page, where: string): Promise<void> {
  expect(await findings(page), where).toEqual([]);
}

/**
 * By how many pixels a page is wider than its window (1.4.10, reflow); 0 where it fits. A page that was given another size takes it
 * with its next frames: a few seconds are given to it.
 */
export async function sideways(page: Page): Promise<number> {
  const fits = () => document.documentElement.scrollWidth <= document.documentElement.clientWidth;
  await page.waitForFunction(fits, undefined, { timeout: 5_000 }).catch(() => undefined);
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
