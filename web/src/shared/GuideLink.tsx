import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

/** From where there is nothing, or something to learn, to the page of the guide that tells what to do. */
export function GuideLink({ page }: { page: "rep" | "lead" | "auditor" | "security" | "admin" }) {
  const { t } = useTranslation("help");
  return (
    <Link to="/help/$page" params={{ page }} className="link-small">
      {t("how")}
    </Link>
  );
}
