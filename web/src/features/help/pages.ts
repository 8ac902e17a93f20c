// The pages of the guide, in both languages, as they stand in docs/guide.

export const PAGES = ["index", "rep", "lead", "trade", "exports", "auditor", "security", "admin"] as const;
export type GuidePage = (typeof PAGES)[number];

const files = import.meta.glob<string>("../../../../docs/guide/*/*.md", { query: "?raw", import: "default" });

export async function guide(language: "zh" | "en", page: GuidePage): Promise<string> {
  const load = files[`../../../../docs/guide/${language}/${page}.md`];
  if (!load) throw new Error(`there is no page ${page} in ${language}`);
  return load();
}

/** Which page a link of the guide leads to. */
export function pageOf(link: string): GuidePage | undefined {
  return PAGES.find((page) => link === `${page}.md`);
}
