"""Orders through a wire that loses, cuts, repeats and reorders (faults 8 to 12, 15)."""

from tests.faults.bench.cases.case import Case
from tests.faults.bench.cases.wire import WIRES
from tests.faults.bench.office import eventually
from tests.faults.bench.short import SEED, each, hold, shop
from tests.faults.bench.stand import Stand
from tests.faults.bench.window import faketime

__all__ = ["shop"]


@each(WIRES)
def test_nothing_is_lost_nor_doubled(case: Case, shop: Stand) -> None:
    hold(case, shop)


def test_a_limit_lets_orders_wait_and_drops_none(shop: Stand) -> None:
    """Asked to come again later, the window says that it waits; later each order is there once."""
    shop.begin_anew()
    office, window = shop.office, shop.window
    window.orders(1, seed=SEED)
    shop.drain()
    before, thanked = shop.rows(), shop.journal.intents("thanked")
    office.stop()
    office.start(KIOSK_ORDERS_FLOOD="1")
    eventually(lambda: window.state()["online"], "a window that is online again")
    try:
        window.orders(3, seed=SEED + 1, answers=100)
        state = window.state()
        assert (state["online"], state["waiting"], state["parked"]) == (True, 3, 0)
        assert shop.rows() == before
        waiting = shop.journal.intents("thanked") - shop.journal.intents(
            "thanked", known="accepted"
        )
        assert len(waiting - thanked) == 3
        office.stop()
        office.start(**faketime("+11m"), KIOSK_ORDERS_PER_WINDOW="1")
        found = shop.reckon()
    finally:
        office.stop()
        office.start()
    assert found.clean and found.confirmed == 4, found
    newest = "SELECT status, reasons FROM orders_order ORDER BY id DESC LIMIT 3"
    told = [(status, str(reasons)) for status, reasons in office.ask(newest)]
    assert all(status == "needs_review" and "too_many" in why for status, why in told), told
