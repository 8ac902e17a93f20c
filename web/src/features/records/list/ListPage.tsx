// A list of any object type.

import { useParams } from "@tanstack/react-router";
import { Result } from "antd";
import { useTranslation } from "react-i18next";
import { useMe } from "@/app/session";
import { Watermark } from "@/shared/Watermark";
import { RecordList } from "./RecordList";
import "./list.css";

export function ListPage() {
  const { t } = useTranslation("records");
  const { object: name } = useParams({ from: "/records/$object" });
  const { workspace } = useMe();
  const object = workspace.objects.find((o) => o.name === name);
  if (object === undefined) return <Result status="warning" title={t("list.noObject")} />;
  return (
    <Watermark>
      <RecordList key={name} object={object} />
    </Watermark>
  );
}
