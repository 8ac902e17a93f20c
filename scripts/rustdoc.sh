#!/usr/bin/env bash
# Stands for rustdoc in `cargo test --doc`: the documentation is written too, each warning an error, from the very libraries that the tests
# were built with. `cargo doc` would check every dependency anew for it.
set -euo pipefail

"${RUSTDOC_OF_THE_TOOLCHAIN:=rustdoc}" "$@"

documenting=()
tests=
while [ $# -gt 0 ]; do
  case "$1" in
    --test) tests=yes ;;
    --test-args | --test-run-directory) shift ;;
    --test-args=* | --test-run-directory=* | --no-run) ;;
    *) documenting+=("$1") ;;
  esac
  shift
done
[ -z "$tests" ] && exit 0
out="$(mktemp -d)"
trap 'rm -rf "$out"' EXIT
"$RUSTDOC_OF_THE_TOOLCHAIN" "${documenting[@]}" -D warnings --out-dir "$out"
