"""A quarter's map in one file: what is drawn, what is ridden, and where the doors are.

Coordinates are integers in decimetres, x to the east and y to the north of the map's centre, on a
plane that touches the earth there (good to a few centimetres over a quarter). Polygons come
triangulated, so that a window draws them at once.

Widths are decimetres, edge lengths decimetres, riding times tenths of a second.
"""

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum, IntFlag
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from kiosk.contract.mapcodec import MAX_FILE_BYTES, Column, MapFileError, pack, unpack
from kiosk.shop.geo import EARTH_RADIUS_M, Point

__all__ = [
    "Addresses",
    "BikeGraph",
    "LabelKind",
    "Labels",
    "Lines",
    "MapFile",
    "MapFileError",
    "MapMeta",
    "Polygons",
    "Projection",
    "RoadClass",
    "RoadFlag",
    "Spots",
]

UNIT_M = 0.1  # one unit of every coordinate
MAX_REACH = 300_000  # decimetres from the centre: 30 km
MAX_NAMES = 60_000
MAX_NAME = 120  # characters
# What may follow a house's number.
SUFFIXES = ("", "bis", "ter", *ascii_lowercase)

# In the order in which they are drawn. A file may leave layers out, and has no others.
POLYGON_LAYERS = ("park", "lawn", "grove", "plaza", "water", "building", "landmark")


class RoadClass(IntEnum):
    BOULEVARD = 0
    AVENUE = 1
    STREET = 2
    LANE = 3
    FOOTWAY = 4
    CYCLEWAY = 5
    RAIL = 6


class RoadFlag(IntFlag):
    BRIDGE = 1
    ONE_WAY = 2  # in the direction of the points


class LabelKind(IntEnum):
    STREET = 0
    WATER = 1
    PARK = 2
    PLACE = 3
    LANDMARK = 4


@dataclass(frozen=True, slots=True)
class Projection:
    """Between degrees and metres east and north of `centre`."""

    centre: Point

    @property
    def _scale(self) -> tuple[float, float]:
        metres = math.radians(1) * EARTH_RADIUS_M
        return metres * math.cos(math.radians(self.centre.lat)), metres

    def to_xy(self, point: Point) -> tuple[float, float]:
        kx, ky = self._scale
        # A quarter may lie on the line where 180 becomes -180 degrees.
        east = math.remainder(point.lon - self.centre.lon, 360)
        return east * kx, (point.lat - self.centre.lat) * ky

    def to_point(self, x: float, y: float) -> Point:
        kx, ky = self._scale
        lon = math.remainder(self.centre.lon + x / kx, 360)
        return Point(lat=self.centre.lat + y / ky, lon=lon)


@dataclass(frozen=True, slots=True)
class MapMeta:
    """`bounds` is west, south, east, north in metres. `invented`: no such place exists.

    `attribution` must be shown with the map. `postcode` is that of all its addresses, or "".
    """

    name: str
    invented: bool
    attribution: str
    centre: Point
    bounds: tuple[float, float, float, float]
    postcode: str = ""
    seed: int | None = None


def _ints() -> Column:
    return array("i")


def _words() -> Column:
    return array("H")


def _bytes() -> Column:
    return array("B")


def _indices() -> Column:
    return array("I")


@dataclass(slots=True)
class Polygons:
    """Vertices `x`, `y`; `rings` counts the vertices of each ring; `triangles` names vertices."""

    x: Column = field(default_factory=_ints)
    y: Column = field(default_factory=_ints)
    rings: Column = field(default_factory=_indices)
    triangles: Column = field(default_factory=_indices)

    def check(self, who: str) -> None:
        _check_xy(who, self.x, self.y)
        _check_parts(who, self.rings, len(self.x), 3)
        if len(self.triangles) % 3 or max(self.triangles, default=0) >= max(len(self.x), 1):
            raise MapFileError(f"{who}: its triangles name vertices that are not there")


@dataclass(slots=True)
class Lines:
    """Roads: line k has `parts[k]` vertices, a class, a name (0: none), a width, and flags."""

    x: Column = field(default_factory=_ints)
    y: Column = field(default_factory=_ints)
    parts: Column = field(default_factory=_indices)
    kind: Column = field(default_factory=_bytes)
    name: Column = field(default_factory=_words)
    width: Column = field(default_factory=_words)
    flags: Column = field(default_factory=_bytes)

    def check(self, who: str, names: int) -> None:
        _check_xy(who, self.x, self.y)
        _check_parts(who, self.parts, len(self.x), 2)
        _check_same(who, self.parts, self.kind, self.name, self.width, self.flags)
        _check_below(who, "class", self.kind, len(RoadClass))
        _check_below(who, "name", self.name, names)


@dataclass(slots=True)
class Labels:
    """Words that lie along a line (at least two vertices) or at a spot (one vertex).

    `rank` 0 is the first to be shown.
    """

    x: Column = field(default_factory=_ints)
    y: Column = field(default_factory=_ints)
    parts: Column = field(default_factory=_indices)
    kind: Column = field(default_factory=_bytes)
    name: Column = field(default_factory=_words)
    rank: Column = field(default_factory=_bytes)

    def check(self, who: str, names: int) -> None:
        _check_xy(who, self.x, self.y)
        _check_parts(who, self.parts, len(self.x), 1)
        _check_same(who, self.parts, self.kind, self.name, self.rank)
        _check_below(who, "kind", self.kind, len(LabelKind))
        _check_below(who, "name", self.name, names)


@dataclass(slots=True)
class Spots:
    """Trees: a place and a radius each."""

    x: Column = field(default_factory=_ints)
    y: Column = field(default_factory=_ints)
    radius: Column = field(default_factory=_bytes)

    def check(self, who: str) -> None:
        _check_xy(who, self.x, self.y)
        _check_same(who, self.x, self.radius)


@dataclass(slots=True)
class BikeGraph:
    """Edge k joins nodes `a[k]` and `b[k]`; `ways` bit 1 allows a→b, bit 2 b→a."""

    x: Column = field(default_factory=_ints)
    y: Column = field(default_factory=_ints)
    a: Column = field(default_factory=_indices)
    b: Column = field(default_factory=_indices)
    length: Column = field(default_factory=_indices)
    time: Column = field(default_factory=_indices)
    ways: Column = field(default_factory=_bytes)
    name: Column = field(default_factory=_words)

    def check(self, who: str, names: int) -> None:
        _check_xy(who, self.x, self.y)
        _check_same(who, self.a, self.b, self.length, self.time, self.ways, self.name)
        _check_below(who, "node", self.a, len(self.x))
        _check_below(who, "node", self.b, len(self.x))
        _check_below(who, "name", self.name, names)
        if min(self.time, default=1) < 1:
            raise MapFileError(f"{who}: an edge takes no time")
        if min(self.ways, default=1) < 1 or max(self.ways, default=1) > 3:
            raise MapFileError(f"{who}: an edge leads nowhere")


@dataclass(slots=True)
class Addresses:
    """Doors: a street's name, a number, and an optional suffix, by its place in SUFFIXES."""

    x: Column = field(default_factory=_ints)
    y: Column = field(default_factory=_ints)
    street: Column = field(default_factory=_words)
    number: Column = field(default_factory=_words)
    suffix: Column = field(default_factory=_bytes)

    def check(self, who: str, names: int) -> None:
        _check_xy(who, self.x, self.y)
        _check_same(who, self.x, self.street, self.number, self.suffix)
        _check_below(who, "name", self.street, names)
        _check_below(who, "suffix", self.suffix, len(SUFFIXES))


@dataclass(slots=True)
class MapFile:
    """`names[0]` is "": the name of what has none."""

    meta: MapMeta
    names: list[str] = field(default_factory=lambda: [""])
    polygons: dict[str, Polygons] = field(default_factory=dict)
    roads: Lines = field(default_factory=Lines)
    labels: Labels = field(default_factory=Labels)
    trees: Spots = field(default_factory=Spots)
    bike: BikeGraph = field(default_factory=BikeGraph)
    addresses: Addresses = field(default_factory=Addresses)

    @property
    def projection(self) -> Projection:
        return Projection(self.meta.centre)

    def check(self) -> None:
        """Raises MapFileError where the parts do not fit together."""
        for layer, polygons in self.polygons.items():
            if layer not in POLYGON_LAYERS:
                raise MapFileError(f"unknown layer of polygons: {layer}")
            polygons.check(layer)
        count = len(self.names)
        self.roads.check("roads", count)
        self.labels.check("labels", count)
        self.trees.check("trees")
        self.bike.check("bike", count)
        self.addresses.check("addresses", count)

    def to_bytes(self) -> bytes:
        """Raises MapFileError where the parts do not fit together."""
        self.check()
        columns: dict[str, Column] = {}
        for prefix, part in self._parts().items():
            for name in part.__slots__:
                columns[f"{prefix}.{name}"] = getattr(part, name)
        return pack(columns, {"meta": _meta_out(self.meta), "names": self.names})

    def save(self, path: Path) -> None:
        path.write_bytes(self.to_bytes())

    @classmethod
    def load(cls, source: Path | bytes) -> "MapFile":
        """Raises MapFileError on what is not a sound map, OSError where there is no file."""
        if isinstance(source, Path):
            if source.stat().st_size > MAX_FILE_BYTES:
                raise MapFileError(f"map file too large: {source}")
            source = source.read_bytes()
        columns, texts = unpack(source)
        map_file = cls(meta=_meta_in(texts.get("meta")), names=_names_in(texts.get("names")))
        for layer in POLYGON_LAYERS:
            if f"{layer}.x" in columns:
                map_file.polygons[layer] = Polygons()
        for prefix, part in map_file._parts().items():
            for name in part.__slots__:
                column = columns.get(f"{prefix}.{name}")
                if column is None or column.typecode != getattr(part, name).typecode:
                    raise MapFileError(f"map file without a sound column {prefix}.{name}")
                setattr(part, name, column)
        map_file.check()
        return map_file

    def _parts(self) -> dict[str, Any]:
        return {
            **self.polygons,
            "roads": self.roads,
            "labels": self.labels,
            "trees": self.trees,
            "bike": self.bike,
            "addresses": self.addresses,
        }


def _meta_out(meta: MapMeta) -> dict[str, Any]:
    return {
        "name": meta.name,
        "invented": meta.invented,
        "attribution": meta.attribution,
        "centre": [meta.centre.lat, meta.centre.lon],
        "bounds": list(meta.bounds),
        "postcode": meta.postcode,
        "seed": meta.seed,
    }


def _meta_in(raw: Any) -> MapMeta:
    try:
        lat, lon = (float(v) for v in raw["centre"])
        west, south, east, north = (float(v) for v in raw["bounds"])
        if not (-MAX_REACH < west < east < MAX_REACH and -MAX_REACH < south < north < MAX_REACH):
            raise MapFileError("the map's bounds hold no ground")
        return MapMeta(
            name=str(raw["name"])[:200],
            invented=bool(raw["invented"]),
            attribution=str(raw["attribution"])[:200],
            centre=Point(lat, lon),
            bounds=(west, south, east, north),
            postcode=str(raw.get("postcode", ""))[:12],
            seed=None if raw.get("seed") is None else int(raw["seed"]),
        )
    except MapFileError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise MapFileError(f"the map's description cannot be read: {error}") from None


def _names_in(raw: Any) -> list[str]:
    if not isinstance(raw, list) or not raw or raw[0] != "" or len(raw) > MAX_NAMES:
        raise MapFileError("the map's list of names cannot be read")
    if not all(isinstance(name, str) and len(name) <= MAX_NAME for name in raw):
        raise MapFileError("the map's list of names holds something else than names")
    return raw


def _check_xy(who: str, x: Column, y: Column) -> None:
    if len(x) != len(y):
        raise MapFileError(f"{who}: {len(x)} x against {len(y)} y")
    for column in (x, y):
        if column and not -MAX_REACH <= min(column) <= max(column) <= MAX_REACH:
            raise MapFileError(f"{who}: a place lies further than 30 km from the centre")


def _check_parts(who: str, parts: Column, vertices: int, least: int) -> None:
    if sum(parts) != vertices or min(parts, default=least) < least:
        raise MapFileError(f"{who}: its parts do not add up to its {vertices} vertices")


def _check_same(who: str, first: Sequence[int], *others: Sequence[int]) -> None:
    if any(len(other) != len(first) for other in others):
        raise MapFileError(f"{who}: its columns are not of one length")


def _check_below(who: str, what: str, column: Column, limit: int) -> None:
    if column and max(column) >= limit:
        raise MapFileError(f"{who}: {what} {max(column)} is not there")
