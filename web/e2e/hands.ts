// What several stories do alike.

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { binary, type House, type Language, PASSWORD } from "./house";

/** A request in the name of whoever has signed in on the page. */
export async function send(
  page: Page,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; json: unknown }> {
  return page.evaluate(
    async ([method, path, body]) => {
      const reply = await fetch(path as string, {
        method: method as string,
        ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: body as string }),
      });
      const text = await reply.text();
      return { status: reply.status, json: text === "" ? null : JSON.parse(text) };
    },
    [method, path, body === undefined ? undefined : JSON.stringify(body)],
  );
}

/** A second security administrator, who signs in like anybody else. */
export async function secondOfficer(house: House, login: string, language: Language): Promise<Page> {
  const [admin, security] = [await house.person("admin", language), await house.person("security", language)];
  const users = (await send(admin.page, "GET", "/api/v1/admin/users")).json as {
    items: { id: string; login: string; department: string }[];
  };
  const department = users.items.find((u) => u.login === "security")?.department;
  const made = await send(admin.page, "POST", "/api/v1/admin/users", {
    login,
    name: login,
    kind: "person",
    department,
  });
  expect(made.status).toBe(201);
  const id = (made.json as { id: string }).id;
  // Before they have the duty: who holds one is let in by nobody else.
  const reset = await send(admin.page, "POST", `/api/v1/admin/users/${id}/password`);
  expect(reset.status).toBe(200);
  const first = (reset.json as { password: string }).password;
  const role = await send(security.page, "PUT", `/api/v1/admin/users/${id}/roles/security_admin`);
  expect(role.status).toBe(204);
  await admin.page.context().close();
  await security.page.context().close();
  const { page } = await house.visitor(language);
  await page.goto("/");
  expect((await send(page, "POST", "/api/v1/session", { login, password: first })).status).toBeLessThan(300);
  const changed = await send(page, "PUT", "/api/v1/me/password", { old_password: first, password: PASSWORD });
  expect(changed.status).toBeLessThan(300);
  return page;
}

/** Chooses in a box of the dialog that is open. */
export async function choose(page: Page, field: string, option: string): Promise<void> {
  const box = page.getByRole("dialog").getByRole("combobox", { name: field, exact: true });
  await box.click();
  // One that is not searched takes no text, and would be waited for in vain.
  if (await box.isEditable()) await box.fill(option);
  await page.locator(".ant-select-dropdown:visible .ant-select-item-option", { hasText: option }).first().click();
}

/** Throws where the evidence is not as the ledger has it. */
export const verify = (file: string, key: string) =>
  execFileSync(join(dirname(binary()), "whosaw-verify"), ["--json", "evidence", file, "--key", key], {
    encoding: "utf8",
  });

/** What a button saves, as a file below the folder. */
export async function savedBy(page: Page, button: string | RegExp, path: string): Promise<string> {
  const named = typeof button === "string" ? { name: button, exact: true } : { name: button };
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", named).first().click(),
  ]);
  await download.saveAs(path);
  return path;
}

/** Holds a document and its proof against the log's key, as whoever has only these would. */
export async function expectProved(page: Page, folder: string, document: string, proof: string): Promise<void> {
  const key = join(folder, "log.vkey");
  writeFileSync(key, await page.evaluate(() => fetch("/ledger/log.vkey").then((r) => r.text())));
  const verifier = join(dirname(binary()), "whosaw-verify");
  const args = ["--json", "report", document, "--evidence", proof, "--key", key];
  expect(execFileSync(verifier, args, { encoding: "utf8" })).toContain('"ok"');
}

/** The pages of a PDF as pictures, where pictures are wanted and somebody can make them. */
export function pagesOf(pdf: string, name: string): void {
  const to = process.env.SCREENS;
  if (!to) return;
  try {
    execFileSync("pdftoppm", ["-r", "70", "-png", pdf, join(to, name)]);
  } catch {
    // Poppler is not on every machine, and no story is about it.
  }
}
