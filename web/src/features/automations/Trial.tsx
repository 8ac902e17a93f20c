// A trial: how many of the records that one may list pass the condition now.

import { Link } from "@tanstack/react-router";
import { Button, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { Condition } from "@/api/types";
import { useMe } from "@/app/session";
import { ProblemAlert } from "@/shared/ProblemView";

export function Trial({ object, only }: { object: string; only: Condition }) {
  const { t } = useTranslation("automations");
  const { workspace } = useMe();
  const [found, setFound] = useState<{ only: Condition; count: number }>();
  const [problem, setProblem] = useState<ProblemError>();
  const lists = workspace.objects.find((o) => o.name === object)?.actions.includes("list");
  if (!lists) return <p className="muted">{t("trial.none")}</p>;
  const run = async () => {
    setProblem(undefined);
    try {
      const answer = await data(
        api.GET("/api/v1/records/{object}/count", {
          params: { path: { object }, query: { filter: JSON.stringify(only) } as never },
        }),
      );
      setFound({ only, count: answer.count });
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <Space wrap style={{ marginBottom: 16 }}>
      <Button size="small" onClick={() => void run()}>
        {t("trial.run")}
      </Button>
      {found && found.only === only && (
        <Link to="/records/$object" params={{ object }} search={{ filter: only } as never}>
          {t("trial.found", { count: found.count })}
        </Link>
      )}
      {problem && <ProblemAlert problem={problem} />}
    </Space>
  );
}
