.PHONY: demo test test-fast test-extras lint size bench docs vendor examples programs clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXTRAS_VENV := .venv-extras
EXTRAS_BIN := $(EXTRAS_VENV)/bin
PIP_FLAGS := --quiet --disable-pip-version-check -c constraints.txt
JOBS ?= 2

# The first five minutes: an environment of its own, then a real shortlist from the examples.
demo: $(VENV)/.base
	$(BIN)/hirelens rank examples/resumes --job examples/jobs --top 3 --allow-unscreened

# Everything that needs no extra. No network once the environment is there.
test: lint
	$(BIN)/python -m pytest -m "not extras" -n $(JOBS)

# The fast lane: under a minute.
test-fast: $(VENV)/.dev
	$(BIN)/python -m pytest -m "not slow" -n $(JOBS)

# What needs torch, onnxruntime or a program of the system; a skipped test is a failure here.
test-extras: $(EXTRAS_VENV)/.extras programs
	HIRELENS_NO_SKIPS=1 $(EXTRAS_BIN)/python -m pytest -m extras

# Programs that read old Word files where our own reader gives up, the browser of the report's tests, and what checks deploy/
# (Debian's names).
programs:
	@for program in catdoc antiword chromium promtool shellcheck; do command -v $$program >/dev/null || missing=1; done; \
		[ -z "$$missing" ] || { apt-get update -qq && \
		apt-get install -y -qq catdoc antiword chromium && \
		apt-get install -y -qq --no-install-recommends prometheus shellcheck; }

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# What the base install weighs, and what weighs most in it.
size:
	$(PYTHON) -m venv .venv-size && .venv-size/bin/python -m pip install $(PIP_FLAGS) .
	du -sm .venv-size && du -sm .venv-size/lib/python*/site-packages/* | sort -rn | head -6
	rm -rf .venv-size

# What can be measured without data of your own; docs/scoring.md and each script's --help name the others.
bench: $(VENV)/.dev
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/jobs.py
	$(BIN)/python benchmarks/fields.py benchmarks/data/resumes
	$(BIN)/python benchmarks/screening.py examples/resumes examples/jobs
	$(BIN)/python benchmarks/shards.py

# What is generated: docs/commands.md, docs/configuration.md, configs/default.toml, the README's shortlist.
docs: $(VENV)/.dev
	$(BIN)/python docs/generate.py

# The one library in the report's page, fetched again with npm and compared with the digests noted beside it.
VENDOR := src/hirelens_cli/rendering/report/vendor
vendor:
	folder=$$(mktemp -d) && npm pack --silent --pack-destination $$folder tablesort@5.7.1 \
		&& tar -xzf $$folder/tablesort-5.7.1.tgz -C $$folder \
		&& cp $$folder/package/dist/tablesort.min.js $$folder/package/dist/sorts/tablesort.number.min.js $(VENDOR)/ \
		&& cp $$folder/package/LICENCE $(VENDOR)/LICENCE && rm -r $$folder
	cd $(VENDOR) && sed -n 's/^    //p' README.md | sha256sum --check

examples: $(VENV)/.dev
	$(BIN)/python examples/make_examples.py

clean:
	rm -rf $(VENV) $(EXTRAS_VENV) .hirelens .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.base: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install $(PIP_FLAGS) -e .
	touch $@

$(VENV)/.dev: $(VENV)/.base
	$(BIN)/python -m pip install $(PIP_FLAGS) -e '.[dev]'
	touch $@

$(EXTRAS_VENV)/bin/python:
	$(PYTHON) -m venv $(EXTRAS_VENV)

# torch comes first, so that a build for the CPU that is at hand satisfies the extra.
$(EXTRAS_VENV)/.extras: $(EXTRAS_VENV)/bin/python pyproject.toml constraints.txt
	$(EXTRAS_BIN)/python -m pip install $(PIP_FLAGS) torch
	$(EXTRAS_BIN)/python -m pip install $(PIP_FLAGS) -e '.[browser,cluster,dev,minilm,ocr,otel,s3,transformers]' 'moto[server]' duckdb-cli kubernetes-validate
	touch $@
