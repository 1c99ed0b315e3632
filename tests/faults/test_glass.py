"""Rough hands and long weeks (faults 22, 28)."""

from tests.faults.bench.cases.case import Case
from tests.faults.bench.cases.glass import GLASSES
from tests.faults.bench.short import each, hold, shop
from tests.faults.bench.stand import Stand

__all__ = ["shop"]


@each(GLASSES)
def test_nothing_is_lost_nor_doubled(case: Case, shop: Stand) -> None:
    hold(case, shop)
