// Before an account is disabled: whether its person still has records, for which nobody would answer any more.

import { useNavigate } from "@tanstack/react-router";
import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Account } from "@/api/types";
import { useDuty } from "@/app/session";
import { ownedBy, readEstate } from "./useEstate";

/** Asks `disable` at once, or offers the handover first to those who may do it. `dialog` belongs on the page. */
export function useDisable(user: Account, disable: () => unknown) {
  const { t } = useTranslation("handover");
  const navigate = useNavigate();
  const may = useDuty("handover");
  const [looking, setLooking] = useState(false);
  const [count, setCount] = useState(0);
  const ask = async () => {
    if (!may) {
      disable();
      return;
    }
    setLooking(true);
    // Where it cannot be asked, the account can still be disabled: that must never wait.
    const owned = await readEstate(user.id).then(ownedBy, () => 0);
    setLooking(false);
    if (owned === 0) disable();
    else setCount(owned);
  };
  const close = () => setCount(0);
  const only = () => {
    close();
    disable();
  };
  const dialog = (
    <Modal
      open={count > 0}
      title={t("warn.title", { name: user.name, count })}
      onCancel={close}
      footer={[
        <Button key="only" danger onClick={only}>
          {t("warn.only")}
        </Button>,
        <Button
          key="handover"
          type="primary"
          onClick={() => void navigate({ to: "/people/$id/handover", params: { id: user.id } })}
        >
          {t("warn.handover")}
        </Button>,
      ]}
    >
      {t("warn.text")}
    </Modal>
  );
  return { ask, looking, dialog };
}
