"""An index of streets on the box: built beside the old one, then swapped in."""

import hashlib
import json
import logging
import threading
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import apsw

from kiosk.shop.address import StreetFound
from kiosk.shop.text import fold
from kiosk.window.replica.addresses.query import Asked, readings
from kiosk.window.replica.addresses.sources import AddressFileError, Door, doors, is_map

log = logging.getLogger(__name__)

FORMAT = 1  # part of the fingerprint: another one builds the index anew
AT_ONCE = 2_000  # doors of one transaction: what is in memory at a time
STREETS_KNOWN = 2_048  # files are sorted by town and street, so few are open at a time
CANDIDATES, RANKED = 5_000, 60
MAX_NUMBERS = 1_000

_SCHEMA = """
CREATE TABLE street (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, postcode TEXT NOT NULL, city TEXT NOT NULL,
    doors INTEGER NOT NULL DEFAULT 0, UNIQUE (name, postcode, city));
CREATE TABLE door (
    street INTEGER NOT NULL, number INTEGER NOT NULL, suffix TEXT NOT NULL,
    PRIMARY KEY (street, number, suffix)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(
    name, place, content='', prefix='2 3', tokenize='unicode61 remove_diacritics 0');
"""
_FIND = """
SELECT id, name, postcode, city FROM street WHERE id IN (
    SELECT words.rowid FROM words JOIN street ON street.id = words.rowid
    WHERE words MATCH :match
    AND (:codes = '[]' OR street.postcode IN (SELECT value FROM json_each(:codes)))
    LIMIT :most)
ORDER BY doors DESC, name, postcode LIMIT :ranked
"""


class AddressIndex:
    """Finds streets by the beginnings of their words. Any thread may ask; one builds.

    The file is named after what it was built from, so that an old one is never taken for a
    new one, and what breaks off half-way is never found.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._connection: Any = None
        self._using = ""

    def use(self, source: Path, city: str = "", postcode: str = "") -> None:
        """Answer from this file, built now if it has changed. Blocks: workers only.

        `city` and `postcode` complete what a map does not say. Raises AddressFileError and
        leaves what was there.
        """
        if not is_map(source):
            city = postcode = ""  # every line of an address file names its own
        print_ = _fingerprint(source, city, postcode)
        if print_ == self._using:
            return
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._folder / f"addresses-{print_}.db"
        if not path.exists():
            _build(path, doors(source, city, postcode))
        connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
        with self._lock:
            old, self._connection, self._using = self._connection, connection, print_
        if old is not None:
            old.close()
        for other in self._folder.glob("addresses-*.db*"):
            if other.name != path.name:
                other.unlink(missing_ok=True)

    def find(
        self, text: str, postcodes: Iterable[str] = (), limit: int = 5
    ) -> tuple[StreetFound, ...]:
        """Streets for what has been typed so far, most likely first; () before there are any.

        `postcodes` bounds the answer where there are some. Blocks for a disk: workers only.
        """
        with self._lock:
            if self._connection is None:
                return ()
            try:
                return self._answer(readings(text), sorted(postcodes), limit)
            except (apsw.CorruptError, apsw.NotADBError, apsw.IOError):
                log.error("the index of addresses is damaged: it is built anew at the next start")
                self._drop()
                return ()

    def shed(self, _wanted_bytes: int) -> int:
        """Give the index's disk back; gives how much. It is built anew at the next start."""
        with self._lock:
            if self._connection is None:
                return 0
            path = self._folder / f"addresses-{self._using}.db"
            size = path.stat().st_size
            self._drop()
            return size

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection, self._using = None, ""

    def _drop(self) -> None:
        self._connection.close()
        self._connection = None
        (self._folder / f"addresses-{self._using}.db").unlink(missing_ok=True)
        self._using = ""

    def _answer(
        self, asked: tuple[Asked, ...], postcodes: list[str], limit: int
    ) -> tuple[StreetFound, ...]:
        found: dict[int, StreetFound] = {}
        for reading in asked:
            for key, street, postcode, city in self._streets(reading, postcodes):
                if len(found) < limit and key not in found:
                    numbers = self._numbers(key)
                    found[key] = StreetFound(street, postcode, city, reading.numbered, numbers)
        return tuple(found.values())

    def _streets(self, asked: Asked, postcodes: list[str]) -> list[tuple[Any, ...]]:
        rows = list(
            self._connection.execute(
                _FIND,
                {
                    "match": asked.match(),
                    "codes": json.dumps(postcodes),
                    "most": CANDIDATES,
                    "ranked": RANKED,
                },
            )
        )
        if not asked.number:
            return rows
        # Streets that have this very door come first; the sort keeps the order otherwise.
        return sorted(rows, key=lambda row: not self._has(row[0], asked.number))

    def _has(self, street: int, number: int) -> bool:
        sql = "SELECT 1 FROM door WHERE street = ? AND number = ? LIMIT 1"
        return bool(list(self._connection.execute(sql, (street, number))))

    def _numbers(self, street: int) -> tuple[str, ...]:
        rows = self._connection.execute(
            "SELECT number, suffix FROM door WHERE street = ? ORDER BY number, suffix LIMIT ?",
            (street, MAX_NUMBERS),
        )
        return tuple(f"{number} {suffix}".strip() for number, suffix in rows)


def _fingerprint(source: Path, city: str, postcode: str) -> str:
    """What an index depends on, as a name. Raises AddressFileError."""
    about = hashlib.sha256(f"{FORMAT}\0{city}\0{postcode}\0".encode())
    try:
        with source.open("rb") as file:
            while piece := file.read(1 << 20):
                about.update(piece)
    except OSError as error:
        raise AddressFileError(f"{source.name} cannot be opened: {error.strerror}") from None
    return about.hexdigest()[:24]


def _build(path: Path, found: Iterable[Door]) -> None:
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    connection = apsw.Connection(str(part))
    try:
        # Nothing is lost by a crash but the work: the file gets its name when it is whole.
        list(connection.execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF"))
        connection.execute(_SCHEMA)
        _fill(connection, found)
        connection.execute(
            "UPDATE street SET doors = (SELECT count(*) FROM door WHERE street = street.id)"
        )
        count = next(connection.execute("SELECT count(*) FROM street"))[0]
        if not count:
            raise AddressFileError("there is no address in the file")
        connection.execute("INSERT INTO words(words) VALUES ('optimize')")
        connection.close()
        part.replace(path)
        log.info("%s streets can be completed", count)
    finally:
        connection.close()
        part.unlink(missing_ok=True)


def _fill(connection: Any, found: Iterable[Door]) -> None:
    @lru_cache(maxsize=STREETS_KNOWN)
    def street_of(name: str, postcode: str, city: str) -> int:
        key = (name, postcode, city)
        where = "SELECT id FROM street WHERE name = ? AND postcode = ? AND city = ?"
        for (known,) in connection.execute(where, key):
            return int(known)
        connection.execute("INSERT INTO street (name, postcode, city) VALUES (?, ?, ?)", key)
        number = int(connection.last_insert_rowid())
        connection.execute(
            "INSERT INTO words (rowid, name, place) VALUES (?, ?, ?)",
            (number, fold(name), fold(f"{postcode} {city}")),
        )
        return number

    rest = iter(found)
    while some := list(islice(rest, AT_ONCE)):
        with connection:
            rows = ((street_of(d.street, d.postcode, d.city), d.number, d.suffix) for d in some)
            connection.executemany(
                "INSERT OR IGNORE INTO door VALUES (?, ?, ?)", [r for r in rows if r[1]]
            )
