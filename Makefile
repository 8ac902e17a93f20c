# Two commands matter: `make run` and `make test`. Both set up what they need on a fresh Debian 12 machine with Rust.
# Where root, missing system packages are installed; elsewhere the command says exactly which to install.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# The demo instance of `make run`. Outside the checkout, so that it is never committed.
DATA ?= $(HOME)/.local/share/whosaw-demo
LISTEN ?= 127.0.0.1:8700
CUSTOMERS ?= 20000
SEED ?= 1
ROUNDS ?= 1000

help: ## What can be made.
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/  \1\t\2/' | expand -t 14

run: setup-run console ## Build, make a demo company if there is none, and serve it on http://127.0.0.1:8700.
	cargo build --release -p whosaw -p whosaw-verify
	@if [ ! -e "$(DATA)/whosaw.toml" ]; then \
	  $(TARGET)/release/whosaw demo --data "$(DATA)" --seed $(SEED) --customers $(CUSTOMERS); \
	fi
	$(TARGET)/release/whosaw serve --data "$(DATA)" --listen $(LISTEN)

test: setup-test console forms ## Run every check and every test.
	@$(SAY) "tests in Rust, with lints and documentation"
	@scripts/tests.sh
	@$(SAY) "tests of the console"
	@scripts/console.sh test
	scripts/linted.sh cargo build --workspace --all-targets
	@$(SAY) "stories on the embedded database"
	$(TELL)
	@$(SAY) "stories on PostgreSQL"
	WHOSAW_STORIES_ON=postgres WHOSAW_LANGUAGES=zh-CN $(TELL) $(ON_POSTGRES)
	@$(SAY) "the API by schemathesis"
	$(FUZZ_BRIEFLY) scripts/fuzz-api.sh
	@$(SAY) "the engine of rules beside another"
	EVAL="$(abspath $(TARGET))/debug/whosaw-eval" RULES=100 EVENTS=3000 scripts/oracle.sh
	@$(SAY) "done"

console: ## Build the web console into web/dist; the server built after it serves it.
	@scripts/console.sh build

# What `make test` checks too: there cargo lints what it compiles for the tests, and documents what it compiled.
check: setup-test forms ## Format, lints, dependency rules, documentation; of the console also types, words, API types, unused code.
	cargo clippy --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --quiet

forms: setup-test console
	@$(SAY) "checks"
	@scripts/console.sh check
	cargo fmt --all --check

stories: setup-test console ## Run the browser's stories in both languages, all looks of each page, on both databases.
	scripts/linted.sh cargo build --workspace --all-targets
	WHOSAW_LANGUAGES=all WHOSAW_LOOKS=all $(TELL)
	WHOSAW_LANGUAGES=all WHOSAW_STORIES_ON=postgres $(TELL) $(ON_POSTGRES)

bench: setup-run ## Measure, and write target/bench/summary.json (docs/benchmarks.md).
	cargo run --release -p whosaw-bench -- --out $(TARGET)/bench/summary.json

eval: setup-run ## Measure detection: simulated insiders found within a budget of alerts, and a real log recounted in SQL (docs/detection.md).
	cargo build --release -p whosaw-eval
	$(TARGET)/release/whosaw-eval quality --seeds reporting
	@mkdir -p $(TARGET)/eval
	$(TARGET)/release/whosaw-eval bank --log $(BANK) --figures $(TARGET)/eval/bank.json
	@if [ -e "$(BANK)" ]; then python3 eval/recount/bpi2012.py $(BANK) $(TARGET)/eval/bank.json; fi

oracle: setup-test ## Compare the engine of rules with pySigma's SQLite backend: 200 random rules over 20,000 accesses (docs/detection.md).
	@scripts/oracle.sh

soak: setup-test ## Kill writers and nodes under load a thousand times, and fail every file operation; what they acknowledged must be there.
	WHOSAW_SOAK_ROUNDS=$(ROUNDS) cargo test --release -p whosaw-store-sqlite -p whosaw-store-postgres --test main -- --nocapture faults every_call load

# What comes now, and when: of a run that takes long it is seen where.
SAY = printf '== %s: %s\n' "$$(date -u +%T)"

# The stories that are told on both databases: what writes, and what asks most of a database.
ON_POSTGRES = rep.story sales requests handover auditor watch rules replay sizing reviews monthly findings training posture courses programme leavers assessments

TELL = WHOSAW_BIN="$(abspath $(TARGET))/debug/whosaw" scripts/console.sh stories

# A bounded run of fuzz-api within `make test`: each operation's documented cases, and a few made up.
FUZZ_BRIEFLY = AS="admin auditor rep1 rep6" EXAMPLES=2 SECONDS_MAX=100 PHASES=examples,coverage,fuzzing WHOSAW="$(abspath $(TARGET))/debug/whosaw"

fuzz-api: setup-run ## Run schemathesis over the OpenAPI document, as four users (docs/api.md).
	@scripts/fuzz-api.sh

# A real log that is not copied into the project.
BANK = ../shared/data/bpi2012/events.csv.gz

setup-run:
	@scripts/packages.sh build

setup-test:
	@scripts/packages.sh build test

TARGET = $(if $(CARGO_TARGET_DIR),$(CARGO_TARGET_DIR),target)

.PHONY: help run test check forms stories console bench eval oracle soak fuzz-api setup-run setup-test
