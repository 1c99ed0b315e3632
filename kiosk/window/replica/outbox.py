"""Orders kept on the box until the back office has answered.

An order is on the disk, synced, before anything says "thank you"; its idempotency key is made
once, with it, and never changes. Who ordered is sealed to the shop's key as it is written: nobody
reads it here, this program included.
"""

import fcntl
import logging
import shutil
import threading
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

import apsw

from kiosk.contract import OrderReceipt, OrderRequest, Problem, SealingKey
from kiosk.window.replica.database import NO_DISK, Database
from kiosk.window.replica.identity import Identity, IdentityFile
from kiosk.window.replica.kept import (
    DataInUse,
    Due,
    IntentTaken,
    Kept,
    OrderSummary,
    Parked,
    RefusedDisk,
    read_due,
    read_kept,
)
from kiosk.window.replica.salvage import salvage
from kiosk.window.replica.sealing import (
    NOT_SEALED,
    SEALED,
    fingerprint,
    insert,
    sealed_buyer,
    signed,
)

log = logging.getLogger(__name__)

# Below this much free disk an order is not even begun: the commit and its log must fit.
NEEDED_BYTES = 8 * 1024 * 1024
# So long an answered order stays, in case that the back office comes back from a backup.
RETAINED_DAYS = 30

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
    """
    ALTER TABLE kept_order ADD COLUMN signature TEXT NOT NULL DEFAULT '';
    ALTER TABLE outbox ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE outbox ADD COLUMN parked INTEGER NOT NULL DEFAULT 0;
    INSERT INTO outbox(key, parked) SELECT key, 1 FROM kept_order
        WHERE problem IS NOT NULL AND key NOT IN (SELECT key FROM outbox);
    CREATE TABLE instance(id TEXT PRIMARY KEY, last_number INTEGER NOT NULL);
    """,
    """
    ALTER TABLE kept_order ADD COLUMN answered_at TEXT;
    UPDATE kept_order SET answered_at = kept_at WHERE receipt IS NOT NULL;
    """,
)


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
        self._identity_file = IdentityFile(path.parent)
        self._identity: Identity | None = None
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
        return self.free_bytes() >= NEEDED_BYTES

    def free_bytes(self) -> int:
        """The room on the disk; 0 where it cannot be told."""
        try:
            return shutil.disk_usage(self._db.path.parent).free
        except OSError:
            return 0

    def writable(self) -> bool:
        """Whether the disk takes a synced write now. Changes nothing."""
        try:
            with self._db.writing() as db:
                version = db.execute("PRAGMA user_version").fetchall()[0][0]
                db.execute(f"PRAGMA user_version={version}")
        except apsw.Error:
            return False
        return True

    @property
    def identity(self) -> Identity:
        """This memory's name and key. Raises OSError where a new one cannot be written."""
        if self._identity is None:
            self._identity = self._identity_file.load()
        return self._identity

    def take_new_name(self) -> None:
        """Speak under a new name from now on; what was signed under the old one stays so."""
        self._identity = self._identity_file.renew()

    @property
    def last_number(self) -> int:
        """How many orders were ever kept under this name."""
        rows = self._db.read(
            "SELECT last_number FROM instance WHERE id = ?", (str(self.identity.instance_id),)
        )
        return int(rows[0][0]) if rows else 0

    def commit(self, order: OrderRequest, summary: OrderSummary, key: SealingKey) -> Kept:
        """Seal and keep an order, durably, once for each intent: a second commit gives the first.

        `key` is the shop's. Raises RefusedDisk (nothing is kept), IntentTaken, or SealError
        where the shop's key is none.
        """
        ordered = fingerprint(order)
        kept = Kept(order.intent_id, str(uuid.uuid4()), datetime.now(UTC), summary)
        sealed = sealed_buyer(order, key)
        try:
            identity = self.identity
            with self._db.writing() as db:
                found = db.execute(
                    "SELECT ordered FROM kept_order WHERE intent_id = ?", (str(order.intent_id),)
                ).fetchall()
                if not found:
                    payload, signature = signed(db, order, sealed, identity)
                    insert(db, kept, ordered, payload, signature)
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
        return next((read_kept(str(intent_id), row) for row in rows), None)

    def seal_older(self, key: SealingKey) -> int:
        """Seal what an older version of this program left in clear; gives how many.

        An order means the same sealed or not, so that one that was sent already is no other.
        """
        rows = self._db.read("SELECT key, payload FROM kept_order WHERE sealing = ?", (NOT_SEALED,))
        for name, payload in rows:
            order = OrderRequest.model_validate_json(bytes(payload))
            with self._db.writing() as db:
                payload, signature = signed(db, order, sealed_buyer(order, key), self.identity)
                db.execute(
                    "UPDATE kept_order SET payload = ?, signature = ?, sealing = ? WHERE key = ?",
                    (payload, signature, SEALED, name),
                )
        if rows:
            self._db.checkpoint()
        return len(rows)

    def waiting(self) -> list[Kept]:
        """Orders that have no answer yet and are not parked, oldest first."""
        rows = self._db.read(
            "SELECT o.intent_id, o.key, o.kept_at, o.summary FROM outbox "
            "JOIN kept_order o USING (key) WHERE NOT parked ORDER BY o.kept_at"
        )
        return [read_kept(row[0], row[1:]) for row in rows]

    def waiting_count(self) -> int:
        return int(self._db.read("SELECT count(*) FROM outbox WHERE NOT parked")[0][0])

    def parked_count(self) -> int:
        """Orders that the back office does not take: staff must look at them."""
        return int(self._db.read("SELECT count(*) FROM outbox WHERE parked")[0][0])

    def parked(self) -> list[Parked]:
        """Orders that the back office does not take, oldest first."""
        rows = self._db.read(
            "SELECT o.intent_id, o.kept_at, attempts, o.problem, o.payload FROM outbox "
            "JOIN kept_order o USING (key) WHERE parked ORDER BY o.kept_at"
        )
        return [
            Parked(
                uuid.UUID(intent),
                datetime.fromisoformat(kept_at),
                attempts,
                Problem.model_validate_json(problem),
                bytes(payload),
            )
            for intent, kept_at, attempts, problem, payload in rows
        ]

    def due(self, now: float) -> list[Due]:
        """What to send at `now` (seconds, time.monotonic), oldest first, what is parked last."""
        rows = self._db.read(
            "SELECT o.intent_id, o.key, o.payload, o.signature, attempts, failures, parked "
            "FROM outbox JOIN kept_order o USING (key) ORDER BY parked, o.kept_at"
        )
        with self._lock:
            return [read_due(row) for row in rows if self._not_before.get(row[1], now) <= now]

    def next_due(self, now: float) -> float | None:
        """When (time.monotonic) the next order becomes due after `now`, if one does."""
        with self._lock:
            return min((t for t in self._not_before.values() if t > now), default=None)

    def record_attempt(
        self, key: str, error: str, not_before: float, *, failed: bool = False
    ) -> None:
        """An attempt had no answer: try again from `not_before` (time.monotonic).

        `failed` where the back office itself failed on this very order.
        """
        with self._lock:
            self._not_before[key] = not_before
        try:
            with self._db.writing() as db:
                db.execute(
                    "UPDATE outbox SET attempts = attempts + 1, last_error = ?, "
                    "failures = failures + ? WHERE key = ?",
                    (error[:200], failed, key),
                )
        except apsw.Error as failure:
            log.warning("could not record an attempt: %s", failure)

    def hurry(self, not_before: float) -> None:
        """Bring every waiting order forward to `not_before` at the latest; what is parked stays."""
        waiting = self._db.read("SELECT key FROM outbox WHERE NOT parked")
        with self._lock:
            for (key,) in waiting:
                if key in self._not_before:
                    self._not_before[key] = min(self._not_before[key], not_before)

    def acknowledge(
        self, key: str, receipt: OrderReceipt, epoch: str = "", at: datetime | None = None
    ) -> bool:
        """Store the back office's answer; False where the same answer was there already.

        `epoch` is the back office's, so that its restored backup can be offered the order again;
        `at` is when it was, by a clock that is believed (default: the box's).
        """
        answered_at = (at or datetime.now(UTC)).isoformat()
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
                db.execute(
                    "UPDATE kept_order SET answered_epoch = ?, answered_at = ? WHERE key = ?",
                    (epoch, answered_at, key),
                )
        self._forget(key)
        return fresh

    def park(self, key: str, problem: Problem, not_before: float = float("inf")) -> bool:
        """Take an order that is not taken out of the way, never off the disk.

        True where it was not parked before. It is tried again from `not_before` (time.monotonic),
        and after a restart: whatever was wrong there may have been mended.
        """
        with self._db.writing() as db:
            moved = db.execute(
                "UPDATE outbox SET parked = 1 WHERE key = ? AND NOT parked RETURNING key", (key,)
            ).fetchall()
            if moved:
                db.execute(
                    "UPDATE kept_order SET problem = ? WHERE key = ?",
                    (problem.model_dump_json(), key),
                )
        # Last: whoever brings forward what waits meanwhile may have seen it waiting.
        with self._lock:
            self._not_before[key] = not_before
        return bool(moved)

    def offer_again(self, epoch: str) -> int:
        """Queue what another epoch of the back office answered: its memory was replaced."""
        others = (
            "SELECT key FROM kept_order WHERE receipt IS NOT NULL "
            "AND answered_epoch NOT IN ('', ?) AND key NOT IN (SELECT key FROM outbox)"
        )
        if not self._db.read(f"{others} LIMIT 1", (epoch,)):
            return 0
        with self._db.writing() as db:
            moved = db.execute(f"INSERT INTO outbox(key) {others} RETURNING key", (epoch,))
            return len(moved.fetchall())

    def receipt(self, intent_id: uuid.UUID) -> OrderReceipt | None:
        rows = self._db.read(
            "SELECT receipt FROM kept_order WHERE intent_id = ?", (str(intent_id),)
        )
        return OrderReceipt.model_validate_json(rows[0][0]) if rows and rows[0][0] else None

    def purge(self, older_than_days: int = RETAINED_DAYS, now: datetime | None = None) -> int:
        """Remove what was answered longer ago than that; never what waits or is parked.

        `now` is the time by a clock that is believed (default: the box's).
        """
        before = ((now or datetime.now(UTC)) - timedelta(days=older_than_days)).isoformat()
        with self._db.writing() as db:
            gone = db.execute(
                "DELETE FROM kept_order WHERE receipt IS NOT NULL AND answered_at < ? "
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
