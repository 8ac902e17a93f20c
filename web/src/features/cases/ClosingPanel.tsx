// How a case is to be closed, or was; and the second person's word.

import { Alert, Button, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/app/session";
import { formatTime } from "@/shared/format";
import type { CaseDetail } from "./cases";
import { WordDialog } from "./dialogs";
import { VERDICTS } from "./search";

export function ClosingPanel({ of }: { of: CaseDetail }) {
  const { t } = useTranslation("cases");
  const { user } = useMe().me;
  const [word, setWord] = useState<boolean>();
  const { closing } = of;
  if (closing === null) return null;
  const verdict = VERDICTS.find((v) => v === closing.verdict) ?? "unfounded";
  const mine = closing.by.id === user.id;
  return (
    <section className="panel case-section" aria-labelledby="closing">
      <h2 id="closing">
        {t("section.closing")}: {t(`verdict.${verdict}`)}
      </h2>
      <dl className="case-words">
        <dt>{t("dialog.rootCause")}</dt>
        <dd>{closing.root_cause}</dd>
        <dt>{t("dialog.action")}</dt>
        <dd>{closing.action}</dd>
      </dl>
      <p className="muted">
        {t("closing.by", { who: closing.by.name, when: formatTime(closing.at) })}
        {closing.consented && <> · {t("closing.consented", { who: closing.consented.name })}</>}
        {closing.closed_at !== null && <> · {t("closing.at", { when: formatTime(closing.closed_at) })}</>}
      </p>
      {of.waits_for_consent && (
        <>
          <Alert
            type="info"
            showIcon
            title={t("closing.waits")}
            description={of.may_consent ? null : t("closing.mine")}
          />
          {of.handles && (
            <Space className="case-word">
              {of.may_consent && (
                <Button type="primary" onClick={() => setWord(true)}>
                  {t("closing.consent")}
                </Button>
              )}
              <Button danger onClick={() => setWord(false)}>
                {t(mine ? "closing.takeBack" : "closing.refuse")}
              </Button>
            </Space>
          )}
        </>
      )}
      {word !== undefined && <WordDialog of={of} consent={word} onClose={() => setWord(undefined)} />}
    </section>
  );
}
