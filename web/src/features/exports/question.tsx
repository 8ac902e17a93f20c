// What an export asks, in a line: its condition by the names of fields and signs that both languages read.

import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { Condition } from "@/api/types";
import { useObjectWords } from "@/shared/directory";
import { told } from "@/shared/filter/told";

type Question = { filter?: Condition | null; searched?: boolean };

/** The question of an export in words. */
export function useQuestionWords(): (object: string, question: unknown) => string {
  const { t } = useTranslation("exports");
  const words = useObjectWords();
  return (object, question) => {
    const { filter, searched } = (question ?? {}) as Question;
    const parts = [
      ...(searched ? [t("searched")] : []),
      ...(filter ? [told(filter, (name) => words.field(object, name))] : []),
    ];
    return parts.length > 0 ? parts.join("; ") : t("everything");
  };
}

/** What somebody asks to export, for who decides about it: fields and question, never a row. */
export function AskedExport({ object, asked }: { object: string; asked: unknown }) {
  const { t } = useTranslation("exports");
  const words = useObjectWords();
  const question = useQuestionWords();
  const more = (asked ?? {}) as { fields?: string[]; format?: string; sensitive?: boolean; question?: unknown };
  if (!Array.isArray(more.fields)) return null;
  return (
    <div>
      {more.sensitive && <Tag color="warning">{t("sensitive")}</Tag>}
      {more.format && <Tag>{more.format.toUpperCase()}</Tag>}
      <span className="muted">{t("fields")}: </span>
      {more.fields.map((name) => words.field(object, name)).join(", ")}
      <br />
      <span className="muted">{t("question")}: </span>
      {question(object, more.question)}
    </div>
  );
}
