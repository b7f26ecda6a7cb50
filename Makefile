# Needs Python 3.11 or newer (with venv), git and make; everything else comes from the package registries,
# checked against the hashes in the lock files, into .venv.

PORT ?= 8000
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq
LOCKED := install --root-user-action=ignore --require-hashes --no-deps --only-binary=:all:
VENDOR := ui/static/vendor/STAMP
COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header

.DELETE_ON_ERROR:
.PHONY: help setup run test check bench replay format lock clean

help:
	@echo "make run [PORT=8000]  serve the base CRM with sample people and data, on this machine only"
	@echo "make test             every test, on SQLite and PostgreSQL"
	@echo "make check            lint, types, import layers"
	@echo "make bench            compare with a hand-written application"
	@echo "make replay           a real log of approvals; LOG=path for another, DATABASE=postgres"
	@echo "make setup            install everything the above need"
	@echo "make format           rewrite the source in the house format"
	@echo "make lock             look for newer dependencies"

setup: .venv/.dev

run: .venv/.project
	@$(BIN)/guanxi demo --port $(PORT)

test: .venv/.dev
	@$(BIN)/python -m pytest -n 2 --dist loadgroup $(ARGS)

check: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest -q tests/house -m "not slow"

bench: .venv/.dev
	@$(BIN)/python -m bench.run $(ARGS)
	@$(if $(ARGS),true,$(BIN)/python -m bench.changing)
	@$(if $(ARGS),true,$(BIN)/python -m bench.deciding)

replay: .venv/.dev
	@$(BIN)/python -m tests.acceptance.bpi2020.replay $(if $(LOG),--log "$(LOG)") --database $(or $(DATABASE),sqlite)

format: .venv/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: .venv/.dev
	$(COMPILE) --upgrade pyproject.toml --group build -o requirements.lock
	$(COMPILE) --upgrade pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	$(COMPILE) --upgrade --group assets -o requirements-assets.lock

clean:
	rm -rf .venv ui/static/vendor dist .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Each stamp is newer than the files whose change makes its step due again.

$(BIN)/pip:
	@test -n "$(PYTHON)" || { echo "Guanxi needs Python 3.11 or newer with venv; set PYTHON=/path/to/it."; exit 1; }
	@echo "Making .venv with $(PYTHON) ..."
	@$(PYTHON) -m venv .venv

.venv/.runtime: $(BIN)/pip requirements.lock
	@echo "Installing the locked dependencies ..."
	@$(PIP) $(LOCKED) -r requirements.lock
	@touch $@

$(VENDOR): package.json package-lock.json hatch_build.py | .venv/.runtime
	@echo "Fetching the front-end files ..."
	@command -v npm >/dev/null || $(PIP) $(LOCKED) -r requirements-assets.lock
	@$(BIN)/python hatch_build.py
	@touch $@

# The build backend is already there from the lock, so nothing unlocked is fetched for the build.
.venv/.project: .venv/.runtime $(VENDOR) pyproject.toml
	@$(PIP) install --root-user-action=ignore --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: .venv/.project requirements-dev.lock
	@echo "Installing the locked development tools ..."
	@$(PIP) $(LOCKED) -r requirements-dev.lock
	@touch $@
