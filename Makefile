# What a person types. Everything works without make, too: see README.md.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed

marks := $(strip $(SYSTEM) $(ENV) $(OCCASION))
empty :=
space := $(empty) $(empty)
select := $(if $(marks),-m "$(subst $(space), and ,$(marks))")

# Compiled modules are kept, so that the second run starts at once.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: verify test lint bench golden lock twin clean

verify: $(INSTALLED)  ## look at SYSTEM in ENV for OCCASION (all, the local twin, everything) with ARGS
	@$(BIN)/python -m pytest $(select) $(ARGS)

test: $(INSTALLED) lint  ## the suite's own tests
	$(BIN)/python -m pytest tests -q -n 2 --dist loadgroup $(ARGS)

lint: $(INSTALLED)  ## format, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(INSTALLED)  ## how fast, side by side with working the runbook by hand
	$(BIN)/python -m tests.bench $(ARGS)

twin: $(INSTALLED)  ## serve the local twin until Ctrl-C
	@$(BIN)/python -m fixtures.twins $(ARGS)

lock: $(INSTALLED)  ## pin and hash the dependencies again
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --upgrade --quiet \
	  --custom-compile-command "make lock" --group pyproject.toml:dev pyproject.toml -o requirements.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis reports/out

$(INSTALLED): requirements.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "installing pinned dependencies into .venv (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

golden: $(INSTALLED)  ## write what was agreed anew, to be read as a diff
	$(BIN)/python -m fixtures.schema
	$(BIN)/python -m tests.catalogue
	$(BIN)/python -m tests.matrix
