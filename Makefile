# 攻坚 Gongjian. `make help` lists the targets.
# The first Python from 3.11 on that runs here, in the order of deploy/find-python.sh; `make PYTHON=...` overrides.
PYTHON ?= $(shell sh deploy/find-python.sh)
VENV := .venv
BIN := $(VENV)/bin
# Rooms whose services and queries run on PostgreSQL as well.
ROOMS := audit people attachments notices enterprises assignments indicators campaigns alerts complaints visits markets projects policies problems bulletins intake standings ledgers
PAGES := tests/web/test_policies.py tests/web/test_model_rule.py tests/web/test_fact_import.py
export GONGJIAN_HOME ?= $(CURDIR)/data

.PHONY: help demo test check machine fix bench mutants messages lock bundle try-bundle

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/'

demo: $(VENV)/.core frontend/.fetched ## set everything up and serve the invented city (PORT=8000, LANGUAGE=zh or en, SIZE=demo or city, FRESH=yes for a new one)
	@$(BIN)/python hatch_build.py
	@$(BIN)/gongjian demo --size $(or $(SIZE),demo) $(if $(filter en,$(LANGUAGE)),--language en) $(if $(FRESH),--fresh)

# What Python has compiled is kept, whatever the machine says: a hundred processes would each compile it anew.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(VENV)/.dev frontend/.fetched ## set everything up and run the whole suite
	@$(MAKE) --no-print-directory -j2 -Otarget check machine
	$(BIN)/pytest -n 2 --dist loadgroup --cov --cov-report=term:skip-covered
	GONGJIAN_SEQUENCES=100 $(BIN)/pytest -n 2 -p tests.postgres $(addprefix tests/,$(ROOMS)) $(PAGES)

check: $(VENV)/.dev ## floors, types, lint, templates, JavaScript and CSS (tests/house holds the rest)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy gongjian tests bench deploy samples
	$(BIN)/djlint --quiet --lint gongjian/web/templates
	$(BIN)/deptry gongjian
	$(BIN)/deptry . --ignore DEP004
	$(BIN)/python frontend/lint.py

machine: $(VENV)/.dev .browsers/chromium-92/chromium # programs and browsers of the tests, fetched while the checks run
	@$(BIN)/python tests/setup.py

fix: $(VENV)/.dev ## format and mend what tools can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python frontend/lint.py --fix

bench: $(VENV)/.bench frontend/.fetched ## measure, and write docs/benchmarks.md
	$(BIN)/python -m bench

bundle: $(VENV)/.dev frontend/.fetched ## one archive for a machine without network, in dist/ (PLATFORM=x86_64 or aarch64)
	@$(BIN)/python -m deploy.bundle --platform $(or $(PLATFORM),x86_64)

try-bundle: bundle machine ## install that archive where there is no network, serve, and go the journeys against it
	$(BIN)/pytest -v -n 0 -p no:randomly tests/bundle/try_bundle.py

mutants: $(VENV)/.mutants ## plant errors one by one and write docs/mutants.md (SAMPLE=100 SEED=1)
	$(BIN)/python -m tests.house.mutants --sample $(or $(SAMPLE),100) --seed $(or $(SEED),1)

messages: $(VENV)/.dev ## refresh what is generated: English catalogue, page of moves in the manual, index of decisions, page of security requirements
	$(BIN)/python -m tests.house.catalogue
	$(BIN)/python -m tests.house.manual
	$(BIN)/python -m tests.house.decisions
	$(BIN)/python -m tests.house.asvs

lock: $(VENV)/.dev ## resolve dependencies anew
	$(BIN)/uv pip compile -q --upgrade --generate-hashes --python-version 3.11 --no-header --no-emit-index-url pyproject.toml --group build -o requirements/core.txt
	$(BIN)/uv pip compile -q --upgrade --generate-hashes --python-version 3.11 --no-header --no-emit-index-url pyproject.toml --extra pg --group build --group dev -o requirements/dev.txt
	$(BIN)/uv pip compile -q --upgrade --generate-hashes --python-version 3.11 --no-header --no-emit-index-url pyproject.toml -c requirements/dev.txt --extra pg --group build --group dev --group bench -o requirements/bench.txt
	$(BIN)/uv pip compile -q --upgrade --generate-hashes --python-version 3.11 --no-header --no-emit-index-url pyproject.toml -c requirements/dev.txt --extra pg --extra notify -o requirements/bundle.txt
	$(BIN)/uv pip compile -q --upgrade --generate-hashes --python-version 3.11 --no-header --no-emit-index-url pyproject.toml -c requirements/dev.txt --extra pg --group build --group dev --group mutants -o requirements/mutants.txt

$(BIN)/python:
	@python='$(PYTHON)'; test -n "$$python" && "$$python" -m venv $(VENV)

# uv makes it fast; without it pip does the same from the same lock file.
$(VENV)/.core: requirements/core.txt pyproject.toml | $(BIN)/python
	@test -f $(VENV)/.dev || { $(BIN)/python -m pip install -q uv 2>/dev/null; \
	  if test -x $(BIN)/uv; then $(BIN)/uv pip install -q --require-hashes --python $(BIN)/python -r requirements/core.txt; \
	  else $(BIN)/python -m pip install -q --require-hashes -r requirements/core.txt; fi; \
	  $(BIN)/python -m pip install -q --no-deps --no-build-isolation --no-index -e .; }
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(BIN)/python
	@$(BIN)/python -m pip install -q uv 2>/dev/null || true
	@if test -x $(BIN)/uv; then $(BIN)/uv pip install -q --require-hashes --python $(BIN)/python -r requirements/dev.txt; \
	  else $(BIN)/python -m pip install -q --require-hashes -r requirements/dev.txt; fi
	@$(BIN)/python -m pip install -q --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(VENV)/.bench: requirements/bench.txt | $(VENV)/.dev
	@$(BIN)/uv pip install -q --require-hashes --python $(BIN)/python -r requirements/bench.txt
	@touch $@

$(VENV)/.mutants: requirements/mutants.txt | $(VENV)/.dev
	@$(BIN)/uv pip install -q --require-hashes --python $(BIN)/python -r requirements/mutants.txt
	@touch $@

# Only tests need it; where it cannot be had they are skipped with the reason.
.browsers/chromium-92/chromium: frontend/browsers/package-lock.json | $(VENV)/.dev
	@$(BIN)/python frontend/vendor.py --browsers || echo "Chromium 92 could not be fetched: its tests will be skipped." >&2

frontend/.fetched: frontend/package-lock.json frontend/vendor.py | $(BIN)/python
	@$(BIN)/python frontend/vendor.py
	@touch $@
