"""For all tests: in which order the workers of a run take the files, and no haste."""

import gc
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import settings

# A machine that stands still for a moment says nothing about what is tested.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

Tests = list[pytest.Item]
STAGE = Path(__file__).parent / "window" / "stage"
# Those of the stage that take a minute and more: begun last, one of them would run on alone.
LONG = {f"test_{name}.py" for name in ("geometry", "map", "scan_page", "search", "side_by_side")}
LONG |= {"test_storms.py", "test_typing.py"}


# What has been imported and collected stays: searched through for what may be thrown away, it
# would take a fifth of the time of an import.
gc.set_threshold(50_000, 10, 10)


def pytest_sessionfinish() -> None:
    """Nothing need be thrown away any more."""
    gc.freeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The stage's tests wait for frames and leave the processor half asleep; the others, which keep
    it busy, come between them. A run without workers keeps the order of the files.
    """
    if not hasattr(config, "workerinput"):
        return
    files = [list(tests) for _, tests in groupby(items, lambda item: item.path)]
    waiting = [tests for tests in files if STAGE in tests[0].path.parents]
    waiting.sort(key=lambda tests: tests[0].path.name not in LONG)
    working = [tests for tests in files if STAGE not in tests[0].path.parents]
    items[:] = [test for tests in _spread(waiting, working) for test in tests]


def _spread(some: list[Tests], others: list[Tests]) -> list[Tests]:
    """Both in their own order, and as many of the one in each part of the list as in any other."""
    places = [
        ((place + 0.5) / len(part), thing)
        for part in (some, others)
        for place, thing in enumerate(part)
    ]
    return [thing for _, thing in sorted(places, key=lambda placed: placed[0])]
