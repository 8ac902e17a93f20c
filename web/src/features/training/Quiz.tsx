// A quiz: begun, answered once, and told what came of it.

import { useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Checkbox, Form, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { components } from "@/api/schema";
import { useLabel } from "@/i18n";
import { formatTime } from "@/shared/format";
import { ProblemAlert } from "@/shared/ProblemView";
import { TRAINING } from "./training";

type Schemas = components["schemas"];
type Fields = { answers?: (number | number[] | undefined)[]; pledge?: boolean };

/** Right answers that pass, of so many. */
const needed = (of: number) => Math.ceil(of * 0.8);

export function Quiz({ course }: { course: Schemas["CourseDetail"] }) {
  const { t } = useTranslation("training");
  const queries = useQueryClient();
  const [quiz, setQuiz] = useState<Schemas["Quiz"]>();
  const [result, setResult] = useState<Schemas["QuizResult"]>();
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const run = async (send: () => Promise<void>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await send();
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const path = { course: course.id };
  const begin = () =>
    run(async () => {
      setQuiz(await data(api.POST("/api/v1/me/training/{course}/quiz", { params: { path } })));
      setResult(undefined);
    });
  const answer = ({ answers = [], pledge }: Fields) =>
    run(async () => {
      const body = {
        answers: answers.map((chosen) => (chosen === undefined ? [] : [chosen].flat())),
        ...(pledge && course.pledge ? { pledge: course.pledge.digest } : {}),
      };
      setResult(await data(api.POST("/api/v1/me/training/{course}/answers", { params: { path }, body })));
      await queries.invalidateQueries({ queryKey: [...TRAINING, "mine"] });
    });
  const wait = result?.wait_until ?? course.wait_until;
  return (
    <>
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
      {result && quiz ? <Outcome quiz={quiz} result={result} /> : null}
      {!quiz || result?.passed === false ? (
        <>
          {!result && <p>{t("quizText", { count: course.questions })}</p>}
          {wait !== null && wait > Date.now() ? (
            <p className="muted">{t("wait", { when: formatTime(wait) })}</p>
          ) : (
            <Button type="primary" loading={busy} onClick={() => void begin()}>
              {t("begin")}
            </Button>
          )}
        </>
      ) : null}
      {quiz && !result && <Questions quiz={quiz} pledge={course.pledge} busy={busy} onAnswer={answer} />}
    </>
  );
}

function Questions({
  quiz,
  pledge,
  busy,
  onAnswer,
}: {
  quiz: Schemas["Quiz"];
  pledge: Schemas["CourseDetail"]["pledge"];
  busy: boolean;
  onAnswer: (fields: Fields) => Promise<void>;
}) {
  const { t } = useTranslation("training");
  const label = useLabel();
  // Not `required`: a group of checkboxes has no such attribute, and the form would write it.
  const chosen = (_: unknown, v?: number[]) => (v?.length ? Promise.resolve() : Promise.reject(new Error(t("need"))));
  return (
    <Form<Fields> layout="vertical" requiredMark={false} disabled={busy} onFinish={(f) => void onAnswer(f)}>
      {quiz.questions.map((question, n) => {
        const options = question.options.map((option, value) => ({ value, label: label(option) }));
        const text = `${n + 1}. ${label(question.text)}`;
        return (
          <Form.Item
            // biome-ignore lint/suspicious/noArrayIndexKey: a quiz never changes while it is answered
            key={n}
            name={["answers", n]}
            label={question.many ? `${text} (${t("many")})` : text}
            rules={[question.many ? { validator: chosen } : { required: true, message: t("need") }]}
          >
            {question.many ? (
              <Checkbox.Group className="training-options" options={options} role="group" aria-label={text} />
            ) : (
              <Radio.Group className="training-options" options={options} aria-label={text} />
            )}
          </Form.Item>
        );
      })}
      {pledge && (
        <section className="training-pledge" aria-label={t("pledgeTitle")}>
          <strong>{t("pledgeTitle")}</strong>
          <p className="training-words">{label(pledge.text)}</p>
          <Form.Item
            name="pledge"
            valuePropName="checked"
            rules={[{ validator: (_, v) => (v ? Promise.resolve() : Promise.reject(new Error(t("pledgeNeed")))) }]}
          >
            <Checkbox>{t("pledge")}</Checkbox>
          </Form.Item>
        </section>
      )}
      <Button type="primary" htmlType="submit" loading={busy}>
        {t("submit")}
      </Button>
    </Form>
  );
}

function Outcome({ quiz, result }: { quiz: Schemas["Quiz"]; result: Schemas["QuizResult"] }) {
  const { t } = useTranslation("training");
  const label = useLabel();
  const { right, of, passed, wrong } = result;
  const told = passed
    ? [
        result.valid_until !== null ? t("goodText", { when: formatTime(result.valid_until) }) : "",
        result.trained_until !== null && result.trained_until > Date.now()
          ? t("allDone", { when: formatTime(result.trained_until) })
          : "",
      ].join(" ")
    : t("badText");
  return (
    <div role="status" className="training-outcome">
      <Alert
        type={passed ? "success" : "warning"}
        showIcon
        title={t(passed ? "good" : "bad", { right, of, need: needed(of) })}
        description={told}
      />
      {wrong.length > 0 && (
        <>
          <h3>{t("review")}</h3>
          <ul className="training-wrong">
            {wrong.map((one) => {
              const question = quiz.questions[one.place];
              const names = one.right.map((at) => label(question?.options[at] ?? { zh: "", en: "" }));
              return (
                <li key={one.place}>
                  <strong>{question ? label(question.text) : ""}</strong>
                  {names.length > 0 && <p>{t("rightIs", { options: names.join(t("and")) })}</p>}
                  <p className="muted">{label(one.why)}</p>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </div>
  );
}
