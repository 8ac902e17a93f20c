// An assessment by a third party, in both languages: the officer takes a questionnaire in, a colleague answers, the officer approves and
// names an account from outside; the assessor reads the evidence and raises a finding, which is fixed; it is closed. Another assessor's
// account ends by itself when the clock is past the day.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible, sideways } from "./accessible";
import { choose, savedBy, send } from "./hands";
import { House, type Language, PASSWORD, pictureOf, signIn } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    begin: "新建评估",
    name: "名称",
    organisation: "评估方",
    standard: "依据的标准或问卷",
    evidence: "证据室中的证据",
    room: "证据室",
    takeFile: "下载",
    programme: "审计计划",
    create: "创建草稿",
    importFile: "导入问卷",
    file: "问卷文件",
    wrong: "文件中有错误，未导入任何问题：",
    assign: "分派",
    answerer: "答复人",
    submit: "提交",
    mine: "待答评估问题",
    answer: "答复",
    standing: "符合情况",
    partly: "部分符合",
    links: "证据",
    decoys: "诱饵",
    waits: "待复核",
    approve: "复核通过",
    approved: "已复核",
    nameOne: "指定评估人",
    user: "外部账号",
    open: "开放给评估人",
    opened: "进行中",
    outside: "您被指定查看以下评估。每次查看都会记录。",
    look: "查看",
    raise: "提出问题",
    findingTitle: "问题标题",
    said: "意见",
    pdf: "下载 PDF",
    fixed: "称已修复",
    fixedByHand: /^在另一位漏洞管理人员验证之前/,
    done: "确定",
    claimed: "声称已修复",
    close: "关闭评估",
    closed: "已关闭",
    wrongLogin: /账号或密码|请检查账号和密码/,
    ok: "确 定",
  },
  en: {
    begin: "New assessment",
    name: "Name",
    organisation: "Assessed by",
    standard: "Standard or questionnaire",
    evidence: "Evidence in the room",
    room: "Evidence room",
    takeFile: "Take",
    programme: "The audit programme",
    create: "Create the draft",
    importFile: "Take a questionnaire in",
    file: "File of the questionnaire",
    wrong: "The file has errors; no question was taken in:",
    assign: "Give to somebody",
    answerer: "Answered by",
    submit: "Submit",
    mine: "Questions to answer",
    answer: "Answer",
    standing: "Standing",
    partly: "Partly met",
    links: "Evidence",
    decoys: "decoy",
    waits: "Waits for approval",
    approve: "Approve",
    approved: "Approved",
    nameOne: "Name an assessor",
    user: "Account from outside",
    open: "Open for assessors",
    opened: "Open",
    outside: "You were named to look at these assessments. Each look is recorded.",
    look: "Look",
    raise: "Raise a finding",
    findingTitle: "Title of the finding",
    said: "What you say",
    pdf: "Take PDF",
    fixed: "Say it is fixed",
    fixedByHand: /^It counts as open until somebody else/,
    done: "Done",
    claimed: "Said to be fixed",
    close: "Close it",
    closed: "Closed",
    wrongLogin: /Check login and password/,
    ok: "OK",
  },
} as const;

const NAME = "长江电气年度安全问卷";
const FINDING = "恢复演练没有记录 No record of restore drills";
const ASKED = "id,section,question,zh\nA.8.13,Operations,Are copies taken and restored?,是否备份并演练恢复？\n";

/** An account from outside as a system administrator makes it, who has chosen a password. */
async function guest(house: House, login: string, language: Language): Promise<string> {
  const { page } = await house.person("admin", language);
  const users = (await send(page, "GET", "/api/v1/admin/users")).json as {
    items: { login: string; department: string }[];
  };
  const department = users.items.find((u) => u.login === "security")?.department;
  const body = { login, name: login, kind: "person", department };
  const id = ((await send(page, "POST", "/api/v1/admin/users", body)).json as { id: string }).id;
  const reset = (await send(page, "POST", `/api/v1/admin/users/${id}/password`)).json as { password: string };
  await page.context().close();
  const first = await house.visitor(language);
  await first.page.goto("/");
  await send(first.page, "POST", "/api/v1/session", { login, password: reset.password });
  const change = { old_password: reset.password, password: PASSWORD };
  expect((await send(first.page, "PUT", "/api/v1/me/password", change)).status).toBeLessThan(300);
  await first.page.context().close();
  return id;
}

describe.each(languages("en"))("assessments by third parties (%s)", (language) => {
  const w = WORDS[language];
  let house: House;
  let folder: string;
  beforeAll(async () => {
    house = await House.open();
    folder = mkdtempSync(join(tmpdir(), "whosaw-assessments-"));
  });
  afterAll(async () => {
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).first().click();
  const inDialog = async (page: Page, button: string) => {
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: button, exact: true }).click();
    await dialog.waitFor({ state: "hidden" });
  };
  const confirms = (page: Page) => page.locator(".ant-popconfirm:visible .ant-btn-primary").click();

  test("a questionnaire goes its way to an assessor and back", async () => {
    await guest(house, "outside", language);
    const { page, complaints } = await house.person("security", language);
    await page.goto("/assessments");
    await press(page, w.begin);
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(w.name, { exact: true }).fill(NAME);
    await dialog.getByLabel(w.organisation, { exact: true }).fill("长江电气");
    await dialog.getByLabel(w.standard, { exact: true }).fill("ISO/IEC 27001");
    await choose(page, w.evidence, w.programme);
    await page.keyboard.press("Escape");
    await expectAccessible(page, "a new assessment");
    await inDialog(page, w.create);
    await page.getByRole("heading", { level: 1, name: NAME }).waitFor();
    const place = new URL(page.url()).pathname;

    await press(page, w.importFile);
    const picks = (text: string) =>
      dialog.getByLabel(w.file).setInputFiles({ name: "asked.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
    await picks("id,question\n,nobody\n");
    await dialog.getByRole("button", { name: w.importFile, exact: true }).click();
    await dialog.getByText(w.wrong).waitFor();
    await picks(ASKED);
    await inDialog(page, w.importFile);
    await press(page, w.assign);
    const people = (await send(page, "GET", "/api/v1/assessments/choices")).json as { answerers: { name: string }[] };
    const me = (await send(page, "GET", "/api/v1/me")).json as { user: { name: string } };
    const other = people.answerers.find((p) => p.name !== me.user.name)?.name ?? "";
    await choose(page, w.answerer, other);
    await inDialog(page, w.submit);

    // The colleague who knows.
    const admin = await house.person("admin", language);
    await admin.page.goto("/assessments/mine");
    await admin.page.getByRole("heading", { level: 1, name: w.mine }).waitFor();
    await press(admin.page, w.answer);
    await choose(admin.page, w.standing, w.partly);
    const writing = admin.page.getByRole("dialog");
    await writing.getByRole("textbox", { name: w.answer, exact: true }).fill("每日备份；恢复演练每季度一次。");
    await choose(admin.page, w.links, w.decoys);
    await admin.page.keyboard.press("Escape");
    await inDialog(admin.page, w.submit);
    await admin.page.getByText(w.waits).waitFor();
    await expectAccessible(admin.page, "questions to answer");
    await pictureOf(admin.page, `assessments-mine-${language}`);
    expect(admin.complaints).toEqual([]);

    await page.reload();
    await press(page, w.approve);
    await page.getByText(w.approved, { exact: true }).waitFor();
    await press(page, w.nameOne);
    await choose(page, w.user, "outside");
    await inDialog(page, w.nameOne);
    await press(page, w.open);
    await confirms(page);
    await page.locator("h1").getByText(w.opened, { exact: true }).waitFor();
    await expectAccessible(page, "an assessment");
    await pictureOf(page, `assessments-officer-${language}`);

    // What is kept elsewhere is put there as a file.
    const policy = "信息安全管理制度 policy.pdf";
    const paper = Buffer.from("%PDF-1.7\n% not much of a policy\n");
    await page
      .locator("section", { has: page.getByRole("heading", { name: w.room, exact: true }) })
      .locator("input[type=file]")
      .setInputFiles({ name: policy, mimeType: "application/pdf", buffer: paper });
    await page.getByText(policy, { exact: true }).first().waitFor();

    // From outside: one room, and what is for them.
    const outside = await house.visitor(language);
    await outside.page.goto("/");
    await signIn(outside.page, "outside", language);
    await outside.page.getByText(w.outside).waitFor();
    expect(await outside.page.locator("nav a").count()).toBe(1);
    await outside.page.getByRole("link", { name: NAME }).click();
    await outside.page.getByText("每日备份；恢复演练每季度一次。").waitFor();
    await outside.page.getByRole("button", { name: w.look, exact: false }).first().click();
    await outside.page.locator(".assess-facts dt").first().waitFor();
    await expectAccessible(outside.page, "evidence");
    await pictureOf(outside.page, `assessments-look-${language}`);
    await outside.page.keyboard.press("Escape");
    await savedBy(outside.page, w.pdf, join(folder, "answers.pdf"));
    await savedBy(outside.page, `${w.takeFile} ${policy}`, join(folder, "policy.pdf"));
    expect(readFileSync(join(folder, "policy.pdf")).equals(paper)).toBe(true);
    await press(outside.page, w.raise);
    const raising = outside.page.getByRole("dialog");
    await raising.getByLabel(w.findingTitle).fill(FINDING);
    await raising.getByLabel(w.said).fill("请补充最近一次恢复演练的记录。");
    await inDialog(outside.page, w.submit);
    await outside.page.getByText(FINDING).first().waitFor();
    await expectAccessible(outside.page, "the assessor's room");
    await pictureOf(outside.page, `assessments-outside-${language}`);
    await outside.page.setViewportSize({ width: 390, height: 844 });
    await pictureOf(outside.page, `assessments-outside-narrow-${language}`);
    expect(await sideways(outside.page)).toBe(0);
    expect((await send(outside.page, "GET", "/api/v1/records/customer")).status).toBe(403);
    expect(outside.complaints).toEqual([]);

    // It is among the findings, and fixed there.
    await page.goto("/findings");
    await page.getByRole("link", { name: FINDING }).click();
    await press(page, w.fixed);
    await page.getByRole("dialog").getByText(w.fixedByHand).waitFor();
    await inDialog(page, w.done);
    await page.goto(place);
    await page.getByText(w.claimed).waitFor();
    await press(page, w.close);
    await confirms(page);
    await page.locator("h1").getByText(w.closed, { exact: true }).waitFor();
    await page.getByText("SHA-256").first().waitFor();
    expect((await send(outside.page, "GET", `/api/v1${place}`)).status).toBe(401);
    expect(complaints).toEqual([]);
  });

  test("an account from outside ends by itself on its day", async () => {
    const id = await guest(house, "second", language);
    const { page } = await house.person("security", language);
    const day = 86_400_000;
    const plan = {
      name: "Second",
      organisation: "B",
      starts_at: Date.now() - day,
      ends_at: Date.now() + 2 * day,
      due_at: Date.now() + day,
      evidence: ["programme"],
    };
    const begun = (await send(page, "POST", "/api/v1/assessments", plan)).json as { id: string };
    const at = async (method: string, path: string, version: number) =>
      page.evaluate(
        async ([method, path, version]) => {
          const headers = { "if-match": `"${version}"` };
          const reply = await fetch(path as string, { method: method as string, headers });
          return reply.status;
        },
        [method, path, version],
      );
    const place = `/api/v1/assessments/${begun.id}`;
    expect(await at("PUT", `${place}/assessors/${id}`, 1)).toBe(200);
    expect(await at("POST", `${place}/open`, 2)).toBe(200);
    const outside = await house.visitor(language);
    await outside.page.goto("/");
    await signIn(outside.page, "second", language);
    await outside.page.getByText(w.outside).waitFor();
    expect((await send(outside.page, "GET", place)).status).toBe(200);
    await house.later("+3d");
    expect((await send(outside.page, "GET", place)).status).toBe(401);
    const again = await house.visitor(language);
    await again.page.goto("/");
    await signIn(again.page, "second", language);
    await again.page.getByText(w.wrongLogin).first().waitFor();
    await pictureOf(again.page, `assessments-over-${language}`);
  });
});
