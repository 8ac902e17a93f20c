import { useEffect, useRef } from "react";
import { isTyping } from "@/app/shell/useGlobalKeys";

type Keys = {
  count: number;
  active: number;
  setActive: (index: number) => void;
  open: (index: number) => void;
  edit: (index: number) => void;
  select: (index: number) => void;
  /** The chosen cell of the active row; -1 is none. Left out where no cell can be chosen. */
  cell?: number;
  setCell?: (index: number) => void;
};

/** j and k move, Enter opens, x selects, e edits; in a grid whose cells can be chosen, left, right and Escape choose. */
export function useTableKeys(keys: Keys): void {
  const now = useRef(keys);
  now.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { count, active, setActive, open, edit, select, cell = -1, setCell } = now.current;
      if (count === 0 || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      const inGrid = event.target instanceof HTMLElement && event.target.getAttribute("role") === "grid";
      if (event.key === "j" || (inGrid && event.key === "ArrowDown")) {
        event.preventDefault();
        setActive(Math.min(count - 1, active + 1));
      } else if (event.key === "k" || (inGrid && event.key === "ArrowUp")) {
        event.preventDefault();
        setActive(Math.max(0, active - 1));
      } else if (active < 0) {
        return;
      } else if (inGrid && setCell && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
        event.preventDefault();
        setCell(event.key === "ArrowRight" ? cell + 1 : Math.max(-1, cell - 1));
      } else if (inGrid && setCell && event.key === "Escape") {
        setCell(-1);
      } else if (event.key === "Enter") {
        // A focused link or button takes its own Enter.
        if (event.target instanceof HTMLElement && event.target.closest("a, button")) return;
        // The same press must not reach what opens.
        event.preventDefault();
        open(active);
      } else if (event.key === "x") {
        select(active);
      } else if (event.key === "e") {
        event.preventDefault();
        edit(active);
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
