// The company is made: first passwords and the log's key, told this once.

import { Alert, Button, Checkbox, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Founded } from "./asked";

const DUTIES = { system_admin: "system", security_admin: "security", audit_admin: "audit" } as const;

export function Made({ founded }: { founded: Founded }) {
  const { t } = useTranslation("setup");
  const [kept, setKept] = useState(false);
  const all = founded.accounts.map((a) => `${a.login}\t${a.password}`).join("\n");
  return (
    <>
      <Alert
        type="success"
        showIcon
        title={t("made.title")}
        description={t("made.text")}
        style={{ marginBottom: 16 }}
      />
      <ul className="setup-accounts">
        {founded.accounts.map((a) => (
          <li key={a.login}>
            <div>
              {a.name} <span className="muted">{t(`administrators.${DUTIES[a.duty as keyof typeof DUTIES]}`)}</span>
            </div>
            <code>{a.login}</code>{" "}
            <Typography.Text code copyable={{ text: a.password }}>
              {a.password}
            </Typography.Text>
          </li>
        ))}
      </ul>
      <Typography.Paragraph copyable={{ text: all }}>{t("made.copy")}</Typography.Paragraph>
      <p>
        <strong>{t("made.key")}</strong>
        <br />
        <Typography.Text code copyable className="setup-key">
          {founded.log_key}
        </Typography.Text>
      </p>
      <Checkbox checked={kept} onChange={(e) => setKept(e.target.checked)}>
        {t("made.kept")}
      </Checkbox>
      <div className="setup-foot">
        <div className="grow" />
        <Button type="primary" disabled={!kept} onClick={() => window.location.assign("/")}>
          {t("made.signIn")}
        </Button>
      </div>
    </>
  );
}
