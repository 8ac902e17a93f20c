// A list's head: scope, search, filter, layout; below it the rows as a table, a board or a calendar.

import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { App, Badge, Button, Drawer, Dropdown, Grid, Input, Popover, Segmented, Skeleton, Space } from "antd";
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { ObjectForm } from "@/api/types";
import { useMe } from "@/app/session";
import { isTyping } from "@/app/shell/useGlobalKeys";
import { compared } from "@/features/duplicates/compared";
import { useJobActs } from "@/features/jobs/useJobs";
import { useLabel } from "@/i18n";
import { FilterBuilder, type FilterField } from "@/shared/filter/FilterBuilder";
import { count, fromCondition } from "@/shared/filter/tree";
import {
  BoardIcon,
  CalendarIcon,
  DownloadIcon,
  FilterIcon,
  MoreIcon,
  PlusIcon,
  SettingsIcon,
  TableIcon,
  UploadIcon,
} from "@/shared/icons";
import { ExportDialog } from "../ExportDialog";
import { CreateDrawer } from "../edit/CreateDrawer";
import { layoutOf, lookOf } from "../views/look";
import { useViews } from "../views/useViews";
import { ViewMenu } from "../views/ViewMenu";
import { ViewNotice } from "../views/ViewNotice";
import { ColumnChooser } from "./ColumnChooser";
import { BUILT_IN, defaultColumns } from "./columns";
import { type Kept, useKept } from "./kept";
import { ListTable } from "./ListTable";
import { overdueFilter } from "./overdue";
import { boardFields, calendarFields, conditionOf, type ListSearch, type Scope } from "./search";

const Board = lazy(() => import("../board/Board").then((m) => ({ default: m.Board })));
const Calendar = lazy(() => import("../calendar/Calendar").then((m) => ({ default: m.Calendar })));
/** The layout that is neither the table nor a board by a choice; no field has such a name. */
const CALENDAR = "/calendar";

export function RecordList({ object }: { object: ObjectForm }) {
  const { t } = useTranslation(["records", "common", "dashboards", "imports", "jobs"]);
  const label = useLabel();
  const { me } = useMe();
  const { message } = App.useApp();
  const search = useSearch({ from: "/records/$object" });
  const navigate = useNavigate({ from: "/records/$object" });
  const [device, keepDevice] = useKept(object.name);
  const [widths, setWidths] = useState<Record<string, number>>({});
  const [filterOpen, setFilterOpen] = useState(false);
  const [exporting, setExporting] = useState(false);
  const jobs = useJobActs();
  const narrow = !(Grid.useBreakpoint().md ?? true);

  const ask = useCallback(
    (change: Partial<ListSearch>) => void navigate({ search: (old) => ({ ...old, ...change }) }),
    [navigate],
  );
  const openView = useCallback(
    (change: Partial<ListSearch>) => {
      setWidths({});
      ask(change);
    },
    [ask],
  );
  const views = useViews(object, search, openView);
  const kept = layoutOf(search, views.active, device, widths);
  // With a view, what is changed of its columns stands in the address until it is saved.
  const keep = (change: Partial<Kept>) => {
    if (views.active === undefined) return keepDevice(change);
    if (change.widths) setWidths(change.widths);
    ask({
      ...("columns" in change ? { cols: change.columns } : {}),
      ...("pinned" in change ? { pin: change.pinned } : {}),
      ...("density" in change ? { rows: change.density } : {}),
    });
  };
  const [typed, setTyped] = useState(search.q ?? "");
  useEffect(() => setTyped(search.q ?? ""), [search.q]);

  const chosen = search.cols ?? kept.columns;
  const keys = useMemo(() => {
    // The address or this device may name fields that are not there (any more).
    const there = new Set<string>([...object.fields.map((f) => f.name), ...BUILT_IN]);
    const left = chosen?.filter((name) => there.has(name)) ?? [];
    return left.length > 0 ? left : defaultColumns(object);
  }, [chosen, object]);
  const fields: FilterField[] = useMemo(
    () => [
      ...object.fields.filter((f) => f.filterable),
      { name: "owner", label: { zh: "负责人", en: "Owner" }, type: { kind: "user" } },
      { name: "created_at", label: { zh: "创建时间", en: "Created" }, type: { kind: "date_time" } },
      { name: "updated_at", label: { zh: "更新时间", en: "Updated" }, type: { kind: "date_time" } },
    ],
    [object],
  );
  const may = (action: string) => object.actions.includes(action);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "c" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      if (object.actions.includes("create")) ask({ create: true });
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [object, ask]);

  const late = overdueFilter(object);
  const isLate = late !== undefined && JSON.stringify(search.filter) === JSON.stringify(late);
  const boards = boardFields(object);
  const dates = calendarFields(object);
  const calendar = dates.find((f) => f.name === search.calendar);
  const board = calendar ? undefined : boards.find((f) => f.name === search.board);
  const scopes: Scope[] = ["all", "mine", "department", ...(object.has_pool ? (["pool"] as const) : [])];
  const searched = object.fields.filter((f) => f.search !== "none").map((f) => label(f.label));
  const searchName = t("list.search", { fields: searched.join(t("common:listComma")) });
  const searchFor = (text: string) => {
    const q = text.trim();
    if (q.length === 1) void message.info(t("list.searchTooShort"));
    else ask({ q: q || undefined });
  };
  const countAll = async () => {
    try {
      const condition = conditionOf(search, me.user);
      const query = {
        ...(condition ? { filter: JSON.stringify(condition) } : {}),
        ...(search.q ? { search: search.q } : {}),
      };
      const path = { object: object.name };
      const answer = await data(api.GET("/api/v1/records/{object}/count", { params: { path, query } }));
      void message.info(t("list.counted", { count: answer.count }));
    } catch (error) {
      void message.error(label(asProblem(error).help));
    }
  };
  const filter = (
    <FilterBuilder
      fields={fields}
      value={search.filter}
      onApply={(condition) => {
        ask({ filter: condition });
        setFilterOpen(false);
      }}
    />
  );
  const filterButton = (
    <Badge count={search.filter ? count(fromCondition(search.filter)) : 0} size="small" color="blue">
      <Button icon={<FilterIcon />} {...(narrow ? { onClick: () => setFilterOpen(true) } : {})}>
        {narrow ? <span className="visually-hidden">{t("list.filter")}</span> : t("list.filter")}
      </Button>
    </Badge>
  );
  const chooser = (
    <ColumnChooser
      object={object}
      columns={keys}
      onColumns={(next) => {
        keep({ columns: next });
        if (!views.active) ask({ cols: undefined });
      }}
      pinned={kept.pinned}
      onPinned={(pinned) => keep({ pinned })}
      density={kept.density}
      onDensity={(density) => keep({ density })}
    />
  );

  const layouts = [
    { value: "", label: t("board.table"), icon: <TableIcon /> },
    ...boards.slice(0, 2).map((f) => ({
      value: f.name,
      label: boards.length > 1 ? t("board.by", { field: label(f.label) }) : t("board.board"),
      icon: <BoardIcon />,
    })),
    ...(dates.length > 0 ? [{ value: CALENDAR, label: t("calendar.calendar"), icon: <CalendarIcon /> }] : []),
  ];
  const layout = calendar ? CALENDAR : (board?.name ?? "");
  const layOut = (to: string) =>
    ask({
      board: to === "" || to === CALENDAR ? undefined : to,
      calendar: to === CALENDAR ? dates[0]?.name : undefined,
      month: undefined,
    });
  const tools = [
    ...(compared(object).length > 0 && may("create")
      ? [{ key: "scan", label: t("jobs:scan.act"), icon: null, onClick: () => void jobs.scan(object.name) }]
      : []),
    { key: "count", label: t("list.count"), icon: null, onClick: () => void countAll() },
    ...(may("export")
      ? [{ key: "export", label: t("list.export"), icon: <DownloadIcon />, onClick: () => setExporting(true) }]
      : []),
  ];

  return (
    <div className="page page-fixed list-page">
      <div className="page-head list-head">
        <h1>{label(object.label)}</h1>
        <Segmented<Scope>
          className="list-scope"
          value={search.scope ?? "all"}
          onChange={(scope) => ask({ scope: scope === "all" ? undefined : scope })}
          options={scopes.map((value) => ({ value, label: t(`list.scope.${value}`) }))}
        />
        <ViewMenu object={object} views={views} look={lookOf(object, search, kept)} open={openView} />
        <div className="grow" />
        {may("import") && (
          <Link to="/imports/$object" params={{ object: object.name }} aria-label={t("imports:act")}>
            <Button icon={<UploadIcon />} aria-label={t("imports:act")}>
              {narrow ? null : t("imports:act")}
            </Button>
          </Link>
        )}
        {may("create") && (
          <Button type="primary" icon={<PlusIcon />} onClick={() => ask({ create: true })}>
            {t("common:create")}
          </Button>
        )}
      </div>
      <div className="page-head list-tools">
        {late && (
          <Button
            aria-pressed={isLate}
            type={isLate ? "primary" : "default"}
            onClick={() => ask(isLate ? { filter: undefined } : { filter: late, sort: object.process.done?.due })}
          >
            {t("dashboards:overdue.filter")}
          </Button>
        )}
        {searched.length > 0 && (
          <Input.Search
            data-page-search
            className="list-search"
            allowClear
            aria-label={searchName}
            title={t("list.searchHelp")}
            placeholder={searchName}
            value={typed}
            maxLength={100}
            onChange={(e) => setTyped(e.target.value)}
            onSearch={searchFor}
          />
        )}
        {narrow ? (
          <>
            {filterButton}
            <Drawer
              open={filterOpen}
              onClose={() => setFilterOpen(false)}
              placement="bottom"
              size="large"
              title={t("list.filter")}
              destroyOnHidden
            >
              {filter}
            </Drawer>
          </>
        ) : (
          <Popover
            trigger="click"
            placement="bottomLeft"
            open={filterOpen}
            onOpenChange={setFilterOpen}
            destroyOnHidden
            content={filter}
          >
            {filterButton}
          </Popover>
        )}
        {layouts.length > 1 && !narrow && <Segmented value={layout} onChange={layOut} options={layouts} />}
        {narrow ? (
          <Dropdown
            trigger={["click"]}
            menu={{
              items: [
                ...tools,
                ...(layouts.length > 1
                  ? [
                      {
                        key: "view",
                        type: "group" as const,
                        label: t("list.view"),
                        children: layouts.map((l) => ({
                          key: `view-${l.value}`,
                          label: l.label,
                          icon: l.icon,
                          onClick: () => layOut(l.value),
                        })),
                      },
                    ]
                  : []),
              ],
            }}
          >
            <Button icon={<MoreIcon />} aria-label={t("common:more")} />
          </Dropdown>
        ) : (
          <>
            <div className="grow" />
            <Space size="small">
              {tools.map((tool) => (
                <Button key={tool.key} type="text" icon={tool.icon} onClick={tool.onClick}>
                  {tool.label}
                </Button>
              ))}
              {layout === "" && (
                <Popover trigger="click" placement="bottomRight" content={chooser}>
                  <Button type="text" icon={<SettingsIcon />}>
                    {t("list.columns")}
                  </Button>
                </Popover>
              )}
            </Space>
          </>
        )}
      </div>
      <ViewNotice views={views} onLeave={() => ask({ view: undefined })} />
      {views.waiting ? (
        <Skeleton active />
      ) : calendar ? (
        <Suspense fallback={<Skeleton active />}>
          <Calendar {...{ object, search, narrow, ask }} by={calendar} dates={dates} />
        </Suspense>
      ) : board ? (
        <Suspense fallback={<Skeleton active />}>
          <Board object={object} by={board} search={search} />
        </Suspense>
      ) : (
        <ListTable
          // What was selected in one question is not selected in the next.
          key={JSON.stringify([search.scope, search.q, search.filter])}
          {...{ object, search, kept, keep, narrow, ask }}
          inView={views.active !== undefined}
          onExport={() => setExporting(true)}
          columns={keys}
        />
      )}
      {search.create && may("create") && (
        <CreateDrawer
          object={object}
          // Whose a target is, is what it says.
          chooseOwner={object.process.target !== undefined}
          onClose={() => ask({ create: undefined })}
        />
      )}
      {exporting && <ExportDialog object={object} search={search} columns={keys} onClose={() => setExporting(false)} />}
    </div>
  );
}
