// Where one wants mail, and of which notices.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input, Segmented, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { OwnMail } from "@/api/types";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { useUnsaved } from "@/shared/useUnsaved";
import { KINDS } from "./notices";

const OWN = ["notices", "mail"];
const TIMES = ["none", "at_once", "daily"] as const;
type Time = (typeof TIMES)[number];

export function MailSettings() {
  const own = useQuery({ queryKey: OWN, queryFn: () => data(api.GET("/api/v1/me/mail")) });
  if (own.isPending) return <Skeleton active />;
  if (own.isError) return <ProblemPage problem={asProblem(own.error)} onRetry={() => void own.refetch()} />;
  return <MailWanted key={JSON.stringify(own.data)} own={own.data} />;
}

function MailWanted({ own }: { own: OwnMail }) {
  const { t } = useTranslation(["notices", "common"]);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const unsaved = useUnsaved();
  const [address, setAddress] = useState(own.address ?? "");
  const [times, setTimes] = useState<Record<string, Time>>(() =>
    Object.fromEntries(
      KINDS.map((kind) => [kind, own.at_once.includes(kind) ? "at_once" : own.daily.includes(kind) ? "daily" : "none"]),
    ),
  );
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    setProblem(undefined);
    const of = (time: Time) => KINDS.filter((kind) => times[kind] === time);
    try {
      await api.PUT("/api/v1/me/mail", {
        body: { address: address.trim() || null, at_once: of("at_once"), daily: of("daily") },
      });
      unsaved.setDirty(false);
      void message.success(t("mail.saved"));
      await queries.invalidateQueries({ queryKey: OWN });
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form className="panel own-mail" layout="vertical" disabled={busy} onFinish={() => void save()}>
      {!own.available && <Alert type="info" showIcon title={t("mail.off")} style={{ marginBottom: 16 }} />}
      <p className="muted">{t("mail.text")}</p>
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
      <Form.Item
        label={t("mail.address")}
        htmlFor="own-mail"
        extra={own.domains.length > 0 ? t("mail.domains", { domains: own.domains.join("、") }) : t("mail.addressHelp")}
      >
        <Input
          id="own-mail"
          className="mono"
          type="email"
          autoComplete="email"
          maxLength={254}
          value={address}
          onChange={(e) => {
            setAddress(e.target.value);
            unsaved.setDirty(true);
          }}
        />
      </Form.Item>
      <fieldset className="mail-kinds">
        <legend>{t("mail.when")}</legend>
        {KINDS.map((kind) => (
          <div key={kind} className="mail-kind">
            <span id={`mail-${kind}`}>{t(`kind.${kind}`)}</span>
            <Segmented<Time>
              size="small"
              aria-labelledby={`mail-${kind}`}
              value={times[kind] ?? "none"}
              onChange={(time) => {
                setTimes({ ...times, [kind]: time });
                unsaved.setDirty(true);
              }}
              options={TIMES.map((value) => ({ value, label: t(`mail.${value}`) }))}
            />
          </div>
        ))}
      </fieldset>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t("common:save")}
      </Button>
    </Form>
  );
}
