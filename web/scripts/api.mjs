// Makes src/api/schema.d.ts from src/api/openapi.json; with --check, says whether it is the one that would be made.
// The document itself is held to the server by the test `api::document` (docs/console.md).
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const source = new URL("../src/api/openapi.json", import.meta.url);
const target = new URL("../src/api/schema.d.ts", import.meta.url);
const head = "// Made from openapi.json by `npm run api`. Not edited by hand.\n\n";
const made = head + astToString(await openapiTS(source, { alphabetize: true }));
if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== made) {
    console.error("src/api/schema.d.ts is not what openapi.json gives: run `npm run api` and commit it.");
    process.exit(1);
  }
} else {
  writeFileSync(target, made);
}
