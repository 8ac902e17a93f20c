// Takes pictures of the main pages: `WHOSAW_URL=http://… npm run screens [words]`, of a running demo, into target/screens. For
// looking at, not for comparing. Words choose: `en`, `dark`, `phone`, `list`.

import { mkdirSync } from "node:fs";
import { House, type Language } from "./house.ts";
import { repPages, visit } from "./pages.ts";

const OUT = process.env.SCREENS ?? "../target/screens";
const SIZES = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;

const words = process.argv.slice(2);
const wanted = (text: string) => words.every((w) => text.split("_").includes(w) || text.includes(w));
mkdirSync(OUT, { recursive: true });
const house = await House.open();
try {
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
      }
    }
  }
} finally {
  await house.close();
}
