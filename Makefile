# The commands of the project; README.md says when to use which.
# PYTHON= the interpreter for .venv, PORT= the site's port, DATABASE_URL= another PostgreSQL, CHROMIUM= a browser.

SHELL := /bin/sh
.DEFAULT_GOAL := help
export SITE_MODE ?= local

python := .venv/bin/python
code := cptpp_site occupations eligibility tests scripts deploy bench manage.py

.PHONY: help run test check fuzz sbom messages staff stop screenshots bench test-external test-ordinary-user \
	backup restore topology drill load run-environment dev-environment bench-environment

help:
	@echo "make run                 set everything up and serve the site on http://127.0.0.1:8000 (PORT= changes it)"
	@echo "make stop                stop the embedded database"
	@echo "make staff               create a staff account (ARGS='--name anna --superuser' asks for less)"
	@echo "make backup              write a backup of the database (ARGS='--to FOLDER --keep 14')"
	@echo "make restore FILE=...    put a backup in the place of everything in the database"
	@echo "make topology            PostgreSQL over TCP, two web replicas and nginx, as in production"
	@echo "make drill               kill, slow down and break parts of it, and tell what visitors met (ARGS=--full)"
	@echo "make load                100 visitors at once, whole journeys, 10 minutes (LOAD_SECONDS= shortens;"
	@echo "                         ARGS=--topology behind nginx with two replicas)"
	@echo "make test                every test, browser tests included (ARGS= goes to pytest)"
	@echo "make check               lint, format, types, migrations, production settings, lock file, translations"
	@echo "make messages            bring the catalogues of texts up to the code, and compile them"
	@echo "make fuzz                20,000 requests that no browser would send (FUZZ_REQUESTS=, FUZZ_SEED=)"
	@echo "make sbom                the software bill of materials, in sbom.json"
	@echo "make screenshots         pictures of every page in every state, in screenshots/"
	@echo "make bench               our figures beside baselines of the same run (ARGS=--json; --only pages counts)"
	@echo "make test-external       the core tests on a PostgreSQL 15+ that is installed on this machine"
	@echo "make test-ordinary-user  as root: prove 'make run' as an account without privileges"

run-environment:
	@scripts/environment.sh run

dev-environment:
	@scripts/environment.sh dev

bench-environment:
	@scripts/environment.sh bench

run: run-environment
	@exec $(python) manage.py serve

stop: run-environment
	@$(python) manage.py stop_database

staff: run-environment
	@$(python) manage.py migrate --verbosity 0
	@$(python) manage.py add_staff $(ARGS)

backup: run-environment
	@$(python) manage.py backup $(ARGS)

restore: run-environment
	@test -n "$(FILE)" || { echo "Name the backup: make restore FILE=var/backups/cptpp-check-....dump" >&2; exit 1; }
	@$(python) manage.py restore "$(FILE)" $(ARGS)

topology drill: dev-environment
	@SITE_MODE=local $(python) manage.py collectstatic --no-input --verbosity 0
	@exec $(python) -m scripts.$(if $(filter drill,$@),drills,topology) $(ARGS)

load: dev-environment
	@SITE_MODE=local $(python) manage.py collectstatic --no-input --verbosity 0
	@exec $(python) -m bench.load $(ARGS)

test: dev-environment
	@CHROMIUM="$$($(python) -m scripts.chromium)" && export CHROMIUM && exec $(python) -m pytest $(ARGS)

check: dev-environment
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m mypy $(code)
	$(python) manage.py makemigrations --check --dry-run
	$(python) -m scripts.migration_check
	$(python) -m scripts.production_check
	$(python) -m scripts.lock_check
	$(python) -m scripts.messages --check
	@$(python) manage.py stop_database --if-idle > /dev/null

messages: dev-environment
	@$(python) -m scripts.messages

fuzz: dev-environment
	@FUZZ_REQUESTS="$${FUZZ_REQUESTS:-20000}" exec $(python) -m pytest -q -s tests/cptpp_site/test_fuzz.py

sbom:
	@scripts/environment.sh bench
	@$(python) -m scripts.bill_of_materials

screenshots: dev-environment
	@CHROMIUM="$$($(python) -m scripts.chromium)" && export CHROMIUM && exec $(python) -m scripts.screenshots $(ARGS)

bench: bench-environment
	@exec $(python) -m bench $(ARGS)

test-external: dev-environment
	@$(python) -m scripts.external_database $(ARGS)

test-ordinary-user: dev-environment
	@$(python) -m scripts.ordinary_user
