// Accounts from outside: who is named, until when, and whether they can sign in now.

import { Alert, Button, Form, Popconfirm, Select, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import { FormDialog } from "@/shared/FormDialog";
import { formatTime } from "@/shared/format";
import { PlusIcon } from "@/shared/icons";
import { ProblemAlert } from "@/shared/ProblemView";
import { asOf, type Detail, useChoices, useDone } from "./assessments";

export function Assessors({ of, runs }: { of: Detail; runs: boolean }) {
  const { t } = useTranslation("assessments");
  const done = useDone(() => undefined);
  const [naming, setNaming] = useState(false);
  const [problem, setProblem] = useState<ProblemError>();
  const dismiss = async (user: string) => {
    setProblem(undefined);
    try {
      const params = { path: { id: of.card.id, user }, header: asOf(of.version) };
      await done(data(api.DELETE("/api/v1/assessments/{id}/assessors/{user}", { params })));
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <section aria-labelledby="assess-assessors">
      <div className="assess-bar">
        <h2 id="assess-assessors">{t("assessors")}</h2>
        {runs && (
          <Button icon={<PlusIcon />} onClick={() => setNaming(true)}>
            {t("nameOne")}
          </Button>
        )}
      </div>
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 12 }} />}
      {of.assessors.length === 0 ? (
        <p className="muted">{t("noAssessors")}</p>
      ) : (
        <ul className="panel assess-evidence">
          {of.assessors.map((a) => (
            <li key={a.id}>
              <div className="grow">
                <strong>{a.name}</strong> <span className="muted">{a.login}</span>
                <p className="muted">{t("named", { who: a.named_by, when: formatTime(a.named_at) })}</p>
              </div>
              <span className="assess-tags">
                <Tag color={a.active ? "success" : "default"}>{t(a.active ? "active" : "inactive")}</Tag>
                {runs && (
                  <Popconfirm title={t("dismissAsk")} onConfirm={() => dismiss(a.id)}>
                    <Button danger>{t("dismiss")}</Button>
                  </Popconfirm>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      {naming && <NameDialog of={of} onClose={() => setNaming(false)} />}
    </section>
  );
}

function NameDialog({ of, onClose }: { of: Detail; onClose: () => void }) {
  const { t } = useTranslation("assessments");
  const done = useDone(onClose);
  const choices = useChoices();
  const accounts = choices.data?.accounts ?? [];
  return (
    <FormDialog<{ user: string }>
      title={t("nameOne")}
      submit={t("nameOne")}
      onSubmit={({ user }) => {
        const params = { path: { id: of.card.id, user }, header: asOf(of.version) };
        return done(data(api.PUT("/api/v1/assessments/{id}/assessors/{user}", { params })));
      }}
      onClose={onClose}
    >
      <p className="muted">{t("help.user")}</p>
      {choices.isSuccess && accounts.length === 0 && <Alert type="info" showIcon title={t("help.noAccounts")} />}
      <Form.Item name="user" label={t("field.user")} rules={[{ required: true, message: t("need") }]}>
        <Select
          loading={choices.isPending}
          showSearch={{ optionFilterProp: "label" }}
          options={accounts.map((a) => ({ value: a.id, label: `${a.name} (${a.login})` }))}
        />
      </Form.Item>
    </FormDialog>
  );
}
