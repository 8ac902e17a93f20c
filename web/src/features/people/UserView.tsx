// One account, and what may be done about it. Making accounts and giving rights are two duties; each act asks first, and the
// server refuses what the rules of separation forbid.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert, App, Button, Descriptions, Select, Skeleton, Space, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { Account } from "@/api/types";
import { useDuty, useMe } from "@/app/session";
import { useRoleName, useUserName } from "@/shared/directory";
import { useDepartmentName } from "@/shared/fields/people";
import { formatTime } from "@/shared/format";
import { ProblemAlert } from "@/shared/ProblemView";
import { useDisable } from "../handover/useDisable";
import { EditUser } from "./EditUser";
import { UnusedRights } from "./UnusedRights";

/** Asks, does, tells; a refusal stands on the page with its reason. */
function useActs(user: Account) {
  const { t } = useTranslation("people");
  const { modal, message } = App.useApp();
  const queries = useQueryClient();
  const [problem, setProblem] = useState<ProblemError>();
  const act = (title: string, text: string, run: () => Promise<unknown>, danger = false) =>
    modal.confirm({
      title,
      content: text,
      okText: title,
      okButtonProps: { danger },
      onOk: async () => {
        setProblem(undefined);
        try {
          await run();
          void message.success(t("user.done"));
        } catch (error) {
          setProblem(asProblem(error));
        }
        await queries.invalidateQueries({ queryKey: ["accounts"] });
        await queries.invalidateQueries({ queryKey: ["user", user.id] });
      },
    });
  return { act, problem };
}

export function UserView({ user }: { user: Account }) {
  const { t } = useTranslation(["people", "handover"]);
  const { me } = useMe();
  const department = useDepartmentName();
  const name = useUserName();
  const mayManage = useDuty("user.manage");
  const mayAudit = useDuty("audit.read");
  const mayAsk = useDuty("access.explain");
  const mayHandOver = useDuty("handover");
  const { act, problem } = useActs(user);
  const [editing, setEditing] = useState(false);
  const [password, setPassword] = useState<string>();
  const self = user.id === me.user.id;
  const disable = () =>
    act(
      t("user.disable"),
      t("user.disableText", { name: user.name }),
      () => api.PUT("/api/v1/admin/users/{id}/status", { params: { path }, body: { status: "disabled" } }),
      true,
    );
  const leaving = useDisable(user, disable);
  const path = { id: user.id };
  return (
    <div className="event">
      {problem && <ProblemAlert problem={problem} />}
      {password !== undefined && (
        <Alert
          type="success"
          showIcon
          title={t("user.newPassword")}
          description={
            <>
              <Typography.Text className="mono" copyable>
                {password}
              </Typography.Text>
              <div>{t("user.newPasswordHelp")}</div>
            </>
          }
        />
      )}
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: "login", label: t("col.login"), children: user.login },
          {
            key: "status",
            label: t("col.status"),
            children: (
              <Tag color={user.status === "active" ? "success" : "default"}>
                {user.status === "active" ? t("people.active") : t("people.disabled")}
              </Tag>
            ),
          },
          { key: "kind", label: t("col.kind"), children: t(`kind.${user.kind as "person" | "service" | "agent"}`) },
          { key: "department", label: t("col.department"), children: department(user.department) ?? "—" },
          { key: "manager", label: t("col.manager"), children: (user.manager && name(user.manager)) || "—" },
          {
            key: "trained",
            label: t("col.trained"),
            children: user.trained_until ? formatTime(user.trained_until) : "—",
          },
        ]}
      />
      <Space wrap>
        {mayAudit && (
          <Link to="/audit/users/$id" params={{ id: user.id }} search={{}} className="link-small">
            {t("user.did")}
          </Link>
        )}
        {mayHandOver && !self && (
          <Link to="/people/$id/handover" params={{ id: user.id }} className="link-small">
            {t("handover:open")}
          </Link>
        )}
        {mayAsk && (
          <Link to="/access/why" search={{ tab: "what", user: user.id }} className="link-small">
            {t("user.can")}
          </Link>
        )}
      </Space>
      <Roles user={user} act={act} self={self} />
      {mayAsk && <UnusedRights key={user.id} user={user.id} />}
      {mayManage && (
        <>
          <Sessions user={user} act={act} />
          <Tokens user={user} act={act} />
          <section aria-labelledby="user-acts">
            <h2 id="user-acts">{t("user.actions")}</h2>
            <Space wrap>
              <Button onClick={() => setEditing(true)}>{t("user.edit")}</Button>
              <Button
                onClick={() =>
                  act(t("user.password"), t("user.passwordText", { name: user.name }), async () => {
                    const made = await data(api.POST("/api/v1/admin/users/{id}/password", { params: { path } }));
                    setPassword(made.password);
                  })
                }
              >
                {t("user.password")}
              </Button>
              <Button
                onClick={() =>
                  act(
                    t("user.totp"),
                    t("user.totpText", { name: user.name }),
                    () => api.DELETE("/api/v1/admin/users/{id}/totp", { params: { path } }),
                    true,
                  )
                }
              >
                {t("user.totp")}
              </Button>
              {user.status === "active" ? (
                <Button danger disabled={self} loading={leaving.looking} onClick={() => void leaving.ask()}>
                  {t("user.disable")}
                </Button>
              ) : (
                <Button
                  onClick={() =>
                    act(t("user.enable"), t("user.enableText", { name: user.name }), () =>
                      api.PUT("/api/v1/admin/users/{id}/status", { params: { path }, body: { status: "active" } }),
                    )
                  }
                >
                  {t("user.enable")}
                </Button>
              )}
            </Space>
          </section>
        </>
      )}
      {leaving.dialog}
      {editing && <EditUser user={user} onClose={() => setEditing(false)} />}
      {self && <p className="muted">{t("user.self")}</p>}
    </div>
  );
}

type Part = { user: Account; act: ReturnType<typeof useActs>["act"] };

function Roles({ user, act, self }: Part & { self: boolean }) {
  const { t } = useTranslation("people");
  const { workspace } = useMe();
  const role = useRoleName();
  const mayAssign = useDuty("role.assign") && !self;
  const [chosen, setChosen] = useState<string>();
  const others = workspace.roles.filter((r) => !user.roles.includes(r.name));
  const path = (name: string) => ({ id: user.id, role: name });
  return (
    <section aria-labelledby="user-roles">
      <h2 id="user-roles">{t("user.roles")}</h2>
      <ul className="plain-list user-list">
        {user.roles.length === 0 && <li className="muted">{t("user.noRoles")}</li>}
        {user.roles.map((name) => (
          <li key={name}>
            <span>{role(name)}</span>
            {mayAssign && (
              <Button
                size="small"
                danger
                aria-label={`${t("user.take")} ${role(name)}`}
                onClick={() =>
                  act(
                    t("user.take"),
                    t("user.takeText", { name: user.name, role: role(name) }),
                    () => api.DELETE("/api/v1/admin/users/{id}/roles/{role}", { params: { path: path(name) } }),
                    true,
                  )
                }
              >
                {t("user.take")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayAssign && (
        <Space.Compact className="user-give">
          <Select
            aria-label={t("user.choose")}
            placeholder={t("user.choose")}
            value={chosen ?? null}
            onChange={(name: string | null) => setChosen(name ?? undefined)}
            options={others.map((r) => ({ value: r.name, label: role(r.name) }))}
            className="user-role"
          />
          <Button
            disabled={chosen === undefined}
            onClick={() =>
              chosen &&
              act(t("user.give"), t("user.giveText", { name: user.name, role: role(chosen) }), async () => {
                await api.PUT("/api/v1/admin/users/{id}/roles/{role}", { params: { path: path(chosen) } });
                setChosen(undefined);
              })
            }
          >
            {t("user.give")}
          </Button>
        </Space.Compact>
      )}
    </section>
  );
}

function Sessions({ user, act }: Part) {
  const { t } = useTranslation("people");
  const path = { id: user.id };
  const sessions = useQuery({
    queryKey: ["user", user.id, "sessions"],
    queryFn: () => data(api.GET("/api/v1/admin/users/{id}/sessions", { params: { path } })),
  });
  const items = sessions.data?.items ?? [];
  return (
    <section aria-labelledby="user-sessions">
      <div className="page-head">
        <h2 id="user-sessions">{t("user.sessions")}</h2>
        {items.length > 0 && (
          <Button
            size="small"
            onClick={() =>
              act(
                t("user.endAll"),
                t("user.endAllText", { name: user.name }),
                () => api.DELETE("/api/v1/admin/users/{id}/sessions", { params: { path } }),
                true,
              )
            }
          >
            {t("user.endAll")}
          </Button>
        )}
      </div>
      {sessions.isPending ? (
        <Skeleton active paragraph={{ rows: 2 }} />
      ) : sessions.isError ? (
        <ProblemAlert problem={asProblem(sessions.error)} onRetry={() => void sessions.refetch()} />
      ) : (
        <ul className="plain-list user-list">
          {items.length === 0 && <li className="muted">{t("user.noSessions")}</li>}
          {items.map((s) => (
            <li key={s.id}>
              <div>
                {s.address ?? "—"} {s.mfa && <Tag>{t("user.mfa")}</Tag>}
                <div className="muted">
                  {t("user.since")} {formatTime(s.created_at)} · {t("user.seen")} {formatTime(s.seen_at)}
                </div>
              </div>
              <Button
                size="small"
                onClick={() =>
                  act(t("user.end"), t("user.endAllText", { name: user.name }), () =>
                    api.DELETE("/api/v1/admin/users/{id}/sessions/{session}", {
                      params: { path: { ...path, session: s.id } },
                    }),
                  )
                }
              >
                {t("user.end")}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Tokens({ user, act }: Part) {
  const { t } = useTranslation("people");
  const tokens = useQuery({
    queryKey: ["user", user.id, "tokens"],
    queryFn: () => data(api.GET("/api/v1/admin/users/{id}/tokens", { params: { path: { id: user.id } } })),
  });
  return (
    <section aria-labelledby="user-tokens">
      <h2 id="user-tokens">{t("user.tokens")}</h2>
      {tokens.isPending ? (
        <Skeleton active paragraph={{ rows: 1 }} />
      ) : tokens.isError ? (
        <ProblemAlert problem={asProblem(tokens.error)} onRetry={() => void tokens.refetch()} />
      ) : (
        <ul className="plain-list user-list">
          {tokens.data.items.length === 0 && <li className="muted">{t("user.noTokens")}</li>}
          {tokens.data.items.map((token) => (
            <li key={token.id}>
              <div>
                {token.name}
                <div className="muted">
                  {t("user.expires")} {formatTime(token.expires_at)}
                </div>
              </div>
              <Button
                size="small"
                danger
                onClick={() =>
                  act(
                    t("user.revoke"),
                    token.name,
                    () => api.DELETE("/api/v1/admin/tokens/{id}", { params: { path: { id: token.id } } }),
                    true,
                  )
                }
              >
                {t("user.revoke")}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
