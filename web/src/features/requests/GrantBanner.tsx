// That one sees a record for a time only, and how long still. An emergency access is told in red.

import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import type { GrantItem } from "@/api/types";
import { formatTime } from "@/shared/format";
import { AskAccessButton } from "./AskAccess";
import { useLeft, useOwnGrants } from "./requests";
import "./requests.css";

export function GrantBanner({ object, id }: { object: string; id: string }) {
  const own = useOwnGrants();
  const all = (own.data?.items ?? []).filter((g) => g.record === id);
  // An emergency comes first; else what lasts longest.
  const grant = all.find((g) => g.emergency) ?? all.at(-1);
  return grant ? <Banner key={grant.id} grant={grant} object={object} /> : null;
}

function Banner({ grant, object }: { grant: GrantItem; object: string }) {
  const { t } = useTranslation("requests");
  const left = useLeft(grant.until);
  const text =
    left === undefined
      ? t("grant.ended")
      : grant.emergency
        ? t("glass.banner", { left })
        : t("grant.banner", { left, until: formatTime(grant.until) });
  return (
    <Alert
      className={grant.emergency ? "grant-banner grant-emergency" : "grant-banner"}
      type={grant.emergency ? "error" : left === undefined ? "warning" : "info"}
      showIcon
      title={text}
      {...(grant.emergency
        ? {}
        : { action: <AskAccessButton object={object} id={grant.record} edit={grant.edit} text="ask.extend" small /> })}
    />
  );
}
