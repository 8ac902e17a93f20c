// "Check now": the published log computed anew in this browser. A long one is left to the program, with how long it would take here.

import { Alert, Button, Progress } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem, type ProblemError } from "@/api/problem";
import { formatNumber } from "@/shared/format";
import { ProblemAlert } from "@/shared/ProblemView";
import { type Checkpoint, isSigned } from "./ledger";
import { Command } from "./parts";
import { checkTree, type TreeVerdict } from "./tiles";
import { readLedgerFile } from "./useLedger";

/** What a browser computes while somebody waits. */
const MOST = 500_000;
/** Entries that tell how fast this browser and this line are. */
const SAMPLE = 2048;

type State =
  | { kind: "idle" }
  | { kind: "running"; done: number }
  | { kind: "stopped" }
  | { kind: "long"; minutes: number }
  | { kind: "failed"; problem: ProblemError }
  | { kind: "done"; verdict: TreeVerdict; signed: boolean | undefined };

/** Keyed by its checkpoint: what was found is about that one. */
export function CheckPanel({ checkpoint, vkey, command }: { checkpoint: Checkpoint; vkey: string; command: string }) {
  const { t } = useTranslation(["audit", "common"]);
  const [state, setState] = useState<State>({ kind: "idle" });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const { size } = checkpoint;
  const able = globalThis.crypto?.subtle !== undefined;
  const count = (n: number) => formatNumber(n, 0, false);

  /** How long the whole would take, from its first entries. */
  const measure = async (signal: AbortSignal): Promise<number> => {
    const enough = new AbortController();
    const began = performance.now();
    const read = (path: string) => readLedgerFile(path, signal);
    await checkTree(checkpoint, read, {
      signal: AbortSignal.any([signal, enough.signal]),
      onProgress: (done) => done >= SAMPLE && enough.abort(),
    }).catch((error: unknown) => {
      if (!enough.signal.aborted) throw error;
    });
    return Math.max(1, Math.round(((performance.now() - began) / SAMPLE) * (size / 60_000)));
  };
  const check = async () => {
    const giveUp = new AbortController();
    running.current = giveUp;
    setState({ kind: "running", done: 0 });
    try {
      if (size > MOST) {
        setState({ kind: "long", minutes: await measure(giveUp.signal) });
        return;
      }
      const verdict = await checkTree(checkpoint, (path) => readLedgerFile(path, giveUp.signal), {
        signal: giveUp.signal,
        onProgress: (done) => !giveUp.signal.aborted && setState({ kind: "running", done }),
      });
      setState({ kind: "done", verdict, signed: await isSigned(checkpoint, vkey) });
    } catch (error) {
      setState(giveUp.signal.aborted ? { kind: "stopped" } : { kind: "failed", problem: asProblem(error) });
    }
  };

  const result = () => {
    if (state.kind !== "done") return null;
    const { verdict, signed } = state;
    if (verdict.kind === "wrong")
      return (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={t(`check.${verdict.what}`)}
          description={verdict.path && <code className="wrap">/ledger/{verdict.path}</code>}
        />
      );
    if (signed === false) return <Alert type="error" showIcon role="alert" title={t("ledger.invalid")} />;
    return (
      <Alert
        type="success"
        showIcon
        role="status"
        title={t("check.ok", { count: size, size: count(size) })}
        description={signed ? t("check.signed") : t("check.unsigned")}
      />
    );
  };
  return (
    <section className="panel ledger-panel check-panel" aria-labelledby="ledger-check">
      <h2 id="ledger-check">{t("check.title")}</h2>
      <p className="page-text">{t("check.text")}</p>
      {!able && <Alert type="info" showIcon title={t("ledger.unknown")} />}
      {state.kind === "running" ? (
        <>
          <Progress percent={size === 0 ? 100 : Math.floor((100 * state.done) / size)} aria-label={t("check.title")} />
          <div className="check-line">
            <span className="muted">{t("check.running", { done: count(state.done), size: count(size) })}</span>
            <Button onClick={() => running.current?.abort()}>{t("common:cancel")}</Button>
          </div>
        </>
      ) : (
        <div>
          <Button type="primary" disabled={!able} onClick={() => void check()}>
            {state.kind === "idle" ? t("check.start") : t("check.again")}
          </Button>
        </div>
      )}
      {state.kind === "stopped" && <Alert type="info" showIcon role="status" title={t("check.stopped")} />}
      {state.kind === "failed" && <ProblemAlert problem={state.problem} onRetry={() => void check()} />}
      {state.kind === "long" && (
        <>
          <Alert
            type="info"
            showIcon
            role="status"
            title={t("check.long", { size: count(size), count: state.minutes })}
          />
          <Command text={command} />
        </>
      )}
      {result()}
    </section>
  );
}
