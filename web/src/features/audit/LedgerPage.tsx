// The published log: how long it is, what was signed last, with which key, and how anybody can check it.

import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Descriptions, Skeleton, Space, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import { formatNumber } from "@/shared/format";
import { DownloadIcon, ReloadIcon } from "@/shared/icons";
import { ProblemPage } from "@/shared/ProblemView";
import { CheckPanel } from "./CheckPanel";
import { isSigned, readCheckpoint } from "./ledger";
import { Command, keep } from "./parts";
import { useCheckpoint, useVerifierKey } from "./useLedger";
import "./audit.css";

export function LedgerPage() {
  const { t } = useTranslation("audit");
  const key = useVerifierKey();
  const checkpoint = useCheckpoint();
  const failed = checkpoint.error ?? key.error;
  const again = () => {
    void key.refetch();
    void checkpoint.refetch();
  };
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t("ledger.title")}</h1>
        <Button icon={<ReloadIcon />} loading={checkpoint.isFetching} onClick={again}>
          {t("ledger.refresh")}
        </Button>
      </div>
      <p className="page-text">{t("ledger.text")}</p>
      {failed ? (
        <ProblemPage problem={asProblem(failed)} onRetry={again}>
          {asProblem(failed).status === 404 && <p>{t("ledger.closed")}</p>}
        </ProblemPage>
      ) : key.data === undefined || checkpoint.data === undefined ? (
        <Skeleton active paragraph={{ rows: 8 }} />
      ) : (
        <Shown vkey={key.data} note={checkpoint.data} />
      )}
    </div>
  );
}

function Shown({ vkey, note }: { vkey: string; note: string }) {
  const { t } = useTranslation("audit");
  const checkpoint = readCheckpoint(note);
  const signed = useQuery({
    queryKey: ["ledger", "signed", note, vkey],
    queryFn: async () => {
      if (globalThis.crypto?.subtle === undefined) return "unknown";
      const answer = await isSigned(checkpoint, vkey);
      return answer === undefined ? "unknown" : answer ? "valid" : "invalid";
    },
  }).data;
  const ledger = `${window.location.origin}/ledger`;
  const command = `whosaw-verify log ${ledger} --key log.vkey`;
  const colors = { valid: "success", invalid: "error", unknown: "default" } as const;
  return (
    <>
      <section className="panel ledger-panel">
        <Descriptions
          column={1}
          items={[
            { key: "origin", label: t("ledger.origin"), children: <span className="mono">{checkpoint.origin}</span> },
            {
              key: "size",
              label: t("ledger.size"),
              children: <strong>{formatNumber(checkpoint.size, 0, false)}</strong>,
            },
            {
              key: "root",
              label: t("ledger.root"),
              children: (
                <Typography.Text className="mono wrap" copyable={{ text: checkpoint.root }}>
                  {checkpoint.root}
                </Typography.Text>
              ),
            },
            {
              key: "signature",
              label: t("ledger.signature"),
              children: signed ? <Tag color={colors[signed]}>{t(`ledger.${signed}`)}</Tag> : "…",
            },
            {
              key: "key",
              label: t("ledger.key"),
              children: (
                <Typography.Text className="mono wrap" copyable={{ text: vkey }}>
                  {vkey}
                </Typography.Text>
              ),
            },
          ]}
        />
        <Space wrap>
          <Button icon={<DownloadIcon />} onClick={() => keep(`checkpoint-${checkpoint.size}`, note, "text/plain")}>
            {t("ledger.download")}
          </Button>
          <Button icon={<DownloadIcon />} onClick={() => keep("log.vkey", `${vkey}\n`, "text/plain")}>
            {t("ledger.downloadKey")}
          </Button>
        </Space>
      </section>
      <CheckPanel key={note} checkpoint={checkpoint} vkey={vkey} command={command} />
      <Alert type="info" showIcon title={t("ledger.keep")} description={t("ledger.keyHelp")} />
      <section className="panel ledger-panel" aria-labelledby="ledger-how">
        <h2 id="ledger-how">{t("ledger.how")}</h2>
        <div>{t("ledger.howAll")}</div>
        <Command text={command} />
        <div>{t("ledger.howSince")}</div>
        <Command text={`whosaw-verify log ${ledger} --key log.vkey --since checkpoint-${checkpoint.size}`} />
        <div>{t("ledger.howEvidence")}</div>
        <Command text={`whosaw-verify evidence whosaw-evidence-….json --key log.vkey --log ${ledger}`} />
      </section>
    </>
  );
}
