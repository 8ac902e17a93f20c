// Files on their way to a record: one after the other, each with its progress, to be cancelled or tried again.

import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem, type ProblemError } from "@/api/problem";
import type { AttachmentList } from "@/api/types";
import { type Limits, type Wrong, wrongWith } from "./check";
import { type Sending, sendFile } from "./send";

export type Upload = {
  key: number;
  file: File;
  state: "waiting" | "sending" | "failed" | "wrong";
  percent: number;
  problem?: ProblemError;
  wrong?: Wrong;
};

let counted = 0;

export function useUploads(
  path: string,
  queryKey: readonly unknown[],
  list: AttachmentList | undefined,
  limits?: Limits,
) {
  const { t } = useTranslation("attachments");
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [uploads, setUploads] = useState<Upload[]>([]);
  const current = useRef<{ key: number; sending: Sending } | undefined>(undefined);
  const change = (key: number, next: Partial<Upload>) =>
    setUploads((all) => all.map((u) => (u.key === key ? { ...u, ...next } : u)));
  const drop = (key: number) => setUploads((all) => all.filter((u) => u.key !== key));

  const send = async (upload: Upload) => {
    const attempt = async () => {
      const sending = sendFile(path, upload.file, (percent) => change(upload.key, { percent }));
      current.current = { key: upload.key, sending };
      await sending.done;
    };
    change(upload.key, { state: "sending", percent: 0 });
    try {
      try {
        await attempt();
      } catch (error) {
        if (!(asProblem(error).code === "unauthenticated")) throw error;
        // Asking for the list waits until somebody has signed in again.
        await queries.refetchQueries({ queryKey });
        await attempt();
      }
      drop(upload.key);
      void message.success(t("added"));
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") {
        drop(upload.key);
        void message.info(t("cancelled"));
      } else {
        change(upload.key, { state: "failed", problem: asProblem(error) });
      }
    } finally {
      current.current = undefined;
      await queries.invalidateQueries({ queryKey });
    }
  };

  const next = uploads.find((u) => u.state === "waiting");
  const busy = uploads.some((u) => u.state === "sending");
  useEffect(() => {
    if (next && !busy) void send(next);
  });
  // Whoever leaves the page gives up what was not sent.
  useEffect(() => () => current.current?.sending.cancel(), []);

  return {
    uploads,
    add: (files: File[]) => {
      if (list === undefined) return;
      const ahead = uploads.filter((u) => u.state === "waiting" || u.state === "sending").length;
      let good = 0;
      const added = files.map((file): Upload => {
        counted += 1;
        const wrong = wrongWith(file, list, ahead + good, limits);
        if (wrong) return { key: counted, file, state: "wrong", percent: 0, wrong };
        good += 1;
        return { key: counted, file, state: "waiting", percent: 0 };
      });
      setUploads((all) => [...all, ...added]);
    },
    cancel: (key: number) => {
      if (current.current?.key === key) current.current.sending.cancel();
      else drop(key);
    },
    retry: (key: number) => change(key, { state: "waiting", percent: 0 }),
  };
}
