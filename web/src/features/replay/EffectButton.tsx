// What a version of the policy has done since it is in force: the rules before it are asked about each access since.

import { useNavigate } from "@tanstack/react-router";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { PolicyVersion } from "@/api/types";
import { useLabel } from "@/i18n";
import { daysSince } from "./replay";

export function EffectButton({ version, at }: { version: number; at: number }) {
  const { t } = useTranslation("replay");
  const { message } = App.useApp();
  const label = useLabel();
  const navigate = useNavigate();
  const [beginning, setBeginning] = useState(false);
  const begin = async () => {
    setBeginning(true);
    try {
      const params = { path: { version: version - 1 } };
      const found = await data(api.GET("/api/v1/admin/policy/versions/{version}", { params }));
      const { rows } = (found as unknown as PolicyVersion).policy;
      const body = { policy: { rows } as never, days: daysSince(at, Date.now()) };
      const job = await data(api.POST("/api/v1/admin/policy/replay", { body }));
      await navigate({ to: "/roles/replays/$id", params: { id: job.id }, search: { effect: version } });
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
      setBeginning(false);
    }
  };
  return (
    <Button size="small" loading={beginning} onClick={() => void begin()}>
      {t("effect.ask")}
    </Button>
  );
}
