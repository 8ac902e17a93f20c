import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** No serious or critical finding (WCAG 2.2 A and AA) on the page as it stands. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  const result = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  const grave = result.violations.filter((v) => v.impact === "serious" || v.impact === "critical");
  const told = grave.map(
    (v) =>
      `${v.id}: ${v.nodes
        .map((n) => `${n.target.join(" ")} ${n.any[0]?.message ?? ""}`)
        .slice(0, 5)
        .join(" | ")}`,
  );
  expect(told, where).toEqual([]);
}
