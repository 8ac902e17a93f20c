// Undoing an import: asked first, then chunk by chunk, then what stays and why.

import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Modal, Progress } from "antd";
import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import { ProblemAlert } from "@/shared/ProblemView";

type Undoing = {
  object: string;
  removed: number;
  kept: { id: string; why: string }[];
  keptCount: number;
  total: number;
  ended: boolean;
  problem?: ProblemError;
};
const SHOWN = 100;

/** What asks and shows; and begins. */
export function useUndo(): {
  undo: (object: string, job: string, count: number) => void;
  /** One was begun: what is left is told by the page of imports. */
  begun: boolean;
  dialog: ReactNode;
} {
  const { t } = useTranslation(["imports", "common"]);
  const { modal } = App.useApp();
  const queries = useQueryClient();
  const [state, setState] = useState<Undoing>();
  const [begun, setBegun] = useState(false);
  const stopped = useRef(false);

  const run = async (object: string, job: string, total: number) => {
    stopped.current = false;
    setBegun(true);
    let now: Undoing = { object, removed: 0, kept: [], keptCount: 0, total, ended: false };
    setState(now);
    try {
      let after: string | null = null;
      do {
        const part: Awaited<ReturnType<typeof chunk>> = await chunk(object, job, after);
        now = {
          ...now,
          removed: now.removed + part.removed,
          kept: [...now.kept, ...part.kept],
          keptCount: now.keptCount + part.kept_count,
        };
        setState(now);
        after = part.next;
      } while (after !== null && !stopped.current);
      setState({ ...now, ended: true });
    } catch (error) {
      setState({ ...now, ended: true, problem: asProblem(error) });
    }
    await queries.invalidateQueries({ queryKey: ["imports"] });
    await queries.invalidateQueries({ queryKey: ["list", object], refetchType: "none" });
  };
  const undo = (object: string, job: string, count: number) =>
    void modal.confirm({
      title: t("undo.confirm"),
      content: t("undo.text", { count }),
      okText: t("undo.act"),
      okButtonProps: { danger: true },
      onOk: () => void run(object, job, count),
    });
  const why = (word: string) => t(`undo.why.${word as "changed"}`);
  const dialog = state && (
    <Modal
      open
      closable={state.ended}
      onCancel={() => setState(undefined)}
      title={t(state.ended ? "undo.done" : "undo.running", { removed: state.removed, kept: state.keptCount })}
      footer={
        state.ended ? (
          <Button type="primary" onClick={() => setState(undefined)}>
            {t("common:close")}
          </Button>
        ) : (
          <Button
            onClick={() => {
              stopped.current = true;
            }}
          >
            {t("run.stop")}
          </Button>
        )
      }
    >
      {!state.ended && (
        <Progress percent={Math.round((100 * (state.removed + state.keptCount)) / Math.max(1, state.total))} />
      )}
      {state.problem && <ProblemAlert problem={state.problem} />}
      {state.keptCount > 0 && (
        <>
          <p>{t("undo.keptTitle")}</p>
          <ul className="import-kept">
            {state.kept.slice(0, SHOWN).map((kept) => (
              <li key={kept.id}>
                <Link to="/records/$object/$id" params={{ object: state.object, id: kept.id }} target="_blank">
                  {kept.id}
                </Link>
                <span className="muted"> {why(kept.why)}</span>
              </li>
            ))}
          </ul>
          {state.keptCount > state.kept.length && (
            <p className="muted">{t("undo.hidden", { count: state.keptCount - state.kept.length })}</p>
          )}
        </>
      )}
    </Modal>
  );
  return { undo, begun, dialog };
}

/** One chunk; where somebody changed a record of it in the same moment, once more. */
async function chunk(object: string, job: string, after: string | null) {
  const send = () =>
    data(
      api.POST("/api/v1/records/{object}/import/undo", {
        params: { path: { object } },
        body: { job, ...(after ? { after } : {}) },
      }),
    );
  try {
    return await send();
  } catch (error) {
    if (asProblem(error).code !== "conflict") throw error;
    return send();
  }
}
