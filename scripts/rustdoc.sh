#!/usr/bin/env bash
# Stands for rustdoc in `cargo test --doc`: the documentation is written too, each warning an error, from the very libraries that the tests
# were built with. `cargo doc` would check every dependency anew for it.
set -euo pipefail

rustdoc "$@"

tests=
documenting=()
while [ $# -gt 0 ]; do
  case "$1" in
    --test) tests=yes ;;
    --test-args | --test-run-directory) shift ;;
    *) documenting+=("$1") ;;
  esac
  shift
done
[ -n "$tests" ] || exit 0
out="$(mktemp -d)"
trap 'rm -rf "$out"' EXIT
rustdoc "${documenting[@]}" -D warnings --out-dir "$out"
