"""Newer versions on older data, killed in the middle of their updates (faults 18, 26)."""

from collections.abc import Iterator

import pytest

from tests.faults.bench.cases.case import Case
from tests.faults.bench.cases.update import UPDATES
from tests.faults.bench.stand import Stand, stand

ORDERS, SEED = 8, 1


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    with stand(tmp_path_factory.mktemp("update"), seed=SEED) as built:
        yield built


@pytest.mark.parametrize("case", UPDATES, ids=lambda case: f"{case.number} {case.name}")
def test_nothing_is_lost_nor_doubled(case: Case, shop: Stand) -> None:
    shop.begin_anew()
    try:
        case.play(shop, ORDERS, SEED)
        found = shop.reckon(*case.proofs)
    finally:
        shop.heal()
    assert found.clean, found
