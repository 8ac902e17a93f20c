import { expect, test } from "vitest";
import { refusedFile } from "./refused";

test("a file of what was refused opens in a spreadsheet, whatever a reason says", () => {
  const file = refusedFile([{ id: "a", code: "has_related" }], () => 'other "records", and more');
  expect(file).toBe('\uFEFFid,code,reason\r\na,has_related,"other ""records"", and more"\r\n');
});
