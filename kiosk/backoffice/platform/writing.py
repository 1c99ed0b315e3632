"""The transaction in which everything is written that windows are told of."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import OperationalError, connection, transaction

# Any constant; it names the one lock that all such transactions take first.
_ORDER_LOCK = 0x6B696F736B

_TURN_WITHIN = 20.0  # seconds; as long as SQLite itself would wait
_turn = threading.Lock()
# What the transaction's end has still to write, by who writes it.
_Rows = dict[Callable[[list[Any]], object], list[Any]]
_inside: ContextVar[_Rows | None] = ContextVar("inside", default=None)


@contextmanager
def writing() -> Iterator[None]:
    """A transaction beside which no other one of its kind runs; one within another is part of it.

    Taken before any row: a reader could otherwise see number 8 before 7 is committed and pass
    over 7 for ever, and an order and a colleague's edit could each wait for the other's rows.
    Raises OperationalError where others write for too long.
    """
    if _inside.get() is not None:
        yield
        return
    with in_turn(), transaction.atomic():
        hold_order()
        at_end: _Rows = {}
        token = _inside.set(at_end)
        try:
            yield
            for write, rows in at_end.items():
                write(rows)
        finally:
            _inside.reset(token)


def write_together(write: Callable[[list[Any]], object], row: Any) -> None:
    """Have `write` called at this transaction's end, once, with all rows that it was given.

    To be called within `writing`. What `write` writes may not ask for more of the same.
    """
    at_end = _inside.get()
    assert at_end is not None  # noqa: S101 (there is no end to wait for)
    at_end.setdefault(write, []).append(row)


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
    if connection.vendor == "postgresql" and _inside.get() is None:
        with connection.cursor() as db:
            db.execute("SELECT pg_advisory_xact_lock(%s)", [_ORDER_LOCK])
