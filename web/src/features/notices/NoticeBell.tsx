// The bell in the header: how many notices wait, and the newest of them in a drawer.

import { useQueryClient } from "@tanstack/react-query";
import { Link, useRouterState } from "@tanstack/react-router";
import { App, Badge, Button, Drawer, Space } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import { useLabel } from "@/i18n";
import { BellIcon } from "@/shared/icons";
import { NoticeList } from "./NoticeList";
import { markAllRead } from "./notices";
import { refreshStaleWaiting, useWaiting } from "./waiting";

export function NoticeBell() {
  const { t } = useTranslation("notices");
  const label = useLabel();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const { unread } = useWaiting();
  const path = useRouterState({ select: (state) => state.location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is the moment to ask, whatever its address
  useEffect(() => refreshStaleWaiting(queries), [queries, path]);
  const readAll = async () => {
    try {
      await markAllRead(queries);
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    }
  };
  return (
    <>
      <Button
        type="text"
        aria-label={unread > 0 ? t("bellCount", { count: unread }) : t("title")}
        icon={
          <Badge count={unread} size="small" overflowCount={99} color="#cf1322" title="">
            <BellIcon />
          </Badge>
        }
        onClick={() => setOpen(true)}
      />
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        title={t("title")}
        size={400}
        destroyOnHidden
        extra={
          <Space>
            {unread > 0 && (
              <Button size="small" onClick={() => void readAll()}>
                {t("readAll")}
              </Button>
            )}
            <Link to="/notices" search={{}} onClick={() => setOpen(false)}>
              {t("all")}
            </Link>
          </Space>
        }
      >
        <NoticeList unread={false} onOpen={() => setOpen(false)} />
      </Drawer>
    </>
  );
}
