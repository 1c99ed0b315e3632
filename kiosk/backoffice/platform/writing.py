"""The transaction in which everything is written that windows are told of."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# Any constant; it names the one lock that all such transactions take first.
_ORDER_LOCK = 0x6B696F736B


@contextmanager
def writing() -> Iterator[None]:
    """A transaction beside which no other one of its kind runs.

    Taken before any row: a reader could otherwise see number 8 before 7 is committed and pass
    over 7 for ever, and an order and a colleague's edit could each wait for the other's rows.
    """
    with transaction.atomic():
        hold_order()
        yield


def hold_order() -> None:
    """Take the lock until this transaction ends. SQLite's writers queue up anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as db:
            db.execute("SELECT pg_advisory_xact_lock(%s)", [_ORDER_LOCK])
