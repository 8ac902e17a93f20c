// Whose print it is, and of when: on paper only.

import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/app/session";
import { formatTime } from "@/shared/format";
import { useBeforePrint } from "@/shared/useBeforePrint";

export function PrintedBy() {
  const { t } = useTranslation("records");
  const { me } = useMe();
  const [now, setNow] = useState(() => Date.now());
  useBeforePrint(() => setNow(Date.now()));
  return (
    <p className="print-only">
      {t("record.printed", { name: me.user.name, login: me.user.login, time: formatTime(now) })}
    </p>
  );
}
