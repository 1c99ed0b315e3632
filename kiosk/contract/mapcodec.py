"""The container of a map file: named columns of integers, and a few JSON texts.

Layout, little endian:

    4s  magic "VMAP"
    H   version
    H   number of columns
    per column: 24s name, c type code, I count, I packed bytes, I CRC-32 of the packed bytes
    the packed columns, one after the other

A column of 32-bit integers is delta coded; every column is split into byte planes (all lowest
bytes first) and deflated: neighbouring coordinates differ little, so the high planes are nearly
constant. A column of type `J` is deflated UTF-8 JSON and its count is that text's bytes.

Only the standard library is used: the back office reads maps on machines without NumPy.
"""

import json
import struct
import sys
import zlib
from array import array
from itertools import accumulate, chain, pairwise
from typing import Any, TypeAlias

MAGIC = b"VMAP"
VERSION = 1
MAX_FILE_BYTES = 16 * 1024 * 1024
MAX_COLUMN_BYTES = 32 * 1024 * 1024  # one column, unpacked
MAX_COLUMNS = 128
INTEGERS = "bBhHiI"
DELTA_CODED = "iI"

_HEAD = struct.Struct("<4sHH")
_ENTRY = struct.Struct("<24scIII")

Column: TypeAlias = "array[int]"


class MapFileError(ValueError):
    """The bytes are not a map that we can read. The message says why."""


def pack(columns: dict[str, Column], texts: dict[str, Any]) -> bytes:
    """The file's bytes. Raises ValueError on a column that is not of integers."""
    entries: list[bytes] = []
    bodies: list[bytes] = []

    def add(name: str, code: str, count: int, body: bytes) -> None:
        label = name.encode("ascii")
        if len(label) > 24:
            raise ValueError(f"column name too long: {name}")
        entries.append(_ENTRY.pack(label, code.encode(), count, len(body), zlib.crc32(body)))
        bodies.append(body)

    for name, value in texts.items():
        raw = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        add(name, "J", len(raw), zlib.compress(raw, 9))
    for name, column in columns.items():
        if column.typecode not in INTEGERS:
            raise ValueError(f"column {name} has type {column.typecode}")
        add(name, column.typecode, len(column), zlib.compress(_to_planes(column), 9))
    return b"".join([_HEAD.pack(MAGIC, VERSION, len(entries)), *entries, *bodies])


def unpack(data: bytes) -> tuple[dict[str, Column], dict[str, Any]]:
    """Columns and texts. Raises MapFileError on anything that is not a whole, sound file."""
    if len(data) > MAX_FILE_BYTES:
        raise MapFileError(f"map file too large: {len(data)} bytes, at most {MAX_FILE_BYTES}")
    if len(data) < _HEAD.size or data[:4] != MAGIC:
        raise MapFileError("not a map file: it does not begin with VMAP")
    _, version, count = _HEAD.unpack_from(data)
    if version != VERSION:
        raise MapFileError(
            f"map file of version {version}, this software reads version {VERSION}: "
            "build the map again"
        )
    if count > MAX_COLUMNS:
        raise MapFileError(f"map file claims {count} columns, at most {MAX_COLUMNS}")
    body_at = _HEAD.size + count * _ENTRY.size
    if len(data) < body_at:
        raise MapFileError("map file cut short in its table of columns")
    columns: dict[str, Column] = {}
    texts: dict[str, Any] = {}
    for i in range(count):
        label, code, items, size, crc = _ENTRY.unpack_from(data, _HEAD.size + i * _ENTRY.size)
        name = label.rstrip(b"\0").decode("ascii", "replace")
        body = data[body_at : body_at + size]
        body_at += size
        if len(body) != size:
            raise MapFileError(f"map file cut short in column {name}")
        if zlib.crc32(body) != crc:
            raise MapFileError(f"map file damaged in column {name}: fetch it again")
        if code == b"J":
            texts[name] = _read_text(name, body, items)
        else:
            columns[name] = _read_column(name, code.decode("ascii", "replace"), body, items)
    if body_at != len(data):
        raise MapFileError("map file has bytes after its last column")
    return columns, texts


def _inflate(name: str, body: bytes, size: int) -> bytes:
    if size > MAX_COLUMN_BYTES:
        raise MapFileError(f"column {name} would unpack to {size} bytes")
    unpacker = zlib.decompressobj()
    try:
        raw = unpacker.decompress(body, size + 1)
    except zlib.error as error:
        raise MapFileError(f"column {name} cannot be unpacked: {error}") from None
    if len(raw) != size or not unpacker.eof:
        raise MapFileError(f"column {name} does not have the {size} bytes that it claims")
    return raw


def _read_text(name: str, body: bytes, size: int) -> Any:
    try:
        return json.loads(_inflate(name, body, size))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise MapFileError(f"column {name} is not JSON") from None


def _read_column(name: str, code: str, body: bytes, count: int) -> Column:
    if code not in INTEGERS:
        raise MapFileError(f"column {name} has the unknown type {code!r}")
    width = array(code).itemsize
    planes = _inflate(name, body, count * width)
    raw = bytearray(len(planes))
    for plane in range(width):
        raw[plane::width] = planes[plane * count : (plane + 1) * count]
    delta = code in DELTA_CODED
    column = array(code.lower() if delta else code, bytes(raw))
    if sys.byteorder == "big":
        column.byteswap()
    try:
        return array(code, accumulate(column)) if delta else column
    except OverflowError:
        raise MapFileError(f"column {name} runs over its type {code!r}") from None


def _to_planes(column: Column) -> bytes:
    """The column's bytes, lowest bytes first. Raises OverflowError on steps beyond 31 bits."""
    if column.typecode in DELTA_CODED:
        steps = (b - a for a, b in pairwise(chain((0,), column)))
        column = array(column.typecode.lower(), steps)
    else:
        column = column[:]
    if sys.byteorder == "big":
        column.byteswap()
    raw = column.tobytes()
    width = column.itemsize
    return b"".join(raw[plane::width] for plane in range(width))
