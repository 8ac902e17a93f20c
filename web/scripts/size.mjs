// Holds the budget: the scripts that index.html loads at once, gzipped, are at most 550 kB.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_KB = 550;
const page = readFileSync("dist/index.html", "utf8");
const files = new Set([...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((m) => m[1]));
// The words of one language come with it: the longer ones count.
const words = readdirSync("dist/assets").filter((f) => /^words\.(zh|en)-.*\.js$/.test(f));
const sized = words.map((f) => [gzipSync(readFileSync(`dist/assets/${f}`), { level: 9 }).length, `assets/${f}`]);
const longest = sized.sort((a, b) => b[0] - a[0])[0];
if (words.length !== 2) throw new Error("there are not two files of words");
files.add(longest[1]);
let total = 0;
for (const file of files) {
  const size = gzipSync(readFileSync(`dist/${file}`), { level: 9 }).length / 1000;
  total += size;
  console.log(`${size.toFixed(1).padStart(8)} kB gzip  ${file}`);
}
console.log(`${total.toFixed(1).padStart(8)} kB gzip  first load (budget ${BUDGET_KB})`);
if (files.size === 0 || total > BUDGET_KB) {
  console.error("The first load is over its budget, or no script was found.");
  process.exit(1);
}
