// What can be done with a case where it stands. What stands still while a closing waits is not offered.

import { App, Button, Dropdown } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { MoreIcon } from "@/shared/icons";
import { at, type CaseDetail, useRefresh } from "./cases";
import { AskDialog, CloseDialog, MeasureDialog } from "./dialogs";
import { AssignDialog, CiteDialog, GradeDialog, ReasonDialog, TextDialog } from "./simpleDialogs";

const DIALOGS = ["note", "task", "assign", "grade", "cite", "ask", "measure", "contain", "close", "reopen"] as const;
type Dialog = (typeof DIALOGS)[number];

export function CaseActs({ of }: { of: CaseDetail }) {
  const { t } = useTranslation("cases");
  const { user } = useMe().me;
  const label = useLabel();
  const { message } = App.useApp();
  const refresh = useRefresh();
  const [dialog, setDialog] = useState<Dialog>();
  const run = async (act: () => Promise<unknown>) => {
    try {
      await act();
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    }
    await refresh();
  };
  const watch = () => run(() => api.PUT("/api/v1/cases/{id}/watch", { params: at(of), body: { on: !of.watching } }));
  const take = () => run(() => api.PUT("/api/v1/cases/{id}/owner", { params: at(of), body: { user: user.id } }));
  const unask = () => run(() => api.POST("/api/v1/cases/{id}/questions/withdraw", { params: at(of) }));
  const closed = of.state === "closed";
  const still = of.waits_for_consent;
  const watching = { key: "watch", label: t(of.watching ? "act.unwatch" : "act.watch"), onClick: () => void watch() };
  const open = (key: Dialog) => ({ key, label: t(`act.${key}`), onClick: () => setDialog(key) });
  const more = closed || still ? [watching] : [open("assign"), open("grade"), open("cite"), open("task"), watching];
  const button = (key: Dialog, primary = false) => (
    <Button key={key} type={primary ? "primary" : "default"} onClick={() => setDialog(key)}>
      {t(`act.${key}`)}
    </Button>
  );
  const props = { of, onClose: () => setDialog(undefined) };
  return (
    <div className="case-acts no-print">
      {closed && button("reopen")}
      {!closed && !still && (
        <>
          {of.owner?.id !== user.id && <Button onClick={() => void take()}>{t("act.take")}</Button>}
          {button("note")}
          {of.question_waits ? <Button onClick={() => void unask()}>{t("act.unask")}</Button> : button("ask")}
          {button("measure")}
          {of.state !== "contained" && of.measures.length > 0 && button("contain")}
          {!of.question_waits && button("close", true)}
        </>
      )}
      <Dropdown menu={{ items: more }} trigger={["click"]}>
        <Button icon={<MoreIcon />}>{t("act.more")}</Button>
      </Dropdown>
      {dialog === "note" && <TextDialog {...props} to="notes" />}
      {dialog === "task" && <TextDialog {...props} to="tasks" />}
      {dialog === "assign" && <AssignDialog {...props} />}
      {dialog === "grade" && <GradeDialog {...props} />}
      {dialog === "cite" && <CiteDialog {...props} />}
      {dialog === "ask" && <AskDialog {...props} />}
      {dialog === "measure" && <MeasureDialog {...props} />}
      {dialog === "contain" && <ReasonDialog {...props} to="contain" />}
      {dialog === "close" && <CloseDialog {...props} />}
      {dialog === "reopen" && <ReasonDialog {...props} to="reopen" />}
    </div>
  );
}
