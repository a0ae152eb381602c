# stapel. On a fresh Debian with Go and a C++ compiler, `make run` and `make test` do all their own set-up.

GO      ?= go
VERSION := 0.1.0

# Reproducible: no paths of this machine (-trimpath), no state of its checkout (-buildvcs=false), no build ids, neither
# Go's nor the C linker's, and no debug information. Equal sources then give an equal binary, whose hash is part of a
# run's id. DuckDB is linked statically from a Go module; nothing is downloaded at run time.
LDFLAGS := -s -w -buildid= -X main.version=$(VERSION) -extldflags=-Wl,--build-id=none
GOFLAGS_BUILD := -trimpath -buildvcs=false -ldflags="$(LDFLAGS)"
# What is compiled for the binary is compiled for tests and vet as well, DuckDB's own sources above all.
export GOFLAGS := $(shell $(GO) env GOFLAGS 2>/dev/null) -trimpath

.PHONY: build run demo-region check-region test test-long spill trace-all figures-all conformance conformance-long worlds lint sample bench bench-cocktails bench-trino simulate simulate-pipeline fuzz torture incremental-worlds bench-incremental openlineage dist dist-check version ldflags clean check-tools

build: check-tools
	@mkdir -p bin
	@$(GO) build $(GOFLAGS_BUILD) -o bin/stapel ./cmd/stapel

run: build
	@.ci/setup coinor-cbc || echo "coinor-cbc is not here: tables that only it can prove safe are not published"
	@./bin/stapel demo

# Every figure of every mart of the demo, traced: a few minutes.
trace-all:
	STAPEL_TRACE_ALL=1 $(GO) test ./pipeline/evidence/trace -run TestEveryFigure -count=1 -timeout 30m -v

# figures-all traces every id in the reports of the demo and every figure of its folder vrij.
figures-all:
	STAPEL_FIGURES_ALL=1 $(GO) test -timeout 120m ./cmd/stapel -run 'TestFiguresOf' -v

# A generated region of this many households, read and run on like one of your own, with every report: a few minutes, and about 3 GB in ./region,
# which stays. The sample of make run is too small for the report of the werktafel to have much to show.
REGION_HOUSEHOLDS ?= 300000
demo-region: build
	@test -d region/inbox || ./bin/stapel generate --households $(REGION_HOUSEHOLDS) --months 36 --seed 7 --out region
	@test -e region/sleutel || ./bin/stapel key new --key-file region/sleutel
	@./bin/stapel run --data region --key-file region/sleutel

# An onlooker who shares nothing with the program looks at all that the region published: is it true, and of which hidden group does it tell too much?
check-region: demo-region
	STAPEL_RELEASED=$(CURDIR)/region $(GO) test ./cmd/stapel -run 'TestReleased$$' -count=1 -v

# Everything but the long suites; eight to nine minutes on two cores. Reports are opened in a real Chromium, and what may leave is proven with CBC.
# GOGC: memory for processor time.
test: check-tools
	@.ci/setup chromium coinor-cbc openssl strace systemd
	@test -e .ci/axe/node_modules/axe-core/axe.min.js || echo "axe-core is not here: pages are not held to its rules; make lint installs it"
	GOGC=400 $(GO) test -timeout 30m ./...

# Longer: the race detector, more mistakes and more random worlds than in make test, and a minute of fuzzing per target.
test-long: check-tools
	@.ci/setup chromium coinor-cbc openssl strace systemd
	@test -e .ci/axe/node_modules/axe-core/axe.min.js || echo "axe-core is not here: pages are not held to its rules; make lint installs it"
	STAPEL_LANG=1 $(GO) test -race -timeout 60m ./...
	$(MAKE) fuzz FUZZTIME=60s

# Tests named Conformance run against a real Trino; every other run skips them. One package at a time, for two cores hold one server.
# What they log is what they compared.
conformance conformance-long: SHELL := /bin/bash
conformance conformance-long: .SHELLFLAGS := -o pipefail -c
conformance: CONFORMANCE := -timeout 60m
conformance-long: export STAPEL_CONFORMANCE_LONG := 1
conformance-long: CONFORMANCE := -timeout 180m
conformance conformance-long: check-tools
	@trino=$$(.ci/trino) && set -a && eval "$$trino" && \
	$(GO) test -p 1 -run Conformance -count=1 $(CONFORMANCE) -v ./pipeline/trino/... ./pipeline/reference/costs | grep --line-buffered -vE '^=== |no test files|no tests to run'

# So many random worlds, computed by the pipeline and by the slow reference of households and costs; about two seconds each.
WORLDS ?= 500
worlds: check-tools
	STAPEL_WORLDS=$(WORLDS) $(GO) test ./pipeline/reference/costs -run TestWorldsDrawn -timeout 3h

# So many random changes of a data folder, each of which stapel verify has to find and to name rightly; and so many runs that are killed at a random moment,
# with every fault of docs/faults.md.
TORTURE ?= 1000
torture: check-tools
	@.ci/setup strace
	STAPEL_TORTURE=$(TORTURE) $(GO) test ./pipeline/evidence/verify -run 'TestMutations$$|TestRerun$$' -count=1 -timeout 2h -v
	STAPEL_TORTURE=$(TORTURE) $(GO) test ./cmd/stapel -run 'TestKilled$$|TestKilledBesides$$|TestFaults$$|TestAtOnce$$|TestWrittenMeanwhile$$|TestLasts$$' -count=1 -timeout 6h -v

# So many generated inboxes that change step by step: is a run that uses what earlier ones kept the same as one from nothing? About half a minute each.
INCREMENTAL_WORLDS ?= 25
incremental-worlds: check-tools
	STAPEL_INCREMENTEEL=$(INCREMENTAL_WORLDS) $(GO) test ./pipeline -run 'TestIncrementalIsFull$$|TestPartsAreWhole$$' -count=1 -timeout 3h -v

# What a run costs beside a full one when nothing changed, and when one extract did: docs/performance.md. Takes about 1 GB in ./bench.
BENCH_INCREMENTAL ?= 60000
bench-incremental: build
	$(GO) run ./pipeline/cache/bench -households $(BENCH_INCREMENTAL)

# A region of so many households run with 300 MB for the engine, which has to spill, and then with what the machine has: the same bytes. Minutes.
SPILL ?= 60000
spill: check-tools
	STAPEL_SPILL=$(SPILL) $(GO) test ./cmd/stapel -run 'TestSpill$$' -count=1 -timeout 60m -v

FUZZTIME ?= 20s
fuzz: check-tools
	$(GO) test -run '^$$' -fuzz FuzzRecords -fuzztime $(FUZZTIME) ./pipeline/ingest

# gofmt, vet, and every model against a Trino grammar (needs npm; the tests hold the list of functions without it). Installs axe-core
# for make test as well.
lint: check-tools
	@test -z "$$(gofmt -l .)" || { echo "not gofmt-ed:"; gofmt -l .; exit 1; }
	$(GO) vet ./...
	@.ci/lint-sql
	@.ci/setup axe

# Make the committed sample anew; a test compares it with the code that makes it.
sample:
	$(GO) test ./sample-data -run TestCommitted -update

# Reading ten million declaration lines beside DuckDB, polars (Python) and a bare scan; the figures of docs/performance.md.
# Takes about 3 GB in ./bench, which stays for the next time.
BENCH_LINES ?= 10000000
bench: check-tools
	@.ci/setup polars
	$(GO) run ./pipeline/ingest/bench -lines $(BENCH_LINES)

# Detecting cocktails and patterns for as many households as the Netherlands has; takes about 8 GB in ./bench, which stays for the next time.
BENCH_HOUSEHOLDS ?= 8400000
bench-cocktails: check-tools
	$(GO) run ./pipeline/bench -households $(BENCH_HOUSEHOLDS)

# The estimators of maatwerk's effect in worlds of which the effect is known: docs/effect-validation.md and its pictures.
SIMULATE ?= -worlds 1000 -rest 200
simulate: check-tools
	$(GO) run ./transforms/effect/simulate $(SIMULATE)

# Regions of which the effect is known, from CSV extracts through ingest, SQL and matching to the mart effect: docs/effect-pipeline.md. Some minutes of
# processor time a world.
SIMULATE_PIPELINE ?= -worlds 25 -parallel 2
simulate-pipeline: check-tools
	$(GO) run ./pipeline/reference/effectworlds/simulate $(SIMULATE_PIPELINE)

# The heaviest models on DuckDB and on a real Trino of one node and of two, over the same generated extracts, which stay in ./bench.
BENCH_TRINO ?= 60000
bench-trino: check-tools
	@trino=$$(.ci/trino) && set -a && eval "$$trino" && $(GO) run ./pipeline/trino/bench -households $(BENCH_TRINO)

# Events of OpenLineage held to the schemas of the specification itself, of which this gets a copy from GitHub.
OPENLINEAGE ?= 8f02abfb7a252783b95df79f443edb13959bf52c
openlineage: check-tools
	@mkdir -p bench && { test -d bench/openlineage || git clone --quiet --filter=blob:none --no-checkout https://github.com/OpenLineage/OpenLineage bench/openlineage; }
	@git -C bench/openlineage checkout --quiet $(OPENLINEAGE) -- spec
	STAPEL_OPENLINEAGE_SPEC=$(CURDIR)/bench/openlineage/spec $(GO) test ./pipeline/openlineage -count=1

# What people install, in ./dist: programs for amd64 and arm64, Debian packages, a Containerfile and their hashes. Some minutes.
dist: check-tools
	@.ci/setup g++-aarch64-linux-gnu
	$(GO) run ./cmd/package -version $(VERSION) -ldflags "$(LDFLAGS)" -out dist

# Builds the packages again elsewhere, with nothing compiled before, and compares; installs one in a Debian of its own, runs and removes it (as root); boots another in an emulator; and asks lintian.
dist-check: dist
	@.ci/setup debootstrap lintian qemu-system-x86
	STAPEL_DIST=$(CURDIR)/dist $(GO) test ./cmd/package -run 'TestReproducible|TestInstalled|TestBooted|TestLintian' -count=1 -timeout 90m -v

version:
	@echo $(VERSION)

ldflags:
	@echo "$(LDFLAGS)"

clean:
	rm -rf bin dist data-demo bench region

check-tools:
	@command -v $(GO) >/dev/null || { echo "stapel needs Go 1.26 or newer: https://go.dev/dl"; exit 2; }
	@$(GO) version | grep -qE 'go1\.(2[6-9]|[3-9][0-9])|go[2-9]' || { echo "stapel needs Go 1.26 or newer; this is $$($(GO) version)"; exit 2; }
	@command -v c++ >/dev/null || command -v g++ >/dev/null || { echo "stapel links DuckDB and needs a C++ compiler (apt-get install g++)"; exit 2; }
