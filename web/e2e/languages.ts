// In which language a story is told.
//
// What a story does is the same in both. In `make test` those that are told on both databases are in English on the embedded one and in
// Chinese on PostgreSQL, of the others about half in either. `WHOSAW_LANGUAGES=all` tells each in both.

import type { Language } from "./house";

const ASKED = process.env.WHOSAW_LANGUAGES;

/** The languages of a story that is told in this one unless others are asked for. */
export function languages(language: Language): Language[] {
  if (ASKED === undefined || ASKED === "") return [language];
  if (ASKED === "all") return ["zh-CN", "en"];
  if (ASKED === "zh-CN" || ASKED === "en") return [ASKED];
  throw new Error(`WHOSAW_LANGUAGES is ${ASKED}: zh-CN, en or all`);
}
