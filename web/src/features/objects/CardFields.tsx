// Which fields a card shows below its title: a board's, and a list's on a narrow screen.

import { App, Button, Select, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import { useLabel } from "@/i18n";
import { ProblemAlert } from "@/shared/ProblemView";
import { type Definition, MOST_ON_CARD } from "./definition";
import { useChanged } from "./useDefinitions";
import "@/shared/table/table.css";

type Props = { object: Definition; may: boolean };

export function CardFields({ object, may }: Props) {
  const { t } = useTranslation(["objects", "common"]);
  const label = useLabel();
  const { message } = App.useApp();
  const changed = useChanged();
  const [draft, setDraft] = useState<string[]>();
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const card = draft ?? object.card ?? [];
  const title = object.fields.find((f) => f.name === object.title_field);
  const keep = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const params = { path: { object: object.name } };
      await data(api.PATCH("/api/v1/admin/objects/{object}", { params, body: { card } as never }));
      await changed();
      setDraft(undefined);
      void message.success(t("card.kept"));
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="rules-part" aria-labelledby="card-fields">
      <h2 id="card-fields">{t("card.title")}</h2>
      <p className="muted page-text">{t("card.text")}</p>
      {problem && <ProblemAlert problem={problem} />}
      <div className="card-designer">
        <div className="card-choice">
          <Select
            mode="multiple"
            aria-label={t("card.fields")}
            placeholder={t("card.none")}
            disabled={!may}
            maxCount={MOST_ON_CARD}
            value={card}
            onChange={setDraft}
            style={{ width: "100%" }}
            options={object.fields
              .filter((f) => f.name !== object.title_field)
              .map((f) => ({ value: f.name, label: label(f.label) }))}
          />
          {draft !== undefined && (
            <Space wrap>
              <Button type="primary" loading={busy} onClick={() => void keep()}>
                {t("card.keep")}
              </Button>
              <Button onClick={() => setDraft(undefined)}>{t("layout.drop")}</Button>
            </Space>
          )}
        </div>
        <div className="panel card card-sample" aria-hidden="true">
          <div className="card-title">{title ? label(title.label) : ""}</div>
          <dl>
            {card.map((name) => {
              const field = object.fields.find((f) => f.name === name);
              return (
                <div key={name}>
                  <dt>{field ? label(field.label) : name}</dt>
                  <dd>…</dd>
                </div>
              );
            })}
          </dl>
        </div>
      </div>
    </section>
  );
}
