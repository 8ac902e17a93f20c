// A colleague is mentioned in a comment, finds the notice, opens the record and answers; whoever may not read it is not offered and
// not told. In both languages, and on a phone.

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible, sideways } from "./accessible";
import { House, type Language, pictureOf } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    timeline: "时间线",
    comment: "评论",
    say: "发表评论",
    bell: /通知，\d+ 条未读/,
    notices: "通知",
    mentioned: /在客户的评论中@了您/,
    edit: "编辑",
    save: "保存",
    strike: "划除",
    settings: "设置",
    kind: "有人在评论中@我",
    saved: "已保存",
    nobody: /只能@此刻有权阅读的人/,
  },
  en: {
    timeline: "Timeline",
    comment: "Comment",
    say: "Comment",
    bell: /Notices, \d+ unread/,
    notices: "Notices",
    mentioned: /mentioned you in a comment/,
    edit: "Edit",
    save: "Save",
    strike: "Strike through",
    settings: "Settings",
    kind: "Somebody mentions me in a comment",
    saved: "Saved",
    nobody: /only those who may read this/,
  },
} as const;

describe.each(languages("zh-CN"))("talk (%s)", { timeout: 240_000 }, (language: Language) => {
  const w = WORDS[language];
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(async () => {
    await house.close();
  });

  async function timelineOfMine(page: Page): Promise<string> {
    await page.goto("/records/customer?scope=mine");
    const link = page.locator("a.title-link").first();
    await link.waitFor();
    const path = ((await link.getAttribute("href")) ?? "/").split("?")[0] ?? "/";
    await page.goto(`${path}?tab=timeline`);
    await page.getByRole("textbox", { name: w.comment }).waitFor();
    return path;
  }

  test("a manager is mentioned, told, and answers; an outsider is neither offered nor told", async () => {
    const { page: rep, complaints } = await house.person("rep1", language);
    const { page: manager } = await house.person("manager1", language);
    const { page: outsider } = await house.person("rep6", language);
    const nameOf = async (page: Page) => {
      const me = await (await page.request.get("/api/v1/me")).json();
      return me.user.name as string;
    };
    const [lead, other] = [await nameOf(manager), await nameOf(outsider)];
    // The demo company talks too: what counts is what comes to the outsider from here on.
    const toldOutsider = async () => {
      const told = await (await outsider.request.get("/api/v1/notices?limit=100")).json();
      return told.items
        .filter((n: { kind: string }) => n.kind === "mentioned" || n.kind === "commented")
        .map((n: { id: string }) => n.id) as string[];
    };
    const before = await toldOutsider();
    try {
      await timelineOfMine(rep);
      const box = rep.getByRole("textbox", { name: w.comment });
      await box.fill("");
      await box.pressSequentially(`@${other}`);
      // A method of input ends with a key; what is looked for is read then.
      await rep.keyboard.press("End");
      await rep.getByText(w.nobody).waitFor();
      await box.fill("");
      await box.pressSequentially(`@${lead}`);
      await rep.keyboard.press("End");
      await rep
        .getByRole("option", { name: new RegExp(lead) })
        .or(rep.locator(".ant-mentions-dropdown-menu-item"))
        .first()
        .waitFor();
      await rep.keyboard.press("Enter");
      await box.pressSequentially("see https://prices.example/a");
      await expectAccessible(rep, "the timeline");
      await rep.getByRole("button", { name: w.say, exact: true }).click();
      const said = rep.locator(".timeline-said").first();
      await said.getByRole("link", { name: "https://prices.example/a" }).waitFor();
      expect(await said.locator(".comment-mention").textContent()).toBe(`@${lead}`);
      // Changed while it may be.
      await said.getByRole("button", { name: w.edit, exact: true }).click();
      const editing = rep.locator(".timeline-said").first();
      await editing.getByRole("textbox", { name: w.comment }).pressSequentially(" !");
      await editing.getByRole("button", { name: w.save, exact: true }).click();
      await rep.locator(".timeline-said .comment-text").first().filter({ hasText: "!" }).waitFor();

      await manager.goto("/");
      await manager.getByRole("button", { name: w.bell }).click();
      const drawer = manager.getByRole("dialog");
      await drawer.getByRole("button", { name: w.mentioned }).first().waitFor();
      await expectAccessible(manager, "the notices in the drawer");
      await drawer.getByRole("button", { name: w.mentioned }).first().click();
      await manager.locator(".timeline-said").first().waitFor();
      await manager.getByRole("textbox", { name: w.comment }).fill("OK");
      await manager.getByRole("button", { name: w.say, exact: true }).click();
      await manager.locator(".timeline-said .comment-text", { hasText: "OK" }).waitFor();

      expect(await toldOutsider()).toEqual(before);
      expect(complaints).toEqual([]);
    } catch (error) {
      await pictureOf(rep, `talk-rep-${language}`);
      await pictureOf(manager, `talk-manager-${language}`);
      throw error;
    }
  });

  test("on a phone: the notices, which kinds are wanted, the timeline", async () => {
    const { page, complaints } = await house.person("rep1", language, {
      viewport: { width: 390, height: 844 },
      colorScheme: "dark",
    });
    try {
      await page.goto("/notices?tab=settings");
      await page.getByRole("switch", { name: w.kind }).click();
      await page.getByText(w.saved).waitFor();
      expect(await page.getByRole("switch", { name: w.kind }).getAttribute("aria-checked")).toBe("false");
      await expectAccessible(page, "the settings of notices");
      await page.getByRole("tab", { name: w.notices }).or(page.getByRole("tab").first()).first().click();
      await expectAccessible(page, "the notices");
      await timelineOfMine(page);
      await page.locator(".timeline-entry").first().waitFor();
      await expectAccessible(page, "the timeline on a phone");
      expect(await sideways(page)).toBe(0);
      expect(complaints).toEqual([]);
    } catch (error) {
      await pictureOf(page, `talk-phone-${language}`);
      throw error;
    }
  });
});
