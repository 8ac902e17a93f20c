// Sessions: one that ends under a page keeps the page and what was typed; a second factor; an outsider; a broken connection.

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { House, PASSWORD, signIn } from "./house";
import { totp } from "./totp";

describe("sessions", () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(async () => {
    await house.close();
  });

  const endSession = (page: Page) =>
    page.evaluate(async () => {
      await fetch("/api/v1/session", { method: "DELETE" });
    });

  test("a session that ends while somebody writes is renewed over the page, and what was written is saved", async () => {
    const { page, complaints } = await house.person("rep1", "zh-CN");
    await page.goto("/records/customer?create=true");
    const drawer = page.getByRole("dialog");
    await drawer.getByLabel("客户名称").fill("过期会话测试公司");
    await endSession(page);
    // Leaving the field asks for possible duplicates: the first request to find that the session has ended.
    await drawer.getByLabel("客户名称").press("Tab");
    const expired = page.getByRole("dialog").filter({ hasText: "登录已过期" });
    await expired.getByLabel("密码", { exact: true }).fill(PASSWORD);
    await expired.getByRole("button", { name: "登录", exact: true }).click();
    // The waiting request goes on by itself, and what was typed is still there.
    await expired.waitFor({ state: "hidden" });
    await drawer.getByRole("button", { name: "保存", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "过期会话测试公司" }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("leaving an unsaved form asks first", async () => {
    const { page } = await house.person("rep1", "zh-CN");
    await page.goto("/records/customer?create=true");
    const drawer = page.getByRole("dialog", { name: "新建客户" });
    await drawer.getByLabel("客户名称").fill("未保存公司");
    await drawer.getByRole("button", { name: "取消", exact: true }).click();
    const ask = page.getByRole("dialog").filter({ hasText: "放弃未保存的修改" });
    await ask.getByRole("button", { name: "继续填写" }).click();
    expect(await drawer.getByLabel("客户名称").inputValue()).toBe("未保存公司");
    await drawer.getByRole("button", { name: "取消", exact: true }).click();
    await ask.getByRole("button", { name: "放弃修改" }).click();
    await drawer.waitFor({ state: "hidden" });
    await page.context().close();
  });

  test("a second factor is set up, asked for at the next sign-in, and given up", async () => {
    const { page } = await house.person("rep6", "en");
    await page.goto("/account?tab=totp");
    await page.getByRole("button", { name: "Set up a second factor" }).click();
    const secret = (await page.locator("code").first().textContent()) ?? "";
    // Beside the key as text there is the same as a picture, with words for those who do not see it.
    await page.getByRole("img", { name: "QR code that holds the key written below" }).waitFor();
    await expectAccessible(page, "second factor");
    await page.getByLabel("Six-digit code").fill(totp(secret, 0));
    await page.getByRole("button", { name: "Confirm" }).click();
    await page.getByText("A second factor is set up.", { exact: false }).first().waitFor();

    await page.getByRole("button", { name: /Account menu/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByLabel("Login", { exact: true }).fill("rep6");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByLabel("Six-digit code").fill("000000");
    await page.getByRole("button", { name: "Verify and sign in" }).click();
    await page.getByRole("alert").filter({ hasText: "The code is wrong or was used" }).waitFor();
    // Each code counts once, so the next step's is used; the server allows one step of difference.
    await page.getByLabel("Six-digit code").fill(totp(secret, 1));
    await page.getByRole("button", { name: "Verify and sign in" }).click();
    await page.getByRole("button", { name: /Account menu/ }).waitFor();
    await page.context().close();
  });

  test("a first password must be changed before anything else is shown", async () => {
    const { page: admin } = await house.person("admin", "zh-CN");
    const first = await admin.evaluate(async () => {
      const users = (await (await fetch("/api/v1/admin/users")).json()) as {
        items: Array<{ id: string; login: string }>;
      };
      const id = users.items.find((u) => u.login === "rep2")?.id;
      const answer = await fetch(`/api/v1/admin/users/${id}/password`, { method: "POST" });
      return ((await answer.json()) as { password: string }).password;
    });
    await admin.context().close();
    const { page, complaints } = await house.visitor("zh-CN");
    await page.goto("/records/customer");
    await signIn(page, "rep2", "zh-CN", first);
    await page.getByRole("heading", { name: "请修改初始密码" }).waitFor();
    await page.getByLabel("当前密码").fill(first);
    await page.getByLabel("新密码", { exact: true }).fill("password12");
    await page.getByLabel("再次输入新密码").fill("password12");
    await page.getByRole("button", { name: "修改密码" }).click();
    // Too common: refused, with what to do, in the form.
    await page.getByRole("alert").waitFor();
    await page.getByLabel("新密码", { exact: true }).fill("jiu-yue-de-feng-2026");
    await page.getByLabel("再次输入新密码").fill("jiu-yue-de-feng-2026");
    await page.getByRole("button", { name: "修改密码" }).click();
    // The page they came for opens.
    await page.getByRole("grid", { name: "客户" }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("a person whose role sees no customers has no customers in the navigation, and finds none by address", async () => {
    const { page } = await house.person("auditor", "zh-CN");
    const navigation = page.getByRole("navigation");
    await navigation.getByRole("link", { name: "首页" }).waitFor();
    expect(await navigation.getByRole("link", { name: "客户", exact: true }).count()).toBe(0);
    await page.goto("/records/customer");
    await page.getByText("没有此对象，或您无权查看。").waitFor();
    await page.context().close();
  });

  test("an address of nobody's, a customer of another team, and no connection are each told, and the frame stays", async () => {
    const { page } = await house.person("rep1", "zh-CN");
    await page.goto("/nowhere");
    await page.getByText("此页不存在").waitFor();
    await page.goto("/records/customer/0190c8f4-0000-7000-8000-000000000000");
    await page.getByText("不存在，或您无权知道它是否存在。").waitFor();
    await page.goto("/");
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.context().setOffline(true);
    await page.getByRole("navigation").getByRole("link", { name: "联系人" }).click();
    await page.getByText("无法连接服务器").first().waitFor();
    await page.context().setOffline(false);
    await page.getByRole("button", { name: "重试" }).first().click();
    await page.getByRole("grid", { name: "联系人" }).waitFor();
    await page.context().close();
  });
});
