// What is done with one alert or with several: put off, closed with what it was, or opened again.

import { Form, Input, Modal, Radio, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/api/problem";
import { asProblem } from "@/api/problem";
import { ProblemAlert } from "@/shared/ProblemView";
import { FEEDBACK, type Feedback } from "./search";
import type { TriageWish } from "./useAlerts";

const FOR = ["1", "7", "30", "90"] as const;
const DAY_MS = 86_400_000;

type Props = {
  act: TriageWish["act"];
  /** How many it is done to. */
  count: number;
  onClose: () => void;
  /** Throws what went wrong. */
  onDo: (wish: TriageWish) => Promise<void>;
};

export function TriageDialog({ act, count, onClose, onDo }: Props) {
  const { t } = useTranslation("alerts");
  const [feedback, setFeedback] = useState<Feedback>("suspicious");
  const [days, setDays] = useState<(typeof FOR)[number] | "none">(act === "snooze" ? "1" : "none");
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const quiet = act === "close" && feedback === "expected";
  const send = async () => {
    setBusy(true);
    setProblem(undefined);
    // A minute less, so that the server's bound holds however the clocks differ.
    const until = days === "none" ? undefined : Date.now() + Number(days) * DAY_MS - 60_000;
    try {
      await onDo({
        act,
        ...(act === "close" ? { feedback } : {}),
        ...((act === "snooze" || quiet) && until !== undefined ? { until } : {}),
        ...(note.trim() ? { note: note.trim() } : {}),
      });
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const spans = FOR.map((d) => ({ value: d as string, label: t(`dialog.for.${d}`) }));
  return (
    <Modal
      open
      title={count > 1 ? `${t(`dialog.${act}`)} · ${t("picked", { count })}` : t(`dialog.${act}`)}
      okText={t(`act.${act}`)}
      confirmLoading={busy}
      onOk={() => void send()}
      onCancel={onClose}
    >
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 12 }} />}
      <Form layout="vertical">
        {act === "close" && (
          <Form.Item label={t("dialog.what")}>
            <Radio.Group
              className="alert-feedback"
              aria-label={t("dialog.what")}
              value={feedback}
              onChange={(e) => {
                setFeedback(e.target.value as Feedback);
                setDays("none");
              }}
            >
              {FEEDBACK.map((word) => (
                <Radio key={word} value={word}>
                  {t(`feedback.${word}`)} <span className="muted">{t(`feedbackHelp.${word}`)}</span>
                </Radio>
              ))}
            </Radio.Group>
          </Form.Item>
        )}
        {act === "snooze" && (
          <Form.Item label={t("dialog.until")} htmlFor="alert-until">
            <Select id="alert-until" value={days as string} options={spans} onChange={(d) => setDays(d as "1")} />
          </Form.Item>
        )}
        {quiet && (
          <Form.Item label={t("dialog.quiet")} htmlFor="alert-until">
            <Select
              id="alert-until"
              value={days as string}
              options={[{ value: "none", label: t("dialog.noQuiet") }, ...spans]}
              onChange={(d) => setDays(d as "1")}
            />
          </Form.Item>
        )}
        <Form.Item label={t("dialog.note")} htmlFor="alert-note" extra={t("dialog.noteHelp")}>
          <Input.TextArea
            id="alert-note"
            rows={3}
            maxLength={1000}
            value={note}
            onChange={(e) => setNote(e.target.value)}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
