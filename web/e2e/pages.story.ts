// Every main page: nothing serious for axe, in both languages, light and dark, wide and narrow; and the policy is kept.

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findings, sideways } from "./accessible";
import { House } from "./house";
import { DUTIES, navigated, repPages, type Visit, visit } from "./pages";

const LOOKS = [
  { language: "zh-CN", colorScheme: "light", viewport: { width: 1440, height: 900 } },
  { language: "en", colorScheme: "dark", viewport: { width: 1440, height: 900 } },
  { language: "zh-CN", colorScheme: "dark", viewport: { width: 390, height: 844 } },
  { language: "en", colorScheme: "light", viewport: { width: 390, height: 844 } },
] as const;

// A representative's pages come in two looks that have nothing in common, those of each duty in one each; WHOSAW_LOOKS=all asks for all four.
const ALL = process.env.WHOSAW_LOOKS === "all";
const OPPOSITE = { language: "en", colorScheme: "dark", viewport: { width: 390, height: 844 } } as const;
const REP = [...LOOKS.filter((_, n) => ALL || n === 0), ...(ALL ? [] : [OPPOSITE])];

async function told(page: Page, stops: Visit[]): Promise<string[]> {
  const told: string[] = [];
  for (const stop of stops) {
    await visit(page, stop);
    for (const finding of await findings(page)) told.push(`${stop.name}: ${finding}`);
    const over = await sideways(page);
    if (over > 0) told.push(`${stop.name}: ${over} px wider than the window`);
  }
  return told;
}

describe("every page", { timeout: 900_000 }, () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(async () => {
    await house.close();
  });

  test.each(REP)(
    "is accessible and stays within the window ($language, $colorScheme, $viewport.width)",
    async ({ language, ...look }) => {
      const { page, complaints } = await house.person("rep1", language, look);
      expect(await told(page, await repPages(page))).toEqual([]);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );

  const looked = DUTIES.flatMap((login, person) =>
    LOOKS.filter((_, look) => ALL || look === person % LOOKS.length).map((look) => ({ login, ...look })),
  );
  test.each(looked)(
    "of $login is accessible and stays within the window ($language, $colorScheme, $viewport.width)",
    async ({ login, language, ...look }) => {
      const { page, complaints } = await house.person(login, language, look);
      expect(await told(page, await navigated(page))).toEqual([]);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );
});
