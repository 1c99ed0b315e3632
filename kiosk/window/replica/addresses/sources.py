"""Where addresses come from: the French Base Adresse Nationale, or the map of a quarter.

The Base Adresse Nationale is published at adresse.data.gouv.fr under the Licence Ouverte, one
file for each département: `adresses-75.csv.gz`, separated by semicolons, one door a line.
"""

import csv
import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from kiosk.contract.mapcodec import MAGIC
from kiosk.contract.mapfile import SUFFIXES, MapFile, MapFileError
from kiosk.shop.contact import MAX_ADDRESS_LINE
from kiosk.shop.text import clean

MAX_CITY, MAX_POSTCODE = 80, 12
WANTED = ("numero", "rep", "nom_voie", "code_postal", "nom_commune")
_WHERE_FROM = (
    "take a département's file adresses-NN.csv.gz from adresse.data.gouv.fr, in the format CSV"
)


class AddressFileError(Exception):
    """The file cannot be used; one line that says what to do."""


@dataclass(frozen=True, slots=True)
class Door:
    """`number` is 0 where a street or hamlet is given without doors."""

    street: str
    postcode: str
    city: str
    number: int
    suffix: str


def check_address_file(path: Path) -> None:
    """Look at the beginning of the file. Raises AddressFileError."""
    for _ in doors(path, "", ""):
        return
    raise AddressFileError(f"{path.name} holds no address: {_WHERE_FROM}")


def doors(path: Path, city: str, postcode: str) -> Iterator[Door]:
    """The doors of a file, one by one; `city` and `postcode` are for a map, which may name none.

    Raises AddressFileError on what is neither an address file nor a map.
    """
    return _of_map(path, city, postcode) if is_map(path) else _of_ban(path)


def is_map(path: Path) -> bool:
    """Whether the file is a quarter's map, by its first bytes. Raises AddressFileError."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError as error:
        raise AddressFileError(f"{path.name} cannot be opened: {error.strerror}") from None


def _of_map(path: Path, city: str, postcode: str) -> Iterator[Door]:
    try:
        quarter = MapFile.load(path)
    except (MapFileError, OSError) as error:
        raise AddressFileError(f"{path.name} is no map that can be read: {error}") from None
    code = quarter.meta.postcode or postcode
    found = quarter.addresses
    for street, number, suffix in zip(found.street, found.number, found.suffix, strict=True):
        name = clean(quarter.names[street], MAX_ADDRESS_LINE)
        if name:
            yield Door(name, code, city, number, SUFFIXES[suffix])


def _of_ban(path: Path) -> Iterator[Door]:
    try:
        with _text(path) as file:
            rows = csv.reader(file, delimiter=";")
            places = _columns(next(rows, []), path.name)
            for row in rows:
                door = _door(row, places, f"{path.name}, line {rows.line_num}")
                if door is not None:
                    yield door
    except (UnicodeDecodeError, csv.Error, EOFError, OSError) as error:
        raise AddressFileError(f"{path.name} cannot be read ({error}): {_WHERE_FROM}") from None


@contextmanager
def _text(path: Path) -> Iterator[TextIO]:
    """The file as text, unpacked as it is read."""
    with path.open("rb") as file:
        raw = gzip.GzipFile(fileobj=file) if path.suffix == ".gz" else file
        yield io.TextIOWrapper(raw, "utf-8-sig", newline="")


@dataclass(frozen=True, slots=True)
class _Columns:
    number: int
    repeat: int
    street: int
    postcode: int
    city: int
    count: int


def _columns(header: list[str], name: str) -> _Columns:
    if len(header) < 2:
        line = header[0] if header else ""
        other = next((word for sign, word in _SEPARATORS.items() if sign in line), "")
        if other:
            raise AddressFileError(
                f"{name} is separated by {other}, not by semicolons: {_WHERE_FROM}"
            )
    missing = [column for column in WANTED if column not in header]
    if missing:
        raise AddressFileError(f"{name} lacks the column {', '.join(missing)}: {_WHERE_FROM}")
    number, repeat, street, postcode, city = (header.index(column) for column in WANTED)
    return _Columns(number, repeat, street, postcode, city, len(header))


_SEPARATORS = {",": "commas", "\t": "tabs", "|": "bars"}


def _door(row: list[str], at: _Columns, where: str) -> Door | None:
    if not row:
        return None
    if len(row) != at.count:
        raise AddressFileError(
            f"{where}: {len(row)} columns where the heading has {at.count}: the file is cut "
            "off or was edited; download it again"
        )
    digits = row[at.number].strip()
    if digits and not (digits.isascii() and digits.isdigit()):
        raise AddressFileError(f"{where}: the number {digits[:20]!r} is not one: {_WHERE_FROM}")
    street, city = clean(row[at.street], MAX_ADDRESS_LINE), clean(row[at.city], MAX_CITY)
    if not street or not city:
        return None
    number = int(digits[:9] or 0)
    return Door(
        street,
        clean(row[at.postcode], MAX_POSTCODE),
        city,
        number if number < 100_000 else 0,
        clean(row[at.repeat], 12).lower() if number else "",
    )
