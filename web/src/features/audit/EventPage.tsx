import { Link, useParams } from "@tanstack/react-router";
import { Breadcrumb } from "antd";
import { useTranslation } from "react-i18next";
import { EventView } from "./EventView";
import "./audit.css";

export function EventPage() {
  const { t } = useTranslation("audit");
  const { id } = useParams({ from: "/audit/log/$id" });
  return (
    <div className="page">
      <Breadcrumb
        items={[
          { title: <Link to="/audit/log">{t("log.title")}</Link> },
          { title: <span className="mono">{id}</span> },
        ]}
      />
      <h1>{t("event.title")}</h1>
      <div className="panel event-page">
        <EventView id={id} />
      </div>
    </div>
  );
}
