#!/usr/bin/env bash
# The web console, by one word: `build` (into web/dist, which the server embeds), `check`, `test`, `stories` (against the
# binary named by WHOSAW_BIN; on PostgreSQL with WHOSAW_STORIES_ON=postgres; more words pick files by name).
# Installs the packages of the lock file where they are missing or other ones.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$(scripts/node.sh):$PATH"
export PATH
cd web

# The lock file that was installed from stands in node_modules; a newer one is installed again.
if ! cmp -s package-lock.json node_modules/.installed-from; then
  npm ci --no-fund --no-audit --loglevel=error
  cp package-lock.json node_modules/.installed-from
fi

case "${1:?build, check, test or stories}" in
  build)
    # Built already from these very files.
    stamp="$(find . ../docs/guide \( -name node_modules -o -name dist -o -name e2e \) -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)"
    if [ "$(cat dist/.built-from 2>/dev/null || true)" = "$stamp" ] && [ -e dist/index.html ]; then exit 0; fi
    npm run --silent build
    echo "$stamp" >dist/.built-from
    ;;
  check) npm run --silent check ;;
  test) npm run --silent test ;;
  stories)
    . ../scripts/memory.sh
    npm run --silent stories -- "${@:2}"
    ;;
  *)
    echo "unknown: $1" >&2
    exit 2
    ;;
esac
