"""What can still be read of a damaged outbox, copied into a fresh one."""

import logging
from pathlib import Path
from typing import Any

import apsw

from kiosk.window.replica.database import Database

log = logging.getLogger(__name__)

_COLUMNS = (
    "intent_id, key, kept_at, ordered, summary, sealing, payload, signature, "
    "receipt, answered_epoch, answered_at, problem"
)

_SMALLEST = 256  # bytes; no order is smaller with all that is sealed of it


def salvage(damaged: Path, fresh: Database) -> int:
    """Copy every order that can be read, row by row; gives their number, logs what is lost."""
    old = apsw.Connection(str(damaged))
    saved = lost = 0
    for rowid in range(1, _last_row(old) + 1):
        try:
            saved += _copy(old, fresh, rowid)
        except apsw.Error:
            lost += 1
    old.close()
    log.error("saved %d orders from %s; %d could not be read", saved, damaged.name, lost)
    return saved


def _last_row(old: Any) -> int:
    try:
        return int(old.execute("SELECT max(rowid) FROM kept_order").fetchall()[0][0] or 0)
    except apsw.Error:
        # The page that the last ones lie on: those before it are asked for all the same.
        return Path(old.filename).stat().st_size // _SMALLEST


def _copy(old: Any, fresh: Database, rowid: int) -> int:
    orders = old.execute(
        f"SELECT {_COLUMNS} FROM kept_order WHERE rowid = ?",  # noqa: S608
        (rowid,),
    ).fetchall()
    for order in orders:
        with fresh.writing() as db:
            marks = ", ".join("?" * len(order))
            db.execute(f"INSERT INTO kept_order({_COLUMNS}) VALUES ({marks})", order)  # noqa: S608
            if _waits(old, order):
                db.execute("INSERT INTO outbox(key) VALUES (?)", (order[1],))
    return len(orders)


def _waits(old: Any, order: tuple[Any, ...]) -> bool:
    """Whether it was still to be sent; where that cannot be read, it is offered once more."""
    try:
        return bool(old.execute("SELECT 1 FROM outbox WHERE key = ?", (order[1],)).fetchall())
    except apsw.Error:
        return True
