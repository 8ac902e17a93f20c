#!/usr/bin/env bash
# Runs a command of cargo's so that what it compiles of this workspace is linted on the way, each warning an error. Clippy's driver is the
# compiler with more lints, and a test run compiles all that `cargo clippy --all-targets` looks at; apart, every dependency would be
# compiled for the lints once more, which is a tenth of a clean run.
set -euo pipefail

RUSTC_WORKSPACE_WRAPPER="$(rustup which clippy-driver 2>/dev/null || command -v clippy-driver)"
# How `cargo clippy -- -D warnings` hands its words to the driver.
CLIPPY_ARGS="-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__"
export RUSTC_WORKSPACE_WRAPPER CLIPPY_ARGS
exec "$@"
