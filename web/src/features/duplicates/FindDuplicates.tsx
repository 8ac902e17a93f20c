// Whether others may be the same as the record that is open: asked when its person wants to know, by the values they see of it.

import { useNavigate } from "@tanstack/react-router";
import { Button, Modal, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { ObjectForm, RecordView } from "@/api/types";
import { useLabel } from "@/i18n";
import { ProblemAlert } from "@/shared/ProblemView";
import type { Values } from "@/shared/RecordForm";
import { asked, compared } from "./compared";
import { type Found, FoundList } from "./FoundList";

export function FindDuplicates({ object, record }: { object: ObjectForm; record: RecordView }) {
  const { t } = useTranslation("duplicates");
  const label = useLabel();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const [found, setFound] = useState<Found[]>();
  const [problem, setProblem] = useState<ProblemError>();
  const shown = Object.fromEntries(Object.entries(record.fields).filter(([name]) => record.editable.includes(name)));
  const fields = asked(object, shown as Values);
  if (compared(object).length === 0 || record.editable.length === 0) return null;

  const find = async () => {
    setOpen(true);
    setFound(undefined);
    setProblem(undefined);
    if (Object.keys(fields).length === 0) return;
    try {
      const params = { path: { object: object.name } };
      const body = { fields, record: record.id };
      setFound((await data(api.POST("/api/v1/records/{object}/duplicates", { params, body }))).items);
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  const merge = (id: string) => void navigate({ to: "/merge", search: { object: object.name, ids: [record.id, id] } });
  return (
    <>
      <Button title={t("findHelp")} onClick={() => void find()}>
        {t("find")}
      </Button>
      <Modal
        open={open}
        onCancel={() => setOpen(false)}
        footer={null}
        title={t("title", { object: label(object.label) })}
        destroyOnHidden
      >
        {problem ? (
          <ProblemAlert problem={problem} onRetry={() => void find()} />
        ) : Object.keys(fields).length === 0 ? (
          <p>{t("nothingToAsk")}</p>
        ) : found === undefined ? (
          <Skeleton active paragraph={{ rows: 2 }} />
        ) : found.length === 0 ? (
          <p>{t("none")}</p>
        ) : (
          <FoundList
            object={object}
            found={found}
            {...(object.actions.includes("merge")
              ? {
                  act: (id: string) => (
                    <Button size="small" type="link" onClick={() => merge(id)}>
                      {t("toMerge")}
                    </Button>
                  ),
                }
              : {})}
          />
        )}
      </Modal>
    </>
  );
}
