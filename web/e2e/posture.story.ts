// Security posture, in both languages: the officer has the house look at itself, sees that no decoys are planted, goes by the check's own
// button and plants some, looks again, and the score rises. Another check is waived: the score stays. Past the waiver's end it is back.

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { send } from "./hands";
import { House, pictureOf } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    title: "安全态势",
    run: "立即自查",
    ran: /^已自查/,
    mend: "去处理",
    set: "立即设置",
    isSet: "已设置，下次自查时计入得分",
    plant: "埋设诱饵",
    waive: "豁免",
    reason: "理由",
    waived: "已豁免",
    waivedNow: "已豁免，得分不变",
    over: "豁免已到期",
    wrong: /^待处理/,
    assign: "指定负责人",
    notice: "安全态势中有新的不符合项",
  },
  en: {
    title: "Security posture",
    run: "Look now",
    ran: /^Looked:/,
    mend: "Go and mend it",
    set: "Set it now",
    isSet: "Set. The next look counts it.",
    plant: "Plant decoys",
    waive: "Waive",
    reason: "Reason",
    waived: "Waived",
    waivedNow: "Waived; the score stays",
    over: "Waiver is over",
    wrong: /^To mend/,
    assign: "Name an owner",
    notice: "The security posture has new findings",
  },
} as const;

type Run = { share: number; by: string | null };
type Posture = {
  run: { share: number; bad: number } | null;
  checks: { id: string; state: string; waiver: { state: string; until: number } | null }[];
};
const posture = async (page: Page) => (await send(page, "GET", "/api/v1/posture")).json as Posture;
const stateOf = async (page: Page, id: string) => (await posture(page)).checks.find((c) => c.id === id)?.state;

describe.each(languages("en"))("security posture (%s)", (language) => {
  const w = WORDS[language];
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(async () => {
    await house.close();
  });

  const looks = async (page: Page) => {
    // What was said of the look before may still be read.
    const looked = page.waitForResponse((r) => r.url().endsWith("/posture/runs") && r.request().method() === "POST");
    await page.getByRole("button", { name: w.run }).click();
    await looked;
    await page.getByText(w.ran).first().waitFor();
    const { run } = await posture(page);
    if (run === null) throw new Error("nobody looked");
    return run;
  };
  const open = async (page: Page, id: string) => {
    const card = page.locator(`[data-check="${id}"]`);
    await card.locator("button[aria-expanded]").click();
    return card;
  };

  test("an officer looks, mends, and the score rises; a waiver moves nothing and ends by itself", async () => {
    const { page, complaints } = await house.person("security", language);
    await page.goto("/posture");
    await page.getByRole("heading", { level: 1, name: w.title }).waitFor();
    const first = await looks(page);
    expect(await stateOf(page, "detection.decoys")).toBe("bad");
    await expectAccessible(page, "the security posture");
    await pictureOf(page, `posture-${language}`);

    // By its own button to the page that mends it.
    const decoys = await open(page, "detection.decoys");
    await expectAccessible(page, "a check with its evidence");
    await pictureOf(page, `posture-check-${language}`);
    await decoys.getByRole("link", { name: w.mend }).click();
    await page.getByRole("button", { name: w.plant }).waitFor();
    const planted = await send(page, "POST", "/api/v1/admin/canaries", { count: 2, label: "十一月" });
    expect((planted.json as { items: unknown[] }).items).toHaveLength(2);
    await page.goto("/posture");
    const second = await looks(page);
    expect(await stateOf(page, "detection.decoys")).toBe("good");
    expect(second.share).toBeGreaterThan(first.share);

    // What is put up with stays what it is.
    const mail = await open(page, "mail.configured");
    await mail.getByRole("button", { name: w.waive, exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(w.reason).fill("明年一月接入公司邮箱");
    await expectAccessible(page, "waiving a check");
    await dialog.getByRole("button", { name: w.waive, exact: true }).click();
    await page.getByText(w.waivedNow).waitFor();
    await mail.getByText(w.waived, { exact: true }).waitFor();
    const third = await looks(page);
    expect([third.share, third.bad]).toEqual([second.share, second.bad]);
    expect((await posture(page)).checks.find((c) => c.id === "mail.configured")).toMatchObject({
      state: "bad",
      waiver: { state: "in_force" },
    });

    // Each look is kept, with its score.
    const runs = (await send(page, "GET", "/api/v1/posture/runs")).json as { items: Run[] };
    // The house looks once a day by itself.
    expect(runs.items.flatMap((r) => (r.by === null ? [] : [r.share]))).toEqual([
      third.share,
      second.share,
      first.share,
    ]);
    expect(complaints).toEqual([]);

    // What is a setting's, whoever looks after settings sets by one press; whoever does not has no such button.
    const unlimited = await open(page, "exports.per_day");
    expect(await unlimited.getByRole("button", { name: w.set }).count()).toBe(0);
    const admin = await house.person("admin", language);
    await admin.page.goto("/posture");
    const limit = await open(admin.page, "exports.per_day");
    await limit.getByRole("button", { name: w.set }).click();
    await expectAccessible(admin.page, "setting what a check wants");
    await pictureOf(admin.page, `posture-set-${language}`);
    await admin.page.getByRole("tooltip").getByRole("button", { name: w.set }).click();
    await admin.page.getByText(w.isSet).waitFor();
    expect((await send(admin.page, "GET", "/api/v1/admin/export-rules")).json).toMatchObject({
      rows_per_day: 50_000,
      approve_above: null,
    });
    expect(admin.complaints).toEqual([]);
    await admin.page.context().close();
    expect((await looks(page)).share).toBeGreaterThan(third.share);
    expect(await stateOf(page, "exports.per_day")).toBe("good");

    // Others read and do not have it looked at.
    const auditor = await house.person("auditor", language, { viewport: { width: 390, height: 844 } });
    await auditor.page.goto("/posture");
    await auditor.page.getByTestId("posture-score").waitFor();
    expect(await auditor.page.getByRole("button", { name: w.run }).count()).toBe(0);
    expect((await send(auditor.page, "POST", "/api/v1/posture/runs")).status).toBe(403);
    await expectAccessible(auditor.page, "the security posture on a phone");
    await pictureOf(auditor.page, `posture-phone-${language}`);
    await auditor.page.context().close();

    // Past its end the waiver is over.
    await page.context().close();
    await house.later("+31d");
    const later = await house.person("security", language);
    await later.page.goto("/posture");
    const again = await open(later.page, "mail.configured");
    await again.getByText(w.over).waitFor();
    await again.getByRole("button", { name: w.assign }).waitFor();
    expect((await posture(later.page)).checks.find((c) => c.id === "mail.configured")?.waiver?.state).toBe("over");
  });
});
