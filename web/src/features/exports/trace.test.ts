import { describe, expect, it } from "vitest";
import { marksOf } from "./trace";

const EXPORT = "0197f3a2-1c2d-7e4f-8a9b-0c1d2e3f4a5b";

describe("the marks of a file", () => {
  it("are ids as they are written, and the exports that are named", () => {
    const text = `编号,名称\n0197F3a2-1C2d-7e4f-8a9B-0c1D2e3f4A5c,甲\n明灯公司 内部资料，导出人 孙 (rep)，时间 2026-11-26T10:00:00Z，导出编号 ${EXPORT}\n`;
    expect(marksOf(text)).toEqual({ ids: ["0197F3a2-1C2d-7e4f-8a9B-0c1D2e3f4A5c"], named: [EXPORT] });
    expect(marksOf(`Exported by a at b, export ${EXPORT}`).named).toEqual([EXPORT]);
    expect(marksOf(`name="WhosawExport"><vt:lpwstr>${EXPORT}</vt:lpwstr>`).named).toEqual([EXPORT]);
  });

  it("are none in other texts", () => {
    expect(marksOf("13800138000, 2026-11-26")).toEqual({ ids: [], named: [] });
    expect(marksOf("{D5CDD505-2E9C-101B-9397-08002B2CF9AE}")).toEqual({ ids: [], named: [] });
    expect(marksOf(`${EXPORT}-1`)).toEqual({ ids: [], named: [] });
  });
});
