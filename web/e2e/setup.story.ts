// A company is made in the browser, in both languages: the first setup, the first sign-in, a mail server that is tested against a real one,
// a notice that arrives by mail's settings, and the company's face before sign-in.

import type { Server } from "node:net";
import { deflateSync } from "node:zlib";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { House, type Language, pictureOf, signIn } from "./house";
import { languages } from "./languages";
import { listening, smtp } from "./outside";

const WORDS = {
  "zh-CN": {
    company: "公司名称",
    next: "下一步",
    skip: "跳过",
    name: "姓名",
    login: "账号",
    addDepartment: "添加部门",
    department: /^部门 1$/,
    create: "建立公司",
    made: "公司已建立",
    kept: "我已妥善保存",
    toSignIn: "前往登录",
    old: "当前密码",
    fresh: "新密码",
    again: "再次输入新密码",
    started: "开始使用",
    dismiss: "不再显示",
    host: "服务器",
    security: "加密方式",
    none: "不加密（仅限本机）",
    port: "端口",
    from: "发件地址",
    save: "保存",
    saved: "设置已保存",
    to: "收件人",
    send: "发送测试邮件",
    taken: "服务器已接收",
    refused: "邮件服务器拒收此邮件",
    choose: "选择图片",
    wrong: "链接无效或已过期",
  },
  en: {
    company: "Name of the company",
    next: "Next",
    skip: "Skip",
    name: "Name",
    login: "Login",
    addDepartment: "Add a department",
    department: /^Department 1$/,
    create: "Make the company",
    made: "The company is made",
    kept: "I have kept them",
    toSignIn: "Go to the sign-in",
    old: "Present password",
    fresh: "New password",
    again: "New password again",
    started: "Getting started",
    dismiss: "Do not show again",
    host: "Server",
    security: "Encryption",
    none: "none (this machine only)",
    port: "Port",
    from: "From",
    save: "Save",
    saved: "Saved",
    to: "To",
    send: "Send a test mail",
    taken: "The server took it",
    refused: "The mail server refused the mail",
    choose: "Choose a picture",
    wrong: "Open the whole link",
  },
} as const;

/** A picture of one colour, as PNG. */
function png(width: number, height: number): Buffer {
  const table = Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
  });
  const crc = (bytes: Buffer) => {
    let c = 0xffffffff;
    for (const byte of bytes) c = (table[(c ^ byte) & 255] ?? 0) ^ (c >>> 8);
    return (c ^ 0xffffffff) >>> 0;
  };
  const chunk = (kind: string, body: Buffer) => {
    const named = Buffer.concat([Buffer.from(kind), body]);
    const head = Buffer.alloc(4);
    head.writeUInt32BE(body.length);
    const tail = Buffer.alloc(4);
    tail.writeUInt32BE(crc(named));
    return Buffer.concat([head, named, tail]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, 0x7a)]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

const PASSWORD = "paper boats in rain";

describe.each(languages("en"))("first setup (%s)", { timeout: 240_000 }, (language: Language) => {
  const w = WORDS[language];
  const mails: string[] = [];
  let house: House;
  let link: string;
  let server: Server;
  let port = 0;
  beforeAll(async () => {
    ({ house, link } = await House.fresh());
    server = smtp(mails);
    port = await listening(server);
  });
  afterAll(async () => {
    server.close();
    await house.close();
  });
  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

  test("an empty server becomes a company with mail and a face of its own", async () => {
    const { page, complaints } = await house.visitor(language, { acceptDownloads: false });
    try {
      // Whatever is opened, it is the setup; without the link it says what is missing.
      await page.goto("/records/customer");
      await page.getByText(w.wrong).waitFor();
      await page.goto("about:blank");
      await page.goto(link);
      await page.getByLabel(w.company).fill("明光照明");
      expect(new URL(page.url()).hash).toBe("");
      await expectAccessible(page, "setup: company");
      await button(page, w.next).click();
      await pictureOf(page, `setup-calendar-${language}`);
      await expectAccessible(page, "setup: calendar");
      await button(page, w.next).click();
      for (const [n, name] of ["陈", "林", "周"].entries())
        await page.getByLabel(w.name, { exact: true }).nth(n).fill(name);
      await expectAccessible(page, "setup: administrators");
      await pictureOf(page, `setup-administrators-${language}`);
      // One who comes back goes on where they were.
      await page.reload();
      await page.getByLabel(w.name, { exact: true }).first().waitFor();
      for (const [n, name] of ["陈", "林", "周"].entries())
        await page.getByLabel(w.name, { exact: true }).nth(n).fill(name);
      await button(page, w.next).click();
      await button(page, w.addDepartment).click();
      await page.getByRole("textbox", { name: w.department }).fill("销售部");
      await expectAccessible(page, "setup: departments");
      await button(page, w.next).click();
      await expectAccessible(page, "setup: mail");
      await button(page, w.skip).click();
      await pictureOf(page, `setup-last-${language}`);
      await expectAccessible(page, "setup: last");
      await button(page, w.create).click();
      await page.getByText(w.made).waitFor();
      await expectAccessible(page, "setup: made");
      await pictureOf(page, `setup-made-${language}`);
      const first = (
        (await page.locator(".setup-accounts li").first().locator("code").last().textContent()) ?? ""
      ).trim();
      await page.getByText(w.kept).click();
      await button(page, w.toSignIn).click();

      await page.getByText("明光照明").first().waitFor();
      await signIn(page, "admin", language, first);
      await page.getByLabel(w.old, { exact: true }).fill(first);
      await page.getByLabel(w.fresh, { exact: true }).fill(PASSWORD);
      await page.getByLabel(w.again, { exact: true }).fill(PASSWORD);
      await page.locator("form button[type=submit]").click();
      await page.getByRole("banner").waitFor();
      await page.getByRole("heading", { name: w.started }).waitFor();
      await expectAccessible(page, "getting started");
      await pictureOf(page, `started-${language}`);

      await page.goto("/settings?tab=mail");
      await page.getByLabel(w.host, { exact: true }).fill("127.0.0.1");
      await page.getByLabel(w.security, { exact: true }).click();
      await page.locator(".ant-select-dropdown").getByTitle(w.none, { exact: true }).click();
      await page.getByLabel(w.port, { exact: true }).fill(String(port));
      await page.getByLabel(w.from, { exact: true }).fill("crm@example.com");
      await button(page, w.save).click();
      await page.getByText(w.saved).first().waitFor();
      await page.getByLabel(w.to, { exact: true }).fill("chen@example.com");
      await button(page, w.send).click();
      await page.getByText(w.taken).waitFor();
      await page.getByText("250 2.0.0 queued as 4711").waitFor();
      expect(mails.length).toBe(1);
      await expectAccessible(page, "mail server");
      await page.getByLabel(w.to, { exact: true }).fill("nobody@example.com");
      await button(page, w.send).click();
      await page.getByText(w.refused).waitFor();
      await page.getByText("550 5.1.1 no such mailbox here").waitFor();
      await pictureOf(page, `mail-${language}`);

      await page.goto("/settings?tab=branding");
      await button(page, w.choose).waitFor();
      await page
        .locator("input[type=file]")
        .setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: png(120, 40) });
      await page.locator(".brand-logo-preview").waitFor();
      await expectAccessible(page, "branding");
      await pictureOf(page, `branding-${language}`);
      await page.goto("/notices?tab=mail");
      await page.locator("#own-mail").waitFor();
      await expectAccessible(page, "own mail");
      await pictureOf(page, `own-mail-${language}`);
      await page.goto("/");
      await button(page, w.dismiss).click();
      await page.reload();
      await page.getByRole("banner").waitFor();
      expect(await page.getByRole("heading", { name: w.started }).count()).toBe(0);

      // Before anybody signs in: name and logo, and nobody is set up a second time.
      const { page: stranger } = await house.visitor(language);
      await stranger.goto(link);
      await stranger.getByRole("heading", { name: "明光照明" }).waitFor();
      const logo = stranger.locator("main img").first();
      const width = () => logo.evaluate((img: HTMLImageElement) => img.naturalWidth);
      await expect.poll(width, { timeout: 10_000 }).toBe(120);
      await pictureOf(stranger, `face-${language}`);
      await expectAccessible(stranger, "sign-in with a face");
      expect(complaints).toEqual([]);
    } catch (error) {
      await pictureOf(page, `setup-failed-${language}`);
      throw error;
    }
  });
});
