// The first setup: leads through what a new company takes, step by step. What was decided is kept on the server until it is made.

import { Progress, Spin } from "antd";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem, type ProblemError } from "@/api/problem";
import { useLanguage } from "@/i18n";
import { LanguageButton } from "@/shared/LanguageButton";
import { Logo } from "@/shared/Logo";
import { ProblemAlert } from "@/shared/ProblemView";
import { ThemeProvider } from "@/theme/ThemeProvider";
import { type Draft, type Founded, forget, found, keepDraft, readDraft } from "./asked";
import { Made } from "./Made";
import { AdministratorsStep, CalendarStep, CompanyStep, DepartmentsStep, LastStep, MailStep } from "./steps";
import "../session/session.css";
import "./setup.css";

export type StepProps = {
  draft: Draft;
  busy: boolean;
  /** Keeps it, and goes on. */
  next: (part: Partial<Draft>) => void;
  back?: () => void;
};

const STEPS = ["company", "calendar", "administrators", "departments", "mail", "last"] as const;

/** `closed`: what is shown where there is a company already. */
export function SetupPage({ closed }: { closed: React.ReactNode }) {
  const [state, setState] = useState<"loading" | "closed" | Draft | ProblemError>("loading");
  const load = useCallback(() => {
    readDraft().then(setState, (error: unknown) => {
      const problem = asProblem(error);
      setState(problem.status === 404 ? "closed" : problem);
    });
  }, []);
  useEffect(load, [load]);
  if (state === "closed") return closed;
  return (
    <ThemeProvider>
      {state === "loading" ? (
        <Spin fullscreen />
      ) : state instanceof Error ? (
        <Frame>
          <ProblemAlert problem={state} onRetry={load} />
        </Frame>
      ) : (
        <Wizard kept={state} />
      )}
    </ThemeProvider>
  );
}

function Frame({ children }: { children: React.ReactNode }) {
  const { t } = useTranslation(["setup", "common"]);
  return (
    <main className="sign-in setup">
      <div className="sign-in-box panel">
        <div className="sign-in-head">
          <Logo size={36} />
          <div className="grow">
            <h1>{t("title")}</h1>
            <p className="muted">{t("common:product")}</p>
          </div>
          <LanguageButton />
        </div>
        {children}
      </div>
    </main>
  );
}

function Wizard({ kept }: { kept: Draft }) {
  const { t } = useTranslation("setup");
  const language = useLanguage();
  const [draft, setDraft] = useState(kept);
  const [at, setAt] = useState(() => first(kept));
  const [password, setPassword] = useState("");
  const [made, setMade] = useState<Founded>();
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const carry = async (act: () => Promise<void>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await act();
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const next = (part: Partial<Draft>) =>
    void carry(async () => {
      setDraft(await keepDraft({ ...draft, ...part, language }));
      setAt(at + 1);
    });
  const back = () => {
    setProblem(undefined);
    setAt(at - 1);
  };
  const create = () =>
    void carry(async () => {
      // It may have been switched since the last step.
      if (draft.language !== language) setDraft(await keepDraft({ ...draft, language }));
      setMade(await found(password));
      forget();
    });
  if (made) {
    return (
      <Frame>
        <Made founded={made} />
      </Frame>
    );
  }
  const step = STEPS[at] ?? "last";
  const props = { draft, busy, next, ...(at > 0 ? { back } : {}) };
  return (
    <Frame>
      <Progress
        percent={((at + 1) / STEPS.length) * 100}
        showInfo={false}
        status="normal"
        size="small"
        aria-label={t("progress")}
      />
      <h2>
        <span className="muted">{t("step", { n: at + 1, of: STEPS.length })}</span> {t(`${step}.title`)}
      </h2>
      <p className="muted">{t(`${step}.text`)}</p>
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
      {step === "company" && <CompanyStep {...props} />}
      {step === "calendar" && <CalendarStep {...props} />}
      {step === "administrators" && <AdministratorsStep {...props} />}
      {step === "departments" && <DepartmentsStep {...props} />}
      {step === "mail" && <MailStep {...props} password={password} setPassword={setPassword} />}
      {step === "last" && (
        <LastStep {...props} needsPassword={Boolean(draft.mail?.account) && password === ""} create={create} />
      )}
    </Frame>
  );
}

/** Where somebody goes on who was here before. */
function first(draft: Draft): number {
  if (draft.company === null) return 0;
  if (draft.calendar === null) return 1;
  if (draft.administrators === null) return 2;
  return 3;
}
