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
    onTrial: "这条规则有自己的有效期，或正在试行，不能再试行。可选永久收窄。",
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
    onTrial:
      "This rule has a span of its own or is on trial already, so it cannot be put on trial. It can be narrowed for good.",
  },
} as const;

/** What somebody may do on which objects. */
async function rights(page: Page): Promise<string[]> {
  const told = (await send(page, "GET", "/api/v1/me/workspace")).json as {
    objects: { name: string; actions: string[] }[];
  };
  return told.objects.flatMap((o) => o.actions.map((a) => `${o.name} ${a}`)).sort();
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
  const rightsOf = async (login: string) => {
    const { page } = await house.person(login, language);
    const found = await rights(page);
    await page.context().close();
    return found;
  };

  test("a narrower rule on trial ends by itself", async () => {
    const before = await rightsOf("rep1");
    const { page, complaints } = await house.person("security", language);
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

    const during = await rightsOf("rep1");
    expect(during.length).toBeLessThan(before.length);
    expect(before).toEqual(expect.arrayContaining(during));

    // What is on trial is not put on trial again.
    await page.reload();
    await line.getByRole("button", { name: new RegExp(w.narrow) }).click();
    await page.getByRole("dialog").getByText(w.onTrial).waitFor();
    expect(await page.getByRole("dialog").getByRole("button", { name: w.publish, exact: true }).isDisabled()).toBe(
      true,
    );
    expect(complaints).toEqual([]);
    await page.context().close();

    await house.later("+15d");
    expect(await rightsOf("rep1")).toEqual(before);
  });
});
