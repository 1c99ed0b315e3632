"""A copy of the database that can be put back without confusing any window."""

import os
import sqlite3
from pathlib import Path

from django.db import DatabaseError, connection

from kiosk.backoffice.platform.epoch import EPOCH_KEY


class BackupError(Exception):
    """No copy was made; the message says what to do."""


def backup(target: Path) -> None:
    """Copy the database, while it is in use, to `target`. Raises BackupError.

    The copy has no epoch: whoever puts it back begins a new one, so that windows fetch
    everything and offer again the orders that the copy does not know.
    """
    if connection.vendor != "sqlite":
        raise BackupError("this shop is on PostgreSQL: use pg_dump")
    if target.exists():
        raise BackupError(f"{target} is there already: choose another name")
    draft = target.with_name(f".{target.name}.part")
    draft.unlink(missing_ok=True)
    try:
        with connection.cursor() as db:
            db.execute("VACUUM INTO %s", [str(draft)])
        _forget_epoch(draft)
        draft.rename(target)
    except (DatabaseError, OSError) as error:
        draft.unlink(missing_ok=True)
        raise BackupError(f"cannot write {target}: {error}") from error


def _forget_epoch(path: Path) -> None:
    path.chmod(0o600)
    db = sqlite3.connect(path)
    try:
        with db:
            db.execute("DELETE FROM platform_setting WHERE key = ?", [EPOCH_KEY])
    finally:
        db.close()
    with path.open("rb") as file:
        os.fsync(file.fileno())
