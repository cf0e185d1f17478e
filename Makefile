# make run    set up, load and serve on http://127.0.0.1:8000 (PORT= changes the port)
# make test   everything: lint, types, migrations, the suite on SQLite and on PostgreSQL
# make mutate small faults are planted in copies of the source, and the tests must notice (an hour; docs/mutation.md)
# make check  lint, types and migrations        make fix  what a tool can mend by itself

PYTHON ?= python3
# As gunicorn will read it: from the environment or .env.
PORT ?= $(or $(shell sed -n 's/^PORT=//p' .env 2>/dev/null),8000)
BIN := .venv/bin

ANSWERS = import socket, sys; socket.create_connection(("127.0.0.1", int(sys.argv[1]))) and print("yes")

.PHONY: run free-port test check fix mutate
.DELETE_ON_ERROR:

run: free-port .venv/run.stamp
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py load_kb
	$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	$(BIN)/gunicorn

free-port:
	$(if $(shell $(PYTHON) -c '$(ANSWERS)' $(PORT) 2>/dev/null),$(error Port $(PORT) is in use: choose another one, as in make run PORT=9000))

test: check
	tests/run

mutate: .venv/test.stamp
	$(BIN)/python -m tests.mutation --count 300 --seed 2026

check: .venv/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py spectacular --validate --fail-on-warn --file /dev/null

fix: .venv/test.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python manage.py format_fixtures
	$(BIN)/python manage.py document_api

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "MSCbase needs Python 3.11 or newer; name one with PYTHON=, as in: make run PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/run.stamp: .venv/bin/python requirements.txt constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt -c constraints.txt
	touch $@

.venv/test.stamp: .venv/bin/python requirements.txt requirements-dev.txt constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt -c constraints.txt
	touch $@
