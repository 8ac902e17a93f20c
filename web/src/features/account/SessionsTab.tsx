import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Skeleton, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useLabel } from "@/i18n";
import { formatTime } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";

/** A browser and system by what a user agent says of itself. */
function device(agent: string | null): string | undefined {
  if (agent === null) return undefined;
  const browser = /(Edg|Firefox|Chrome|Safari)\/[\d.]+/.exec(agent)?.[1]?.replace("Edg", "Edge");
  const system = /(Windows|Mac OS X|Android|iPhone|iPad|Linux)/.exec(agent)?.[1];
  return [browser, system].filter(Boolean).join(" · ") || agent.slice(0, 60);
}

export function SessionsTab() {
  const { t } = useTranslation("account");
  const label = useLabel();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const key = ["sessions"];
  const sessions = useQuery({ queryKey: key, queryFn: () => data(api.GET("/api/v1/sessions")) });
  const end = async (act: () => Promise<unknown>) => {
    try {
      await act();
      void message.success(t("ended"));
    } catch (error) {
      void message.error(label(asProblem(error).help));
    }
    await queries.invalidateQueries({ queryKey: key });
  };
  if (sessions.isPending) return <Skeleton active />;
  if (sessions.isError)
    return <ProblemPage problem={asProblem(sessions.error)} onRetry={() => void sessions.refetch()} />;
  const all = sessions.data.items;
  return (
    <div style={{ maxWidth: 720 }}>
      {all.length > 1 && (
        <Button onClick={() => void end(() => api.DELETE("/api/v1/sessions"))}>{t("endOthers")}</Button>
      )}
      <ul className="plain-list">
        {all.map((session) => (
          <li key={session.id}>
            <div>
              <strong>{device(session.user_agent) ?? t("unknownDevice")}</strong>{" "}
              {session.current && <Tag color="blue">{t("current")}</Tag>}
              {session.mfa && <Tag>{t("mfa")}</Tag>}
              <div className="muted">
                {session.address ?? "—"} · {t("since")} {formatTime(session.created_at)} · {t("seen")}{" "}
                {formatTime(session.seen_at)}
              </div>
            </div>
            {!session.current && (
              <Button
                size="small"
                onClick={() =>
                  void end(() => api.DELETE("/api/v1/sessions/{id}", { params: { path: { id: session.id } } }))
                }
              >
                {t("end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
