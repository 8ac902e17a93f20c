// The session ended under the page: sign in again over it. What waited for an answer then goes on.

import { Button, Modal, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { useSession } from "@/app/session";
import { SignInForm } from "./SignInForm";

export function ExpiryDialog() {
  const { t } = useTranslation("session");
  const { state, expired, renewed, leave } = useSession();
  if (state.kind !== "signed_in") return null;
  const { user } = state.me;
  return (
    <Modal
      open={expired}
      title={t("expired.title")}
      footer={null}
      closable={false}
      keyboard={false}
      maskClosable={false}
      destroyOnHidden
    >
      <Typography.Paragraph>{t("expired.text")}</Typography.Paragraph>
      <SignInForm
        login={user.login}
        onDone={(signedIn) => {
          // Somebody else's rights must not meet this page's content.
          if (signedIn.user !== user.id || signedIn.mustChange) leave();
          else renewed();
        }}
      />
      <Button type="link" block onClick={leave}>
        {t("expired.leave")}
      </Button>
    </Modal>
  );
}
