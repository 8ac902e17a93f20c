// Keys that work on every page: Ctrl-K, ?, /, and g with a letter. Never while somebody types.

import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useNavigation } from "../navigation";

/** Whether a key press belongs to what has the focus, or to an open dialog. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return true;
  return target.closest('[role="dialog"], [role="menu"], [role="listbox"], [role="combobox"]') !== null;
}

export function useGlobalKeys({ openPalette, openHelp }: { openPalette: () => void; openHelp: () => void }): void {
  const navigate = useNavigate();
  const groups = useNavigation();
  const now = useRef({ openPalette, openHelp, groups, navigate });
  now.current = { openPalette, openHelp, groups, navigate };

  useEffect(() => {
    let waiting = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onKey = (event: KeyboardEvent) => {
      const { current } = now;
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        current.openPalette();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      if (waiting) {
        waiting = false;
        const item = current.groups.flatMap((g) => g.items).find((i) => i.letter === event.key);
        if (item) {
          event.preventDefault();
          void current.navigate({ to: item.to });
        }
        return;
      }
      if (event.key === "g") {
        waiting = true;
        clearTimeout(timer);
        timer = setTimeout(() => {
          waiting = false;
        }, 1200);
      } else if (event.key === "?") {
        event.preventDefault();
        current.openHelp();
      } else if (event.key === "/") {
        const search = document.querySelector<HTMLInputElement>("[data-page-search] input, input[data-page-search]");
        event.preventDefault();
        if (search) search.focus();
        else current.openPalette();
      }
    };
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("keydown", onKey);
      clearTimeout(timer);
    };
  }, []);
}
