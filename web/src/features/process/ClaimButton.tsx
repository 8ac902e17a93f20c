// Take a record out of its pool. A rule that stands against it is told in words.

import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useLabel } from "@/i18n";

export function ClaimButton({
  object,
  id,
  title,
  small = false,
}: {
  object: string;
  id: string;
  /** Of which record, for assistive technology. */
  title: string;
  small?: boolean;
}) {
  const { t } = useTranslation("process");
  const label = useLabel();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const claim = async () => {
    setBusy(true);
    try {
      await api.POST("/api/v1/records/{object}/{id}/claim", { params: { path: { object, id } } });
      void message.success(t("claim.done"));
    } catch (error) {
      const problem = asProblem(error);
      void message.error(label(problem.help), 6);
    } finally {
      setBusy(false);
    }
    await Promise.all(
      [["pools"], ["list", object], ["record", object, id], ["title", object, id]].map((queryKey) =>
        queries.invalidateQueries({ queryKey }),
      ),
    );
  };
  return (
    <Button
      size={small ? "small" : "middle"}
      type={small ? "default" : "primary"}
      aria-label={`${t("claim.act")} ${title}`}
      loading={busy}
      onClick={(event) => {
        event.stopPropagation();
        void claim();
      }}
    >
      {t("claim.act")}
    </Button>
  );
}
