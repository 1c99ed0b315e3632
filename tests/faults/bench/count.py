"""The reckoning: what was asked, what the screen confirmed, what the back office has.

Everything is counted for each intent, the name of what a visitor meant: two rows of one intent are
an order doubled, under however many keys they came.
"""

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from tests.faults.bench.journal import Journal
from tests.faults.bench.office import AMPLE, Office

KEYS = (
    "attempts",
    "confirmed",
    "lost",
    "doubled",
    "recovered",
    "unexpected",
    "said_failed_but_stored",
)


@dataclass(frozen=True)
class Reckoning:
    """Numbers of intents. `amiss` names what has gone wrong beside them: effects that happened
    twice or not at all.
    """

    attempts: int = 0
    confirmed: int = 0
    lost: int = 0
    doubled: int = 0
    recovered: int = 0
    unexpected: int = 0
    said_failed_but_stored: int = 0
    amiss: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        wrong = self.lost + self.doubled + self.unexpected + self.said_failed_but_stored
        return not wrong and not self.amiss

    def told(self) -> dict[str, Any]:
        return asdict(self)


def reckon(
    journal: Journal,
    office: Office,
    since: frozenset[str] = frozenset(),
    *,
    ample: bool = True,
) -> Reckoning:
    """Count all intents but those of `since`, which were counted before.

    Reads the back office's own database, so that nothing which could be amiss stands between.
    `ample`: nobody but buyers has changed the stock.
    """
    attempts = journal.intents("attempt") - since
    confirmed = journal.intents("thanked") - since
    # Refused and then asked for again is asked for: the last word on the screen counts.
    refused = journal.intents("refused") - confirmed - since
    rows = Counter(str(row[0]) for row in _rows(office))
    stored = set(rows) - since
    return Reckoning(
        attempts=len(attempts),
        confirmed=len(confirmed),
        lost=len(confirmed - stored),
        doubled=sum(1 for intent, count in rows.items() if count > 1 and intent not in since),
        recovered=len((stored & attempts) - confirmed - refused),
        unexpected=len(stored - attempts),
        said_failed_but_stored=len(stored & refused),
        amiss=_effects(office, ample=ample),
    )


def intents(journal: Journal) -> frozenset[str]:
    return frozenset(journal.intents("attempt"))


def _rows(office: Office) -> list[tuple[Any, ...]]:
    return [(UUID(str(row[0])),) for row in office.ask("SELECT intent_id FROM orders_order")]


def _effects(office: Office, *, ample: bool) -> list[str]:
    """What each order must have brought about exactly once."""
    amiss = []
    for what, sql in _ONCE.items():
        found = office.ask(sql)
        if found:
            amiss.append(f"{what}: {len(found)} orders")
    return amiss + (_stock(office) if ample else [])


def _stock(office: Office) -> list[str]:
    (taken,) = office.ask(
        "SELECT coalesce(sum(l.stock_taken), 0) FROM orders_orderline l "
        "JOIN orders_order o ON o.id = l.order_id"
    )
    (left,) = office.ask("SELECT coalesce(sum(stock), 0), count(stock) FROM catalogue_variant")
    missing = int(left[1]) * AMPLE - int(left[0])
    if missing == int(taken[0]):
        return []
    return [f"stock: {missing} pieces gone for {taken[0]} sold"]


_ONCE = {
    "not one first event": (
        "SELECT o.id FROM orders_order o LEFT JOIN orders_orderevent e ON e.order_id = o.id "
        "AND e.status IN ('accepted', 'needs_review') AND e.actor_id IS NULL "
        "GROUP BY o.id HAVING count(e.id) <> 1"
    ),
    "no lines": (
        "SELECT o.id FROM orders_order o LEFT JOIN orders_orderline l ON l.order_id = o.id "
        "GROUP BY o.id HAVING count(l.id) = 0"
    ),
    "accepted, but pieces not taken once": (
        "SELECT l.id FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id "
        "JOIN catalogue_variant v ON v.id = l.variant_id "
        "WHERE o.status = 'accepted' AND v.stock IS NOT NULL AND l.stock_taken <> l.quantity"
    ),
}
