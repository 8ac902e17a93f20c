// An officer opens a case from two events of a rep, asks; the rep answers; the officer proposes to close it, a second officer consents;
// the auditor takes the case file, and `whosaw-verify` says that it is whole. In both languages.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./accessible";
import { choose, secondOfficer, send, verify } from "./hands";
import { binary, House, pictureOf } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    open: "立案",
    subject: "当事人",
    name: "案由",
    events: "引用的事件",
    high: "高",
    severity: "级别",
    pseudonym: /员工 K-/,
    reveal: "查看姓名",
    reason: "理由",
    show: "查看",
    ask: "询问当事人",
    question: "问题",
    answerField: "您的说明",
    send: "提交说明",
    answered: /您已于/,
    measure: "处置",
    outcome: "做了什么，结果如何",
    save: "保存",
    close: "结案",
    verdict: "结论",
    careless: "疏忽",
    cause: "根本原因",
    action: "采取的措施",
    propose: "提议结案",
    waits: "结案待第二人复核",
    consent: "同意结案",
    closed: "已结案",
    export: "导出案卷",
    addFile: "添加附件",
    report: "领取 PDF",
    takeIt: "领取",
    prove: "保存存证",
    board: "看板",
    figures: "指标",
    median: /中位数/,
    history: "日志中的历史",
    notice: /请您说明/,
  },
  en: {
    open: "Open a case",
    subject: "Subject",
    name: "What it is about",
    events: "Events to cite",
    high: "High",
    severity: "Severity",
    pseudonym: /Employee K-/,
    reveal: "Show the name",
    reason: "Reason",
    show: "Show",
    ask: "Ask the subject",
    question: "Question",
    answerField: "Your answer",
    send: "Send the answer",
    answered: /You answered/,
    measure: "Act on it",
    outcome: "What was done, and what came of it",
    save: "Save",
    close: "Close",
    verdict: "Verdict",
    careless: "Careless",
    cause: "Root cause",
    action: "Action taken",
    propose: "Propose closing",
    waits: "The closing waits for a second person",
    consent: "Consent",
    closed: "Closed",
    export: "Export the case file",
    addFile: "Add a file",
    report: "Take as PDF",
    takeIt: "Take it",
    prove: "Save the proof",
    board: "Board",
    figures: "Figures",
    median: /median/,
    history: "History in the log",
    notice: /You are asked/,
  },
} as const;

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterAll(async () => {
  await house.close();
});

const verifyReport = (file: string, proof: string, key: string, log: string) =>
  execFileSync(
    join(dirname(binary()), "whosaw-verify"),
    ["--json", "report", file, "--evidence", proof, "--key", key, "--log", log],
    { encoding: "utf8" },
  );

const PEOPLE = { "zh-CN": ["rep1", `zhao.${process.pid}`], en: ["rep6", `qian.${process.pid}`] } as const;

describe.each(languages("zh-CN"))("a case in %s", { timeout: 240_000 }, (language) => {
  const [login, second] = PEOPLE[language];
  const w = WORDS[language];

  test("is opened, asked about, answered, closed by two, and checked offline", async () => {
    const rep = await house.person(login, language);
    const officer = await house.person("security", language);
    const auditor = await house.person("auditor", language);
    const zhao = await secondOfficer(house, second, language);
    const page = officer.page;
    const folder = mkdtempSync(join(tmpdir(), "whosaw-case-"));
    try {
      // Two customers that the rep opens, each on record.
      const events = await rep.page.evaluate(async () => {
        const list = await (await fetch("/api/v1/records/customer?limit=2")).json();
        const ids = [];
        for (const { id } of list.items) {
          const reply = await fetch(`/api/v1/records/customer/${id}`);
          ids.push(reply.headers.get("x-audit-event"));
        }
        return ids;
      });
      expect(events.length).toBe(2);

      await page.goto("/cases");
      await page.getByRole("button", { name: w.open }).click();
      await choose(page, w.subject, `(${login})`);
      await page.getByRole("dialog").getByLabel(w.name).fill(`night-${language}`);
      await choose(page, w.severity, w.high);
      await page.getByRole("dialog").getByLabel(w.events).fill(events.join("\n"));
      await page
        .getByRole("dialog")
        .getByRole("button", { name: /^(立案|Open)$/ })
        .click();
      await page.getByRole("heading", { name: `night-${language}` }).waitFor();
      const id = new URL(page.url()).pathname.split("/").at(-1) as string;
      await page.getByText(w.pseudonym).first().waitFor();
      await expectAccessible(page, "case");

      // A name, with a reason.
      await page.getByRole("button", { name: w.reveal }).click();
      await page.getByRole("dialog").getByLabel(w.reason).fill("谈话 talk");
      await page.getByRole("dialog").getByRole("button", { name: w.show, exact: true }).click();
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await page.getByRole("button", { name: w.reveal }).waitFor({ state: "detached" });

      // Asked, and answered on a page that says nothing of the case.
      await page.getByRole("button", { name: w.ask }).click();
      await page.getByRole("dialog").getByLabel(w.question).fill("为什么？ Why?");
      await page.getByRole("dialog").getByRole("button", { name: w.ask }).click();
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await rep.page.goto("/notices");
      await rep.page.getByRole("button", { name: w.notice }).first().click();
      await rep.page.getByText("为什么？ Why?").waitFor();
      expect(await rep.page.getByText(`night-${language}`).count()).toBe(0);
      await expectAccessible(rep.page, "question");
      await rep.page.getByLabel(w.answerField).fill("客户来电 a customer called");
      await rep.page.getByRole("button", { name: w.send }).click();
      await rep.page.getByText(w.answered).waitFor();
      // Of the case itself the rep finds nothing.
      expect((await send(rep.page, "GET", `/api/v1/cases/${id}`)).status).toBe(403);

      await page.reload();
      await page.getByText("客户来电 a customer called").waitFor();
      // A file is part of the case, and a program is none.
      const chooser = page.locator(".case-section input[type=file]");
      await chooser.setInputFiles({ name: "合同 <b>.txt", mimeType: "text/plain", buffer: Buffer.from("附件 #1") });
      await page.getByText("合同 _b_.txt").first().waitFor();
      await chooser.setInputFiles({ name: "tool.exe", mimeType: "text/plain", buffer: Buffer.from("x") });
      await page.locator("section[aria-labelledby=files] [role=alert]").waitFor();
      await expectAccessible(page, "case with a file");

      await page.getByRole("button", { name: w.measure }).click();
      await page.getByRole("dialog").getByLabel(w.outcome).fill("谈话 talked");
      await page.getByRole("dialog").getByRole("button", { name: w.save, exact: true }).click();
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await page.getByRole("button", { name: w.close, exact: true }).click();
      await choose(page, w.verdict, w.careless);
      await page.getByRole("dialog").getByLabel(w.cause).fill("好奇 curiosity");
      await page.getByRole("dialog").getByLabel(w.action).fill("谈话 talked");
      await page.getByRole("dialog").getByRole("button", { name: w.propose }).click();
      await page.getByText(w.waits).waitFor();
      expect(await page.getByRole("button", { name: w.consent }).count()).toBe(0);
      await expectAccessible(page, "closing");

      // The second person sees the pseudonym, and consents.
      await zhao.goto(`/cases/${id}`);
      await zhao.getByText(w.pseudonym).first().waitFor();
      await zhao.getByRole("button", { name: w.consent }).click();
      await zhao.getByRole("dialog").getByRole("button", { name: w.consent }).click();
      await zhao.getByText(w.closed).first().waitFor();

      // The auditor reads the history, takes the file and checks it elsewhere.
      const reader = auditor.page;
      await reader.goto(`/cases/${id}`);
      await reader.getByRole("button", { name: w.history }).click();
      await reader.getByRole("dialog").getByText("case.consent").waitFor();
      await reader.keyboard.press("Escape");
      await reader.getByRole("button", { name: w.export }).click();
      await reader.getByRole("dialog").getByLabel(w.reason).fill("年审 audit");
      const [download] = await Promise.all([
        reader.waitForEvent("download"),
        reader.getByRole("dialog").getByRole("button", { name: w.export }).click(),
      ]);
      const zip = join(folder, "case.zip");
      await download.saveAs(zip);
      execFileSync("python3", [
        "-c",
        "import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])",
        zip,
        folder,
      ]);
      const key = join(folder, "published.vkey");
      writeFileSync(key, await reader.evaluate(async () => (await fetch("/ledger/log.vkey")).text()));
      for (const file of ["evidence.json", "history.json"]) verify(join(folder, file), key);
      const history = JSON.parse(readFileSync(join(folder, "history.json"), "utf8"));
      const rows = history.events.flatMap((e: { actor?: { body: { detail?: { case_row?: { sha256: string } } } } }) =>
        e.actor?.body.detail?.case_row ? [e.actor.body.detail.case_row.sha256] : [],
      );
      const digest = createHash("sha256")
        .update(readFileSync(join(folder, "case.json")))
        .digest("hex");
      expect(rows.at(-1)).toBe(digest);
      const evidence = readFileSync(join(folder, "evidence.json"), "utf8");
      writeFileSync(join(folder, "evidence.json"), evidence.replace('"customer"', '"contact"'));
      expect(() => verify(join(folder, "evidence.json"), key)).toThrow();

      expect(readFileSync(join(folder, "files", "01-合同 _b_.txt"), "utf8")).toBe("附件 #1");

      // The PDF and its proof; a file that was changed is another.
      await reader.goto(`/cases/${id}`);
      await reader.getByRole("button", { name: w.report }).click();
      await reader.getByRole("dialog").getByLabel(w.reason).fill("年审 audit");
      const [printed] = await Promise.all([
        reader.waitForEvent("download"),
        reader.getByRole("dialog").getByRole("button", { name: w.takeIt, exact: true }).click(),
      ]);
      const pdf = join(folder, "case.pdf");
      await printed.saveAs(pdf);
      const [proof] = await Promise.all([
        reader.waitForEvent("download"),
        reader.getByRole("dialog").getByRole("button", { name: w.prove }).click(),
      ]);
      const proofFile = join(folder, "case.pdf.evidence.json");
      await proof.saveAs(proofFile);
      const log = `${new URL(reader.url()).origin}/ledger`;
      verifyReport(pdf, proofFile, key, log);
      if (process.env.WHOSAW_PAGES) copyFileSync(pdf, join(process.env.WHOSAW_PAGES, `case-${language}.pdf`));
      const bytes = readFileSync(pdf);
      expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
      writeFileSync(pdf, Buffer.concat([bytes, Buffer.from("\n")]));
      expect(() => verifyReport(pdf, proofFile, key, log)).toThrow();

      // Board and figures, also on a phone.
      await reader.goto("/cases?tab=board");
      await reader
        .getByRole("link", { name: `night-${language}` })
        .first()
        .waitFor();
      await expectAccessible(reader, "board");
      await reader.goto("/cases?tab=figures");
      await reader.getByText(w.median).first().waitFor();
      await expectAccessible(reader, "figures");
      const phone = await house.person("security", language, { viewport: { width: 390, height: 844 } });
      for (const path of ["/cases", `/cases/${id}`]) {
        await phone.page.goto(path);
        await phone.page.getByText(`night-${language}`).first().waitFor();
        await expectAccessible(phone.page, `${path} on a phone`);
      }
      await phone.page.context().close();
      for (const one of [rep, officer, auditor]) expect(one.complaints).toEqual([]);
    } catch (error) {
      await pictureOf(page, `cases-${language}`);
      await pictureOf(rep.page, `cases-rep-${language}`);
      await pictureOf(zhao, `cases-zhao-${language}`);
      await pictureOf(auditor.page, `cases-auditor-${language}`);
      throw error;
    } finally {
      rmSync(folder, { recursive: true, force: true });
      for (const one of [page, rep.page, auditor.page, zhao]) await one.context().close();
    }
  });
});
