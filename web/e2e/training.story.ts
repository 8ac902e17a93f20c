// Security training, in both languages: exports and values in the clear take current training; a rep fails the quiz, passes, takes the
// other courses, and only then exports; the officer sees how far everybody is.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { expectProved, savedBy, send } from "./hands";
import { House, pictureOf } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    rules: "培训要求",
    on: "由系统分配课程",
    wait: "未通过后的间隔（分钟）",
    pledgeZh: "须确认遵守的规定（中文，可不填）",
    pledgeEn: "须确认遵守的规定（英文，可不填）",
    save: "保存",
    saved: "设置已保存",
    needed: "请先完成安全培训",
    take: "去安全培训",
    idNumber: "证件号码",
    reveal: "查看明文",
    revealReason: "理由",
    record: "记录并查看",
    notice: "有安全培训课程待完成",
    read: /^开始学习/,
    certificate: /^领取证书/,
    proof: /^保存存证/,
    next: "下一页",
    toQuiz: "去答题",
    begin: "开始答题",
    submit: "提交",
    pledge: "我已阅读并将遵守以下规定",
    bad: /^未通过/,
    good: /^通过：/,
    progress: "全员进度",
    departments: "各部门",
  },
  en: {
    rules: "What is required",
    on: "Courses are given by the house",
    wait: "Minutes after a quiz not passed",
    pledgeZh: "What has to be acknowledged, in Chinese (optional)",
    pledgeEn: "What has to be acknowledged, in English (optional)",
    save: "Save",
    saved: "Saved",
    needed: "Renew your security training first",
    take: "To the training",
    idNumber: "Identity number",
    reveal: "Show in the clear",
    revealReason: "Reason",
    record: "Record and show",
    notice: "A course of security training waits for you",
    read: /^Take the course/,
    certificate: /^Certificate/,
    proof: /^Save the evidence/,
    next: "Next page",
    toQuiz: "To the quiz",
    begin: "Begin the quiz",
    submit: "Send the answers",
    pledge: "I have read this and will keep to it",
    bad: /^Not passed/,
    good: /^Passed:/,
    progress: "Everybody",
    departments: "Departments",
  },
} as const;

type Question = { text: { zh: string; en: string }; many: boolean; options: { zh: string; en: string }[] };
type Shipped = { text: { zh: string }; options: { zh: string; right?: boolean }[] };

/** The positions that are right, by the questions as they ship. */
async function rightOf(questions: Question[]): Promise<number[][]> {
  const { readFileSync } = await import("node:fs");
  const of = (course: string): Shipped[] =>
    JSON.parse(
      readFileSync(new URL(`../../crates/training/courses/${course}/questions.json`, import.meta.url), "utf8"),
    );
  const all = ["personal-data", "exporting", "misuse"].flatMap(of);
  return questions.map((q) => {
    const shipped = all.find((s) => s.text.zh === q.text.zh);
    const right = (shown: { zh: string }) => shipped?.options.some((o) => o.right && o.zh === shown.zh) === true;
    return q.options.flatMap((option, n) => (right(option) ? [n] : []));
  });
}

async function passes(page: Page, course: string, pledge: string): Promise<void> {
  const quiz = (await send(page, "POST", `/api/v1/me/training/${course}/quiz`)).json as { questions: Question[] };
  const answers = await rightOf(quiz.questions);
  const reply = await send(page, "POST", `/api/v1/me/training/${course}/answers`, { answers, pledge });
  expect(reply.json).toMatchObject({ passed: true });
}

describe.each(languages("en"))("security training (%s)", (language) => {
  const w = WORDS[language];
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  const folder = mkdtempSync(join(tmpdir(), "whosaw-training-"));
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await house.close();
  });

  test("a rep fails, passes, and only then exports", async () => {
    const officer = await house.person("security", language);
    await officer.page.goto("/training?tab=rules");
    await officer.page.getByRole("checkbox", { name: w.on }).check();
    await officer.page.getByLabel(w.wait).fill("0");
    await officer.page.getByLabel(w.pledgeZh).fill("不外传客户信息。");
    await officer.page.getByLabel(w.pledgeEn).fill("Customer information stays inside.");
    await officer.page.getByRole("button", { name: w.save, exact: true }).click();
    await officer.page.getByText(w.saved).waitFor();
    await expectAccessible(officer.page, "what training is required");

    // Whoever's training is not current sees nothing in the clear and exports nothing.
    const now = (await send(officer.page, "GET", "/api/v1/admin/policy")).json as {
      version: number;
      policy: { rows: { id: string }[] };
    };
    const { rows } = now.policy;
    const purpose = rows.find((row) => row.id === "guard.purpose");
    const guard = { ...purpose, id: "guard.training", what: { operations: ["reveal", "export"] }, when: ["trained"] };
    const policy = { rows: [...rows, guard] };
    const published = await send(officer.page, "POST", "/api/v1/admin/policy", {
      base: now.version,
      policy,
      reason: "先培训",
    });
    expect(published.json).toMatchObject({ version: now.version + 1 });
    const rep = await house.person("rep1", language);
    const reveals = async () => {
      await rep.page.goto(`/records/customer?scope=mine&cols=${encodeURIComponent('["name","id_number"]')}`);
      await rep.page.getByRole("row").filter({ hasText: "***" }).first().locator("a.title-link").click();
      const masked = rep.page.locator("dl > div").filter({ has: rep.page.locator("dt", { hasText: w.idNumber }) });
      await masked.getByRole("button", { name: w.reveal }).click();
      const dialog = rep.page.getByRole("dialog");
      await dialog.getByLabel(w.revealReason).fill("核对合同主体");
      await dialog.getByRole("button", { name: w.record }).click();
      return dialog;
    };
    const refused = await reveals();
    await refused.getByText(w.needed).waitFor();
    await refused.getByRole("link", { name: w.take }).waitFor();

    await rep.page.goto("/notices");
    const notice = rep.page.getByText(w.notice).first();
    await expect
      .poll(
        async () => {
          await rep.page.reload();
          // The page loads first and its notices after it.
          return notice.waitFor({ timeout: 5_000 }).then(
            () => true,
            () => false,
          );
        },
        { timeout: 40_000, interval: 2_000 },
      )
      .toBe(true);
    await notice.click();
    await rep.page.getByRole("button", { name: w.read }).first().click();
    await expectAccessible(rep.page, "a page of a course");
    for (let n = 0; n < 4; n++) await rep.page.getByRole("button", { name: w.next, exact: true }).click();
    await rep.page.getByRole("button", { name: w.toQuiz, exact: true }).click();

    // Wrong on purpose: nothing is right everywhere.
    const asked = rep.page.waitForResponse((r) => r.url().endsWith("/quiz"));
    await rep.page.getByRole("button", { name: w.begin, exact: true }).click();
    const quiz = (await (await asked).json()) as { questions: Question[] };
    const right = await rightOf(quiz.questions);
    const groups = rep.page.locator(".training-options");
    const choose = async (n: number, at: number) => groups.nth(n).locator("label").nth(at).click();
    for (const [n, of] of right.entries()) {
      const wrong = quiz.questions[n]?.options.findIndex((_, at) => !of.includes(at)) ?? 0;
      await choose(n, wrong);
    }
    await rep.page.getByLabel(w.pledge).check();
    await expectAccessible(rep.page, "a quiz");
    await rep.page.getByRole("button", { name: w.submit, exact: true }).click();
    await rep.page.getByText(w.bad).waitFor();

    const again = rep.page.waitForResponse((r) => r.url().endsWith("/quiz"));
    await rep.page.getByRole("button", { name: w.begin, exact: true }).click();
    const second = (await (await again).json()) as { questions: Question[] };
    for (const [n, of] of (await rightOf(second.questions)).entries()) {
      for (const at of of) await choose(n, at);
    }
    await rep.page.getByLabel(w.pledge).check();
    await rep.page.getByRole("button", { name: w.submit, exact: true }).click();
    await rep.page.getByText(w.good).waitFor();
    await expectAccessible(rep.page, "a quiz that was passed");

    const detail = (await send(rep.page, "GET", "/api/v1/me/training/misuse")).json as { pledge: { digest: string } };
    await passes(rep.page, "exporting", detail.pledge.digest);
    await passes(rep.page, "misuse", detail.pledge.digest);
    const mine = (await send(rep.page, "GET", "/api/v1/me/training")).json as { trained_until: number };
    expect(mine.trained_until).toBeGreaterThan(Date.now());

    await rep.page.goto("/training");
    const pdf = await savedBy(rep.page, w.certificate, join(folder, "certificate.pdf"));
    const proof = await savedBy(rep.page, w.proof, join(folder, "certificate.evidence.json"));
    await expectProved(rep.page, folder, pdf, proof);
    await expectAccessible(rep.page, "courses that were passed");
    await pictureOf(rep.page, `training-passed-${language}`);

    const shown = await reveals();
    await shown.waitFor({ state: "hidden" });

    await officer.page.goto("/training?tab=progress");
    await officer.page.getByRole("heading", { name: w.departments }).waitFor();
    await expectAccessible(officer.page, "how far everybody is");
    expect([...officer.complaints, ...rep.complaints]).toEqual([]);
  });
});
