"""Orders by wrong clocks, and answers that come a month late (faults 13, 21)."""

from tests.faults.bench.cases.case import Case
from tests.faults.bench.cases.clock import TIMES
from tests.faults.bench.short import each, hold, shop
from tests.faults.bench.stand import Stand

__all__ = ["shop"]


@each(TIMES)
def test_nothing_is_lost_nor_doubled(case: Case, shop: Stand) -> None:
    hold(case, shop)
