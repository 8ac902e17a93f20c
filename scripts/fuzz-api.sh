#!/usr/bin/env bash
# Runs schemathesis over the whole OpenAPI document against a server of its own with a small demo company (docs/api.md).
# What it is called with goes to schemathesis.
#   EXAMPLES     examples for each operation (20)
#   SECONDS_MAX  ends after so many seconds (600)
#   PHASES       which of schemathesis' phases (examples,coverage,fuzzing,stateful)
#   WHOSAW       the program (target/debug/whosaw, built first)
#   AS           who asks, the first most (rep1 rep6 auditor admin)
#   ON           `postgres`: on a PostgreSQL of its own, started and removed here; the embedded database otherwise
#   DATABASE     the URL of an empty PostgreSQL database to use instead
set -euo pipefail
cd "$(dirname "$0")/.."

# Whole: it is used from another folder, and may lie outside this one.
target="$(realpath -m "${CARGO_TARGET_DIR:-target}")"
venv="$target/fuzz-api-venv"
version=4.32.5
if ! "$venv/bin/schemathesis" --version 2>/dev/null | grep -qF "$version"; then
  if ! python3 -c 'import ensurepip' 2>/dev/null; then
    echo "schemathesis needs python3 with python3-venv (sudo apt-get install python3-venv). Install it, and run this again." >&2
    exit 1
  fi
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$version"
fi
if [ -z "${WHOSAW:-}" ]; then
  cargo build --quiet -p whosaw
  WHOSAW="$target/debug/whosaw"
fi

work="$(mktemp -d)"
. scripts/served.sh
cluster=
# PostgreSQL does not run as root.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}
end() {
  end_server
  [ -z "$cluster" ] || as_postgres "$programs/pg_ctl" -D "$cluster/data" -m immediate -w stop >/dev/null || true
  rm -rf "$work" "$cluster"
}
trap end EXIT
if [ "${ON:-}" = postgres ] && [ -z "${DATABASE:-}" ]; then
  programs=/usr/lib/postgresql/15/bin
  cluster="$(as_postgres mktemp -d)"
  as_postgres "$programs/initdb" -D "$cluster/data" -U whosaw -A trust -E UTF8 --locale=C --no-sync >/dev/null
  as_postgres "$programs/pg_ctl" -D "$cluster/data" -l "$cluster/log" -w start >/dev/null \
    -o "-c listen_addresses= -c unix_socket_directories=$cluster"
  as_postgres "$programs/createdb" -h "$cluster" -U whosaw whosaw
  DATABASE="postgresql://whosaw@${cluster//\//%2F}/whosaw"
fi
database=()
[ -z "${DATABASE:-}" ] || database=(--database "$DATABASE")
"$WHOSAW" --json demo --data "$work/i" --seed 7 --customers 200 --days 2 "${database[@]}" >"$work/demo.json"

# A rep, a rep of another team, an auditor and an administrator: what one made, no other may get who may not see it.
{
  echo "auth:"
  for login in ${AS:-rep1 rep6 auditor admin}; do
    token="$(token_of fuzz "$login" "$work/i")"
    printf '  - name: %s\n    fixedHeaders: [{name: Authorization, value: "Bearer %s"}]\n' "$login" "$token"
  done
} >"$work/wfc.yaml"
cp scripts/fuzz-api.toml "$work/schemathesis.toml"

serve "$work/i"

root="$PWD"
cd "$work"
SCHEMATHESIS_HOOKS=fuzz_api_hooks FUZZ_TOKENS=wfc.yaml FUZZ_URL="$url" PYTHONPATH="$root/scripts" PYTHONDONTWRITEBYTECODE=1 \
  "$venv/bin/schemathesis" run "$url/api/openapi.json" \
  --checks all --phases "${PHASES:-examples,coverage,fuzzing,stateful}" --generation-deterministic \
  --max-examples "${EXAMPLES:-20}" --max-time "${SECONDS_MAX:-600}" --no-color "$@"
# No request may have ended in an internal error that was answered as something else.
if grep -F 'panicked at' log; then exit 1; fi
