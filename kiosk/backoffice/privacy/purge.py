"""The purge: once a day everything whose days are over goes, from the disk too.

Of several processes one runs it: the row of a purge is written under the writers' lock, and while
it is young or has no end nobody writes another one.

Nothing is removed on the word of a clock that jumped ahead. Time is believed where the latest
purge, or else the latest order, is a few days old at most; otherwise only after this process has
seen a whole day pass by its own monotonic clock.
"""

import logging
import time
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.platform.writing import writing
from kiosk.backoffice.privacy.models import PurgeRun
from kiosk.backoffice.privacy.policy import cutoffs
from kiosk.backoffice.privacy.sweeping import SWEEPS

log = logging.getLogger("kiosk.privacy")

EVERY = timedelta(days=1)
AGAIN_AFTER = timedelta(hours=1)  # a purge that failed, or whose process died
BELIEVED = timedelta(days=3)
_CLOCKS_DIFFER = timedelta(hours=1)
_STEADY_S = 24 * 3600.0
_TRUNCATE_TRIES = 5
# Where PostgreSQL leaves the old version of what was wiped until somebody vacuums.
_PERSONS = (
    "orders_order, orders_orderevent, orders_delivery, orders_parkedorder, "
    "courier_fix, courier_proof, dispatch_handover, platform_streamevent"
)


class ClockDoubt:
    """Whether this process may believe the clock; `latest` is the newest trace of real time."""

    def __init__(self) -> None:
        self._since: float | None = None

    def holds(self, now: datetime, latest: datetime | None) -> bool:
        """True while the clock is to be doubted."""
        if not is_doubtful(now, latest):
            self._since = None
            return False
        if self._since is None:
            self._since = time.monotonic()
            log.warning("the clock says %s: no purge until it has said so for a day", now.date())
        return time.monotonic() - self._since < _STEADY_S


def is_doubtful(now: datetime, latest: datetime | None) -> bool:
    return latest is not None and now - latest > BELIEVED


def latest_trace() -> datetime | None:
    """When the latest purge began; without one, when the latest order came."""
    last = PurgeRun.objects.first()
    if last:
        return last.started_at
    newest: datetime | None = Order.objects.aggregate(at=Max("created_at"))["at"]
    return newest


def due_at() -> datetime | None:
    """When the next purge is due; None for at once."""
    last = PurgeRun.objects.first()
    if last is None:
        return None
    wait = AGAIN_AFTER if last.problem or last.ended_at is None else EVERY
    return last.started_at + wait


def purge_if_due(doubt: ClockDoubt) -> PurgeRun | None:
    """Purge where a day has passed and no other process does it; None where it is not due."""
    now = timezone.now()
    if not _is_due(now) or doubt.holds(now, latest_trace()):
        return None
    with writing():
        # Looked at again under the lock: another process may have been faster.
        now = timezone.now()
        if not _is_due(now):
            return None
        run = PurgeRun.objects.create(started_at=now)
    return _purge(run)


def purge_now(cutoff_of_buyers: datetime | None = None) -> PurgeRun:
    """Purge by hand; `cutoff_of_buyers` instead of the policy's."""
    with writing():
        run = PurgeRun.objects.create(by_hand=True)
    return _purge(run, cutoff_of_buyers)


def _is_due(now: datetime) -> bool:
    due = due_at()
    # One that began in the future was written by a clock that has gone back since; those of
    # several machines differ a little.
    return due is None or not due - EVERY - _CLOCKS_DIFFER <= now < due


def _purge(run: PurgeRun, cutoff_of_buyers: datetime | None = None) -> PurgeRun:
    before = cutoffs(run.started_at)
    if cutoff_of_buyers:
        before["buyers"] = cutoff_of_buyers
    failed = []
    for key, sweep in SWEEPS.items():
        try:
            run.removed[key] = sweep(before[key])
        except Exception as error:
            # What is wrong with one purpose must not keep what belongs to the others.
            log.exception("the purge of %s failed", key)
            failed.append(f"{key}: {type(error).__name__}")
    if not leave_no_trace():
        failed.append("journal: somebody reads for long")
    run.problem = ", ".join(failed)[:300]
    run.ended_at = timezone.now()
    run.save()
    return run


def leave_no_trace() -> bool:
    """Take what was wiped off the disk as well; False where a reader kept it from that.

    SQLite overwrites what it deletes (secure_delete, see database.py), but its journal repeats
    older pages until it is emptied.
    """
    with connection.cursor() as db:
        if connection.vendor != "sqlite":
            db.execute(f"VACUUM {_PERSONS}")
            return True
        for _ in range(_TRUNCATE_TRIES):
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if not db.fetchone()[0]:
                return True
    log.warning("the database's journal could not be emptied: somebody reads for long")
    return False
