"""Orders while window and back office are killed or hang (faults 1, 2, 7)."""

from tests.faults.bench.cases.case import Case
from tests.faults.bench.cases.crash import CRASHES
from tests.faults.bench.short import each, hold, shop
from tests.faults.bench.stand import Stand

__all__ = ["shop"]


@each(CRASHES)
def test_nothing_is_lost_nor_doubled(case: Case, shop: Stand) -> None:
    hold(case, shop)
