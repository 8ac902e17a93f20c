// The proof that an event stands in the signed log: checked here, and to take away.

import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Space } from "antd";
import { useTranslation } from "react-i18next";
import type { EventDetail } from "@/api/types";
import { DownloadIcon } from "@/shared/icons";
import { checkProof, fromBase64 } from "./ledger";
import { Command, keep } from "./parts";
import { useVerifierKey } from "./useLedger";

export function ProofPanel({ event }: { event: EventDetail }) {
  const { t } = useTranslation("audit");
  const key = useVerifierKey();
  const { leaf, proof } = event;
  const verdict = useQuery({
    queryKey: ["audit", "proof", event.event, key.data ?? null],
    enabled: leaf !== null && proof !== null && key.data !== undefined,
    queryFn: () => checkProof(leaf as string, proof?.tlog_proof ?? "", key.data as string),
  });
  const name = `event-${event.event}`;
  const title = () => {
    if (verdict.data === undefined) return key.isError ? t("proof.unable") : t("proof.checking");
    if (verdict.data.kind === "ok")
      return t("proof.ok", { index: verdict.data.index, size: verdict.data.size.toLocaleString("en-US") });
    if (verdict.data.kind === "unable") return t("proof.unable");
    return `${t("proof.wrong")} ${t(`proof.${verdict.data.what}`)}`;
  };
  const type = verdict.data?.kind === "ok" ? "success" : verdict.data?.kind === "wrong" ? "error" : "info";
  return (
    <section aria-labelledby="event-proof">
      <h2 id="event-proof">{t("proof.title")}</h2>
      {leaf === null || proof === null ? (
        <Alert type="warning" showIcon title={t("proof.none")} />
      ) : (
        <>
          <p className="muted">{t("proof.text")}</p>
          <Alert type={type} showIcon role="status" title={title()} />
          <Space wrap style={{ margin: "12px 0" }}>
            <Button icon={<DownloadIcon />} onClick={() => keep(`${name}.tlog-proof`, proof.tlog_proof, "text/plain")}>
              {t("proof.download")}
            </Button>
            <Button
              icon={<DownloadIcon />}
              onClick={() => keep(`${name}.leaf`, fromBase64(leaf), "application/octet-stream")}
            >
              {t("proof.downloadLeaf")}
            </Button>
          </Space>
          <div className="muted">{t("proof.how")}</div>
          <Command text={`whosaw-verify proof ${name}.tlog-proof --entry ${name}.leaf --key log.vkey`} />
        </>
      )}
    </section>
  );
}
