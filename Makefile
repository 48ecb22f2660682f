# The commands of the house.  Those of whoever keeps the data are in ledger.mk; here are those of whoever works on the program.
include ledger.mk

.PHONY: demo test changed-kind docs lint browser fonts bench-reader bench-build bench-publish guide-pictures lock lowest soak

demo: $(VENV)/.site   ## build the fictional county's site into site-demo (AS_OF=YYYY-MM-DD)
	@DATA=tests/fixtures/sample OUT=site-demo AS_OF=$(or $(AS_OF),2023-08-11) $(PY) -m scripts site

changed-kind: $(VENV)/.site  ## data or code: what was changed since BASE (or PUBLISHED=commit); workflows run the tests only for code
	@$(PY) -m scripts changed-kind

docs: $(VENV)/.site   ## write the tables of data/README.md, the JSON Schemas and the forms of issues from the model
	@$(PY) -m scripts docs

test: $(VENV)/.test lint browser   ## everything: style, types, arrows, tests in a real browser
	@$(PY) -m pytest -n auto --dist worksteal

.PHONY: quick
quick: $(VENV)/.test   ## what needs neither a browser nor a built site, while you work; says how long it took
	@started=$$(date +%s); $(PY) -m pytest -n auto --dist worksteal -m "not browser and not slow"; code=$$?; echo "quick: $$(( $$(date +%s) - started )) s"; exit $$code

soak: $(VENV)/.test   ## the long runs whole: random plans, mutants of data files and workbooks, killed hand-ins (some 20 minutes; prints its counts)
	@LEDGER_SOAK=3000 $(PY) -m pytest -s tests/ledger/test_properties.py tests/ledger/test_rereading.py tests/ledger/test_readings_agree.py tests/ledger/test_laws.py tests/macros/test_small_counties.py tests/ledger/test_rules.py tests/fuzz tests/exchange/workbooks/test_fuzz.py tests/exchange/workbooks/test_killed.py tests/house/test_successor.py

lowest: $(VENV)/.test  ## the verbs and a county's whole year on the lowest Python at hand (LOWEST_PYTHON=/usr/bin/python3)
	@LEDGER_LOWEST=1 $(PY) -m pytest -s tests/house/test_lowest_python.py tests/year

.PHONY: every-day
every-day: $(VENV)/.test   ## every address on every day that changes anything, in every state of two counties (SHARD=1/4; goes on where it was stopped)
	@$(PY) -m tests.every_day.sweep

lint: $(VENV)/.test   ## style, types, import arrows
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@$(VENV)/bin/lint-imports --no-cache

browser: $(VENV)/.test
	@$(PY) tests/browser/install.py

fonts:           ## Chinese fonts for the browser tests, on the workflows' machines (needs sudo; they have a Chrome)
	sudo apt-get update -qq
	sudo apt-get install -y -qq fonts-noto-cjk

guide-pictures: $(VENV)/.test browser   ## take the pictures of the staff handbook anew
	@$(PY) -m tests.guide.pictures

.PHONY: readme-pictures
readme-pictures: $(VENV)/.test browser   ## take the two pictures of the README anew
	@$(PY) -m tests.guide.readme_pictures

lock:            ## pin all dependencies anew (needs uv)
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-header pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-header pyproject.toml --group test -o requirements-test.lock
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --group audit -o requirements-audit.lock

bench-reader: $(VENV)/.test browser  ## bytes, requests, largest paint on a slow phone, beside a plain mkdocs-material site; into docs/bench.md
	@$(PY) -m tests.bench.reader

bench-build: $(VENV)/.test  ## time to build 42 and 420 tasks, beside the same words in mkdocs-material; into docs/bench.md
	@$(PY) -m tests.bench.build

bench-publish: $(VENV)/.test  ## processor seconds from a commit of data to a folder that can be published, step by step; into docs/bench.md
	@$(PY) -m tests.bench.publish

# Tools that look at what is pinned have an environment of their own: they share no version with what they look at.
AUDIT := $(VENV)/audit

.PHONY: audit sbom
audit: $(AUDIT)/.done  ## known vulnerabilities of everything that is pinned, these tools included (asks PyPI)
	@$(AUDIT)/bin/pip-audit --strict --disable-pip --require-hashes -r requirements.lock -r requirements-test.lock -r requirements-audit.lock

sbom: $(AUDIT)/.done   ## what the site is built with, as CycloneDX: sbom.cdx.json, for a release (SBOM=file)
	@PYTHONWARNINGS=ignore::UserWarning $(AUDIT)/bin/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --mc-type application --output-reproducible --spec-version 1.6 --output-format JSON --output-file $(or $(SBOM),sbom.cdx.json)

# The tag comes last: whatever is red stops it before anything is written.
RELEASE_CHECKS ?= test
.PHONY: release
release: $(VENV)/.test $(AUDIT)/.done  ## the next version: all tests, CHANGELOG dated, version, tag, list of parts; prints what to push (VERSION=1.0.0)
	@$(PY) -m scripts release --dry-run "$(VERSION)"
	@$(MAKE) $(RELEASE_CHECKS)
	@$(PY) -m scripts release "$(VERSION)"
	@$(MAKE) -s sbom SBOM=sbom-v$(VERSION).cdx.json

$(AUDIT)/.done: requirements-audit.lock | $(VENV)/bin/python
	@$(PY) -m venv $(AUDIT)
	@$(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-audit.lock
	@touch $@

$(VENV)/.test: requirements-test.lock | $(VENV)/bin/python
	@echo "Installing what the tests need (pinned by hash) …"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-test.lock
	@touch $@ $(VENV)/.site
