// One record: its fields by class, what belongs to it, who takes part in it.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { App, Breadcrumb, Button, Result, Skeleton, Space, Tag } from "antd";
import { Fragment, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { ObjectForm, RecordView } from "@/api/types";
import { useMe } from "@/app/session";
import { isTyping } from "@/app/shell/useGlobalKeys";
import { AttachmentsTab } from "@/features/attachments/AttachmentsTab";
import { TimelineTab } from "@/features/comments/TimelineTab";
import { FindDuplicates } from "@/features/duplicates/FindDuplicates";
import { ClaimButton } from "@/features/process/ClaimButton";
import { ConvertDrawer } from "@/features/process/ConvertDrawer";
import { isClosed } from "@/features/process/closed";
import { DiscardDialog } from "@/features/process/DiscardDialog";
import { ApprovalBanner } from "@/features/requests/ApprovalBanner";
import { AskAccessButton } from "@/features/requests/AskAccess";
import { BreakGlassButton } from "@/features/requests/BreakGlass";
import { GrantBanner } from "@/features/requests/GrantBanner";
import { useLabel } from "@/i18n";
import { NextIcon, PreviousIcon } from "@/shared/icons";
import { PageTabs } from "@/shared/PageTabs";
import { ProblemPage } from "@/shared/ProblemView";
import { Watermark } from "@/shared/Watermark";
import { CreateDrawer } from "../edit/CreateDrawer";
import { EditDrawer } from "../edit/EditDrawer";
import { forgetOpened, neighbours, rememberOpened } from "../recent";
import { TransferDialog } from "../TransferDialog";
import { FieldsTab } from "./FieldsTab";
import { LooksTab } from "./LooksTab";
import { nextValues } from "./next";
import { PrintButton } from "./PrintButton";
import { PrintedBy } from "./PrintedBy";
import { RelatedTab, relationsOf } from "./RelatedTab";
import { SharesTab } from "./SharesTab";
import "./record.css";

export function RecordPage() {
  const { t } = useTranslation(["records", "duplicates"]);
  const { object: name, id } = useParams({ from: "/records/$object/$id" });
  const { me, workspace } = useMe();
  const object = workspace.objects.find((o) => o.name === name);
  const query = useQuery({
    queryKey: ["record", name, id],
    enabled: object !== undefined,
    queryFn: () => data(api.GET("/api/v1/records/{object}/{id}", { params: { path: { object: name, id } } })),
  });
  const found = query.isSuccess;
  const gone = query.isError && asProblem(query.error).status === 404;
  useEffect(() => {
    if (found) rememberOpened(me.user.id, name, id);
    if (gone) forgetOpened(me.user.id, id);
  }, [found, gone, me.user.id, name, id]);
  if (object === undefined) return <Result status="warning" title={t("list.noObject")} />;
  if (query.isPending) {
    return (
      <div className="page" role="status" aria-label={t("record.details")}>
        <Skeleton active paragraph={{ rows: 10 }} />
      </div>
    );
  }
  if (query.isError) {
    const problem = asProblem(query.error);
    // What it became stands in the detail.
    if (problem.code === "merged" && problem.detail) {
      return (
        <Result
          status="info"
          title={t("duplicates:mergedTitle")}
          subTitle={t("duplicates:mergedText")}
          extra={
            <Link to="/records/$object/$id" params={{ object: name, id: problem.detail }} search={{}}>
              <Button type="primary">{t("duplicates:openMerged")}</Button>
            </Link>
          }
        />
      );
    }
    const refused = problem.status === 404 || problem.status === 403;
    return (
      <ProblemPage
        problem={problem}
        onRetry={() => void query.refetch()}
        actions={
          refused && (
            <Fragment key="ask">
              <AskAccessButton object={name} id={id} text="ask.act" primary />
              {object.actions.includes("break_glass") && <BreakGlassButton object={name} id={id} />}
            </Fragment>
          )
        }
      />
    );
  }
  return (
    <Watermark>
      <Shown key={id} object={object} record={query.data as RecordView} />
    </Watermark>
  );
}

function Shown({ object, record }: { object: ObjectForm; record: RecordView }) {
  const { t } = useTranslation(["records", "common", "process", "dashboards", "comments", "attachments"]);
  const label = useLabel();
  const { me, workspace } = useMe();
  const { message, modal } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const search = useSearch({ from: "/records/$object/$id" });
  const [transferring, setTransferring] = useState<"to" | "back">();
  const [acting, setActing] = useState<"convert" | "discard">();
  const [making, setMaking] = useState<ObjectForm>();
  const { convert, discard, done, pool } = object.process;
  const path = { object: object.name, id: record.id };
  const beside = neighbours(me.user.id, object.name, record.id);
  const value = object.title_field ? record.fields[object.title_field] : undefined;
  const title = typeof value === "string" && value !== "" ? value : t("untitled");
  const may = (action: string) => object.actions.includes(action);
  const mayEdit = may("edit") && record.editable.length > 0;
  // An emergency access shows what is personal, and nothing beyond.
  const hidesPersonal = object.fields.some((f) => f.class === "personal" && record.masked.includes(f.name));

  const setEditing = (edit: boolean) =>
    void navigate({
      to: "/records/$object/$id",
      params: path,
      search: (old) => ({ ...(old.tab ? { tab: old.tab } : {}), ...(edit ? { edit } : {}) }),
      replace: true,
    });
  const go = (id: string | undefined) => {
    if (id)
      void navigate({
        to: "/records/$object/$id",
        params: { object: object.name, id },
        search: search.tab ? { tab: search.tab } : {},
      });
  };
  const refresh = async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: ["record", object.name, record.id] }),
      queries.invalidateQueries({ queryKey: ["list", object.name] }),
      queries.invalidateQueries({ queryKey: ["title", object.name, record.id] }),
    ]);
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      if (event.key === "e" && mayEdit) {
        event.preventDefault();
        setEditing(true);
      } else if (event.key === "j") go(beside.next);
      else if (event.key === "k") go(beside.previous);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });

  const isOpen = mayEdit && !isClosed(object, record);
  const nexts = (object.process.next ?? []).flatMap((becomes) => {
    const next = workspace.objects.find((o) => o.name === becomes.object);
    return next?.actions.includes("create") ? [next] : [];
  });
  const home = workspace.objects.find((o) => o.name === convert?.into[0]?.object);
  const isDone = done !== undefined && record.fields[done.done] === true;
  const setDone = async () => {
    if (done === undefined) return;
    try {
      await api.PATCH("/api/v1/records/{object}/{id}", {
        params: { path, header: { "If-Match": `"${record.version}"` } },
        body: { fields: { [done.done]: !isDone } },
      });
      void message.success(t("edit.saved"));
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    }
    await refresh();
  };
  const remove = () =>
    modal.confirm({
      title: t("record.confirmDelete"),
      content: t("record.confirmDeleteText"),
      okText: t("record.delete"),
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          await api.DELETE("/api/v1/records/{object}/{id}", {
            params: { path, header: { "If-Match": `"${record.version}"` } },
          });
          void message.success(t("record.deleted"));
          await queries.invalidateQueries({ queryKey: ["list", object.name] });
          await navigate({ to: "/records/$object", params: { object: object.name }, search: {} });
        } catch (error) {
          void message.error(label(asProblem(error).help), 6);
        }
      },
    });

  const tabs = [
    { key: "details", label: t("record.details"), children: <FieldsTab object={object} record={record} /> },
    { key: "timeline", label: t("comments:timeline"), children: <TimelineTab object={object} record={record} /> },
    ...relationsOf(object, workspace.objects).map((relation) => ({
      key: relation.other.name,
      label: label(relation.other.label),
      children: <RelatedTab relation={relation} record={record} customerField={object.customer_field} />,
    })),
    {
      key: "attachments",
      label: t("attachments:tab"),
      children: <AttachmentsTab object={object.name} id={record.id} />,
    },
    { key: "shares", label: t("record.shares"), children: <SharesTab object={object} record={record} /> },
    ...(may("who_looked")
      ? [{ key: "seen", label: t("record.seen"), children: <LooksTab object={object} record={record} /> }]
      : []),
  ];

  return (
    <div className="page record-page">
      <Breadcrumb
        items={[
          {
            title: (
              <Link to="/records/$object" params={{ object: object.name }} search={{}}>
                {label(object.label)}
              </Link>
            ),
          },
          { title },
        ]}
      />
      <div className="page-head">
        <h1 className="record-title">{title}</h1>
        {record.pool && <Tag color="blue">{t("record.inPool")}</Tag>}
        <div className="grow" />
        <Space wrap className="no-print">
          {/* Opened by a link of its own, a record stands in no list. */}
          {beside.place && (
            <>
              <span className="muted" title={t("record.place", beside.place)}>
                <span aria-hidden="true">
                  {beside.place.at} / {beside.place.of}
                </span>
                <span className="visually-hidden">{t("record.place", beside.place)}</span>
              </span>
              <Space.Compact aria-label={`${t("record.previous")} / ${t("record.next")}`}>
                <Button
                  icon={<PreviousIcon />}
                  disabled={!beside.previous}
                  aria-label={t("record.previous")}
                  onClick={() => go(beside.previous)}
                />
                <Button
                  icon={<NextIcon />}
                  disabled={!beside.next}
                  aria-label={t("record.next")}
                  onClick={() => go(beside.next)}
                />
              </Space.Compact>
            </>
          )}
          {record.pool && may("claim") && <ClaimButton object={object.name} id={record.id} title={title} />}
          {isOpen && convert && home?.actions.includes("create") && (
            <Button type="primary" onClick={() => setActing("convert")}>
              {t("process:convert.act")}
            </Button>
          )}
          {mayEdit && done && record.editable.includes(done.done) && (
            <Button type={isDone ? "default" : "primary"} onClick={() => void setDone()}>
              {isDone ? t("process:done.reopen") : t("process:done.act")}
            </Button>
          )}
          {mayEdit && (
            <Button type={convert || done ? "default" : "primary"} onClick={() => setEditing(true)}>
              {t("record.edit")}
            </Button>
          )}
          {!mayEdit && <AskAccessButton object={object.name} id={record.id} edit text="ask.edit" />}
          {nexts.map((next) => (
            <Button key={next.name} onClick={() => setMaking(next)}>
              {t("dashboards:next.make", { object: label(next.label) })}
            </Button>
          ))}
          {isOpen && discard && <Button onClick={() => setActing("discard")}>{t("process:discard.act")}</Button>}
          <FindDuplicates object={object} record={record} />
          {may("transfer") && <Button onClick={() => setTransferring("to")}>{t("record.transfer")}</Button>}
          {may("transfer") && pool && !record.pool && record.owner === me.user.id && (
            <Button onClick={() => setTransferring("back")}>{t("process:return.act")}</Button>
          )}
          {may("print") && <PrintButton object={object.name} id={record.id} />}
          {may("break_glass") && hidesPersonal && <BreakGlassButton object={object.name} id={record.id} />}
          {may("delete") && (
            <Button danger onClick={remove}>
              {t("record.delete")}
            </Button>
          )}
        </Space>
      </div>
      <PrintedBy />
      <GrantBanner object={object.name} id={record.id} />
      <ApprovalBanner object={object} record={record} mayEdit={mayEdit} onChanged={refresh} />
      <PageTabs
        label={title}
        tabs={tabs}
        active={search.tab ?? "details"}
        onChange={(tab) =>
          void navigate({
            to: "/records/$object/$id",
            params: path,
            search: tab === "details" ? {} : { tab },
            replace: true,
          })
        }
      />
      {search.edit && mayEdit && (
        <EditDrawer
          object={object}
          record={record}
          onClose={() => setEditing(false)}
          onSaved={() => {
            setEditing(false);
            void refresh();
          }}
        />
      )}
      {making && (
        <CreateDrawer
          object={making}
          values={nextValues(object, record, making)}
          // It stays with whom it comes from: what finance enters for a rep's contract is the rep's to see.
          owner={record.owner ?? null}
          onClose={() => setMaking(undefined)}
        />
      )}
      {acting === "convert" && <ConvertDrawer object={object} record={record} onClose={() => setActing(undefined)} />}
      {acting === "discard" && (
        <DiscardDialog
          object={object}
          record={record}
          onClose={() => setActing(undefined)}
          onDone={() => {
            setActing(undefined);
            void refresh();
          }}
        />
      )}
      {transferring && (
        <TransferDialog
          object={object.name}
          pool={object.has_pool && !record.pool}
          back={transferring === "back"}
          from={pool ? record.fields[pool.name] : undefined}
          onClose={() => setTransferring(undefined)}
          onSubmit={async (to) => {
            await api.POST("/api/v1/records/{object}/{id}/transfer", {
              params: { path, header: { "If-Match": `"${record.version}"` } },
              body: to,
            });
            setTransferring(undefined);
            void message.success(t("transferDialog.done"));
            await refresh();
          }}
        />
      )}
    </div>
  );
}
