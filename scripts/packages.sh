#!/usr/bin/env bash
# Installs the Debian packages that building (`build`) and testing (`test`) need, or says which are missing.
set -euo pipefail

declare -A packages=(
  # A C compiler for SQLite and AWS-LC.
  [build]="gcc libc6-dev make"
  # `a|b`: b does as well, where it is there already.
  # A real PostgreSQL for the conformance suite, a real PKCS#11 token, a browser for the stories and Chinese letters for it, a clock
  # that stories move, and what schemathesis is installed into.
  [test]="postgresql-15 softhsm2 chromium-headless-shell|chromium fonts-noto-cjk faketime python3-venv"
)
missing=()
for set in "$@"; do
  for package in ${packages[$set]}; do
    # shellcheck disable=SC2086 # one word for each that does
    dpkg-query -W -f='${Status}\n' ${package//|/ } 2>/dev/null | grep -q 'ok installed' || missing+=("${package%%|*}")
  done
done
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" = 0 ]; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}"
else
  echo "Please install these packages first: sudo apt-get install ${missing[*]}" >&2
  exit 1
fi
