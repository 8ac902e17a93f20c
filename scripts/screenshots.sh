#!/usr/bin/env bash
# Takes the pictures that the readmes show, of a fresh demo company, into docs/screenshots. Needs the program that WHOSAW_BIN
# names (by default the debug build), with the console in it.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$(scripts/node.sh):$PATH"
export PATH

bin="${WHOSAW_BIN:-${CARGO_TARGET_DIR:-target}/debug/whosaw}"
folder="$(mktemp -d)"
port="${PORT:-8790}"
"$bin" demo --data "$folder/data" --seed 7 --customers 300 >/dev/null
"$bin" serve --data "$folder/data" --listen "127.0.0.1:$port" >"$folder/log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
for _ in $(seq 100); do
  if curl -fs "http://127.0.0.1:$port/readyz" >/dev/null; then break; fi
  sleep 0.2
done
cd web
SCREENS=../docs/screenshots WHOSAW_URL="http://127.0.0.1:$port" node e2e/screens.ts main
total="$(cat ../docs/screenshots/*.webp | wc -c)"
echo "docs/screenshots: $total bytes"
# Pictures stay in the repository's history for good.
[ "$total" -lt 1500000 ]
