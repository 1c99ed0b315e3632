"""From shapes in metres to the columns of a map file."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import mapbox_earcut
import numpy as np
from shapely import LineString, Polygon, line_merge, union_all
from shapely.ops import substring

from kiosk.contract.mapfile import (
    BikeGraph,
    LabelKind,
    Labels,
    Lines,
    Polygons,
    RoadClass,
    RoadFlag,
    Spots,
)

_LABEL_EVERY_M = 620.0
_LEAST_LABEL_M = 34.0
_LONG_STREET_M = 260.0


@dataclass
class Road:
    """A street's middle line in metres. `bikes`: it may be ridden."""

    line: LineString
    kind: RoadClass
    name: str
    width: float
    one_way: bool = False
    bikes: bool = True


def dm(value: float) -> int:
    """Metres to the decimetres of a map file."""
    return round(value * 10)


class Names:
    """The list of names, each once; 0 is the empty one."""

    def __init__(self) -> None:
        self.all = [""]
        self._at = {"": 0}

    def add(self, name: str) -> int:
        if name not in self._at:
            self._at[name] = len(self.all)
            self.all.append(name)
        return self._at[name]


def parts_of(shape: Any) -> list[Polygon]:
    """The polygons of any shape."""
    return [p for p in getattr(shape, "geoms", [shape]) if isinstance(p, Polygon)]


def polygons(shapes: Iterable[Any]) -> Polygons:
    """Triangulated; vertices on the decimetre grid."""
    out = Polygons()
    for shape in shapes:
        for part in parts_of(shape):
            _add_polygon(out, part)
    return out


def _add_polygon(out: Polygons, part: Polygon) -> None:
    rings: list[list[tuple[int, int]]] = []
    for ring in (part.exterior, *part.interiors):
        points = [(dm(x), dm(y)) for x, y in ring.coords[:-1]]
        points = [p for i, p in enumerate(points) if p != points[i - 1]]
        if len(points) >= 3:
            rings.append(points)
        elif ring is part.exterior:
            return
    flat = np.array([p for ring in rings for p in ring], np.float64)
    ends = np.cumsum([len(r) for r in rings]).astype(np.uint32)
    triangles = mapbox_earcut.triangulate_float64(flat, ends)
    if not len(triangles):
        return
    base = len(out.x)
    out.x.extend(int(v) for v in flat[:, 0])
    out.y.extend(int(v) for v in flat[:, 1])
    out.rings.extend(len(r) for r in rings)
    out.triangles.extend(base + int(t) for t in triangles)


def lines(roads: Sequence[Road], names: Names, water: Any) -> Lines:
    """The smallest roads first, as they are drawn. Roads over `water` are bridges."""
    out = Lines()
    for road in sorted(roads, key=lambda r: -r.kind):
        over = road.kind is not RoadClass.FOOTWAY and road.line.intersection(water).length > 8
        c = np.asarray(road.line.coords)
        out.x.extend(dm(v) for v in c[:, 0])
        out.y.extend(dm(v) for v in c[:, 1])
        out.parts.append(len(c))
        out.kind.append(road.kind)
        out.name.append(names.add(road.name))
        out.width.append(dm(road.width))
        one_way = RoadFlag.ONE_WAY if road.one_way else 0
        out.flags.append((RoadFlag.BRIDGE if over else 0) | one_way)
    return out


class LabelMaker:
    def __init__(self, names: Names) -> None:
        self.out = Labels()
        self._names = names

    def at(self, name: str, x: float, y: float, kind: LabelKind, rank: int) -> None:
        self._add(name, [(x, y)], kind, rank)

    def along(self, name: str, line: LineString, kind: LabelKind, rank: int) -> None:
        """As many labels as the line is long, each with its stretch."""
        count = max(1, round(line.length / _LABEL_EVERY_M))
        for k in range(count):
            start, end = line.length * k / count, line.length * (k + 1) / count
            stretch = substring(line, start, end).simplify(0.6)
            self._add(name, list(stretch.coords), kind, rank)

    def _add(
        self, name: str, points: Sequence[tuple[float, ...]], kind: LabelKind, rank: int
    ) -> None:
        self.out.x.extend(dm(p[0]) for p in points)
        self.out.y.extend(dm(p[1]) for p in points)
        self.out.parts.append(len(points))
        self.out.kind.append(kind)
        self.out.name.append(self._names.add(name))
        self.out.rank.append(rank)


def by_name(roads: Iterable[Road]) -> dict[str, list[Road]]:
    """The named roads, together with those of the same name."""
    found: dict[str, list[Road]] = defaultdict(list)
    for road in roads:
        if road.name:
            found[road.name].append(road)
    return found


def merged(pieces: Sequence[LineString]) -> list[LineString]:
    """The lines joined where they meet, longest first."""
    joined = line_merge(union_all(pieces)) if len(pieces) > 1 else pieces[0]
    found = [p for p in getattr(joined, "geoms", [joined]) if isinstance(p, LineString)]
    return sorted(found, key=lambda p: -p.length)


def street_labels(roads: Iterable[Road], labels: LabelMaker, first: str = "") -> None:
    """Names along all streets; the street named `first` ranks with the avenues."""
    for name, group in by_name(roads).items():
        kind = RoadClass(min(r.kind for r in group))
        for line in merged([r.line for r in group]):
            if line.length >= _LEAST_LABEL_M:
                labels.along(name, line, LabelKind.STREET, _rank(kind, line, name == first))


def _rank(kind: RoadClass, line: LineString, first: bool) -> int:
    if kind is RoadClass.BOULEVARD:
        return 1
    if kind is RoadClass.AVENUE or first:
        return 2
    if kind is RoadClass.STREET:
        return 3 if line.length > _LONG_STREET_M else 4
    return 5


def spots(trees: Sequence[tuple[float, float, float]]) -> Spots:
    """Of x, y and radius in metres."""
    return Spots(
        array("i", [dm(t[0]) for t in trees]),
        array("i", [dm(t[1]) for t in trees]),
        array("B", [min(255, dm(t[2])) for t in trees]),
    )


class GraphMaker:
    """Collects the bike graph; nodes are told apart by any key."""

    def __init__(self, names: Names) -> None:
        self.out = BikeGraph()
        self._names = names
        self._at: dict[Any, int] = {}

    def node(self, key: Any, x: float, y: float) -> int:
        if key not in self._at:
            self._at[key] = len(self.out.x)
            self.out.x.append(dm(x))
            self.out.y.append(dm(y))
        return self._at[key]

    def edge(self, a: int, b: int, metres: float, speed: float, ways: int, name: str) -> None:
        """`ways` bit 1 allows a to b, bit 2 b to a; an edge of no length is left out."""
        if a == b or not ways:
            return
        self.out.a.append(a)
        self.out.b.append(b)
        self.out.length.append(max(1, dm(metres)))
        self.out.time.append(max(1, dm(metres / speed)))
        self.out.ways.append(ways)
        self.out.name.append(self._names.add(name))
