// Who would decide if somebody asked now, by the steps as they stand in the form.

import { Button, Form, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { SeatItem } from "@/api/types";
import { UserPicker } from "@/shared/fields/PersonPicker";
import { useColleagues } from "@/shared/fields/people";
import { ProblemAlert } from "@/shared/ProblemView";
import { type StepFields, stepOf } from "./approvers";

export function FlowPreview({ subject, steps }: { subject: string; steps: StepFields[] }) {
  const { t } = useTranslation("requests");
  const { name } = useColleagues();
  const [requester, setRequester] = useState<string | null>(null);
  const [owner, setOwner] = useState<string | null>(null);
  const [found, setFound] = useState<SeatItem[][]>();
  const [problem, setProblem] = useState<ProblemError>();
  const run = async () => {
    if (!requester) return;
    setProblem(undefined);
    try {
      const answer = await data(
        api.POST("/api/v1/admin/flows/who-decides", {
          body: { subject, steps: steps.map(stepOf), requester, owner: subject === "export" ? null : owner },
        }),
      );
      setFound(answer.steps);
    } catch (error) {
      setFound(undefined);
      setProblem(asProblem(error));
    }
  };
  const ways = ["named", "stand_in", "deputy", "escalated"] as const;
  return (
    <section className="flow-preview" aria-labelledby="flow-preview">
      <h2 id="flow-preview">{t("flows.preview")}</h2>
      <Form layout="vertical" className="form-grid">
        <Form.Item label={t("flows.previewFor")} htmlFor="preview-for">
          <UserPicker id="preview-for" value={requester} onChange={setRequester} />
        </Form.Item>
        {subject !== "export" && (
          <Form.Item label={t("flows.previewOwner")} htmlFor="preview-owner">
            <UserPicker id="preview-owner" value={owner} onChange={setOwner} />
          </Form.Item>
        )}
      </Form>
      <Button disabled={!requester || steps.length === 0} onClick={() => void run()}>
        {t("flows.previewRun")}
      </Button>
      {problem && <ProblemAlert problem={problem} style={{ marginTop: 12 }} />}
      {found && (
        <ol className="flow-found" aria-live="polite">
          {found.map((seats, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
            <li key={n}>
              {seats.length === 0 && t("flows.previewNobody")}
              {seats.map((seat) =>
                seat.may.map((m) => {
                  const way = ways.find((w) => w === m.by);
                  return (
                    <Tag key={`${seat.of} ${m.user}`}>
                      {name(m.user) ?? m.user}
                      {way && way !== "named" ? ` · ${t(`by.${way}`)}` : ""}
                    </Tag>
                  );
                }),
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
