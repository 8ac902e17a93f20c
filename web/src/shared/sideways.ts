// Wide tables that scroll sideways. An empty one has nothing to reach there, and would be a region that no key gets into.

/** For antd's `Table`: `{...sideways(rows)}`. */
export const sideways = (rows: readonly unknown[] | undefined) =>
  rows !== undefined && rows.length > 0 ? { scroll: { x: "max-content" as const } } : {};
