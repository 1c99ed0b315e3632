"""Clocks that are wrong, and answers that come a month late (13, 21)."""

import time

from tests.faults.bench.cases.case import Case
from tests.faults.bench.office import eventually
from tests.faults.bench.proxy import Weather
from tests.faults.bench.stand import Stand
from tests.faults.bench.window import faketime

# Offsets of a box's clock, as faketime takes them: 1970, ten years on, an hour back.
CLOCKS = ("@1970-01-02 03:04:05", "+3650d", "-1h")
MONTH = "+31d"  # longer than a window keeps what was answered
DAY_S = 24 * 3600


def wrong_clocks(stand: Stand, orders: int, seed: int) -> None:
    """1970, ten years on, an hour back: orders are kept, sent, and no timer stands still."""
    each = max(1, orders // len(CLOCKS))
    for clock in CLOCKS:
        stand.window.kill()
        stand.window.start(clock=clock)
        if abs(stand.window.heard_clock - time.time()) > 1800:
            stand.proof["wrong clock"] += 1
        stand.window.orders(each, seed=seed)
        stand.drain()
    stand.window.stop()
    stand.window.start()


def a_month_later(stand: Stand, orders: int, seed: int) -> None:
    """Stored, never answered, asked again after 31 days: the same order."""
    stand.proxy.set(Weather(shares={"drop_reply": 100}))
    before = stand.rows()
    stand.window.orders(orders, seed=seed)
    eventually(lambda: stand.rows() == before + orders, "orders stored without an answer")
    stand.window.stop()
    stand.office.stop()
    stand.proxy.mend()
    stand.office.start(**faketime(MONTH))
    stand.window.start(clock=MONTH)
    stand.drain()
    assert stand.rows() == before + orders
    if stand.window.heard_clock - time.time() > 30 * DAY_S:
        stand.proof["a month later"] += 1
    stand.window.stop()
    stand.office.stop()
    stand.revive()


TIMES = (
    Case(13, "asked again after 31 days", a_month_later, ("drop_reply", "a month later")),
    Case(21, "clock at 1970, +10 years, −1 h", wrong_clocks, ("wrong clock",)),
)
