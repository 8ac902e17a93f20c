// How the console feels over many rows: `WHOSAW_URL=http://… npm run speed`, of a running demo (a release build) in which
// `boss` sees every customer. Prints frames while scrolling through the whole list, and the time from a click to the painted record.

import type { Page } from "playwright-core";
import { House } from "./house.ts";

const SECONDS = Number(process.env.SECONDS ?? 30);
const RECORDS = Number(process.env.RECORDS ?? 30);

function quantile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function line(what: string, times: number[]): void {
  const sorted = [...times].sort((a, b) => a - b);
  const [p50, p95, most] = [quantile(sorted, 0.5), quantile(sorted, 0.95), sorted.at(-1) ?? Number.NaN];
  console.log(
    `${what}: p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, most ${most.toFixed(1)} ms (${times.length})`,
  );
}

/** Milliseconds between frames while the page does this to its scroller before each of them. */
async function frames(page: Page, step: number): Promise<{ times: number[]; at: number; height: number }> {
  return page.locator(".table-scroll").evaluate(
    (scroller, [seconds, pixels]) =>
      new Promise<{ times: number[]; at: number; height: number }>((resolve) => {
        const times: number[] = [];
        const began = performance.now();
        let before = began;
        const next = (now: number) => {
          times.push(now - before);
          before = now;
          scroller.scrollTop += pixels;
          if (now - began < seconds * 1000) requestAnimationFrame(next);
          else resolve({ times: times.slice(1), at: scroller.scrollTop, height: scroller.scrollHeight });
        };
        requestAnimationFrame(next);
      }),
    [SECONDS, step] as const,
  );
}

/** From the click on a row until the record's title has been painted. */
async function opened(page: Page, row: number): Promise<number> {
  const line = page.locator(".table-line").nth(row);
  await line.waitFor();
  const took = await line.evaluate(
    (element) =>
      new Promise<number>((resolve) => {
        const began = performance.now();
        const seen = new MutationObserver(() => {
          if (!document.querySelector(".record-title")?.textContent) return;
          seen.disconnect();
          // A frame is asked for, and the one after it comes when the first has been painted.
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - began)));
        });
        seen.observe(document.body, { childList: true, subtree: true, characterData: true });
        (element.querySelector<HTMLElement>("a") ?? (element as HTMLElement)).click();
      }),
  );
  await page.goBack();
  return took;
}

const house = await House.open();
try {
  const { page } = await house.person(process.env.LOGIN ?? "boss", "zh-CN");
  await page.goto("/records/customer");
  await page.locator(".table-line").first().waitFor();
  // The first is what the machine gives where nothing is scrolled.
  for (const step of [0, 40, 400, 4000]) {
    const { times, at, height } = await frames(page, step);
    line(`frames, ${step} pixels each, ${Math.round(at)} of ${height}`, times);
    await page.locator(".table-scroll").evaluate((scroller) => scroller.scrollTo(0, 0));
  }
  const times: number[] = [];
  for (let n = 0; n < RECORDS; n++) times.push(await opened(page, n % 12));
  line("click to painted record", times);
} finally {
  await house.close();
}
