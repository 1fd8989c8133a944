# `make run` and `make test` are all a newcomer needs; the rest is for developers.
PYTHON ?= python3
VENV = .venv/bin/python
SHELL = /bin/sh
.PHONY: help run test lint format messages compile-messages bench setup clean

help:
	@echo "make run      serve the portal on http://127.0.0.1:8000 (HOST, PORT)"
	@echo "make test     run every test, in a real browser too (ARGS=...)"
	@echo "make lint     check style, types, import order, templates, migrations, settings, translations"
	@echo "make bench    measure: proposals, import, pages (DATABASE_URL)"
	@echo "make format   lay out Python and templates"
	@echo "make messages take new texts into locale/; make compile-messages writes the .mo files"

run:
	@$(PYTHON) bin/bootstrap.py run
	@exec $(VENV) -m bin.serve

setup:
	@$(PYTHON) bin/bootstrap.py dev

test: setup
	@CHROMIUM="$$($(VENV) -m bin.chromium)" && export CHROMIUM && exec $(VENV) -m pytest -n 2 $(ARGS)

lint: setup
	$(VENV) -m ruff check .
	$(VENV) -m ruff format --check .
	$(VENV) -m mypy
	$(VENV) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"
	find templates -name '*.html' -print0 | xargs -0 .venv/bin/djade --check --target-version 5.2
	$(VENV) manage.py makemigrations --check --dry-run
	$(VENV) -m bin.check_deploy
	$(VENV) -m bin.messages check

format: setup
	$(VENV) -m ruff check --fix .
	$(VENV) -m ruff format .
	find templates -name '*.html' -print0 | xargs -0 .venv/bin/djade --target-version 5.2

messages: setup
	$(VENV) -m bin.messages extract

compile-messages: setup
	$(VENV) -m bin.messages compile

bench: setup
	@exec $(VENV) -m benchmarks
