#!/usr/bin/env bash
# Runs every test. cargo-nextest where it is installed (each test in a process of its own), cargo's own runner elsewhere.
set -euo pipefail
cd "$(dirname "$0")/.."

export WHOSAW_SHARED="${WHOSAW_SHARED:-$PWD/../shared}"
[ -d "$WHOSAW_SHARED/data" ] || echo "note: $WHOSAW_SHARED/data is not here; tests over the real sample data have nothing to read"

# The house's rules read the metadata of all dependencies, those of other systems included, without asking anybody.
cargo fetch --locked --quiet

. scripts/memory.sh
# Each crate's documentation with its examples. The toolchain's own rustdoc does both.
if cargo nextest --version >/dev/null 2>&1; then
  scripts/linted.sh cargo nextest run --workspace --no-fail-fast
  RUSTDOC="$PWD/scripts/rustdoc.sh" scripts/linted.sh cargo test --workspace --doc --quiet
else
  RUSTDOC="$PWD/scripts/rustdoc.sh" scripts/linted.sh cargo test --workspace --no-fail-fast
fi
