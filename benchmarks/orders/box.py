"""The other end: how long the glass waits until an order is on the box's own disk."""

import time
import uuid
from datetime import UTC, datetime
from pathlib import Path

from kiosk.contract import OrderRequest
from kiosk.shop.money import Money
from kiosk.shop.promise import Fulfilment
from kiosk.window.replica import Outbox
from kiosk.window.replica.outbox import OrderSummary, SummaryLine


def commits(folder: Path, count: int) -> list[float]:
    """Milliseconds that each of `count` orders took to be kept, synced (synchronous=FULL)."""
    outbox = Outbox(folder / f"outbox-{uuid.uuid4().hex}.sqlite3")
    took = []
    try:
        for _ in range(count):
            order, summary = _order()
            start = time.perf_counter()
            outbox.commit(order, summary)
            took.append((time.perf_counter() - start) * 1000)
        if outbox.waiting_count() != count:
            raise AssertionError("not every order was kept")
    finally:
        outbox.close()
    return took


def _order() -> tuple[OrderRequest, OrderSummary]:
    unit = Money(4200, "EUR")
    asked = OrderRequest.model_validate(
        {
            "intent_id": str(uuid.uuid4()),
            "placed_at": datetime.now(UTC).isoformat(),
            "language": "fr",
            "lines": [
                {"variant_id": f"piece-{n}-0", "quantity": 1,
                 "seen_unit": {"minor": 4200, "currency": "EUR"}}
                for n in range(2)
            ],
            "fulfilment": "courier",
            "contact": {"name": "Inès Charge", "phone": "+33199001234"},
            "address": {"line1": "3, rue du Pont", "postcode": "75001", "city": "Paris"},
            "seen_total": {"minor": 8990, "currency": "EUR"},
        }
    )  # fmt: skip
    lines = tuple(SummaryLine(f"Pièce {n}", "", 1, unit) for n in range(2))
    return asked, OrderSummary(lines, Money(8990, "EUR"), Fulfilment.COURIER, "fr")
