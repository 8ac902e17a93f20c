import "./scrolled.css";

/** Holds a table of words alone, which may be wider than its place: keys scroll it as well, which they cannot a table's own scrolling. */
export function Scrolled({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keys.
    <div className="panel scrolled" tabIndex={0} role="region" aria-label={label}>
      {children}
    </div>
  );
}
