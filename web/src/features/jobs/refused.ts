// The records that an act was not done to, as a file: ids and reasons, nothing of any record.

const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** For spreadsheets: a mark of UTF-8 first, lines ended as RFC 4180 has it. */
export const refusedFile = (failed: { id: string; code: string }[], help: (code: string) => string): string =>
  `\uFEFF${[["id", "code", "reason"], ...failed.map((f) => [f.id, f.code, help(f.code)])]
    .map((row) => row.map(cell).join(","))
    .join("\r\n")}\r\n`;
