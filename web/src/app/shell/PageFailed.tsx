import { Button, Result } from "antd";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import { ProblemPage } from "@/shared/ProblemView";

/** A page that threw: told, with a way to try again; the shell stays. */
export function PageFailed({ error, reset }: { error: unknown; reset?: () => void }) {
  return <ProblemPage problem={asProblem(error)} onRetry={() => (reset ? reset() : window.location.reload())} />;
}

export function NoSuchPage() {
  const { t } = useTranslation();
  return (
    <Result
      status="warning"
      title={t("problem.page")}
      subTitle={t("problem.pageHelp")}
      extra={<Button href="/">{t("problem.home")}</Button>}
    />
  );
}
