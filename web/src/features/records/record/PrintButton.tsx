// Printing a record: told to the server, and only then is the browser's dialog opened. A print that the browser begins by itself is told too,
// as it happens: nothing can hold it back.

import { App, Button } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useLabel } from "@/i18n";
import { PrintIcon } from "@/shared/icons";
import { useBeforePrint } from "@/shared/useBeforePrint";

export function PrintButton({ object, id }: { object: string; id: string }) {
  const { t } = useTranslation("records");
  const label = useLabel();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const told = useRef(false);
  const tell = () => api.POST("/api/v1/records/{object}/{id}/print", { params: { path: { object, id } } });
  useBeforePrint(() => {
    if (!told.current) tell().catch(() => undefined);
  });
  const print = async () => {
    setBusy(true);
    try {
      await tell();
      told.current = true;
      window.print();
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    } finally {
      told.current = false;
      setBusy(false);
    }
  };
  return (
    <Button icon={<PrintIcon />} loading={busy} title={t("record.printHelp")} onClick={() => void print()}>
      {t("record.print")}
    </Button>
  );
}
