# Two commands to start with: `make demo` and `make test`. Each creates what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help demo run test soak lint lock clean

help:  ## say what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/ -/'

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Deskcheck needs Python 3.11 or newer, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

demo: $(READY)  ## play a newsroom day on a sandbox, without Telegram
	$(BIN)/deskcheck demo

run: $(READY)  ## start the bot with the settings in .env
	$(BIN)/deskcheck run

test: $(READY)  ## run the tests on SQLite, and on PostgreSQL when one answers
	$(BIN)/python -m pytest -m "not soak" -n 2 $(ARGS)

soak: $(READY)  ## run the long forms of the reliability tests
	$(BIN)/python -m pytest -m soak $(ARGS)

lint: $(READY)  ## linters, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lock:  ## pin the dependencies anew (needs uv)
	uv pip compile --universal --generate-hashes --python-version 3.11 --extra dev --quiet \
		--custom-compile-command "make lock" -o requirements.lock pyproject.toml

clean:  ## remove what make created
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
