"""Orders while memories are put back, copied or changed (faults 14, 16, 17, 19, 20)."""

from tests.faults.bench.cases.case import Case
from tests.faults.bench.cases.memory import MEMORIES
from tests.faults.bench.short import each, hold, shop
from tests.faults.bench.stand import Stand

__all__ = ["shop"]


@each(MEMORIES)
def test_nothing_is_lost_nor_doubled(case: Case, shop: Stand) -> None:
    hold(case, shop)
