import { useEffect, useRef } from "react";
import { flushSync } from "react-dom";

/** Does something that must be on paper: the page is drawn anew before it is printed. */
export function useBeforePrint(act: () => void): void {
  const now = useRef(act);
  now.current = act;
  useEffect(() => {
    const before = () => flushSync(() => now.current());
    window.addEventListener("beforeprint", before);
    return () => window.removeEventListener("beforeprint", before);
  }, []);
}
