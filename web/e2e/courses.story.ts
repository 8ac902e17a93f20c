// Courses of the company's own and outside, in both languages: a bad ZIP is refused with its lines; an officer uploads a course, requires it
// of a rep, who passes it; another system states through a token who passed elsewhere, and the rep exports.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { send } from "./hands";
import { House, type Language, pictureOf } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    add: "上传自有课程",
    file: "课程文件（ZIP）",
    send: "上传",
    bad: "不能使用 HTML，请用 Markdown",
    kept: "已保存为第 1 版",
    register: "登记外部课程",
    titleZh: "名称（中文）",
    titleEn: "名称（英文）",
    activity: "活动标识（IRI）",
    launch: "学习地址（https）",
    home: "账号所属页面（homePage）",
    save: "保存",
    saved: "已保存",
    start: /^去学习/,
    waits: "等待 lms.example.com 返回结果",
    stated: "由 lms.example.com 确认通过。",
    read: /^开始学习/,
    next: "下一页",
    toQuiz: "去答题",
    begin: "开始答题",
    submit: "提交",
    good: /^通过：/,
    take: "导入记录",
    statements: "记录文件（JSON）",
    import: "导入",
    done: "已处理",
    unknown: "人员对不上 1",
    title: "外部平台的记录",
    passed: "已通过",
    course: "客户来访",
    outside: "外部合规课",
  },
  en: {
    add: "Add an own course",
    file: "File of the course (ZIP)",
    send: "Send",
    bad: "HTML is not shown; write Markdown",
    kept: "Kept as version 1",
    register: "Add a course outside",
    titleZh: "Title in Chinese",
    titleEn: "Title in English",
    activity: "Activity (IRI)",
    launch: "Where it is taken (https)",
    home: "Page of accounts (homePage)",
    save: "Save",
    saved: "Saved",
    start: /^Start/,
    waits: "Waiting for the result from lms.example.com",
    stated: "Passed by the word of lms.example.com.",
    read: /^Take the course/,
    next: "Next page",
    toQuiz: "To the quiz",
    begin: "Begin the quiz",
    submit: "Send the answers",
    good: /^Passed:/,
    take: "Import statements",
    statements: "File of statements (JSON)",
    import: "Import",
    done: "Taken in",
    unknown: "Unknown person 1",
    title: "What other systems stated",
    passed: "Passed",
    course: "Visits",
    outside: "Compliance elsewhere",
  },
} as const;

const ZH = "# 客户来访\n\n来访时的规矩。\n\n## 登记\n\n- 先登记\n- 再引领\n\n## 离开\n\n送到门口。\n";
const EN =
  "# Visits\n\nWhat holds for visits.\n\n## Arriving\n\n- sign in\n- walk along\n\n## Leaving\n\nTo the door.\n";
const QUESTIONS = Array.from({ length: 9 }, (_, n) => ({
  id: `q${n}`,
  text: { zh: `题 ${n}`, en: `question ${n}` },
  options: [
    { zh: "对", en: "right", right: true },
    { zh: "错", en: "wrong" },
  ],
  why: { zh: "因为", en: "because" },
}));
const ACTIVITY = "https://lms.example.com/courses/7";
const HOME = "https://lms.example.com";

/** A ZIP of files, by Python's own library, as other stories unpack theirs. */
function zipped(folder: string, name: string, files: Record<string, string>): string {
  const path = join(folder, name);
  const script =
    "import json,sys,zipfile\nz=zipfile.ZipFile(sys.argv[1],'w')\n[z.writestr(n,t) for n,t in json.load(sys.stdin).items()]\nz.close()";
  execFileSync("python3", ["-c", script, path], { input: JSON.stringify(files) });
  return path;
}

const stated = (n: number, login: string) => ({
  id: `a0000000-0000-4000-8000-00000000000${n}`,
  actor: { account: { homePage: HOME, name: login } },
  verb: { id: "http://adlnet.gov/expapi/verbs/passed" },
  object: { id: ACTIVITY },
  result: { score: { scaled: 0.9 } },
  timestamp: new Date().toISOString(),
});

describe.each(languages("en"))("courses (%s)", (language) => {
  const w = WORDS[language];
  let house: House;
  const folder = mkdtempSync(join(tmpdir(), "whosaw-courses-"));
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await house.close();
  });

  const files = (zh: string) => ({ "zh.md": zh, "en.md": EN, "questions.json": JSON.stringify(QUESTIONS) });
  const uploads = async (page: Page, path: string) => {
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(w.file).setInputFiles(path);
    await dialog.getByRole("button", { name: w.send, exact: true }).click();
    return dialog;
  };

  test("an own course is passed here, one outside by the word of its system", async () => {
    const officer = await house.person("security", language);
    const { page } = officer;
    await page.goto("/training?tab=courses");
    await page.getByRole("button", { name: w.add, exact: true }).click();
    const dialog = await uploads(page, zipped(folder, "bad.zip", files(ZH.replace("送到门口", "<b>送到门口</b>"))));
    await dialog.getByText("zh.md:12").waitFor();
    await dialog.getByText(w.bad).waitFor();
    await expectAccessible(page, "a course that is refused");
    await uploads(page, zipped(folder, "good.zip", files(ZH)));
    await page.getByText(w.kept).waitFor();
    await page.getByRole("heading", { level: 3, name: w.course }).waitFor();

    await page.getByRole("button", { name: w.register, exact: true }).click();
    const form = page.getByRole("dialog");
    await form.getByLabel(w.titleZh).fill("外部合规课");
    await form.getByLabel(w.titleEn).fill("Compliance elsewhere");
    await form.getByLabel(w.activity).fill(ACTIVITY);
    await form.getByLabel(w.launch).fill(`${HOME}/start/7`);
    await form.getByLabel(w.home).fill(HOME);
    await form.getByRole("button", { name: w.save }).click();
    await page.getByText(w.saved, { exact: true }).waitFor();
    await page.getByRole("heading", { level: 3, name: w.outside }).waitFor();
    await expectAccessible(page, "all courses");

    const cards = (await send(page, "GET", "/api/v1/training/courses")).json as {
      items: { id: string; kind: string }[];
    };
    const [own, outside] = ["own", "outside"].map((kind) => cards.items.find((c) => c.kind === kind)?.id ?? "");
    const rules = (await send(page, "GET", "/api/v1/admin/training")).json as object;
    const required = [own, outside].map((course) => ({ course, roles: ["sales_rep"] }));
    const put = await send(page, "PUT", "/api/v1/admin/training", { ...rules, on: true, required });
    expect(put.status).toBe(204);
    const now = (await send(page, "GET", "/api/v1/admin/policy")).json as {
      version: number;
      policy: { rows: { id: string }[] };
    };
    const { rows } = now.policy;
    const purpose = rows.find((row) => row.id === "guard.purpose");
    const guard = { ...purpose, id: "guard.training", what: { operations: ["export"] }, when: ["trained"] };
    const policy = { rows: [...rows, guard] };
    const publish = { base: now.version, policy, reason: "先培训" };
    expect((await send(page, "POST", "/api/v1/admin/policy", publish)).json).toMatchObject({
      version: now.version + 1,
    });

    const rep = await house.person("rep1", language);
    const exports = async () => {
      const wanted = { format: "csv", purpose: "对账" };
      const reply = await rep.page.evaluate(async (wanted) => {
        const headers = { "content-type": "application/json" };
        const reply = await fetch("/api/v1/records/customer/export", {
          method: "POST",
          headers,
          body: JSON.stringify(wanted),
        });
        return { status: reply.status, text: await reply.text() };
      }, wanted);
      return reply;
    };
    expect((await exports()).text).toContain("training_needed");

    await rep.page.goto("/training");
    const start = rep.page.getByRole("link", { name: w.start });
    expect(await start.getAttribute("href")).toBe(`${HOME}/start/7`);
    expect(await start.getAttribute("rel")).toBe("noopener noreferrer");
    await rep.page.getByText(w.waits).waitFor();
    await expectAccessible(rep.page, "courses with one outside");
    await rep.page
      .locator(".training-course")
      .filter({ hasText: w.course })
      .getByRole("button", { name: w.read })
      .click();
    await rep.page.getByRole("button", { name: w.next, exact: true }).click();
    await rep.page.getByRole("button", { name: w.toQuiz, exact: true }).click();
    const asked = rep.page.waitForResponse((r) => r.url().endsWith("/quiz"));
    await rep.page.getByRole("button", { name: w.begin, exact: true }).click();
    const quiz = (await (await asked).json()) as { questions: { options: { en: string }[] }[] };
    const groups = rep.page.locator(".training-options");
    for (const [n, question] of quiz.questions.entries()) {
      const right = question.options.findIndex((option) => option.en === "right");
      await groups.nth(n).locator("label").nth(right).click();
    }
    await rep.page.getByRole("button", { name: w.submit, exact: true }).click();
    await rep.page.getByText(w.good).waitFor();

    // The other system: a program with a token for this alone.
    const token = await tokenOf(house, language);
    const reply = await fetch(`${new URL(page.url()).origin}/api/v1/training/statements`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify([stated(1, "rep1")]),
    });
    const said = await reply.json();
    expect(said, JSON.stringify(said)).toMatchObject({ counts: { passed: 1 } });
    expect((await exports()).status).toBe(200);
    await rep.page.goto("/training");
    await rep.page.getByText(w.stated).waitFor();
    await pictureOf(rep.page, `courses-rep-${language}`);

    // By hand: nobody is dropped without a word.
    await page.goto("/training?tab=courses");
    await page.getByRole("button", { name: w.take, exact: true }).click();
    const file = join(folder, "statements.json");
    const taking = page.getByRole("dialog");
    writeFileSync(file, JSON.stringify([stated(2, "stranger")]));
    await taking.getByLabel(w.statements).setInputFiles(file);
    await taking.getByRole("button", { name: w.import, exact: true }).click();
    await taking.getByText(w.unknown).waitFor();
    await expectAccessible(page, "statements that were taken in");
    await page.keyboard.press("Escape");
    await page.getByRole("heading", { level: 2, name: w.title }).scrollIntoViewIfNeeded();
    await expectAccessible(page, "courses and statements");
    await pictureOf(page, `courses-${language}`);
    expect([...officer.complaints, ...rep.complaints]).toEqual([]);
  });
});

/** A token of a program that the security officer answers for. */
async function tokenOf(house: House, language: Language): Promise<string> {
  const [admin, security] = [await house.person("admin", language), await house.person("security", language)];
  const users = (await send(admin.page, "GET", "/api/v1/admin/users")).json as {
    items: { id: string; login: string; department: string }[];
  };
  const officer = users.items.find((u) => u.login === "security");
  const made = await send(admin.page, "POST", "/api/v1/admin/users", {
    login: "lms",
    name: "LMS",
    kind: "service",
    department: officer?.department,
    manager: officer?.id,
  });
  expect(made.status).toBe(201);
  const { id } = made.json as { id: string };
  const roled = await send(security.page, "PUT", `/api/v1/admin/users/${id}/roles/security_admin`);
  expect(roled.status).toBeLessThan(300);
  const token = await send(security.page, "POST", "/api/v1/tokens", {
    name: "lms",
    actions: ["training.manage"],
    expires_at: Date.now() + 86_400_000,
    service: id,
  });
  expect(token.status).toBeLessThan(300);
  return (token.json as { secret: string }).secret;
}
