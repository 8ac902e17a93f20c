// Right-sizing: the security administrator finds rights of a role that nobody used, replays the narrower rules and publishes them as a
// trial of two weeks, after which the rules of before hold again.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { send } from "./hands";
import { House, pictureOf } from "./house";
import { languages } from "./languages";

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

describe.each(languages("en"))("right-sizing (%s)", { timeout: 300_000 }, (language) => {
  const w = WORDS[language];
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(async () => {
    await house.close();
  });
  /** Whether a representative may make a task, which none of them had done: what is wrong with this one is told to who may. */
  const mayMake = async (): Promise<boolean> => {
    const { page } = await house.person("rep1", language);
    const { status } = await send(page, "POST", "/api/v1/records/task", { fields: {} });
    await page.context().close();
    expect([403, 422]).toContain(status);
    return status === 422;
  };

  test("a narrower rule on trial ends by itself", async () => {
    expect(await mayMake()).toBe(true);
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
    // What the draft changes is worked out first.
    await drawer.getByRole("button", { name: w.run, exact: true }).click({ timeout: 60_000 });
    await drawer.getByText(w.done).first().waitFor({ timeout: 120_000 });
    await expectAccessible(page, "a narrower rule on trial");
    await pictureOf(page, `sizing-trial-${language}`);
    await drawer.getByLabel(w.reason).fill("两周内看看是否有人需要 / to see whether anybody needs it");
    await drawer.getByRole("button", { name: w.publish, exact: true }).click();
    await page.getByText(w.published).waitFor();

    // The rule that was there holds again at the very moment at which the narrower one ends.
    const { policy } = (await send(page, "GET", "/api/v1/admin/policy")).json as {
      policy: { rows: { id: string; valid_from: number | null; valid_until: number | null }[] };
    };
    const trials = policy.rows.filter((row) => row.id.endsWith(".trial"));
    expect(trials.length).toBeGreaterThan(0);
    for (const trial of trials) {
      const whole = policy.rows.find((row) => `${row.id}.trial` === trial.id);
      expect(trial.valid_until).toBeGreaterThan(Date.now() + 13 * 86_400_000);
      expect(whole).toMatchObject({ valid_from: trial.valid_until, valid_until: null });
    }
    expect(complaints).toEqual([]);
    await page.context().close();

    // And so it does: refused while the trial lasts, and a fortnight later as before, without anybody's doing.
    expect(await mayMake()).toBe(false);
    await house.later("+15d");
    expect(await mayMake()).toBe(true);
  });
});
