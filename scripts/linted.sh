#!/usr/bin/env bash
# Runs a command of cargo's so that what it compiles of this workspace is linted on the way, each warning an error. Clippy's driver is the
# compiler with more lints, and a test run compiles all that `cargo clippy --all-targets` looks at; apart, every dependency would be
# compiled for the lints once more (docs/decisions/0092-a-test-run-compiles-each-thing-once.md).
set -euo pipefail

RUSTC_WORKSPACE_WRAPPER="$(rustup which clippy-driver 2>/dev/null || command -v clippy-driver)"
# How `cargo clippy -- -D warnings` hands its words to the driver.
CLIPPY_ARGS="-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__"
export RUSTC_WORKSPACE_WRAPPER CLIPPY_ARGS

# These words are Clippy's own affair. Should another version not know them, nothing would be an error any more, and nobody would see it.
proof="$(mktemp -d)"
echo 'pub fn empty(bytes: &Vec<u8>) -> bool { bytes.len() == 0 }' >"$proof/lib.rs"
if said="$("$RUSTC_WORKSPACE_WRAPPER" rustc --crate-type lib --emit metadata --out-dir "$proof" "$proof/lib.rs" 2>&1)"; then
  echo "scripts/linted.sh: this toolchain's Clippy does not make warnings errors; see how its cargo-clippy hands on '-D warnings'" >&2
  exit 1
elif ! grep -q 'clippy::ptr.arg' <<<"$said"; then
  echo "scripts/linted.sh: Clippy's driver cannot be run: $said" >&2
  exit 1
fi
rm -rf "$proof"

exec "$@"
