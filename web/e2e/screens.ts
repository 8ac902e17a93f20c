// Takes pictures of the main pages: `WHOSAW_URL=http://… npm run screens [words]`, of a running demo, into target/screens. For
// looking at, not for comparing. Words choose: `en`, `dark`, `phone`, `list`. With `main` alone: the few that the readmes show,
// small, in light colours (scripts/screenshots.sh).

import { mkdirSync, writeFileSync } from "node:fs";
import { House, type Language } from "./house.ts";
import { DUTIES, MAIN, navigated, repPages, visit } from "./pages.ts";

const OUT = process.env.SCREENS ?? "../target/screens";
const SIZES = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;

const words = process.argv.slice(2);
const wanted = (text: string) => words.every((w) => text.split("_").includes(w) || text.includes(w));
mkdirSync(OUT, { recursive: true });
const house = await House.open();

async function main(): Promise<void> {
  for (const language of ["zh-CN", "en"] as Language[]) {
    for (const { login, pages } of MAIN) {
      const { page } = await house.person(login, language, { viewport: { width: 1280, height: 800 } });
      const devtools = await page.context().newCDPSession(page);
      for (const stop of await pages(page)) {
        await visit(page, stop);
        await page.mouse.move(0, 0);
        const shot = await devtools.send("Page.captureScreenshot", { format: "webp", quality: 72 });
        writeFileSync(`${OUT}/${stop.name}.${language}.webp`, Buffer.from(shot.data, "base64"));
      }
      await page.context().close();
    }
  }
}

async function all(): Promise<void> {
  for (const language of ["zh-CN", "en"] as Language[]) {
    for (const colorScheme of ["light", "dark"] as const) {
      for (const [size, viewport] of Object.entries(SIZES)) {
        const tag = `${language}_${colorScheme}_${size}`;
        const { page, complaints } = await house.visitor(language, { viewport, colorScheme });
        await page.goto("/");
        await page.locator("form").waitFor();
        if (wanted(`${tag}_signin`)) await page.screenshot({ path: `${OUT}/${tag}_signin.png` });
        await house.signIn(page, "rep1", language);
        for (const stop of await repPages(page)) {
          if (!wanted(`${tag}_${stop.name}`)) continue;
          await visit(page, stop).catch((error: unknown) => console.log(tag, stop.name, String(error).slice(0, 200)));
          await page.screenshot({ path: `${OUT}/${tag}_${stop.name}.png` });
        }
        if (complaints.length > 0) console.log(tag, complaints);
        await page.context().close();
        for (const login of DUTIES) {
          if (!wanted(`${tag}_${login}`)) continue;
          const { page: theirs } = await house.person(login, language, { viewport, colorScheme });
          for (const stop of await navigated(theirs)) {
            await visit(theirs, stop).catch((error: unknown) =>
              console.log(tag, stop.name, String(error).slice(0, 200)),
            );
            await theirs.screenshot({ path: `${OUT}/${tag}_${login}_${stop.name}.png` });
          }
          await theirs.context().close();
        }
      }
    }
  }
}

try {
  await (words.join() === "main" ? main() : all());
} finally {
  await house.close();
}
