// Every rule of detection: whether it is asked, how grave it is, and what came of it.

import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Checkbox, Empty, Select, Skeleton, Table, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import type { DetectionRule } from "@/api/types";
import { useDuty } from "@/app/session";
import { useLabel } from "@/i18n";
import { PlusIcon } from "@/shared/icons";
import { ProblemPage } from "@/shared/ProblemView";
import { useDetectionRules } from "./detection";
import { SeverityTag, StateTag } from "./parts";
import { FAMILIES, type Family, familyOf, precision } from "./rule";
import "./detection.css";

export function RulesPage() {
  const { t } = useTranslation("detection");
  const label = useLabel();
  const navigate = useNavigate();
  const search = useSearch({ from: "/detection/rules" });
  const manages = useDuty("detection.manage");
  const rules = useDetectionRules();
  if (rules.isPending) {
    return (
      <div className="page" role="status" aria-label={t("title")}>
        <Skeleton active paragraph={{ rows: 10 }} />
      </div>
    );
  }
  if (rules.isError) return <ProblemPage problem={asProblem(rules.error)} onRetry={() => void rules.refetch()} />;
  const shown = rules.data.items.filter(
    (r) => (!search.family || familyOf(r) === search.family) && (!search.off || r.state !== "on"),
  );
  const ask = (next: { family?: Family; off?: true }) =>
    void navigate({ to: "/detection/rules", search: next, replace: true });
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t("title")}</h1>
        <div className="grow" />
        {manages && (
          <Link to="/detection/new">
            <Button type="primary" icon={<PlusIcon />}>
              {t("add")}
            </Button>
          </Link>
        )}
      </div>
      <p className="muted detection-note">{t("text")}</p>
      <div className="detection-act">
        <Select
          className="detection-family"
          aria-label={t("all")}
          value={search.family ?? ""}
          onChange={(family: Family | "") =>
            ask({ ...(family ? { family } : {}), ...(search.off ? { off: true as const } : {}) })
          }
          options={[
            { value: "", label: t("all") },
            ...FAMILIES.map((family) => ({ value: family, label: t(`family.${family}`) })),
          ]}
        />
        <Checkbox
          checked={search.off === true}
          onChange={(e) =>
            ask({ ...(search.family ? { family: search.family } : {}), ...(e.target.checked ? { off: true } : {}) })
          }
        >
          {t("onlyOff")}
        </Checkbox>
      </div>
      <Table<DetectionRule>
        className="panel"
        rowKey="name"
        dataSource={shown}
        pagination={false}
        scroll={{ x: "max-content" }}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("none")} /> }}
        columns={[
          {
            title: t("rule"),
            render: (_, r) => (
              <div className="detection-cell">
                <Link to="/detection/rules/$rule" params={{ rule: r.name }}>
                  {label({ zh: r.title_zh, en: r.title_en })}
                </Link>
                <div className="muted detection-name">{r.name}</div>
              </div>
            ),
          },
          { title: t("kind"), render: (_, r) => t(`family.${familyOf(r)}`) },
          { title: t("level"), render: (_, r) => <SeverityTag severity={r.severity} /> },
          {
            title: t("status"),
            render: (_, r) => (
              <div className="detection-tags">
                <StateTag rule={r} />
                {!r.ships && <span className="muted">{t("own")}</span>}
                {r.filters.length > 0 && <span className="muted">{t("filtered", { count: r.filters.length })}</span>}
              </div>
            ),
          },
          { title: t("figures"), align: "right", className: "number", render: (_, r) => r.alerts },
          {
            title: (
              <Tooltip title={t("precisionHelp")}>
                <span>{t("precision")}</span>
              </Tooltip>
            ),
            align: "right",
            className: "number",
            render: (_, r) => {
              const share = precision(r);
              return share === undefined ? "–" : `${share}% (${r.wanted + r.expected})`;
            },
          },
        ]}
      />
    </div>
  );
}
