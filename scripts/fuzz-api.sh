#!/usr/bin/env bash
# Runs schemathesis over the whole OpenAPI document against a server of its own with a small demo company (docs/api.md).
#   EXAMPLES   examples for each operation (20)
#   SECONDS_MAX  ends after so many seconds (600)
#   WHOSAW     the program (target/debug/whosaw, built first)
#   DATABASE   an empty PostgreSQL database's URL; the embedded database otherwise
set -euo pipefail
cd "$(dirname "$0")/.."

target="${CARGO_TARGET_DIR:-target}"
venv="$target/fuzz-api-venv"
version=4.32.5
if ! "$venv/bin/schemathesis" --version 2>/dev/null | grep -qF "$version"; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet "schemathesis==$version"
fi
if [ -z "${WHOSAW:-}" ]; then
  cargo build --quiet -p whosaw
  WHOSAW="$target/debug/whosaw"
fi

work="$(mktemp -d)"
server=
end() {
  [ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server" 2>/dev/null; } || true
  rm -rf "$work"
}
trap end EXIT
database=()
[ -z "${DATABASE:-}" ] || database=(--database "$DATABASE")
"$WHOSAW" --json demo --data "$work/i" --seed 7 --customers 200 --days 2 "${database[@]}" >"$work/demo.json"

# A rep, a rep of another team, an auditor and an administrator: what one made, no other may get who may not see it.
{
  echo "auth:"
  for login in rep1 rep6 auditor admin; do
    token="$("$WHOSAW" --json token create fuzz --as "$login" --days 1 --data "$work/i" | sed -E 's/.*"token":"([^"]+)".*/\1/')"
    printf '  - name: %s\n    fixedHeaders: [{name: Authorization, value: "Bearer %s"}]\n' "$login" "$token"
  done
} >"$work/wfc.yaml"
cp scripts/fuzz-api.toml "$work/schemathesis.toml"

"$WHOSAW" --json serve --data "$work/i" --listen 127.0.0.1:0 >"$work/served" 2>"$work/log" &
server=$!
for _ in $(seq 300); do
  url="$(sed -nE 's/.*"serving":"([^"]+)".*/\1/p' "$work/served")"
  [ -z "$url" ] || break
  kill -0 "$server" || { cat "$work/log" >&2; exit 1; }
  read -rt 0.1 <> <(:) || true
done

root="$PWD"
cd "$work"
SCHEMATHESIS_HOOKS=fuzz_api_hooks PYTHONPATH="$root/scripts" PYTHONDONTWRITEBYTECODE=1 \
  "$root/${venv#"$root/"}/bin/schemathesis" run "$url/api/openapi.json" \
  --checks all --phases examples,coverage,fuzzing,stateful --generation-deterministic \
  --max-examples "${EXAMPLES:-20}" --max-time "${SECONDS_MAX:-600}" --no-color
# No request may have ended in an internal error that was answered as something else.
if grep -F 'panicked at' log; then exit 1; fi
