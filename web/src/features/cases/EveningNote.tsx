// The evening note: what was opened today without a reason that the system saw, and why, in one's own words. A question, and no
// reproach; which customers they were is shown by what may be seen of them now.

import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Form, Input, Radio, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { components } from "@/api/schema";
import { useTitle } from "@/shared/fields/titles";
import { formatTime } from "@/shared/format";
import { ProblemAlert } from "@/shared/ProblemView";
import { WHYS, type Why } from "./question";

type Question = components["schemas"]["QuestionDetail"];
type Group = components["schemas"]["QuestionGroup"];

/** Names shown before one asks for all: each is a disclosure. */
const FIRST = 10;

export function EveningNote({
  question,
  evening,
}: {
  question: Question;
  evening: components["schemas"]["EveningItem"];
}) {
  const { t } = useTranslation("cases");
  const name = useGroupName();
  return (
    <div className="page case-question">
      <Link to="/questions" className="muted">
        {t("question.list")}
      </Link>
      <h1>{t("evening.title")}</h1>
      <section className="panel case-section">
        <p className="case-text">
          {t("evening.text", {
            count: evening.customers,
            from: formatTime(evening.from),
            until: formatTime(evening.until),
          })}
        </p>
        <p className="muted">{t("evening.calm")}</p>
        {question.state === "waiting" && (
          <p className="muted">{t("evening.by", { when: formatTime(evening.answer_by) })}</p>
        )}
        {question.answered_at !== null && (
          <p className="muted">{t("question.answered", { when: formatTime(question.answered_at) })}</p>
        )}
      </section>
      <section className="panel case-section" aria-labelledby="evening-customers">
        <h2 id="evening-customers">{t("evening.customers")}</h2>
        <ul className="case-tasks">
          {question.groups.map((group) => (
            <li key={name(group)}>
              <strong>{name(group)}</strong>{" "}
              <span className="muted">{t("evening.count", { count: group.customers })}</span>
              <Customers ids={group.ids} />
              {group.said && (
                <p className="case-text">
                  <strong>{t(`evening.why.${whyOf(group.said.why)}`)}</strong> {group.said.text}
                </p>
              )}
            </li>
          ))}
        </ul>
      </section>
      {question.state === "waiting" && <Answer id={question.id} groups={question.groups} />}
    </div>
  );
}

const whyOf = (text: string): Why => WHYS.find((w) => w === text) ?? "other";

function useGroupName(): (group: Group) => string {
  const { t } = useTranslation("cases");
  return ({ department }) => (department === null ? t("evening.none") : t("evening.department", { name: department }));
}

function Customers({ ids }: { ids: string[] }) {
  const { t } = useTranslation("cases");
  const [all, setAll] = useState(false);
  if (ids.length === 0) return <p className="muted">{t("evening.gone")}</p>;
  return (
    <>
      <ul className="case-names">
        {(all ? ids : ids.slice(0, FIRST)).map((id, n) => (
          <li key={id}>
            <Customer id={id} n={n + 1} />
          </li>
        ))}
      </ul>
      {!all && ids.length > FIRST && (
        <Button size="small" onClick={() => setAll(true)}>
          {t("evening.all", { count: ids.length })}
        </Button>
      )}
    </>
  );
}

function Customer({ id, n }: { id: string; n: number }) {
  const { t } = useTranslation("cases");
  const title = useTitle("customer", id);
  if (title.kind === "loading") return <span className="muted">…</span>;
  if (title.kind === "unknown") return <span className="muted">{t("evening.hidden", { n })}</span>;
  return (
    <Link to="/records/$object/$id" params={{ object: "customer", id }} search={{}}>
      {title.text}
    </Link>
  );
}

type Fields = { each?: boolean; said: { why: Why; text?: string }[] };

function Answer({ id, groups }: { id: string; groups: Group[] }) {
  const { t } = useTranslation("cases");
  const { message } = App.useApp();
  const queries = useQueryClient();
  const name = useGroupName();
  const [form] = Form.useForm<Fields>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemError>();
  const each = Form.useWatch("each", form) ?? false;
  const asked = each ? groups : groups.slice(0, 1);
  const send = async ({ said }: Fields) => {
    setBusy(true);
    setProblem(undefined);
    try {
      const body = { said: said.slice(0, asked.length).map(({ why, text }) => ({ why, text: text?.trim() ?? "" })) };
      await api.POST("/api/v1/me/questions/{id}/answer", { params: { path: { id } }, body });
      void message.success(t("question.done"));
      await queries.invalidateQueries({ queryKey: ["questions"] });
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="panel case-section"
      initialValues={{ each: false }}
      onFinish={(f) => void send(f)}
    >
      <h2>{t("question.answer")}</h2>
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
      {groups.length > 1 && (
        <Form.Item name="each" label={t("evening.how")}>
          <Radio.Group
            className="case-checks"
            options={[
              { value: false, label: t("evening.forAll") },
              { value: true, label: t("evening.forEach") },
            ]}
          />
        </Form.Item>
      )}
      {asked.map((group, n) => (
        <Said
          key={name(group)}
          n={n}
          label={each ? t("evening.whyOf", { name: name(group) }) : t("evening.whyLabel")}
        />
      ))}
      <p className="muted">{t("question.help")}</p>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t("question.submit")}
      </Button>
    </Form>
  );
}

function Said({ n, label }: { n: number; label: string }) {
  const { t } = useTranslation("cases");
  const why = Form.useWatch<Why | undefined>(["said", n, "why"]);
  const needed = why === "other";
  return (
    <>
      <Form.Item name={["said", n, "why"]} label={label} rules={[{ required: true, message: t("dialog.need") }]}>
        <Select options={WHYS.map((value) => ({ value, label: t(`evening.why.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name={["said", n, "text"]}
        label={t(needed ? "evening.wordsNeeded" : "evening.words")}
        dependencies={[["said", n, "why"]]}
        rules={[{ required: needed, whitespace: needed, message: t("dialog.need") }]}
      >
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </>
  );
}
