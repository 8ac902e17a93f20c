// What is read in one language comes alone: each file of words is taken once for each language, and what the other says falls away when
// the console is built. A file's namespace is its folder's name, that of `common.ts` and `terms.ts` their own.

export function byNamespace(files: Record<string, unknown>): Record<string, object> {
  return Object.fromEntries(
    Object.entries(files).map(([path, words]) => {
      const parts = path.replace(/\.ts(\?.*)?$/, "").split("/");
      const last = parts.at(-1) ?? "";
      return [last === "words" ? (parts.at(-2) ?? "") : last, words as object];
    }),
  );
}
