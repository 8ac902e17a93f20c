// Reasons of return as lines of text: code, Chinese, English.

type Reason = { value: string; label: { zh: string; en: string } };

export const writeReasons = (reasons: Reason[]): string =>
  reasons.map((r) => `${r.value}, ${r.label.zh}, ${r.label.en}`).join("\n");

/** `undefined` where a line does not have its three parts. */
export function readReasons(text: string | undefined): Reason[] | undefined {
  const lines = (text ?? "").split("\n").filter((line) => line.trim() !== "");
  const reasons = lines.map((line) => {
    const [value = "", zh = "", ...en] = line.split(/[,，]/).map((part) => part.trim());
    return { value, label: { zh, en: en.join(", ") } };
  });
  return reasons.every((r) => r.value && r.label.zh && r.label.en) ? reasons : undefined;
}
