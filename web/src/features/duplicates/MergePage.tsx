// Records that become one: side by side, whose value each field gets, what goes along, what is lost. Opening it is a look at each
// of them, and recorded as one.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button, Checkbox, Form, Input, Radio, Result, Skeleton, Space, Tag, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { CompareAnswer, ObjectForm, RecordView } from "@/api/types";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { FieldText, Person } from "@/shared/fields/FieldText";
import { formatTime } from "@/shared/format";
import { GuideLink } from "@/shared/GuideLink";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { Watermark } from "@/shared/Watermark";
import { byRule, differs, lost, mergedFields, shownIn } from "./merge";
import "./merge.css";

export function MergePage() {
  const { t } = useTranslation("duplicates");
  const { object: name, ids } = useSearch({ from: "/merge" });
  const { workspace } = useMe();
  const object = workspace.objects.find((o) => o.name === name);
  const [into, ...from] = ids;
  const query = useQuery({
    queryKey: ["merge", name, ids],
    enabled: object !== undefined && from.length > 0,
    // What it would do is asked anew each time: versions must be those of now.
    staleTime: 0,
    gcTime: 0,
    queryFn: () =>
      data(
        api.POST("/api/v1/records/{object}/merge/compare", {
          params: { path: { object: name } },
          body: { into: into ?? "", from },
        }),
      ),
  });
  if (object === undefined || from.length === 0) return <Result status="warning" title={t("merge.nothing")} />;
  if (query.isPending) {
    return (
      <div className="page" role="status" aria-label={t("merge.title", { object: "" })}>
        <Skeleton active paragraph={{ rows: 10 }} />
      </div>
    );
  }
  if (query.isError) {
    return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  }
  return (
    <Watermark>
      <Compared
        key={query.dataUpdatedAt}
        object={object}
        answer={query.data as CompareAnswer}
        onAgain={() => void query.refetch()}
      />
    </Watermark>
  );
}

type Choice = Record<string, string>;

function Compared({ object, answer, onAgain }: { object: ObjectForm; answer: CompareAnswer; onAgain: () => void }) {
  const { t } = useTranslation(["duplicates", "common"]);
  const label = useLabel();
  const { workspace } = useMe();
  const { message, modal } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { records, choosable, along } = answer;
  const [choice, setChoice] = useState<Choice>({});
  const [onlyDifferent, setOnlyDifferent] = useState(true);
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const [into, ...others] = records;
  if (into === undefined) return null;

  const fields = mergedFields(object, records);
  const shown = onlyDifferent ? fields.filter((f) => differs(records, f.name)) : fields;
  const chosen = (field: string) => choice[field] ?? byRule(records, field);
  const gone = lost(
    records,
    fields.map((f) => f.name),
    chosen,
  );
  const titleOf = (record: RecordView) => {
    const value = object.title_field ? record.fields[object.title_field] : undefined;
    return typeof value === "string" && value !== "" ? value : t("merge.untitled");
  };
  const stay = (id: string) =>
    void navigate({
      to: "/merge",
      search: { object: object.name, ids: [id, ...records.map((r) => r.id).filter((other) => other !== id)] },
      replace: true,
    });

  const send = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await api.POST("/api/v1/records/{object}/merge", {
        params: { path: { object: object.name } },
        body: {
          into: into.id,
          version: into.version,
          from: others.map(({ id, version }) => ({ id, version })),
          // What is the rule anyway is left to it.
          choose: Object.fromEntries(Object.entries(choice).filter(([f, id]) => byRule(records, f) !== id)),
          reason: reason.trim(),
        },
      });
      void message.success(t("merge.done"));
      await Promise.all([
        queries.invalidateQueries({ queryKey: ["record", object.name] }),
        queries.invalidateQueries({ queryKey: ["list"] }),
        queries.invalidateQueries({ queryKey: ["related"] }),
        queries.invalidateQueries({ queryKey: ["title", object.name] }),
      ]);
      await navigate({ to: "/records/$object/$id", params: { object: object.name, id: into.id }, search: {} });
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const ask = () =>
    modal.confirm({
      title: t("merge.sure", { count: others.length, title: titleOf(into) }),
      content: t("merge.sureText"),
      okText: t("merge.act"),
      okButtonProps: { danger: true },
      onOk: () => void send(),
    });
  const nameOf = (field: string) => {
    const def = object.fields.find((f) => f.name === field);
    return def ? label(def.label) : field;
  };
  const others_ = along.map((a) => ({
    name: label(workspace.objects.find((o) => o.name === a.object)?.label ?? { zh: a.object, en: a.object }),
    count: a.count,
  }));

  return (
    <div className="page merge-page">
      <div className="page-head">
        <h1>{t("merge.title", { object: label(object.label) })}</h1>
        <GuideLink page="lead" />
      </div>
      <p className="muted">{t("merge.text")}</p>
      <Checkbox checked={onlyDifferent} onChange={(e) => setOnlyDifferent(e.target.checked)}>
        {t("merge.onlyDifferent")}
      </Checkbox>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */}
      <section className="merge-scroll panel" tabIndex={0} aria-label={t("merge.table")}>
        <table className="merge-table">
          <thead>
            <tr>
              <th scope="col">{t("merge.field")}</th>
              {records.map((record, n) => (
                <th key={record.id} scope="col">
                  <div className="merge-title">{titleOf(record)}</div>
                  <div className="muted">
                    {record.pool ? <Tag color="blue">{t("pool")}</Tag> : <Person id={record.owner} />} ·{" "}
                    {formatTime(record.created_at)}
                  </div>
                  <Radio checked={n === 0} disabled={busy} onChange={() => stay(record.id)}>
                    {t("merge.stays")}
                  </Radio>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((field) => {
              const mine = choosable.includes(field.name);
              return (
                <tr key={field.name}>
                  <th scope="row">
                    {label(field.label)}
                    {!mine && (
                      <Tooltip title={t("merge.byRuleHelp")}>
                        <Tag className="merge-rule">{t("merge.byRule")}</Tag>
                      </Tooltip>
                    )}
                  </th>
                  {records.map((record) => {
                    const is = chosen(field.name) === record.id;
                    const text = (
                      <FieldText
                        field={field}
                        value={shownIn(record, field.name)}
                        masked={record.masked.includes(field.name)}
                        long
                      />
                    );
                    return (
                      <td key={record.id} className={is ? "merge-kept" : ""}>
                        {mine ? (
                          <Radio
                            name={field.name}
                            checked={is}
                            disabled={busy}
                            aria-label={t("merge.take", { field: label(field.label), title: titleOf(record) })}
                            onChange={() => setChoice({ ...choice, [field.name]: record.id })}
                          >
                            {text}
                          </Radio>
                        ) : (
                          text
                        )}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
        {shown.length === 0 && <p className="muted merge-none">{t("merge.same")}</p>}
      </section>
      <div className="merge-effects">
        <section aria-labelledby="merge-along">
          <h2 id="merge-along">{t("merge.along")}</h2>
          {others_.length > 0 ? (
            <ul>
              {others_.map((o) => (
                <li key={o.name}>{t("merge.alongCount", o)}</li>
              ))}
            </ul>
          ) : (
            <p className="muted">{t("merge.alongNone")}</p>
          )}
          <p className="muted">{t("merge.alongText")}</p>
        </section>
        <section aria-labelledby="merge-lost">
          <h2 id="merge-lost">{t("merge.lost")}</h2>
          {gone.length > 0 ? (
            <ul>
              {gone.map(({ field, record }) => {
                const of = records.find((r) => r.id === record);
                const def = object.fields.find((f) => f.name === field);
                return (
                  of &&
                  def && (
                    <li key={`${field} ${record}`}>
                      {nameOf(field)}:{" "}
                      <FieldText field={def} value={shownIn(of, field)} masked={of.masked.includes(field)} />
                    </li>
                  )
                );
              })}
            </ul>
          ) : (
            <p className="muted">{t("merge.lostNone")}</p>
          )}
        </section>
      </div>
      <Form layout="vertical" className="merge-form" onFinish={ask}>
        {problem && (
          <ProblemAlert problem={problem} style={{ marginBottom: 16 }}>
            {problem.code === "conflict" && (
              <Button size="small" onClick={onAgain}>
                {t("merge.again")}
              </Button>
            )}
          </ProblemAlert>
        )}
        <Form.Item label={t("merge.reason")} htmlFor="merge-reason" required>
          <Input
            id="merge-reason"
            value={reason}
            maxLength={500}
            disabled={busy}
            placeholder={t("merge.reasonHelp")}
            onChange={(e) => setReason(e.target.value)}
          />
        </Form.Item>
        <Space>
          <Button type="primary" danger htmlType="submit" loading={busy} disabled={reason.trim() === ""}>
            {t("merge.act")}
          </Button>
          <Button onClick={() => window.history.back()}>{t("common:cancel")}</Button>
        </Space>
      </Form>
    </div>
  );
}
