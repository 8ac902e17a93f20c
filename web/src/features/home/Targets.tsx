// Targets of now against what was reached, as far as the person sees both.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Empty, Progress, Skeleton } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { Condition, ObjectForm, RecordView } from "@/api/types";
import { useMe } from "@/app/session";
import { useAggregate } from "@/features/dashboards/useAggregate";
import { CreateDrawer } from "@/features/records/edit/CreateDrawer";
import { useLabel } from "@/i18n";
import { Person } from "@/shared/fields/FieldText";
import { useDepartmentName } from "@/shared/fields/people";
import { formatNumber } from "@/shared/format";
import { ProblemAlert } from "@/shared/ProblemView";
import { below, countedFor, type Measure, resultOf, type Target, targetsOf } from "./target";

const LISTED = 8;

export function Targets({ object }: { object: ObjectForm }) {
  const { t } = useTranslation(["dashboards", "home"]);
  const { me } = useMe();
  const [creating, setCreating] = useState(false);
  const named = object.process.target;
  const starts = named?.starts ?? "";
  const filter: Condition = {
    all: [
      { test: { field: starts, op: "ge", value: dayjs().startOf("year").format("YYYY-MM-DD") } },
      { test: { field: starts, op: "le", value: dayjs().format("YYYY-MM-DD") } },
    ],
  };
  const fields = [object.title_field, named?.period, starts, named?.reach, named?.measure, named?.amount]
    .filter((f) => typeof f === "string")
    .join(",");
  const found = useQuery({
    queryKey: ["list", object.name, "targets", dayjs().format("YYYY-MM-DD")],
    queryFn: () =>
      data(
        api.GET("/api/v1/records/{object}", {
          params: {
            path: { object: object.name },
            query: { filter: JSON.stringify(filter), sort: `-${starts}`, limit: 500, fields },
          },
        }),
      ),
  });
  const targets = named ? targetsOf((found.data?.items ?? []) as RecordView[], named, object.title_field ?? null) : [];
  // Teams first, then one's own, then the others'.
  const rank = (target: Target) => (target.owner === me.user.id ? 0 : target.team ? 1 : 2);
  targets.sort((a, b) => rank(a) - rank(b) || b.amount - a.amount);
  const create = object.actions.includes("create") && (
    <Button size="small" onClick={() => setCreating(true)}>
      {t("targets.make")}
    </Button>
  );
  return (
    <section className="panel home-card" aria-labelledby="targets">
      <div className="page-head">
        <h2 id="targets">{t("targets.title")}</h2>
        <div className="grow" />
        {targets.length > 0 && create}
        <Link to="/records/$object" params={{ object: object.name }} search={{ filter }}>
          {t("home:all")}
        </Link>
      </div>
      {found.isPending ? (
        <Skeleton active />
      ) : found.isError ? (
        <ProblemAlert problem={asProblem(found.error)} onRetry={() => void found.refetch()} />
      ) : targets.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("targets.none")}>
          {create}
        </Empty>
      ) : (
        <>
          {((named?.measures ?? []) as Measure[])
            .filter((m) => targets.some((target) => target.measure === m.value))
            .map((measure) => (
              <Reached
                key={measure.value}
                object={object}
                measure={measure}
                targets={targets.filter((target) => target.measure === measure.value)}
              />
            ))}
          <p className="muted card-foot">{t("targets.help")}</p>
        </>
      )}
      {creating && (
        <CreateDrawer
          object={object}
          values={named ? { [starts]: dayjs().startOf("month").format("YYYY-MM-DD") } : {}}
          chooseOwner
          stay
          onClose={() => setCreating(false)}
        />
      )}
    </section>
  );
}

type Props = { object: ObjectForm; measure: Measure; targets: Target[] };

function Reached({ object, measure, targets }: Props) {
  const { t } = useTranslation("dashboards");
  const label = useLabel();
  const department = useDepartmentName();
  const { me, workspace } = useMe();
  const counted = workspace.objects.find((o) => o.name === measure.object);
  const filter = countedFor(measure, targets, counted);
  const values = [{ field: measure.amount, work: "sum" as const }];
  const month = { field: measure.on, step: "month" as const };
  const [people, teams] = [targets.filter((x) => !x.team), targets.filter((x) => x.team)];
  const byOwner = useAggregate(
    measure.object,
    { by: [{ field: "owner" }, month], values, filter },
    counted !== undefined && people.length > 0,
  );
  const byDepartment = useAggregate(
    measure.object,
    { by: [{ field: "department" }, month], values, filter },
    counted !== undefined && teams.length > 0,
  );
  const problem = byOwner.error ?? byDepartment.error;
  const name = object.fields
    .find((f) => f.name === object.process.target?.measure)
    ?.type.options?.find((o) => o.value === measure.value);
  const scale = counted?.fields.find((f) => f.name === measure.amount)?.type.scale ?? 0;
  const waiting = (people.length > 0 && byOwner.isPending) || (teams.length > 0 && byDepartment.isPending);
  if (problem) {
    return (
      <ProblemAlert
        problem={asProblem(problem)}
        onRetry={() => {
          if (people.length > 0) void byOwner.refetch();
          if (teams.length > 0) void byDepartment.refetch();
        }}
      />
    );
  }
  if (waiting) return <Skeleton active paragraph={{ rows: 2 }} />;
  const result = (target: Target) => {
    if (!target.team) return resultOf(target, byOwner.data?.items ?? [], (key) => key === target.owner);
    const reach = target.department ? below(target.department, workspace.departments) : new Set<string>();
    return resultOf(target, byDepartment.data?.items ?? [], (key) => reach.has(key));
  };
  const money = (n: number) => formatNumber(n, scale, false);
  // Among the others' own, who has reached most comes first.
  const shown = targets
    .map((target) => {
      const reached = result(target);
      return { target, reached, percent: target.amount > 0 ? Math.round((100 * reached) / target.amount) : 0 };
    })
    .sort((a, b) =>
      a.target.team || b.target.team || a.target.owner === me.user.id || b.target.owner === me.user.id
        ? 0
        : b.percent - a.percent,
    );
  return (
    <>
      <h3 className="target-measure">{name ? label(name.label) : measure.value}</h3>
      <ul className="home-list">
        {shown.slice(0, LISTED).map(({ target, reached, percent }) => {
          return (
            <li key={target.id}>
              <span className="home-task">
                <Link to="/records/$object/$id" params={{ object: object.name, id: target.id }} search={{}}>
                  {target.name}
                </Link>
                <span className="muted">
                  {target.team ? (
                    t("targets.team", { department: department(target.department ?? "") ?? "" })
                  ) : (
                    <Person id={target.owner} />
                  )}
                </span>
              </span>
              <span className="target-figures">
                {t("targets.of", { result: money(reached), amount: money(target.amount) })} · {percent}%
              </span>
              <Progress
                percent={Math.min(100, Math.max(0, percent))}
                showInfo={false}
                size="small"
                aria-label={target.name}
                className="target-bar"
              />
            </li>
          );
        })}
      </ul>
      {targets.length > LISTED && <p className="muted">{t("targets.more", { count: targets.length - LISTED })}</p>}
    </>
  );
}
