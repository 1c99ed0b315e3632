"""The transaction in which everything is written that windows are told of."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import OperationalError, connection, transaction

# Any constant; it names the one lock that all such transactions take first.
_ORDER_LOCK = 0x6B696F736B

_TURN_WITHIN = 20.0  # seconds; as long as SQLite itself would wait
_turn = threading.Lock()
_inside: ContextVar[bool] = ContextVar("inside", default=False)


@contextmanager
def writing() -> Iterator[None]:
    """A transaction beside which no other one of its kind runs; one within another is part of it.

    Taken before any row: a reader could otherwise see number 8 before 7 is committed and pass
    over 7 for ever, and an order and a colleague's edit could each wait for the other's rows.
    Raises OperationalError where others write for too long.
    """
    if _inside.get():
        yield
        return
    with in_turn(), transaction.atomic():
        hold_order()
        token = _inside.set(True)
        try:
            yield
        finally:
            _inside.reset(token)


@contextmanager
def in_turn() -> Iterator[None]:
    """Let this process's writers to SQLite go first come, first served, before it makes them wait.

    SQLite sleeps between its tries, ever longer: of eight that write without a pause the
    unluckiest waited for seconds. Who has begun a transaction holds the database already, and
    must not wait for one who waits for it. Raises OperationalError.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    if not _turn.acquire(timeout=_TURN_WITHIN):
        raise OperationalError("database is locked")
    try:
        yield
    finally:
        _turn.release()


def hold_order() -> None:
    """Take the lock until this transaction ends. SQLite's writers queue up anyway."""
    if connection.vendor == "postgresql" and not _inside.get():
        with connection.cursor() as db:
            db.execute("SELECT pg_advisory_xact_lock(%s)", [_ORDER_LOCK])
