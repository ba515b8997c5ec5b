# Court Listings Map: `make help` lists what can be done.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
FLASK := .venv/bin/flask --app backend
NPM_CI := npm ci --no-audit --no-fund --loglevel=error
export PORT HOST DEMO_LISTINGS DATABASE_URL REDIS_URL
export BENCH_ROWS BENCH_SECONDS BENCH_ROUNDS BENCH_PATHS BENCH_ONLY BENCH_IMPORT_ROWS BENCH_JSON
VAR := $(abspath $(or $(VAR_DIR),var))
export PYTHONDONTWRITEBYTECODE := 1

# What Debian provides; the server itself is not needed where DATABASE_URL names one.
SERVE_PACKAGES := python3-venv $(if $(DATABASE_URL),,postgresql-15 postgresql-15-postgis-3)
NODE_PACKAGES := nodejs npm
BENCH_PACKAGES := postgresql-15 postgresql-15-postgis-3 wrk nginx-light
# Playwright's driver brings a Node of its own, which needs libatomic.
TEST_PACKAGES := postgresql-15 postgresql-15-postgis-3 redis-server chromium-headless-shell fonts-noto-cjk libatomic1 $(BENCH_PACKAGES)

# Installs those of $(1) that are missing. Debian would make and start a cluster of its own, which nobody asked for.
define install_missing
	@missing=$$(for name in $(1); do \
	  dpkg-query -W -f '$${Status}' $$name 2>/dev/null | grep -q 'ok installed' || printf '%s ' $$name; done); \
	if [ -n "$$missing" ]; then \
	  command -v apt-get >/dev/null || { echo "Needed and not installed: $$missing(this recipe knows Debian only)."; exit 1; }; \
	  [ "$$(id -u)" = 0 ] || command -v sudo >/dev/null || { echo "Needed and not installed: $$missing; run as root, or install sudo."; exit 1; }; \
	  echo "Installing from Debian: $$missing"; \
	  if ! [ -e /etc/postgresql-common/createcluster.conf ]; then \
	    $(SUDO) mkdir -p /etc/postgresql-common && \
	    echo 'create_main_cluster = false' | $(SUDO) tee /etc/postgresql-common/createcluster.conf >/dev/null; fi; \
	  log=$$(mktemp); \
	  { $(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	    -o Dpkg::Options::=--force-confold $$missing; } >"$$log" 2>&1 || { \
	    tail -n 5 "$$log"; echo "Debian's packages could not be installed: $$missing"; exit 1; }; \
	fi
endef

.PHONY: help
help:  ## List every target
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1\t\2/' | expand -t 20

.PHONY: demo
demo: system-serve system-node .venv/installed miniprogram/node_modules/installed backend/static/node_modules/installed  ## Run everything with fictional data (PORT=8000 DEMO_LISTINGS=20000)
	@exec $(FLASK) demo serve

.PHONY: pages
pages: system-node miniprogram/node_modules/installed backend/static/node_modules/installed  ## Build the mini-program's pages for browsers, and the console's modules
	@cd miniprogram && WEB_OUT=$(VAR)/web npm run build --silent
	@cd backend/static && CONSOLE_OUT=$(VAR)/console npm run build --silent

# Whole files go to the workers in the order of tests/conftest.py, slow ones first: by itself xdist begins with those of
# most tests, which are quick, and leaves browsers to one worker at the end.
.PHONY: test
test: system-test system-node .venv/installed-dev miniprogram/node_modules/installed tests/miniprogram/node_modules/installed pages  ## Run the whole test suite
	@exec .venv/bin/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

.PHONY: test-at-scale
test-at-scale: system-test .venv/installed-dev  ## Run the proofs at full size: 10,000 tips under kills, 1,000,000 guessed codes, 20,000 transactions of 20 courts
	@FILING_KILLS=$${FILING_KILLS:-10000} GUESSED_LOOKUPS=$${GUESSED_LOOKUPS:-1000000} COURT_TRANSACTIONS=$${COURT_TRANSACTIONS:-20000} \
	  .venv/bin/python -m pytest -n 2 --dist loadfile tests/reliability/test_filing_kills.py tests/integration/tips/test_brakes.py tests/integration/console/test_courts_apart.py

.PHONY: check
check: system-node .venv/installed-dev miniprogram/node_modules/installed backend/static/node_modules/installed tests/miniprogram/node_modules/installed  ## Format, lint, types, imports, SQL, dead code, the console, the mini-program's compilers
	.venv/bin/ruff format --check backend tests
	.venv/bin/ruff check backend tests
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache
	.venv/bin/vulture
	.venv/bin/sqlfluff lint --disable-progress-bar sql/migrations backend
	cd miniprogram && npm run check --silent
	cd backend/static && npm run check --silent
	cd tests/miniprogram && npm run check --silent

.PHONY: format
format: .venv/installed-dev miniprogram/node_modules/installed backend/static/node_modules/installed  ## Format everything in place
	.venv/bin/ruff check --fix-only backend tests
	.venv/bin/ruff format backend tests
	cd miniprogram && npm run format --silent
	cd backend/static && npm run format --silent

.PHONY: bench
bench: system-bench .venv/installed-dev  ## Measure everything at national size, as ratios (BENCH_ROWS=8500000 BENCH_SECONDS=5 BENCH_ROUNDS=5 BENCH_ONLY=detail,tiles)
	@exec .venv/bin/python -m tests.bench.national

.PHONY: bench-import
bench-import: system-serve .venv/installed-dev  ## Measure the rate of an import, as a ratio to a bare COPY
	@exec .venv/bin/python -m tests.bench.import_rate

.PHONY: bench-peers
bench-peers: var/bench/peers/.venv/installed  ## Install tipg and pygeoapi for `make bench`, in an environment of their own

var/bench/peers/.venv/installed: tests/bench/peers-requirements.txt | .venv/installed-dev
	@python3 -m venv --clear $(@D)
	@$(@D)/bin/pip install -q --disable-pip-version-check --require-hashes -r $<
	@touch $@

.PHONY: bench-pages
bench-pages: system-test .venv/installed-dev  ## Measure the map's first plates on a slow phone, against the running demo (PORT=8000 BENCH_ROUNDS=7)
	@exec .venv/bin/python -m tests.bench.first_plates

.PHONY: eval-search
eval-search: system-serve .venv/installed-dev  ## Measure what the search for names finds, and how fast (EVAL_NAMES=1000000 EVAL_QUERIES=10000)
	@exec .venv/bin/python -m tests.bench.eval_search $(EVAL_OPTIONS)

.PHONY: screenshots
screenshots: system-test system-node .venv/installed-dev miniprogram/node_modules/installed pages  ## Renew the pictures in docs/
	@exec .venv/bin/python -m tests.e2e.screenshots

.PHONY: schema
schema: system-serve .venv/installed-dev  ## Dump the schema that the migrations make into sql/schema.sql
	@exec .venv/bin/python -m tests.integration.dump_schema

.PHONY: requirements
requirements: .venv/installed-dev  ## Pin every Python package with hashes, from pyproject.toml
	.venv/bin/uv pip compile pyproject.toml --generate-hashes --no-header -q -o requirements.txt
	.venv/bin/uv pip compile pyproject.toml --extra dev --generate-hashes --no-header -q -o requirements-dev.txt
	.venv/bin/uv pip compile tests/bench/peers-requirements.in --generate-hashes --no-header -q -o tests/bench/peers-requirements.txt

.PHONY: clean
clean:  ## Remove what the other targets made, the demo's database included
	@[ ! -x .venv/bin/python ] || .venv/bin/python -c 'from pathlib import Path; from backend.core.cluster import Cluster; Cluster(Path("var/cluster.json")).remove(); Cluster(Path("var/bench/cluster.json")).remove()'
	rm -rf .venv var miniprogram/node_modules backend/static/node_modules tests/miniprogram/node_modules

.PHONY: system-serve system-node system-test system-bench
system-serve:
	$(call install_missing,$(SERVE_PACKAGES))

system-test: system-serve
	$(call install_missing,$(TEST_PACKAGES))

system-bench: system-serve
	$(call install_missing,$(BENCH_PACKAGES))

# A newer Node from elsewhere serves as well as Debian's.
system-node:
	@command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) >= 18 ? 0 : 1)' 2>/dev/null \
	|| $(MAKE) --no-print-directory system-node-debian

.PHONY: system-node-debian
system-node-debian:
	$(call install_missing,$(NODE_PACKAGES))

.venv/bin/python:
	@echo "Python: making .venv"
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 1; }
	@python3 -m venv .venv

.venv/installed: requirements.txt | .venv/bin/python
	@echo "Python: installing the packages of requirements.txt"
	@[ -e .venv/installed-dev ] || .venv/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt | system-serve .venv/bin/python
	@echo "Python: installing the packages of requirements-dev.txt"
	@.venv/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ .venv/installed

%/node_modules/installed: %/package-lock.json
	@echo "npm: installing the packages of $*"
	@cd $* && $(NPM_CI)
	@touch $@
