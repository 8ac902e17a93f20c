// The whole console: theme, data, session, pages.

import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { Spin } from "antd";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { ExpiryDialog } from "@/features/session/ExpiryDialog";
import { PurposeDialog } from "@/features/session/PurposeDialog";
import { SignInPage } from "@/features/session/SignInPage";
import { ProblemPage } from "@/shared/ProblemView";
import { ThemeProvider } from "@/theme/ThemeProvider";
import { queryClient } from "./queries";
import { router } from "./router";
import { SessionProvider, useSession } from "./session";

function Gate() {
  const { t } = useTranslation();
  const { state, reload } = useSession();
  switch (state.kind) {
    case "loading":
      return <Spin fullscreen description={t("loading")} />;
    case "failed":
      return (
        <main>
          <ProblemPage problem={state.problem} onRetry={() => void reload()} />
        </main>
      );
    case "signed_out":
      return <SignInPage />;
    case "must_change":
      return <SignInPage mustChange />;
    case "signed_in":
      return (
        <>
          <RouterProvider router={router} context={{ workspace: state.workspace }} />
          <ExpiryDialog />
          <PurposeDialog />
        </>
      );
  }
}

const SetupPage = lazy(() => import("@/features/setup/SetupPage").then((m) => ({ default: m.SetupPage })));

export function Console() {
  const console = (
    <ThemeProvider>
      <SessionProvider>
        <Gate />
      </SessionProvider>
    </ThemeProvider>
  );
  return (
    <QueryClientProvider client={queryClient}>
      {window.location.pathname === "/setup" ? (
        <Suspense>
          <SetupPage closed={console} />
        </Suspense>
      ) : (
        console
      )}
    </QueryClientProvider>
  );
}
