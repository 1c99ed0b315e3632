"""The other end: how long the glass waits until an order is on the box's own disk."""

import time
import uuid
from pathlib import Path

from nacl.public import PrivateKey

from benchmarks.orders.fill import price_of
from benchmarks.orders.sealed import basket
from kiosk.contract.sealing import sealing_key
from kiosk.shop.money import Money
from kiosk.shop.promise import Fulfilment
from kiosk.window.replica import Outbox
from kiosk.window.replica.kept import OrderSummary, SummaryLine


def commits(folder: Path, count: int) -> list[float]:
    """Milliseconds that each of `count` orders took to be sealed, signed and kept, synced."""
    outbox = Outbox(folder / f"outbox-{uuid.uuid4().hex}.sqlite3")
    shop = sealing_key(bytes(PrivateKey.generate().public_key))
    took = []
    try:
        for _ in range(count):
            order = basket([0, 1])
            lines = tuple(SummaryLine(f"Pièce {n}", "", 1, _money(n)) for n in range(2))
            total = Money(order.seen_total.minor, "EUR")
            summary = OrderSummary(lines, total, Fulfilment.COLLECT, "fr")
            start = time.perf_counter()
            outbox.commit(order, summary, shop)
            took.append((time.perf_counter() - start) * 1000)
        if outbox.waiting_count() != count:
            raise AssertionError("not every order was kept")
    finally:
        outbox.close()
    return took


def _money(number: int) -> Money:
    return Money(price_of(number), "EUR")
