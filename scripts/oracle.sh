#!/usr/bin/env bash
# Compares our engine of rules with pySigma's SQLite backend over random rules and accesses (docs/detection.md).
#   RULES, EVENTS, SEED   how many, and which (200, 20000, 1)
#   EVAL                  the program (target/release/whosaw-eval, built first)
set -euo pipefail
cd "$(dirname "$0")/.."

target="${CARGO_TARGET_DIR:-target}"
venv="$target/oracle-venv"
wanted="pysigma==2.0.1 pysigma-backend-sqlite==2.1.1"
if [ "$(cat "$venv/installed" 2>/dev/null)" != "$wanted" ]; then
  if ! python3 -c 'import ensurepip' 2>/dev/null; then
    echo "pySigma needs python3 with python3-venv (sudo apt-get install python3-venv). Install it, and run this again." >&2
    exit 1
  fi
  python3 -m venv "$venv"
  # shellcheck disable=SC2086
  "$venv/bin/pip" install --quiet --disable-pip-version-check $wanted
  echo "$wanted" >"$venv/installed"
fi
if [ -z "${EVAL:-}" ]; then
  cargo build --release --quiet -p whosaw-eval
  EVAL="$target/release/whosaw-eval"
fi
mkdir -p "$target/eval"
"$venv/bin/python" eval/oracle/compare.py --eval "$EVAL" --rules "${RULES:-200}" --events "${EVENTS:-20000}" --seed "${SEED:-1}" \
  --figures "$target/eval/oracle.json"
