"""SQLite files of the box: WAL, one connection for each thread, one writer at a time."""

import contextlib
import logging
import threading
import time
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import apsw

log = logging.getLogger(__name__)

BUSY_MS = 5000
# For each connection; a search takes no longer than with SQLite's usual 2000.
CACHE_KIB = 512
# A window that ends waits so long for another thread's read.
READING_S = 2.0
# A whole check reads every page: above this size it would hold up the start.
CHECKED_BYTES = 32 * 1024 * 1024
DAMAGE = (apsw.CorruptError, apsw.NotADBError)
NO_DISK = (apsw.FullError, apsw.IOError, apsw.CantOpenError, apsw.ReadOnlyError, *DAMAGE, OSError)

Params = Sequence[object]


class DataTooNew(Exception):
    """The file was written by a later version of this program."""


class Database:
    """One database file and its schema.

    `migrations[i]` brings user_version i to i+1, each in one transaction. Reads run on the
    calling thread's own connection and never wait for the writer. apsw's errors pass through.
    `wiped` overwrites what is deleted, for personal data.
    """

    def __init__(
        self,
        path: Path,
        migrations: Sequence[str],
        synchronous: Literal["NORMAL", "FULL"],
        *,
        wiped: bool = False,
    ) -> None:
        self.path = path
        self._migrations = migrations
        self._synchronous = synchronous
        self._wiped = wiped
        self._local = threading.local()
        self._all: weakref.WeakSet[Any] = weakref.WeakSet()
        self._writer = threading.RLock()
        self._opening = 0
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._prepare()

    @property
    def opening(self) -> int:
        """Rises when the file was replaced by an empty one."""
        return self._opening

    def read(self, sql: str, params: Params = ()) -> list[tuple[Any, ...]]:
        """All rows of one statement, so that no read transaction stays open."""
        return list(self._connection().execute(sql, params))

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        with self._writer:
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    with contextlib.suppress(apsw.Error):
                        connection.execute("ROLLBACK")
                raise

    def checkpoint(self) -> None:
        """Move the log into the file and empty it; nothing is raised where that cannot be."""
        with self._writer, contextlib.suppress(apsw.Error):
            list(self._connection().execute("PRAGMA wal_checkpoint(TRUNCATE)"))

    def set_aside(self) -> Path:
        """Rename the damaged file and its log, start an empty one; gives the old file's path."""
        with self._writer:
            aside = _free_name(self.path)
            self._opening += 1
            for suffix in ("-wal", "-shm", ""):
                part = self.path.with_name(self.path.name + suffix)
                if part.exists():
                    part.rename(aside.with_name(aside.name + suffix))
            log.error("%s is damaged; it was set aside as %s", self.path.name, aside.name)
            self._prepare()
            return aside

    def damaged(self) -> bool:
        """Whether SQLite's own check finds fault (small files) or the file is no database."""
        try:
            self.read("SELECT count(*) FROM sqlite_schema")
            if self.path.stat().st_size > CHECKED_BYTES:
                return False
            return self.read("PRAGMA quick_check(1)") != [("ok",)]
        except DAMAGE:
            return True

    def close(self) -> None:
        """End all threads' connections; a read that outlasts READING_S keeps its own."""
        self.checkpoint()
        with self._writer:
            self._opening += 1
            until = time.monotonic() + READING_S
            for connection in list(self._all):
                if not _ended(connection, until):
                    log.warning("%s is still being read; it is left open", self.path.name)

    def _connection(self) -> Any:
        local = self._local
        if getattr(local, "opening", None) != self._opening:
            connection = apsw.Connection(str(self.path))
            connection.set_busy_timeout(BUSY_MS)
            # The last connection to close would empty and remove the log by its name, which
            # may by then belong to the file that replaced a damaged one.
            connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
            list(connection.execute("PRAGMA journal_mode=WAL"))
            list(connection.execute(f"PRAGMA synchronous={self._synchronous}"))
            list(connection.execute("PRAGMA foreign_keys=ON"))
            # Pages lie in the system's cache already, which all threads' connections share.
            list(connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}"))
            list(connection.execute(f"PRAGMA secure_delete={'ON' if self._wiped else 'OFF'}"))
            local.connection, local.opening = connection, self._opening
            self._all.add(connection)
        return local.connection

    def _prepare(self) -> None:
        try:
            version = self.read("PRAGMA user_version")[0][0]
        except DAMAGE:
            return  # damaged() tells; its owner decides what becomes of the file
        if version > len(self._migrations):
            raise DataTooNew(
                f"{self.path.name} was written by a later version: update this program"
            )
        for number in range(version, len(self._migrations)):
            with self.writing() as connection:
                connection.execute(self._migrations[number])
                connection.execute(f"PRAGMA user_version={number + 1}")


def _ended(connection: Any, until: float) -> bool:
    while True:
        try:
            connection.close()
        except apsw.ThreadingViolationError:
            if time.monotonic() > until:
                return False
            time.sleep(0.005)
        else:
            return True


def _free_name(path: Path) -> Path:
    number = 1
    while path.with_name(f"{path.name}.damaged-{number}").exists():
        number += 1
    return path.with_name(f"{path.name}.damaged-{number}")
