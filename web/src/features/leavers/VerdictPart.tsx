// The verdict, with the figures that it was given by; or the way to give it.

import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Form, Input, Radio, Select, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { useDuty } from "@/app/session";
import { FormDialog } from "@/shared/FormDialog";
import { formatTime } from "@/shared/format";
import { DownloadIcon } from "@/shared/icons";
import { saveFile } from "@/shared/saveFile";
import { type Detail, LEAVERS, oneOf, SEVERITIES, VERDICT_COLOUR, VERDICTS } from "./leavers";

export function VerdictPart({ detail, days }: { detail: Detail; days: number }) {
  const { t } = useTranslation("leavers");
  const [giving, setGiving] = useState(false);
  return (
    <section className="panel leaver-part" aria-labelledby="leaver-verdict">
      <div className="leaver-bar">
        <h2 id="leaver-verdict">{t("verdict.title")}</h2>
        {detail.manages && detail.card.state === "open" && (
          <Button type="primary" onClick={() => setGiving(true)}>
            {t("verdict.give")}
          </Button>
        )}
      </div>
      {detail.verdict === null ? <p className="muted">{t("verdict.none")}</p> : <Given verdict={detail.verdict} />}
      {giving && <Give id={detail.card.id} days={days} onClose={() => setGiving(false)} />}
    </section>
  );
}

function Given({ verdict }: { verdict: NonNullable<Detail["verdict"]> }) {
  const { t } = useTranslation("leavers");
  const cases = useDuty("case.read");
  const word = oneOf(VERDICTS, verdict.verdict);
  // The very bytes that the log has the digest of.
  const save = () =>
    saveFile(
      new Response(verdict.text, { headers: { "content-type": "application/json" } }),
      "leaver.json",
      () => {},
      `leaver-${verdict.sha256.slice(0, 12)}.json`,
    );
  return (
    <>
      <p>
        <Tag color={VERDICT_COLOUR[word]}>{t(`verdict.${word}`)}</Tag>
        {verdict.reason}
      </p>
      <p className="muted">
        {[
          t("verdict.by", { name: verdict.by, when: formatTime(verdict.at) }),
          verdict.log_size === null ? null : t("verdict.size", { count: verdict.log_size }),
        ]
          .filter((part) => part !== null)
          .join(" · ")}
      </p>
      <p className="leaver-links">
        {cases && verdict.case !== null && (
          <Link to="/cases/$id" params={{ id: verdict.case }}>
            {t("verdict.toCase")}
          </Link>
        )}
        <Button size="small" icon={<DownloadIcon />} onClick={() => void save()}>
          {t("verdict.save")}
        </Button>
      </p>
      <p className="muted leaver-digest">
        {t("verdict.digest")} (SHA-256): <code>{verdict.sha256}</code>
      </p>
    </>
  );
}

type Fields = {
  verdict: (typeof VERDICTS)[number];
  reason: string;
  how?: "open" | "known";
  case?: string;
  title?: string;
  severity?: (typeof SEVERITIES)[number];
};

function Give({ id, days, onClose }: { id: string; days: number; onClose: () => void }) {
  const { t } = useTranslation("leavers");
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const verdict = Form.useWatch("verdict", form);
  const how = Form.useWatch("how", form);
  const opens = useDuty("case.handle");
  const need = [{ required: true, whitespace: true, message: t("need") }];
  const submit = async (fields: Fields) => {
    const isCase = fields.verdict === "case";
    const known = isCase && (fields.how === "known" || !opens);
    await api.POST("/api/v1/leavers/{id}/verdict", {
      params: { path: { id } },
      body: {
        verdict: fields.verdict,
        reason: fields.reason.trim(),
        days,
        ...(known ? { case: (fields.case ?? "").trim() } : {}),
        ...(isCase && !known
          ? { open: { title: (fields.title ?? "").trim(), severity: fields.severity ?? "medium" } }
          : {}),
      },
    });
    void message.success(t("verdict.given"));
    onClose();
    await queries.invalidateQueries({ queryKey: LEAVERS });
  };
  return (
    <FormDialog<Fields>
      title={t("verdict.give")}
      submit={t("verdict.give")}
      form={form}
      initial={{ how: opens ? "open" : "known", severity: "medium", title: t("verdict.caseFirst") }}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="muted">{t("verdict.giveText", { count: days })}</p>
      <Form.Item name="verdict" label={t("verdict.which")} rules={[{ required: true, message: t("need") }]}>
        <Radio.Group options={VERDICTS.map((value) => ({ value, label: t(`verdict.${value}`) }))} />
      </Form.Item>
      {verdict === "case" && opens && (
        <Form.Item name="how" label={t("verdict.caseHow")}>
          <Radio.Group
            options={[
              { value: "open", label: t("verdict.openNew") },
              { value: "known", label: t("verdict.known") },
            ]}
          />
        </Form.Item>
      )}
      {verdict === "case" && (how === "known" || !opens) && (
        <Form.Item name="case" label={t("verdict.caseId")} rules={need}>
          <Input maxLength={36} autoComplete="off" />
        </Form.Item>
      )}
      {verdict === "case" && opens && how !== "known" && (
        <>
          <Form.Item name="title" label={t("verdict.caseTitle")} rules={need}>
            <Input maxLength={120} autoComplete="off" />
          </Form.Item>
          <Form.Item name="severity" label={t("verdict.severity")}>
            <Select options={SEVERITIES.map((value) => ({ value, label: t(`verdict.${value}`) }))} />
          </Form.Item>
        </>
      )}
      <Form.Item name="reason" label={t("reason")} rules={need}>
        <Input.TextArea rows={3} maxLength={1000} />
      </Form.Item>
    </FormDialog>
  );
}
