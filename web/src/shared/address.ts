// What a page is asked by its address. Anybody may type there whatever they like, so a page reads what it knows and nothing else.
//
// The router lays what `validateSearch` gives over what the address says: a part that a page left out because it makes no sense would
// come through as it was typed. So whatever was not read is taken away by name.

/** For a route's `validateSearch`: what `read` makes of the address, and no other part of it. */
export const known =
  <S extends object>(read: (raw: Record<string, unknown>) => S) =>
  (raw: Record<string, unknown>): S =>
    ({
      ...(Object.fromEntries(Object.keys(raw).map((name) => [name, undefined])) as object),
      ...read(raw),
    }) as S;

/** A moment that can be written as a date; the years of four digits are enough for a log. */
export const isMoment = (said: unknown): said is number =>
  typeof said === "number" && Number.isSafeInteger(said) && said >= 0 && said < 253_402_300_800_000;

const NAME = /^[a-z][a-z0-9_]{0,63}$/;

/** Names one after the other, as a list or with commas between; each once. What is no name at all says nothing. */
export function names(said: unknown): string[] | undefined {
  const all = typeof said === "string" ? said.split(",") : said;
  if (!Array.isArray(all) || all.length === 0 || all.length > 200) return undefined;
  return all.every((name) => typeof name === "string" && NAME.test(name)) ? [...new Set<string>(all)] : undefined;
}
