# Everything the project does, from a fresh Debian 12 with Python 3.11:
#   make run     the demo shop in a window          make test    lint, types, floors, tests
#   make tour    the journey as pictures, no display needed
#   make package the binary for a box               make help    the rest

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
TOUR   ?= tour
ARGS   ?=
JOBS   ?= 5

# The test suite and the tour need no X server.
HEADLESS := SDL_VIDEODRIVER=offscreen

.PHONY: run tour test check lint types floors tests faults package pictures words lock clean help

run: $(READY)
	@$(BIN)/kiosk demo $(ARGS) || [ $$? -eq 3 ]

tour: $(READY)
	@$(BIN)/kiosk tour --out $(TOUR) $(ARGS)

# Side by side: mypy keeps one core busy for a minute where it has no cache.
test: $(READY)
	@$(MAKE) --no-print-directory -j 2 check tests

check: lint types floors

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

floors: $(READY)
	$(BIN)/lint-imports

# In the order of tests/conftest.py: by the number of their tests, the long files would come last and
# alone. They start some hundreds of processes, and none need compile what one before it has compiled.
tests: $(READY)
	@.ci/system-packages test
	env -u PYTHONDONTWRITEBYTECODE $(HEADLESS) $(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder $(ARGS)

# Every fault on both databases, long: benchmarks/faults says what it found.
ORDERS ?= 10000
faults: $(READY)
	@.ci/system-packages test
	$(HEADLESS) $(BIN)/python -m benchmarks.faults --orders $(ORDERS) $(ARGS)

package: $(READY)
	@.ci/system-packages package
	PYTHONHASHSEED=0 SOURCE_DATE_EPOCH=1767225600 $(BIN)/pyinstaller --noconfirm --log-level WARN kiosk.spec
	@du -sh dist/kiosk

# The documentation's pictures, from tours of the demo shop: as it is, and on a 55-inch glass as it
# hangs, brought down, at 200 % and in high contrast; by night, and not in the dark hours.
pictures: ARGS += --hour 22
BIG := --screen-mm 685x1218 --lower-edge-mm 500
pictures: tour
	@$(BIN)/kiosk tour --out $(TOUR)-glass $(BIG) $(ARGS)
	@for mode in reach large contrast; do \
	    $(BIN)/kiosk tour --out $(TOUR)-$$mode --mode $$mode $(BIG) $(ARGS) || exit 1; \
	done
	$(BIN)/python docs/pictures/montage.py $(TOUR)

# Brings the window's catalogues up to the code and lists what is still to be translated.
words: $(READY)
	$(BIN)/python kiosk/window/visit/locale/update.py

# Pinned with hashes and without addresses: pip takes them from wherever it is configured to.
lock:
	$(PYTHON) -m venv build/lock
	build/lock/bin/pip install -q uv
	build/lock/bin/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
	    --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
	    --only-binary :all: -q -o requirements.txt

$(READY): requirements.txt pyproject.toml .ci/system-packages
	@.ci/system-packages
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --only-binary :all: \
	    --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps \
	    --no-build-isolation --no-index -e .
	@touch $@

clean:
	rm -rf build dist $(TOUR) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

help:
	@sed -n '1,5p' Makefile
