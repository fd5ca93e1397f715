# Needs Python 3.11 or newer, pip and make; everything else goes into .venv.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
EXTRAS ?= dev
READY := $(VENV)/.ready-$(EXTRAS)
PYTEST_ARGS ?= -n auto --dist loadfile
PEERS_ARGS ?=
DEMO_DIR ?= demo-school

.PHONY: demo test suite lint faults peers bench-workspace clean

demo: $(READY)
	rm -rf $(DEMO_DIR)
	$(BIN)/sheets-sync demo --keep $(DEMO_DIR)

# With make -j2 the two go side by side: the type checker keeps one core busy only.
test: lint suite

suite: $(READY)
	$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

# Every request of a night × every fault, those too that `make test` leaves out because one stands for several.
faults: $(READY)
	$(BIN)/python -m pytest $(PYTEST_ARGS) -m "campaign or not campaign" tests/faults \
		tests/functional/test_forget_cut_short.py

peers: $(READY)
	$(BIN)/python benchmarks/peers/run.py $(PEERS_ARGS)

bench-workspace: $(READY)
	$(BIN)/python -m benchmarks.workspace.throughput

# Side by side with other programs, each in an environment of its own; PAIRS_ARGS=--large adds 100 000 people.
bench-pairs: $(READY)
	$(BIN)/python -m benchmarks.pairs $(PAIRS_ARGS)

$(READY): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[$(EXTRAS)]'
	touch $@

clean:
	rm -rf $(VENV) $(DEMO_DIR) .bench-peers build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
