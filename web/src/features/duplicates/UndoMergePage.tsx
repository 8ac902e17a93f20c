// A merge that is taken back: the records as they come back beside the one that stayed, which of its fields go back, which were
// changed since and stay. Opening it is a look at each of them, and recorded as one.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button, Form, Input, Result, Skeleton, Space, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { CompareUndoAnswer, ObjectForm, RecordView } from "@/api/types";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { FieldText, Person } from "@/shared/fields/FieldText";
import { formatTime } from "@/shared/format";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { Watermark } from "@/shared/Watermark";
import { differs, mergedFields, shownIn } from "./merge";
import "./merge.css";

export function UndoMergePage() {
  const { t } = useTranslation("duplicates");
  const { object: name, id, merge } = useSearch({ from: "/merge/undo" });
  const { workspace } = useMe();
  const object = workspace.objects.find((o) => o.name === name);
  const query = useQuery({
    queryKey: ["merge-undo", name, id, merge],
    enabled: object !== undefined && id !== "" && merge > 0,
    // What it would do is asked anew each time: what was changed since must be that of now.
    staleTime: 0,
    gcTime: 0,
    queryFn: () =>
      data(
        api.GET("/api/v1/records/{object}/{id}/merges/{merge}", {
          params: { path: { object: name, id, merge } },
        }),
      ),
  });
  if (object === undefined || id === "" || merge <= 0) return <Result status="warning" title={t("undo.nothing")} />;
  if (query.isPending) {
    return (
      <div className="page" role="status" aria-label={t("undo.title", { object: "" })}>
        <Skeleton active paragraph={{ rows: 10 }} />
      </div>
    );
  }
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  return (
    <Watermark>
      <Apart
        key={query.dataUpdatedAt}
        object={object}
        merge={merge}
        answer={query.data as CompareUndoAnswer}
        onAgain={() => void query.refetch()}
      />
    </Watermark>
  );
}

type Props = { object: ObjectForm; merge: number; answer: CompareUndoAnswer; onAgain: () => void };

function Apart({ object, merge, answer, onAgain }: Props) {
  const { t } = useTranslation(["duplicates", "common"]);
  const label = useLabel();
  const { workspace } = useMe();
  const { message, modal } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { records, along, back, stays } = answer;
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const [into, ...others] = records;
  if (into === undefined) return null;

  const fields = mergedFields(object, records).filter((f) => differs(records, f.name));
  const titleOf = (record: RecordView) => {
    const value = object.title_field ? record.fields[object.title_field] : undefined;
    return typeof value === "string" && value !== "" ? value : t("merge.untitled");
  };
  const nameOf = (field: string) => {
    const def = object.fields.find((f) => f.name === field);
    return def ? label(def.label) : field;
  };
  const send = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await api.POST("/api/v1/records/{object}/{id}/merges/{merge}/undo", {
        params: { path: { object: object.name, id: into.id, merge } },
        body: { version: into.version, reason: reason.trim() },
      });
      void message.success(t("undo.done"));
      await Promise.all([
        queries.invalidateQueries({ queryKey: ["record", object.name] }),
        queries.invalidateQueries({ queryKey: ["list"] }),
        queries.invalidateQueries({ queryKey: ["related"] }),
        queries.invalidateQueries({ queryKey: ["title", object.name] }),
        queries.invalidateQueries({ queryKey: ["timeline"] }),
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
      title: t("undo.sure", { count: others.length, title: titleOf(into) }),
      content: t("undo.sureText"),
      okText: t("undo.act"),
      okButtonProps: { danger: true },
      onOk: () => void send(),
    });

  return (
    <div className="page merge-page">
      <div className="page-head">
        <h1>{t("undo.title", { object: label(object.label) })}</h1>
      </div>
      <p className="muted">
        {t("undo.text", { who: answer.by_name, at: formatTime(answer.at), until: formatTime(answer.until) })}
      </p>
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
                    {record.pool ? <Tag color="blue">{t("pool")}</Tag> : <Person id={record.owner} />}
                  </div>
                  <Tag color={n === 0 ? "default" : "green"}>{t(n === 0 ? "undo.stayed" : "undo.returns")}</Tag>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field.name}>
                <th scope="row">
                  {label(field.label)}
                  {back.includes(field.name) && <Tag className="merge-rule">{t("undo.goesBack")}</Tag>}
                  {stays.includes(field.name) && (
                    <Tag color="orange" className="merge-rule">
                      {t("undo.changedSince")}
                    </Tag>
                  )}
                </th>
                {records.map((record) => (
                  <td key={record.id}>
                    <FieldText
                      field={field}
                      value={shownIn(record, field.name)}
                      masked={record.masked.includes(field.name)}
                      long
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {fields.length === 0 && <p className="muted merge-none">{t("merge.same")}</p>}
      </section>
      <div className="merge-effects">
        <section aria-labelledby="undo-along">
          <h2 id="undo-along">{t("undo.along")}</h2>
          {along.length > 0 ? (
            <ul>
              {along.map((a) => {
                const other = workspace.objects.find((o) => o.name === a.object);
                const name = other ? label(other.label) : a.object;
                return <li key={a.object}>{t("merge.alongCount", { name, count: a.count })}</li>;
              })}
            </ul>
          ) : (
            <p className="muted">{t("merge.alongNone")}</p>
          )}
          <p className="muted">{t("undo.alongText")}</p>
        </section>
        <section aria-labelledby="undo-fields">
          <h2 id="undo-fields">{t("undo.fields")}</h2>
          <p>{back.length > 0 ? t("undo.back", { fields: names(back) }) : t("undo.backNone")}</p>
          {stays.length > 0 && <p>{t("undo.stays", { fields: names(stays) })}</p>}
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
        <Form.Item label={t("undo.reason")} htmlFor="undo-reason" required>
          <Input
            id="undo-reason"
            value={reason}
            maxLength={500}
            disabled={busy}
            placeholder={t("undo.reasonHelp")}
            onChange={(e) => setReason(e.target.value)}
          />
        </Form.Item>
        <Space>
          <Button type="primary" danger htmlType="submit" loading={busy} disabled={reason.trim() === ""}>
            {t("undo.act")}
          </Button>
          <Link to="/records/$object/$id" params={{ object: object.name, id: into.id }} search={{}}>
            {t("common:cancel")}
          </Link>
        </Space>
      </Form>
    </div>
  );

  function names(all: string[]): string {
    return all.map(nameOf).join(t("common:listComma"));
  }
}
