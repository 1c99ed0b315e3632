"""The short version of a fault: a shop for a whole file of tests, and a few orders on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.bench.cases.case import Case
from tests.faults.bench.office import found_below
from tests.faults.bench.stand import Stand, stand
from tests.once import made_once

ORDERS, SEED = 6, 1


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    """One window and one back office on SQLite, for all tests of the file that asks for it."""
    with stand(tmp_path_factory.mktemp("shop"), seed=SEED, like=founded(tmp_path_factory)) as built:
        yield built


def founded(factory: pytest.TempPathFactory) -> Path:
    """The data of a shop that nobody has been in, founded once a run."""
    return made_once(factory, "founded", found_below) / "office"


def each(cases: tuple[Case, ...]) -> pytest.MarkDecorator:
    """Run a test once for each case."""
    return pytest.mark.parametrize("case", cases, ids=lambda case: f"{case.number} {case.name}")


def hold(case: Case, shop: Stand) -> None:
    """Play a fault; nothing may be lost, doubled, invented or denied."""
    found = case.strike(shop, ORDERS, SEED)
    assert found.clean, found
