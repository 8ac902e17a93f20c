// How grave something is: a word in a colour that can be read in both themes.

import "./severity.css";

/** `level`: informational, low, medium, high, critical. */
export function Severity({ level, children }: { level: string; children: string }) {
  return <span className={`severity severity-${level}`}>{children}</span>;
}
