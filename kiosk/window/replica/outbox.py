"""Orders kept on the box until the back office has answered.

An order is on the disk, synced, before anything says "thank you"; its idempotency key is made
once, with it, and never changes.
"""

import fcntl
import hashlib
import logging
import shutil
import threading
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

import apsw
from pydantic import TypeAdapter

from kiosk.contract import OrderReceipt, OrderRequest, Problem
from kiosk.shop.money import Money
from kiosk.shop.promise import Fulfilment, Promise
from kiosk.window.replica.database import NO_DISK, Database
from kiosk.window.replica.salvage import salvage

log = logging.getLogger(__name__)

# Below this much free disk an order is not even begun: the commit and its log must fit.
NEEDED_BYTES = 8 * 1024 * 1024
NOT_SEALED = "none"

_MIGRATIONS = (
    """
    CREATE TABLE kept_order(
        intent_id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, kept_at TEXT NOT NULL,
        ordered TEXT NOT NULL, summary TEXT NOT NULL,
        sealing TEXT NOT NULL, payload BLOB NOT NULL,
        receipt TEXT, answered_epoch TEXT, problem TEXT);
    CREATE TABLE outbox(
        key TEXT PRIMARY KEY REFERENCES kept_order(key) ON DELETE CASCADE,
        attempts INTEGER NOT NULL DEFAULT 0, last_error TEXT NOT NULL DEFAULT '');
    """,
)


class DataInUse(Exception):
    """Another instance of the program has this data directory open."""


class RefusedDisk(Exception):
    """The order could not be made durable: it is not accepted."""


class IntentTaken(Exception):
    """The intent was kept before with another content; the first one stays."""


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """A line as it was shown: the words in the visitor's language."""

    title: str
    variant: str
    quantity: int
    total: Money


@dataclass(frozen=True, slots=True)
class OrderSummary:
    """What the glass may show again of an order. Holds no personal data."""

    lines: tuple[SummaryLine, ...]
    total: Money
    fulfilment: Fulfilment
    language: str
    promise: Promise | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The proof that an order is on the disk."""

    intent_id: uuid.UUID
    key: str
    kept_at: datetime
    summary: OrderSummary


@dataclass(frozen=True, slots=True)
class Due:
    """An order to send now. `payload` is the OrderRequest's JSON where `sealing` is "none"."""

    intent_id: uuid.UUID
    key: str
    sealing: str
    payload: bytes = field(repr=False)
    attempts: int


_SUMMARY = TypeAdapter(OrderSummary)


class Outbox:
    """One database that only one process may hold open. Safe to call from any thread.

    Raises DataInUse when another instance holds it. Every commit is synced (synchronous=FULL).
    Waiting times live in memory: after a restart everything that waits is due, and a wrong
    clock cannot hold an order back.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._held = _hold(path.with_name(path.name + ".lock"))
        self._lock = threading.Lock()
        self._not_before: dict[str, float] = {}
        try:
            self._db = Database(path, _MIGRATIONS, "FULL", wiped=True)
            if self._db.damaged():
                salvage(self._db.set_aside(), self._db)
        except BaseException:
            self._held.close()
            raise

    def close(self) -> None:
        self._db.close()
        self._held.close()

    def has_room(self) -> bool:
        """Whether the disk has room for orders: ask before a visitor types anything."""
        try:
            return shutil.disk_usage(self._db.path.parent).free >= NEEDED_BYTES
        except OSError:
            return False

    def commit(self, order: OrderRequest, summary: OrderSummary) -> Kept:
        """Keep an order, durably, once for each intent: a second commit gives the first.

        Raises RefusedDisk (nothing is kept) or IntentTaken.
        """
        ordered = _fingerprint(order)
        kept = Kept(order.intent_id, str(uuid.uuid4()), datetime.now(UTC), summary)
        try:
            with self._db.writing() as db:
                found = db.execute(
                    "SELECT ordered FROM kept_order WHERE intent_id = ?", (str(order.intent_id),)
                ).fetchall()
                if not found:
                    _insert(db, kept, ordered, order.model_dump_json().encode())
        except NO_DISK as error:
            # The log may still end in a whole frame that was never synced: empty it, or a
            # restart could find an order that the visitor was told is not accepted.
            self._db.checkpoint()
            raise RefusedDisk(f"the order could not be written: {error}") from error
        if not found:
            return kept
        if found[0][0] != ordered:
            raise IntentTaken(f"intent {order.intent_id} was kept with another content")
        again = self.kept(order.intent_id)
        assert again is not None  # noqa: S101 - orders that wait are never removed
        return again

    def kept(self, intent_id: uuid.UUID) -> Kept | None:
        rows = self._db.read(
            "SELECT key, kept_at, summary FROM kept_order WHERE intent_id = ?", (str(intent_id),)
        )
        return next((_kept(str(intent_id), row) for row in rows), None)

    def waiting(self) -> list[Kept]:
        """Orders that have no answer yet and are not parked, oldest first."""
        rows = self._db.read(
            "SELECT o.intent_id, o.key, o.kept_at, o.summary FROM outbox "
            "JOIN kept_order o USING (key) ORDER BY o.kept_at"
        )
        return [_kept(row[0], row[1:]) for row in rows]

    def waiting_count(self) -> int:
        return int(self._db.read("SELECT count(*) FROM outbox")[0][0])

    def parked_count(self) -> int:
        """Orders that the back office refused: staff must look at them."""
        return int(
            self._db.read(
                "SELECT count(*) FROM kept_order "
                "WHERE problem IS NOT NULL AND key NOT IN (SELECT key FROM outbox)"
            )[0][0]
        )

    def due(self, now: float) -> list[Due]:
        """What to send at `now` (seconds, time.monotonic), oldest first."""
        rows = self._db.read(
            "SELECT o.intent_id, o.key, o.sealing, o.payload, attempts FROM outbox "
            "JOIN kept_order o USING (key) ORDER BY o.kept_at"
        )
        with self._lock:
            return [
                Due(uuid.UUID(intent), key, sealing, bytes(payload), attempts)
                for intent, key, sealing, payload, attempts in rows
                if self._not_before.get(key, now) <= now
            ]

    def next_due(self, now: float) -> float | None:
        """When (time.monotonic) the next order becomes due after `now`, if one does."""
        with self._lock:
            return min((t for t in self._not_before.values() if t > now), default=None)

    def record_attempt(self, key: str, error: str, not_before: float) -> None:
        """An attempt had no answer: try again from `not_before` (time.monotonic)."""
        with self._lock:
            self._not_before[key] = not_before
        try:
            with self._db.writing() as db:
                db.execute(
                    "UPDATE outbox SET attempts = attempts + 1, last_error = ? WHERE key = ?",
                    (error[:200], key),
                )
        except apsw.Error as failure:
            log.warning("could not record an attempt: %s", failure)

    def hurry(self, not_before: float) -> None:
        """Bring every waiting order forward to `not_before` at the latest."""
        with self._lock:
            for key, until in self._not_before.items():
                self._not_before[key] = min(until, not_before)

    def acknowledge(self, key: str, receipt: OrderReceipt, epoch: str = "") -> bool:
        """Store the back office's answer; False where the same answer was there already.

        `epoch` is the back office's, so that its restored backup can be offered the order again.
        """
        text = receipt.model_dump_json()
        with self._db.writing() as db:
            before = db.execute(
                "SELECT receipt FROM kept_order WHERE key = ? AND intent_id = ?",
                (key, str(receipt.intent_id)),
            ).fetchall()
            if not before:
                raise ValueError("the answer is about another order than the one that was sent")
            waiting = db.execute(
                "DELETE FROM outbox WHERE key = ? RETURNING key", (key,)
            ).fetchall()
            fresh = before[0][0] is None or (bool(waiting) and before[0][0] != text)
            if fresh:
                db.execute(
                    "UPDATE kept_order SET receipt = ?, problem = NULL WHERE key = ?", (text, key)
                )
            if fresh or waiting:
                db.execute("UPDATE kept_order SET answered_epoch = ? WHERE key = ?", (epoch, key))
        self._forget(key)
        return fresh

    def park(self, key: str, problem: Problem) -> bool:
        """Take an order that was refused out of the way, never off the disk."""
        with self._db.writing() as db:
            moved = db.execute("DELETE FROM outbox WHERE key = ? RETURNING key", (key,)).fetchall()
            if moved:
                db.execute(
                    "UPDATE kept_order SET problem = ? WHERE key = ?",
                    (problem.model_dump_json(), key),
                )
        self._forget(key)
        return bool(moved)

    def offer_again(self, epoch: str) -> int:
        """Queue what another epoch of the back office answered: its memory was replaced."""
        with self._db.writing() as db:
            moved = db.execute(
                "INSERT INTO outbox(key) SELECT key FROM kept_order "
                "WHERE receipt IS NOT NULL AND answered_epoch NOT IN ('', ?) "
                "AND key NOT IN (SELECT key FROM outbox) RETURNING key",
                (epoch,),
            ).fetchall()
        return len(moved)

    def receipt(self, intent_id: uuid.UUID) -> OrderReceipt | None:
        rows = self._db.read(
            "SELECT receipt FROM kept_order WHERE intent_id = ?", (str(intent_id),)
        )
        return OrderReceipt.model_validate_json(rows[0][0]) if rows and rows[0][0] else None

    def purge(self, older_than_days: int = 30) -> int:
        """Remove answered orders kept longer ago; never one that waits or is parked."""
        before = (datetime.now(UTC) - timedelta(days=older_than_days)).isoformat()
        with self._db.writing() as db:
            gone = db.execute(
                "DELETE FROM kept_order WHERE receipt IS NOT NULL AND kept_at < ? "
                "AND key NOT IN (SELECT key FROM outbox) RETURNING key",
                (before,),
            ).fetchall()
        if gone:
            self._db.checkpoint()
        return len(gone)

    def _forget(self, key: str) -> None:
        with self._lock:
            self._not_before.pop(key, None)


def _hold(path: Path) -> IO[str]:
    held = path.open("a")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        held.close()
        raise DataInUse(f"{path.parent} is in use: end the other window first") from None
    return held


def _fingerprint(order: OrderRequest) -> str:
    """What was ordered, without who ordered: equal for two touches of the same button."""
    told = order.model_dump_json(include={"lines", "fulfilment", "seen_total"})
    return hashlib.sha256(told.encode()).hexdigest()


def _insert(db: Any, kept: Kept, ordered: str, payload: bytes) -> None:
    db.execute(
        "INSERT INTO kept_order(intent_id, key, kept_at, ordered, summary, sealing, payload) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            str(kept.intent_id),
            kept.key,
            kept.kept_at.isoformat(),
            ordered,
            _SUMMARY.dump_json(kept.summary).decode(),
            NOT_SEALED,
            payload,
        ),
    )
    db.execute("INSERT INTO outbox(key) VALUES (?)", (kept.key,))


def _kept(intent_id: str, row: Sequence[Any]) -> Kept:
    key, kept_at, summary = row
    return Kept(
        uuid.UUID(intent_id),
        key,
        datetime.fromisoformat(kept_at),
        _SUMMARY.validate_json(summary),
    )
