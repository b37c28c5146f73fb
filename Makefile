# Everything is set up by the targets themselves, in the folder .venv; `make help` lists them.
# PYTHON names the Python to build it with: make test PYTHON=python3.12

PYTHON ?= python3

VENV := .venv
BIN := $(VENV)/bin
USE := $(VENV)/.stamp
DEV := $(VENV)/.stamp-dev
FRONTEND := $(wildcard frontend/package*.json frontend/*.ts frontend/build.py frontend/src/*)

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo test check check-static check-docs check-floors bench bench-ledger bench-archives docs format clean

help: ## list the targets
	@echo 'make demo          read the example reports and print their brief'
	@echo 'make test          run all tests'
	@echo 'make check         all that must hold: format, lint, types, layers, tests, docs, floors'
	@echo 'make check-static  of these only format, lint, types, layers'
	@echo 'make bench         measure how fast reports are read'
	@echo 'make bench-archives  measure how fast archives are coded, and break runs off'
	@echo 'make bench-ledger  measure a ledger of a million events, and kill programs that store'
	@echo 'make docs          write the generated pages anew and build the documentation into site/'
	@echo 'make format        format the code and mend what lint can mend'
	@echo 'make clean         remove .venv, caches and builds; ledgers stay'

demo: $(USE)
	@$(BIN)/chancery demo
	@echo 'the program is $(BIN)/chancery'

test: $(DEV)
	@$(BIN)/python -m pytest

check: check-static test check-docs check-floors

check-static: $(DEV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python frontend/build.py --check

check-docs: $(DEV)
	$(BIN)/python -m pytest --quiet tests/cli/test_docs.py tests/test_codebook.py
	$(BIN)/mkdocs build --strict --quiet

check-floors: $(DEV)
	@if [ -d evaluation ]; then $(BIN)/python -m evaluation.floors; fi

bench: $(DEV)
	@$(BIN)/python -m benchmarks.reading
	@$(BIN)/python -m benchmarks.archives

bench-archives: $(DEV)
	@$(BIN)/python -m benchmarks.archives
	@$(BIN)/python -m benchmarks.interruptions

bench-ledger: $(DEV)
	@$(BIN)/python -m benchmarks.ledger
	@$(BIN)/python -m benchmarks.faults
	@$(BIN)/python -m benchmarks.faults --load --rounds 30

docs: $(DEV)
	$(BIN)/python docs/make_cli.py
	$(BIN)/python docs/make_codebook.py
	$(BIN)/mkdocs build --strict --quiet

format: $(DEV)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) build dist site frontend/node_modules src/chancery/web/assets
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment. Each stamp says that its libraries are those of pyproject.toml; the package
# itself is installed in place, so that a change of the code needs no new stamp. A change of the
# desk's scripts and styles does: installing builds them.

$(USE): pyproject.toml $(FRONTEND) | $(BIN)/python
	$(call installed,chancery,.)

$(DEV): pyproject.toml $(FRONTEND) | $(BIN)/python
	$(call installed,chancery and the tools of its tests,.[dev])
	@touch $(USE)

$(BIN)/python:
	@command -v '$(PYTHON)' >/dev/null || { \
	  echo 'chancery needs Python 3.11 or newer, and there is no $(PYTHON) here.'; \
	  echo 'Install one, or name yours: make demo PYTHON=/path/to/python3.12'; exit 1; } >&2
	@'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'chancery needs Python 3.11 or newer; $(PYTHON) is' "$$('$(PYTHON)' --version 2>&1)."; \
	  echo 'Install a newer one, or name it: make demo PYTHON=/path/to/python3.12'; exit 1; } >&2
	@'$(PYTHON)' -c 'import ensurepip' 2>/dev/null || { \
	  echo '$(PYTHON) lacks the module venv; on Debian and Ubuntu: apt-get install python3-venv'; \
	  exit 1; } >&2
	@echo 'chancery: making a virtual environment in $(VENV)'
	@'$(PYTHON)' -m venv $(VENV)

# Names each library as pip comes to it: the first time takes minutes, and a person wants to see it move.
define PROGRESS
import re, sys
for line in sys.stdin:
    if line.startswith("Collecting "):
        print("", re.match(r"[\w.-]+", line.split()[1]).group(), end="", flush=True)
    elif line.startswith("Installing collected"):
        print("\nchancery: unpacking them", flush=True)
endef
export PROGRESS

define installed
	@echo 'chancery: fetching the libraries of $(1); the first time takes a few minutes'
	@rm -f $@
	@{ $(BIN)/python -m pip install -e '$(2)' && touch $@; } | $(BIN)/python -c "$$PROGRESS"
	@test -e $@
endef
