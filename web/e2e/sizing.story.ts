// Right-sizing: the security administrator finds rights of a role that nobody used, replays the narrower rules and publishes them as a
// trial of two weeks. A representative has less meanwhile, and what was there again when the trial is over, by itself.

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { send } from "./hands";
import { House, type Language, pictureOf } from "./house";

const WORDS = {
  "zh-CN": {
    title: "权限收敛",
    roles: "角色中没有人用的权限",
    role: "销售专员",
    narrow: "回放并收窄",
    how: "收窄方式",
    trial: "先试行",
    run: "开始回放",
    done: /次访问/,
    reason: "修改原因（必填，永久记录）",
    publish: "发布新版本",
    published: /已发布第 \d+ 版策略/,
  },
  en: {
    title: "Right-sizing",
    roles: "Rights of roles that nobody used",
    role: "Sales rep",
    narrow: "Replay and narrow",
    how: "How it is narrowed",
    trial: "On trial first",
    run: "Replay",
    done: /accesses/,
    reason: "Reason (required, kept for good)",
    publish: "Publish a new version",
    published: /Version \d+ of the policy was published/,
  },
} as const;

/** How the house answers somebody who makes, or exports, with nothing in hand: refused, or told what is missing. */
async function answers(page: Page, asked: string[]): Promise<number[]> {
  const all = [];
  for (const path of asked) all.push((await send(page, "POST", `/api/v1/records/${path}`, {})).status);
  return all;
}

describe.each(["zh-CN", "en"] as Language[])("right-sizing (%s)", { timeout: 300_000 }, (language) => {
  const w = WORDS[language];
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(async () => {
    await house.close();
  });
  const asRep = async (asked: string[]) => {
    const { page } = await house.person("rep1", language);
    const found = await answers(page, asked);
    await page.context().close();
    return found;
  };

  test("a narrower rule on trial ends by itself", async () => {
    const { page, complaints } = await house.person("security", language);
    const told = (await send(page, "GET", "/api/v1/access/right-sizing?days=90")).json as {
      roles: { role: string; unused: { action: string; object: string | null }[] }[];
    };
    const unused = told.roles.find((r) => r.role === "sales_rep")?.unused ?? [];
    const asked = unused.flatMap(({ action, object }) =>
      object === null ? [] : action === "create" ? [object] : action === "export" ? [`${object}/export`] : [],
    );
    expect(asked.length).toBeGreaterThan(0);
    const before = await asRep(asked);
    await page.goto("/access/rightsizing");
    const roles = page.getByRole("region", { name: w.roles });
    const line = roles.getByRole("row").filter({ hasText: w.role }).first();
    await line.waitFor();
    await expectAccessible(page, "right-sizing");
    await pictureOf(page, `sizing-${language}`);
    await line.getByRole("button", { name: new RegExp(w.narrow) }).click();
    const drawer = page.getByRole("dialog");
    await drawer.getByRole("region", { name: w.how }).waitFor();
    expect(await drawer.getByLabel(w.trial).isChecked()).toBe(true);
    await drawer.getByRole("button", { name: w.run, exact: true }).click();
    await drawer.getByText(w.done).first().waitFor({ timeout: 120_000 });
    await expectAccessible(page, "a narrower rule on trial");
    await pictureOf(page, `sizing-trial-${language}`);
    await drawer.getByLabel(w.reason).fill("两周内看看是否有人需要 / to see whether anybody needs it");
    await drawer.getByRole("button", { name: w.publish, exact: true }).click();
    await page.getByText(w.published).waitFor();

    const during = await asRep(asked);
    const refused = (all: number[]) => all.filter((status) => status === 403 || status === 404).length;
    expect(refused(during)).toBeGreaterThan(refused(before));

    expect(complaints).toEqual([]);
    await page.context().close();

    await house.later("+15d");
    expect(refused(await asRep(asked))).toBe(refused(before));
  });
});
