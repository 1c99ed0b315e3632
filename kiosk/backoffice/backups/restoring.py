"""Putting a backup back: never under a running back office, never without a way back.

The copy is checked and brought up to date beside the present database, which is put aside and
not deleted. Two things that happened since the backup was made are carried over from it, where
it can still be read: windows that were shut out stay shut out, and buyers who were forgotten
stay forgotten.
"""

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kiosk.backoffice.backups import postgres
from kiosk.backoffice.backups.copying import (
    BackupError,
    begin_anew,
    check,
    copy_media,
    media_beside,
    opened,
)
from kiosk.backoffice.backups.manifest import Counted, Manifest, counted, differences
from kiosk.durable import sync

DATABASE = "backoffice.sqlite3"
ASIDE = "replaced-"
_GONE = "SELECT token_sha256, revoked_at FROM platform_device WHERE revoked_at IS NOT NULL"
_NOBODY = (
    "SELECT intent_id FROM orders_order WHERE name = '' AND phone = '' AND email = ''"
    " AND sealed IS NULL AND body_sha256 = ''"
)
_BESIDE = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Restored:
    """`aside` is where the replaced database lies, None where there was none.

    `carried` says in words what was carried over from it.
    """

    counted: Counted
    media: int
    aside: Path | None
    carried: str


def restore(copy: Path, data: Path) -> Restored:
    """Put `copy` in the place of the database in `data`, which nobody else may use meanwhile.

    Django is set up on a folder within `data` by this and cannot be used for another one in this
    process. Raises BackupError, and BackOfficeError where the copy cannot be brought up to date.
    """
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    work = Path(tempfile.mkdtemp(prefix=".restore-", dir=data))
    try:
        found, _said = unpack(copy, work)
        from django.db import connection

        _forget_faces()
        carried = _carry_over(data / DATABASE)
        connection.close()
        with closing(sqlite3.connect(work / DATABASE)) as db:
            db.execute("PRAGMA journal_mode=DELETE")
            _check_again(db, copy)
            with db:
                begin_anew(db)
        sync(work / DATABASE)
        media = copy_media(media_beside(copy), data / "media")
        aside = _put_aside(data)
        (work / DATABASE).replace(data / DATABASE)
        sync(data)
    except OSError as error:
        raise BackupError(f"cannot restore into {data}: {error}") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return Restored(found, media, aside, carried)


def restore_dump(dump: Path, into: str, data: Path) -> Restored:
    """Put a dump of PostgreSQL into the empty database `into`, a URL; what the database of
    KIOSK_DATABASE_URL knows beyond it is carried over. Raises as `restore` does.
    """
    present = os.environ.get("KIOSK_DATABASE_URL", "")
    postgres.put_in(dump, into, data)
    _forget_faces()
    return Restored(postgres.counts(), 0, None, _carry_over_from(present))


def _forget_faces() -> None:
    """A backup knows of no courier who took their photo away since: each puts theirs in anew."""
    from kiosk.backoffice.courier.models import Courier

    Courier.objects.update(portrait=None)


def _carry_over_from(replaced: str) -> str:
    import psycopg

    try:
        if not replaced:
            raise psycopg.OperationalError("KIOSK_DATABASE_URL does not say where it is")
        with psycopg.connect(replaced) as old:
            gone = [(token, at.isoformat()) for token, at in old.execute(_GONE)]
            nobody = [str(intent) for (intent,) in old.execute(_NOBODY)]
    except psycopg.Error as error:
        return _not_carried(str(error).splitlines()[0])
    return _shut_out_and_forget(gone, nobody)


def unpack(copy: Path, folder: Path) -> tuple[Counted, Manifest | None]:
    """Check `copy`, put it into `folder`, and bring it up to date there; what it holds, and what
    it says of itself.

    Sets Django up on `folder`. Raises BackupError and BackOfficeError.
    """
    from kiosk.backoffice.setup import prepare

    with opened(copy) as db:
        said = check(db, copy)
        found = counted(db.execute)
        wrong = differences(said.counted, found) if said else []
        if wrong:
            raise BackupError(f"{copy} is not what it says it is: {wrong[0]}; use an older backup")
        target = folder / DATABASE
        target.touch(mode=0o600)
        with closing(sqlite3.connect(target)) as fresh:
            db.backup(fresh)
    prepare(folder)
    return found, said


def _check_again(db: sqlite3.Connection, copy: Path) -> None:
    """Bringing it up to date must have broken nothing."""
    check(db, f"{copy}, brought up to date,")


def _carry_over(replaced: Path) -> str:
    if not replaced.exists():
        return ""
    try:
        with closing(sqlite3.connect(f"{replaced.resolve().as_uri()}?mode=ro", uri=True)) as old:
            gone = old.execute(_GONE).fetchall()
            nobody = old.execute(_NOBODY).fetchall()
    except sqlite3.Error as error:
        return _not_carried(str(error))
    return _shut_out_and_forget(gone, [intent for (intent,) in nobody])


def _not_carried(why: str) -> str:
    return (
        f"the replaced database cannot be read ({why}): see `kiosk backoffice device list` "
        "for windows that were shut out since, and forget again who asked to be forgotten"
    )


def _shut_out_and_forget(gone: list[tuple[str, str]], nobody: list[str]) -> str:
    from django.utils.dateparse import parse_datetime
    from django.utils.timezone import make_aware

    from kiosk.backoffice.orders.models import Order
    from kiosk.backoffice.orders.retention import forget_orders
    from kiosk.backoffice.platform.models import Device

    windows = buyers = 0
    for token, at in gone:
        when = parse_datetime(at)
        still_in = Device.objects.filter(token_sha256=token, revoked_at=None)
        if when is not None:
            aware = when if when.tzinfo else make_aware(when, UTC)
            windows += still_in.update(revoked_at=aware)
    for start in range(0, len(nobody), 500):
        buyers += forget_orders(Order.objects.filter(intent_id__in=nobody[start : start + 500]))
    told = []
    if windows:
        told.append(f"{windows} windows that were shut out since stay shut out")
    if buyers:
        told.append(f"the buyers of {buyers} orders who were forgotten since stay forgotten")
    return "; ".join(told)


def _put_aside(data: Path) -> Path | None:
    """Move the present database away with its journal; at no moment is there none in its place."""
    present = data / DATABASE
    if not present.exists():
        return None
    aside = data / f"{ASIDE}{datetime.now(UTC):%Y%m%d-%H%M%S}"
    aside.mkdir(mode=0o700)
    (aside / DATABASE).hardlink_to(present)
    for name in (f"{DATABASE}{suffix}" for suffix in _BESIDE):
        if (data / name).exists():
            # A journal that stayed would be played back into the restored database.
            (data / name).rename(aside / name)
    sync(aside)
    return aside
