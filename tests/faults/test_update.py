"""Newer versions on older data, killed in the middle of their updates (faults 18, 26)."""

from tests.faults.bench.cases.case import Case
from tests.faults.bench.cases.update import UPDATES
from tests.faults.bench.short import each, hold, shop
from tests.faults.bench.stand import Stand

__all__ = ["shop"]


@each(UPDATES)
def test_nothing_is_lost_nor_doubled(case: Case, shop: Stand) -> None:
    hold(case, shop)
