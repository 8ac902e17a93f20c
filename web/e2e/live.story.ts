// The log as it grows, in both languages: an auditor watches, a rep looks at a customer, and it stands on top at once.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { House, type Language, pictureOf } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": { live: "实时", on: "已连接" },
  en: { live: "Live", on: "Connected" },
} as const;

describe.each(languages("en"))("the live log (%s)", { timeout: 120_000 }, (language: Language) => {
  const w = WORDS[language];
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(async () => {
    await house.close();
  });

  test("what a rep looks at is seen while it happens", async () => {
    const { page: rep } = await house.person("rep1", language);
    const name = await rep.evaluate(async () => (await (await fetch("/api/v1/me")).json()).user.name as string);
    const { page: auditor, complaints } = await house.person("auditor", language);
    try {
      await auditor.goto("/audit/log");
      await auditor.locator(".live-rows .table-line").first().waitFor();
      await auditor.getByRole("switch", { name: w.live }).click();
      await auditor.getByText(w.on, { exact: true }).waitFor();
      await expectAccessible(auditor, "the live log");
      // Nothing moves under the pointer.
      await auditor.mouse.move(0, 0);
      await rep.goto("/records/customer");
      await rep.locator(".table-line").first().waitFor();
      await auditor.locator(".live-rows .table-line", { hasText: name }).first().waitFor();
      await pictureOf(auditor, `live-${language}`);
      expect(complaints).toEqual([]);
    } catch (error) {
      await pictureOf(auditor, `live-failed-${language}`);
      throw error;
    }
  });
});
