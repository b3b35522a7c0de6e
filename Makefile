# Everything sets itself up: a machine needs Python 3.11 or newer (with venv and pip) and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready-$(shell cksum requirements.lock pyproject.toml | cksum | cut -d' ' -f1)

.PHONY: help qualify qualify-tryton qualify-tryton-wms test test-unit test-wheel test-repeat lint bench chromium lock clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 22

$(READY):
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

qualify: $(READY) ## run the reference qualification and make its report
	$(BIN)/syncproof qualify

qualify-tryton: $(READY) ## the same with a real Tryton server as ERP
	$(BIN)/syncproof qualify --landscape landscapes/tryton.toml

qualify-tryton-wms: $(READY) ## the same with a second Tryton database as WMS
	$(BIN)/syncproof qualify --landscape landscapes/tryton-wms.toml

test: lint test-unit test-wheel ## everything CI runs

test-unit: $(READY)
	$(BIN)/python -m pytest tests -m "not tryton and not slow" -p no:cacheprovider -n 2

test-wheel: $(READY) ## build the wheel, install it in a clean environment, run the bundled suite from there
	PYTHON=$(BIN)/python sh tests/wheel.sh

test-repeat: $(READY) ## ten runs in random order and in parallel give the same verdicts
	$(BIN)/python tests/repeat.py 10

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY) ## speed as ratios measured in one run
	$(BIN)/python bench/run.py

lock: ## resolve the dependencies again
	uv pip compile --quiet --universal --generate-hashes --extra test pyproject.toml build-requirements.in -o requirements.lock

clean:
	rm -rf $(VENV) dist build
