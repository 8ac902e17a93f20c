// The courses one has to take, or may.

import { useNavigate } from "@tanstack/react-router";
import { Alert, Button, Skeleton, Space, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import { useLabel } from "@/i18n";
import { formatTime } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";
import { CertificateButton } from "./CertificateButton";
import { COLOUR, type CourseItem, stateOf, useOwnTraining, whyOf } from "./training";

export function OwnCourses() {
  const { t } = useTranslation("training");
  const query = useOwnTraining();
  if (query.isPending) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  const courses = query.data.items;
  const until = query.data.trained_until;
  const current = until !== null && until > Date.now();
  const asked = courses.some((c) => c.required || c.state === "due" || c.state === "overdue");
  return (
    <>
      {current ? (
        <Alert type="success" showIcon title={t("current", { when: formatTime(until) })} />
      ) : (
        asked && <Alert type="warning" showIcon title={t("notCurrent")} />
      )}
      <p className="muted training-text">
        {t("text", { questions: courses.find((c) => c.questions > 0)?.questions ?? 0 })}
      </p>
      <ul className="training-courses">
        {courses.map((course) => (
          <Course key={course.id} course={course} />
        ))}
      </ul>
    </>
  );
}

function Course({ course }: { course: CourseItem }) {
  const { t } = useTranslation("training");
  const label = useLabel();
  const navigate = useNavigate();
  const state = stateOf(course.state);
  const why = whyOf(course.why);
  const { due_at: due, valid_until: until } = course;
  return (
    <li className="panel training-course">
      <div className="training-head">
        <h2>{label(course.title)}</h2>
        <Tag color={COLOUR[state]}>{t(`state.${state}`)}</Tag>
      </div>
      <p>{label(course.about)}</p>
      <p className="muted">
        {[
          why && why !== "own" ? t(`why.${why}`) : null,
          due !== null ? t(state === "overdue" ? "overdue" : "due", { when: formatTime(due) }) : null,
          until !== null ? t("until", { when: formatTime(until) }) : null,
        ]
          .filter((part) => part !== null)
          .join(" · ")}
      </p>
      {course.from !== null && (
        <p className="muted">{t(state === "passed" ? "statedBy" : "waitsFor", { host: course.from })}</p>
      )}
      <Space wrap>
        {course.launch === null ? (
          <Button
            {...(state === "passed" ? {} : { type: "primary" as const })}
            onClick={() => void navigate({ to: "/training/$course", params: { course: course.id } })}
          >
            {t(state === "passed" ? "again" : "read")}
            <span className="visually-hidden"> {label(course.title)}</span>
          </Button>
        ) : (
          <Button
            {...(state === "passed" ? {} : { type: "primary" as const })}
            href={course.launch}
            target="_blank"
            rel="noopener noreferrer"
          >
            {t("start")}
            <span className="visually-hidden"> {label(course.title)}</span>
          </Button>
        )}
        {until !== null && until > Date.now() && <CertificateButton course={course} />}
      </Space>
    </li>
  );
}
