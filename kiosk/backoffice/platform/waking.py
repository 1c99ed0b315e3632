"""Who is woken when there is news: the streams of this process, and those of all others."""

from collections.abc import Callable

from django.db import connection, transaction

# PostgreSQL's channel. What it carries is empty: the news lie in the tables.
CHANNEL = "kiosk_news"
NOTIFY = f"pg_notify('{CHANNEL}', '')"

_listeners: list[Callable[[], None]] = []


def on_news(listener: Callable[[], None]) -> Callable[[], None]:
    """Call `listener` (from any thread) after each commit with news; returns how to stop."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


def wake_streams() -> None:
    """Once this transaction is committed, let all streams look at once: also those of other
    processes on PostgreSQL. SQLite's folder is one process's; a command beside it is seen when
    the process next looks by itself.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as db:
            db.execute(f"SELECT {NOTIFY}")
    wake_here()


def wake_here() -> None:
    """The same for the streams of this process: PostgreSQL was told by the statement that wrote."""
    transaction.on_commit(_wake)


def _wake() -> None:
    for listener in tuple(_listeners):
        listener()
