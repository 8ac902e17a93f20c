// The page for somebody who is not signed in, whatever the address: after signing in, the page they came for opens.

import { Button, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { useSession } from "@/app/session";
import { BrandLogo } from "@/shared/Brand";
import { useBranding } from "@/shared/branding";
import { LanguageButton } from "@/shared/LanguageButton";
import { PasswordForm } from "./PasswordForm";
import { SignInForm } from "./SignInForm";
import "./session.css";

export function SignInPage({ mustChange = false }: { mustChange?: boolean }) {
  const { t } = useTranslation(["session", "common"]);
  const { reload, signOut } = useSession();
  const branding = useBranding();
  return (
    <main className="sign-in">
      <div className="sign-in-box panel">
        <div className="sign-in-head">
          <BrandLogo size={36} />
          <div>
            <h1>{branding?.company ?? t("common:product")}</h1>
            <p className="muted">
              {branding ? `${t("common:product")} · ${t("common:tagline")}` : t("common:tagline")}
            </p>
          </div>
        </div>
        {mustChange ? (
          <>
            <h2>{t("mustChange.title")}</h2>
            <Typography.Paragraph type="secondary">{t("mustChange.text")}</Typography.Paragraph>
            <PasswordForm onDone={() => void reload()} />
            <Button type="link" onClick={() => void signOut()}>
              {t("common:user.signOut")}
            </Button>
          </>
        ) : (
          <SignInForm onDone={() => void reload()} />
        )}
        <div className="sign-in-foot">
          <span className="muted">{t("recorded")}</span>
          <LanguageButton size="small" />
        </div>
      </div>
    </main>
  );
}
