# Everything sets itself up: a machine needs Python 3.11 or newer (with venv and pip) and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TRYTON_SAMPLE := features/demo_scripts features/installation features/block_tests/3_routing.feature
READY := $(VENV)/.ready-$(shell cksum requirements.lock pyproject.toml | cksum | cut -d' ' -f1)

.PHONY: help qualify qualify-tryton qualify-tryton-wms test test-unit test-wheel test-tryton test-tryton-whole test-repeat test-power power mutants lint bench chromium lock clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 22

$(READY):
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

qualify: $(READY) ## run the reference qualification and make its report
	$(BIN)/syncproof qualify -n 2

qualify-tryton: $(READY) ## the same with a real Tryton server as ERP
	$(BIN)/syncproof qualify --landscape landscapes/tryton.toml

qualify-tryton-wms: $(READY) ## the same with a second Tryton database as WMS
	$(BIN)/syncproof qualify --landscape landscapes/tryton-wms.toml

test: lint test-unit test-wheel ## linters, types, layers, all tests, and the suite from a built wheel

test-unit: $(READY)
	$(BIN)/python -m pytest tests -m "not tryton and not slow" -p no:cacheprovider -n 2

test-wheel: $(READY) ## build the wheel, install it in a clean environment, run the bundled suite from there
	PYTHON=$(BIN)/python sh tests/wheel.sh

test-tryton: $(READY) ## the adapter and a sample of the features on a real Tryton server, against what is known of it
	$(BIN)/python -m pytest tests/conformance -m tryton -p no:cacheprovider
	PYTHON=$(BIN)/python sh tests/tryton.sh landscapes/tryton.toml landscapes/tryton/erp.tsv $(TRYTON_SAMPLE)

test-tryton-whole: $(READY) ## all features on Tryton as ERP and as WMS, against what is known of it (about an hour)
	PYTHON=$(BIN)/python sh tests/tryton.sh landscapes/tryton.toml landscapes/tryton/erp.tsv
	PYTHON=$(BIN)/python sh tests/tryton.sh landscapes/tryton-wms.toml landscapes/tryton/wms.tsv

test-repeat: $(READY) ## thirty runs in random order, alone, in parallel, under load and with late calls give the same verdicts
	$(BIN)/python tests/repeat.py 30

test-power: $(READY) ## a sample of the seeded defects and of their siblings, another one for each commit
	$(BIN)/python -m pytest tests/acceptance/test_power.py -p no:cacheprovider
	$(BIN)/syncproof power --sample 15 --seed "$$(git rev-parse HEAD 2>/dev/null || echo release)"
	$(BIN)/syncproof power --defects tests/power --only 'SIB-*' --sample 15 --seed "$$(git rev-parse HEAD 2>/dev/null || echo release)"

power: $(READY) ## seed every defect of the catalogue and see which scenario catches it
	$(BIN)/syncproof power -n 2

mutants: $(READY) ## does a test notice when the code is changed? (MODULE=evidence/verdicts for one module)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check mutmut==3.8.1
	$(BIN)/python -m tests.mutants.run $(MODULE) $(if $(SAMPLE),--sample $(SAMPLE))

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
	rm -rf $(VENV) dist build .mutants
