// What was typed does not go without asking: neither when the address changes, nor when the window that holds the form closes.

import { useBlocker } from "@tanstack/react-router";
import { App } from "antd";
import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

export type Unsaved = {
  setDirty: (dirty: boolean) => void;
  /** Nothing is lost any more: it was saved, or the person said so. */
  release: (released: boolean) => void;
  /** Closes at once if there is nothing to lose, else after asking. */
  close: (then: () => void) => Promise<void>;
};

/** `within`: a page on which one may move about, because what was typed stays there. */
export function useUnsaved(within?: string): Unsaved {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const [dirty, setDirty] = useState(false);
  const released = useRef(false);

  const ask = useCallback(
    async (): Promise<boolean> =>
      await modal.confirm({
        title: t("unsaved.title"),
        content: t("unsaved.text"),
        okText: t("unsaved.leave"),
        cancelText: t("unsaved.stay"),
      }),
    [modal, t],
  );
  useBlocker({
    shouldBlockFn: async ({ next }) => dirty && !released.current && next.pathname !== within && !(await ask()),
    enableBeforeUnload: () => dirty && !released.current,
  });
  const release = useCallback((value: boolean) => {
    released.current = value;
  }, []);
  const close = async (then: () => void) => {
    if (dirty && !(await ask())) return;
    release(true);
    then();
  };
  return { setDirty, release, close };
}
