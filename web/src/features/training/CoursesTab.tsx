// Which courses there are: those that ship, the company's own with their texts, those outside; and what other systems stated.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Empty, Skeleton, Space, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import { useDuty } from "@/app/session";
import { useLabel } from "@/i18n";
import { formatTime } from "@/shared/format";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { OutsideDialog } from "./OutsideDialog";
import { Statements } from "./Statements";
import { StatementsDialog } from "./StatementsDialog";
import { type CourseCard, kindOf, TRAINING } from "./training";
import { UploadDialog } from "./UploadDialog";

type Open = { what: "upload"; course?: CourseCard } | { what: "outside"; course?: CourseCard } | { what: "statements" };

export function CoursesTab() {
  const { t } = useTranslation("training");
  const manages = useDuty("training.manage");
  const [open, setOpen] = useState<Open>();
  const query = useQuery({
    queryKey: [...TRAINING, "courses"],
    queryFn: () => data(api.GET("/api/v1/training/courses")),
  });
  if (query.isPending) return <Skeleton active paragraph={{ rows: 8 }} />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  const courses = query.data.items;
  const close = () => setOpen(undefined);
  return (
    <>
      <p className="muted training-text">{t("courses.text")}</p>
      {manages && (
        <Space wrap className="training-acts">
          <Button type="primary" onClick={() => setOpen({ what: "upload" })}>
            {t("courses.add")}
          </Button>
          <Button onClick={() => setOpen({ what: "outside" })}>{t("courses.register")}</Button>
          <Button onClick={() => setOpen({ what: "statements" })}>{t("statements.take")}</Button>
        </Space>
      )}
      {(["own", "outside", "shipped"] as const).map((kind) => (
        <section key={kind} className="training-kind" aria-label={t(`courses.kind.${kind}`)}>
          <h2>{t(`courses.kind.${kind}`)}</h2>
          {courses.every((c) => c.kind !== kind) ? (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(`courses.none.${kind}`)} />
          ) : (
            <ul className="training-courses">
              {courses
                .filter((c) => c.kind === kind)
                .map((course) => (
                  <Card key={course.id} course={course} manages={manages} onOpen={setOpen} />
                ))}
            </ul>
          )}
        </section>
      ))}
      <Statements courses={courses} />
      {open?.what === "upload" && <UploadDialog course={open.course} onClose={close} />}
      {open?.what === "outside" && <OutsideDialog course={open.course} onClose={close} />}
      {open?.what === "statements" && <StatementsDialog onClose={close} />}
    </>
  );
}

type CardProps = { course: CourseCard; manages: boolean; onOpen: (open: Open) => void };

function Card({ course, manages, onOpen }: CardProps) {
  const { t } = useTranslation("training");
  const label = useLabel();
  const kind = kindOf(course.kind);
  const of = <span className="visually-hidden"> {label(course.title)}</span>;
  const { outside } = course;
  return (
    <li className="panel training-course">
      <div className="training-head">
        <h3>{label(course.title)}</h3>
        <Space size={4} wrap>
          {course.required && <Tag color="processing">{t("courses.required")}</Tag>}
          {course.withdrawn && <Tag>{t("courses.withdrawn")}</Tag>}
        </Space>
      </div>
      {label(course.about) !== "" && <p>{label(course.about)}</p>}
      <p className="muted">{t("courses.version", { version: course.version })}</p>
      {outside && <OutsideFacts outside={outside} />}
      {course.versions.length > 0 && (
        <details className="training-versions">
          <summary>{t("courses.versions", { count: course.versions.length })}</summary>
          <ul>
            {course.versions.map((v) => (
              <li key={v.version}>
                <span title={`SHA-256 ${v.sha256}`}>{t("courses.version", { version: v.version })}</span>{" "}
                <span className="muted">
                  {t("courses.size", { pages: v.pages, questions: v.questions })} · {v.by_name} · {formatTime(v.at)}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <Space wrap className="training-acts">
        {kind !== "outside" && !course.withdrawn && (
          <Link to="/training/$course" params={{ course: course.id }}>
            {t("courses.look")}
            {of}
          </Link>
        )}
        {manages && kind === "own" && (
          <Button onClick={() => onOpen({ what: "upload", course })}>
            {t("courses.again")}
            {of}
          </Button>
        )}
        {manages && kind === "outside" && (
          <Button onClick={() => onOpen({ what: "outside", course })}>
            {t("courses.change")}
            {of}
          </Button>
        )}
        {manages && kind !== "shipped" && <Withdraw course={course} />}
      </Space>
    </li>
  );
}

function OutsideFacts({ outside }: { outside: NonNullable<CourseCard["outside"]> }) {
  const { t } = useTranslation("training");
  const people = [
    outside.home_page ? t("courses.byAccount", { page: outside.home_page }) : null,
    outside.mail_domain ? t("courses.byMail", { domain: outside.mail_domain }) : null,
  ];
  const rule = t(outside.completed ? "courses.ruleCompleted" : "courses.rulePassed");
  const marks = outside.least_percent === null ? "" : ` · ${t("courses.marks", { percent: outside.least_percent })}`;
  return (
    <dl className="training-facts">
      <dt>{t("courses.activity")}</dt>
      <dd>{outside.activity}</dd>
      <dt>{t("courses.rule")}</dt>
      <dd>
        {rule}
        {marks} · {t("courses.months", { count: outside.months })}
      </dd>
      <dt>{t("courses.people")}</dt>
      <dd>{people.filter((p) => p !== null).join(t("and"))}</dd>
    </dl>
  );
}

function Withdraw({ course }: { course: CourseCard }) {
  const { t } = useTranslation("training");
  const label = useLabel();
  const queries = useQueryClient();
  const { message, modal } = App.useApp();
  const [problem, setProblem] = useState<ProblemError>();
  const withdrawn = !course.withdrawn;
  const send = async () => {
    setProblem(undefined);
    try {
      const path = { course: course.id };
      await api.PUT("/api/v1/training/courses/{course}/withdrawal", { params: { path }, body: { withdrawn } });
      void message.success(t(withdrawn ? "courses.isWithdrawn" : "courses.isOffered"));
      await queries.invalidateQueries({ queryKey: TRAINING });
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  const ask = () =>
    withdrawn
      ? void modal.confirm({
          title: t("courses.withdrawTitle", { title: label(course.title) }),
          content: t("courses.withdrawText"),
          okText: t("courses.withdraw"),
          onOk: send,
        })
      : void send();
  return (
    <>
      <Button onClick={ask}>
        {t(withdrawn ? "courses.withdraw" : "courses.offer")}
        <span className="visually-hidden"> {label(course.title)}</span>
      </Button>
      {problem && <ProblemAlert problem={problem} />}
    </>
  );
}
