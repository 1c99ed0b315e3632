"""Who runs on a data folder: one back office on SQLite, any number on PostgreSQL.

A note in the folder carries an advisory lock that ends with its process, however that ends.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.backoffice.setup import BackOfficeError

NOTE = "run.lock"
_PATIENCE_S = 3.0  # one that was told to end may still answer for two seconds
_LOOK_EVERY_S = 0.1


@contextmanager
def running_on(data: Path, *, among_others: bool = False) -> Iterator[None]:
    """Hold the folder meanwhile; `among_others` lets more of the same in, but no one who is alone.

    Raises BackOfficeError where somebody holds it.
    """
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        note = os.open(data / NOTE, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise BackOfficeError(f"cannot use {data}: {error.strerror}; choose --data DIR") from error
    try:
        _lock(note, fcntl.LOCK_SH if among_others else fcntl.LOCK_EX, data)
        if not among_others:
            os.truncate(note, 0)
            os.pwrite(note, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(note)


def _lock(note: int, kind: int, data: Path) -> None:
    until = time.monotonic() + _PATIENCE_S
    while True:
        try:
            return fcntl.flock(note, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise BackOfficeError(_told(note, data)) from None
        time.sleep(_LOOK_EVERY_S)


def _told(note: int, data: Path) -> str:
    pid = os.pread(note, 20, 0).decode("ascii", "replace").strip()
    which = f" (process {pid})" if pid.isdigit() else ""
    return f"a back office runs on {data} already{which}: end it first, or name another --data"
