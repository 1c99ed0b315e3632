"""Orders on disks that refuse, fill up or forget (faults 5, 6, 27)."""

from tests.faults.bench.cases.case import Case
from tests.faults.bench.cases.disk import DISKS
from tests.faults.bench.short import each, hold, shop
from tests.faults.bench.stand import Stand

__all__ = ["shop"]


@each(DISKS)
def test_nothing_is_lost_nor_doubled(case: Case, shop: Stand) -> None:
    hold(case, shop)
