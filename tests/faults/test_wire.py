"""Orders through a wire that loses, cuts, repeats and reorders (faults 8 to 12, 15)."""

from tests.faults.bench.cases.case import Case
from tests.faults.bench.cases.wire import WIRES
from tests.faults.bench.short import each, hold, shop
from tests.faults.bench.stand import Stand

__all__ = ["shop"]


@each(WIRES)
def test_nothing_is_lost_nor_doubled(case: Case, shop: Stand) -> None:
    hold(case, shop)
