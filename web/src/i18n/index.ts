// Two languages, switched without a reload. Each feature keeps its words beside it (`features/<feature>/words.ts`) as `zh`
// and `en` of one shape: a key missing in either does not compile, and an unknown key given to `t` neither.

import i18next from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";

export type Language = "zh-CN" | "en";

const KEPT = "whosaw.language";

const isLanguage = (text: unknown): text is Language => text === "zh-CN" || text === "en";

/** What this person chose on this device. */
function own(): Language | undefined {
  const kept = localStorage.getItem(KEPT);
  return isLanguage(kept) ? kept : undefined;
}

/** What the browser likes best: where neither the person nor the company has chosen. */
function liked(): Language {
  return navigator.languages.some((l) => l.toLowerCase().startsWith("zh")) || navigator.languages.length === 0
    ? "zh-CN"
    : "en";
}

/** The company's; asked for before anybody signs in, and only where nothing was chosen here. */
async function ofCompany(): Promise<Language | undefined> {
  try {
    const answer = await fetch("/api/v1/branding", { signal: AbortSignal.timeout(3000) });
    const { language } = (await answer.json()) as { language?: unknown };
    return answer.ok && isLanguage(language) ? language : undefined;
  } catch {
    // There is no company yet, or no answer: the page says so in a language that is likely read.
    return undefined;
  }
}

/** Only the words that are read are loaded. */
async function load(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, "common")) return;
  const { words } = language === "en" ? await import("./words.en") : await import("./words.zh");
  for (const [namespace, bundle] of Object.entries(words)) i18next.addResourceBundle(language, namespace, bundle);
}

/** The words of a page that comes when it is opened, in both languages: they come with it, and not with the first load. */
export function addWords(namespace: string, { zh, en }: { zh: object; en: object }): void {
  i18next.addResourceBundle("zh-CN", namespace, zh);
  i18next.addResourceBundle("en", namespace, en);
}

export async function setLanguage(language: Language): Promise<void> {
  await load(language);
  localStorage.setItem(KEPT, language);
  await i18next.changeLanguage(language);
}

export function useLanguage(): Language {
  return useTranslation().i18n.language === "en" ? "en" : "zh-CN";
}

const inEnglish = (text: { zh: string; en: string }) => text.en;
const inChinese = (text: { zh: string; en: string }) => text.zh;

/** Which of a label's two texts is read: the same function as long as the language stays. */
export function useLabel(): (text: { zh: string; en: string }) => string {
  return useLanguage() === "en" ? inEnglish : inChinese;
}

const follow = (language: string) => {
  document.documentElement.lang = language;
};

const language = own() ?? liked();
void i18next.use(initReactI18next).init({
  lng: language,
  fallbackLng: false,
  resources: {},
  defaultNS: "common",
  interpolation: { escapeValue: false },
  initAsync: false,
  // A key cannot be missing where TypeScript looked; one made at run time shows itself.
  returnNull: false,
});
follow(language);
i18next.on("languageChanged", follow);

/** Nothing is shown before its words are there. */
export const ready: Promise<void> = begin();

async function begin(): Promise<void> {
  const wanted = own() ?? (await ofCompany()) ?? language;
  await load(wanted);
  if (wanted !== language) await i18next.changeLanguage(wanted);
}
