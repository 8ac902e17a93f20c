// The auditor's way, in both languages: who looked at a customer, one event with its proof, the evidence file held against the
// real `whosaw-verify`, why somebody could; and an outsider for whom none of these pages is there.

import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible, sideways } from "./accessible";
import { binary, House, type Language } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    log: "访问日志",
    events: "事件列表",
    reveal: "查看明文",
    rep: "客户",
    sentence: "执行“查看明文”",
    whole: "与记录时一致",
    proven: "已在本浏览器中核对",
    downloadProof: "下载证明",
    downloadLeaf: "下载账本条目",
    whoSaw: "谁看过",
    seen: "谁看过客户",
    inClear: "明文显示",
    take: "导出存证",
    submit: "记录并导出",
    reason: "用途",
    needReason: "请填写用途",
    why: "为什么",
    yes: "可以对此客户执行“查看明文”",
    decided: "起决定作用的规则",
    valid: "签名有效（在本浏览器中核对）",
    check: "立即核对",
    agrees: "与检查点一致",
    signed: "检查点的签名有效。",
    noPage: "此页不存在",
    id: "客户或记录编号",
    ask: "查询",
    needId: "请输入完整的编号",
    nobody: "没有任何访问记录",
    evidenceAct: "存证导出",
    matrix: "角色 × 操作",
    below: "本部门（含下级）",
    accounts: "用户列表",
    newAccount: "新建用户",
    login: "账号",
    name: "姓名",
    department: "部门",
    make: "新建",
    disable: "停用账号",
    disabled: "已停用",
    done: "已完成",
  },
  en: {
    log: "Access log",
    events: "Events",
    reveal: "Shown in the clear",
    rep: "Customer",
    sentence: "Show in the clear, Customer",
    whole: "As it was recorded",
    proven: "Checked in this browser",
    downloadProof: "Download the proof",
    downloadLeaf: "Download the entry",
    whoSaw: "Who saw it",
    seen: "Who saw a customer",
    inClear: "In the clear",
    take: "Take evidence",
    submit: "Record and take",
    reason: "Purpose",
    needReason: "Say what it is for",
    why: "Why",
    yes: "can do this to this Customer: Show in the clear",
    decided: "Rules that decided",
    valid: "valid (checked in this browser)",
    check: "Check now",
    agrees: "is the checkpoint's",
    signed: "The checkpoint's signature is valid.",
    noPage: "There is no such page",
    id: "Id of a customer or record",
    ask: "Ask",
    needId: "Give the whole id",
    nobody: "Nobody has accessed it",
    evidenceAct: "Take evidence",
    matrix: "Role × operation",
    below: "department and those below",
    accounts: "Accounts",
    newAccount: "New account",
    login: "Login",
    name: "Name",
    department: "Department",
    make: "Make",
    disable: "Disable the account",
    disabled: "Disabled",
    done: "Done",
  },
} as const;

const PAGES = [
  "/audit/log",
  "/audit/seen",
  "/audit/users",
  "/audit/counts?by=day",
  "/audit/counts?by=week_hour",
  "/audit/counts?by=user",
  "/audit/ledger",
  "/access/why",
  "/people",
  "/roles",
  "/roles?tab=rules",
  "/roles?tab=versions",
];

const verify = (args: string[]) =>
  execFileSync(join(dirname(binary()), "whosaw-verify"), ["--json", ...args], { encoding: "utf8" });

async function download(page: Page, press: () => Promise<void>, folder: string): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent("download"), press()]);
  const path = join(folder, file.suggestedFilename());
  await file.saveAs(path);
  return path;
}

describe.each(languages("en"))("an auditor's way (%s)", (language: Language) => {
  const words = WORDS[language];
  let house: House;
  let page: Page;
  let complaints: string[];
  let folder: string;
  let key: string;
  let customer: string;

  beforeAll(async () => {
    house = await House.open();
    folder = mkdtempSync(join(tmpdir(), "whosaw-evidence-"));
    ({ page, complaints } = await house.person("auditor", language));
    // The key is got another way than through the page that is checked.
    key = join(folder, "log.vkey");
    writeFileSync(key, await page.evaluate(async () => (await fetch("/ledger/log.vkey")).text()));
  });
  afterAll(async () => {
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("an event is found by a filter, told in words, and stands in the signed log", async () => {
    await page.getByRole("link", { name: words.log }).click();
    await page.getByText(words.reveal, { exact: true }).first().click();
    await page.waitForURL(/actions=/);
    const row = page.getByRole("grid", { name: words.events }).getByRole("row").nth(1);
    await row.getByText(words.rep).first().waitFor();
    await row.getByRole("button").first().click();
    const drawer = page.getByRole("dialog");
    await drawer.getByText(words.sentence).waitFor();
    await drawer.getByText(words.whole).waitFor();
    await drawer.getByText(words.proven).waitFor();
    await expectAccessible(page, "event");
    const proof = await download(page, () => drawer.getByRole("button", { name: words.downloadProof }).click(), folder);
    const leaf = await download(page, () => drawer.getByRole("button", { name: words.downloadLeaf }).click(), folder);
    verify(["proof", proof, "--entry", leaf, "--key", key]);
    // An entry that was changed does not pass.
    const bytes = readFileSync(leaf);
    bytes[30] = (bytes[30] ?? 0) ^ 1;
    writeFileSync(leaf, bytes);
    expect(() => verify(["proof", proof, "--entry", leaf, "--key", key])).toThrow();
  });

  test("who saw the customer is answered, with the fields they saw", async () => {
    await page.getByRole("dialog").getByRole("link", { name: words.whoSaw, exact: true }).click();
    await page.waitForURL(/\/audit\/seen\//);
    customer = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    const grid = page.getByRole("grid", { name: words.seen });
    await grid.getByText(words.inClear).first().waitFor();
    await expectAccessible(page, "who saw");
  });

  test("the evidence asks for its purpose, and the real verifier passes it; changed, it does not", async () => {
    await page.getByRole("button", { name: words.take }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: words.submit }).click();
    await dialog.getByText(words.needReason).waitFor();
    await dialog.getByLabel(words.reason).fill("监管检查 2026-17");
    await expectAccessible(page, "evidence dialog");
    const file = await download(page, () => dialog.getByRole("button", { name: words.submit }).click(), folder);
    await dialog.waitFor({ state: "hidden" });
    const text = readFileSync(file, "utf8");
    expect(JSON.parse(text).subject).toEqual({ kind: "customer", id: customer });
    verify(["evidence", file, "--key", key]);
    const told = text.replace(/"at":(\d{12})(\d)/, (_, start, last) => `"at":${start}${(Number(last) + 1) % 10}`);
    expect(told).not.toBe(text);
    writeFileSync(file, told);
    expect(() => verify(["evidence", file, "--key", key])).toThrow();
    // Taking it was an access, with its purpose.
    await page.goto(`/audit/log?actions=${encodeURIComponent('["audit.evidence"]')}`);
    await page.getByRole("grid", { name: words.events }).getByRole("row").nth(1).getByRole("button").first().click();
    await page.getByRole("dialog").getByText("监管检查 2026-17").waitFor();
  });

  test("a half id is not asked; an id that never was has been seen by nobody", async () => {
    await page.goto("/audit/seen");
    await page.getByLabel(words.id).fill("01a0");
    await page.getByRole("button", { name: words.ask, exact: true }).click();
    await page.getByText(words.needId).waitFor();
    await page.getByLabel(words.id).fill(randomUUID());
    await page.getByRole("button", { name: words.ask, exact: true }).click();
    await page.getByText(words.nobody).waitFor();
  });

  test("why somebody could is told by the rules", async () => {
    await page.goto(
      `/audit/log?actions=${encodeURIComponent('["reveal"]')}&decisions=${encodeURIComponent('["allowed"]')}`,
    );
    await page.getByRole("grid", { name: words.events }).getByRole("row").nth(1).getByRole("button").first().click();
    await page.getByRole("dialog").getByRole("link", { name: words.why, exact: true }).click();
    await page.getByText(words.yes).waitFor();
    await page.getByRole("region", { name: words.decided }).waitFor();
    await expectAccessible(page, "why");
  });

  test("the checkpoint's signature is checked, and the matrix says whether departments below are meant", async () => {
    await page.goto("/audit/ledger");
    await page.getByText(words.valid).waitFor();
    // The whole log, computed anew in the browser.
    await page.getByRole("button", { name: words.check, exact: true }).click();
    await page.getByText(words.agrees).waitFor({ timeout: 120_000 });
    await page.getByText(words.signed).waitFor();
    await expectAccessible(page, "ledger check");
    await page.goto("/roles");
    await page.getByRole("region", { name: words.matrix }).getByText(words.below).first().waitFor();
  });

  test("an administrator makes an account and disables it", async () => {
    const admin = await house.person("admin", language);
    const login = `zhao.${randomUUID().slice(0, 8)}`;
    await admin.page.goto("/people");
    await admin.page.getByRole("button", { name: words.newAccount }).click();
    const dialog = admin.page.getByRole("dialog");
    await dialog.getByLabel(words.login).fill(login);
    await dialog.getByLabel(words.name).fill("赵敏");
    await dialog.getByLabel(words.department).click();
    await admin.page.locator(".ant-select-tree-title").first().click();
    await expectAccessible(admin.page, "new account");
    await dialog.getByRole("button", { name: words.make, exact: true }).click();
    const drawer = admin.page.getByRole("dialog").filter({ hasText: login });
    await drawer.getByRole("button", { name: words.disable }).click();
    // Asked once it is known that they own nothing.
    await admin.page.locator(".ant-modal-confirm").getByRole("button", { name: words.disable }).click();
    await drawer.getByText(words.disabled, { exact: true }).waitFor();
    await expectAccessible(admin.page, "account");
    expect(admin.complaints).toEqual([]);
    await admin.page.context().close();
  });

  test("an outsider gets none of these pages, and none of the answers", async () => {
    const rep = await house.person("rep1", language);
    expect(await rep.page.getByRole("link", { name: words.log }).count()).toBe(0);
    for (const path of [...PAGES, `/audit/seen/${customer}`]) {
      await rep.page.goto(path);
      await rep.page.getByText(words.noPage).waitFor();
    }
    const answers = await rep.page.evaluate(
      (paths) => Promise.all(paths.map(async (path) => (await fetch(path)).status)),
      [
        "/api/v1/audit/events",
        `/api/v1/audit/records/${customer}`,
        "/api/v1/audit/counts?by=day",
        "/api/v1/admin/policy",
      ],
    );
    expect(answers).toEqual([403, 403, 403, 403]);
    await rep.page.context().close();
  });

  // Each look once: two of them in either language.
  const [wide, narrow] = language === "en" ? (["dark", "light"] as const) : (["light", "dark"] as const);
  test.each([
    { colorScheme: wide, viewport: { width: 1440, height: 900 } },
    { colorScheme: narrow, viewport: { width: 390, height: 844 } },
  ])(
    "its pages are accessible and stay within the window ($colorScheme, $viewport.width)",
    async (look) => {
      const auditor = await house.person("auditor", language, look);
      for (const path of [...PAGES, `/audit/seen/${customer}`]) {
        await auditor.page.goto(path);
        await auditor.page.getByRole("heading", { level: 1 }).waitFor();
        await auditor.page.waitForLoadState("networkidle");
        await expectAccessible(auditor.page, path);
        expect(await sideways(auditor.page), path).toBe(0);
      }
      expect(auditor.complaints).toEqual([]);
      await auditor.page.context().close();
    },
    300_000,
  );

  test("nothing broke the page's policy", () => {
    expect(complaints).toEqual([]);
  });
});
