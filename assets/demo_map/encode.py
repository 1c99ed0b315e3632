"""Turn shapes into the columns of a map file."""

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

import mapbox_earcut
import numpy as np
from shapely import LineString, Point, Polygon, STRtree, union_all
from shapely.ops import substring

from assets.demo_map.skeleton import WIDTHS, Road
from assets.demo_map.streets import _polygons, merged
from kiosk.contract.mapfile import (
    Addresses,
    BikeGraph,
    LabelKind,
    Labels,
    Lines,
    Polygons,
    RoadClass,
    RoadFlag,
    Spots,
)

SPEED = {  # of a cargo bike, metres a second
    RoadClass.BOULEVARD: 5.2,
    RoadClass.AVENUE: 5.0,
    RoadClass.STREET: 4.3,
    RoadClass.LANE: 2.8,
    RoadClass.CYCLEWAY: 5.2,
}


def dm(value: float) -> int:
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


def polygons(shapes: Iterable[object]) -> Polygons:
    """Triangulated; vertices on the decimetre grid."""
    out = Polygons()
    for shape in shapes:
        for part in _polygons(shape):  # type: ignore[arg-type]
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


def lines(roads: list[Road], names: Names, water: Polygon) -> Lines:
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
        out.flags.append(
            (RoadFlag.BRIDGE if over else 0) | (RoadFlag.ONE_WAY if road.one_way else 0)
        )
    return out


class LabelMaker:
    def __init__(self, names: Names) -> None:
        self.out = Labels()
        self._names = names

    def at(self, name: str, x: float, y: float, kind: LabelKind, rank: int) -> None:
        self._add(name, [(x, y)], kind, rank)

    def along(self, name: str, line: LineString, kind: LabelKind, rank: int) -> None:
        """As many labels as the line is long, each with its stretch."""
        count = max(1, round(line.length / 620))
        for k in range(count):
            start, end = line.length * k / count, line.length * (k + 1) / count
            stretch = substring(line, start, end).simplify(0.6)
            self._add(name, list(stretch.coords), kind, rank)

    def _add(self, name: str, points: list[tuple[float, ...]], kind: LabelKind, rank: int) -> None:
        self.out.x.extend(dm(p[0]) for p in points)
        self.out.y.extend(dm(p[1]) for p in points)
        self.out.parts.append(len(points))
        self.out.kind.append(kind)
        self.out.name.append(self._names.add(name))
        self.out.rank.append(rank)


def by_name(roads: list[Road]) -> dict[str, list[Road]]:
    found: dict[str, list[Road]] = defaultdict(list)
    for road in roads:
        if road.name:
            found[road.name].append(road)
    return found


def street_labels(roads: list[Road], labels: LabelMaker, first: str) -> None:
    """Names along all streets; the street named `first` ranks with the avenues."""
    for name, group in by_name(roads).items():
        kind = min(r.kind for r in group)
        for line in merged([r.line for r in group]):
            if line.length < 34:
                continue
            if kind is RoadClass.BOULEVARD:
                rank = 1
            elif kind is RoadClass.AVENUE or name == first:
                rank = 2
            elif kind is RoadClass.STREET:
                rank = 3 if line.length > 260 else 4
            else:
                rank = 5
            labels.along(name, line, LabelKind.STREET, rank)


def bike_graph(roads: list[Road], names: Names) -> BikeGraph:
    """Every vertex of the noded net is a node. One-ways that would trap a rider are opened."""
    ridden = [r for r in roads if r.bikes]
    tree = STRtree([r.line for r in ridden])
    net = union_all([r.line for r in ridden], grid_size=0.1)
    graph, at = BikeGraph(), {}

    def node(x: float, y: float) -> int:
        key = (dm(x), dm(y))
        if key not in at:
            at[key] = len(graph.x)
            graph.x.append(key[0])
            graph.y.append(key[1])
        return at[key]

    for piece in net.geoms:
        road = ridden[int(tree.nearest(piece.interpolate(0.5, normalized=True)))]
        ways = _ways(piece, road)
        c = list(piece.coords)
        for p, q in pairwise(c):
            a, b = node(*p), node(*q)
            if a == b:
                continue
            length = math.dist(p, q)
            graph.a.append(a)
            graph.b.append(b)
            graph.length.append(max(1, dm(length)))
            graph.time.append(max(1, dm(length / SPEED[road.kind])))
            graph.ways.append(ways)
            graph.name.append(names.add(road.name))
    _open_traps(graph)
    return graph


def _ways(piece: LineString, road: Road) -> int:
    if not road.one_way:
        return 3
    before, after = (road.line.project(piece.interpolate(t, normalized=True)) for t in (0.45, 0.55))
    forward = after > before
    if abs(after - before) > road.line.length / 2:  # over the seam of a ring
        forward = not forward
    return 1 if forward else 2


def _reached(graph: BikeGraph, start: int, backwards: bool) -> set[int]:
    out: dict[int, list[int]] = defaultdict(list)
    for a, b, ways in zip(graph.a, graph.b, graph.ways, strict=True):
        if ways & (2 if backwards else 1):
            out[a].append(b)
        if ways & (1 if backwards else 2):
            out[b].append(a)
    seen, todo = {start}, [start]
    while todo:
        for n in out[todo.pop()]:
            if n not in seen:
                seen.add(n)
                todo.append(n)
    return seen


def _open_traps(graph: BikeGraph) -> None:
    start = min(range(len(graph.x)), key=lambda i: graph.x[i] ** 2 + graph.y[i] ** 2)
    core = _reached(graph, start, False) & _reached(graph, start, True)
    for k, (a, b) in enumerate(zip(graph.a, graph.b, strict=True)):
        if a not in core or b not in core:
            graph.ways[k] = 3


def doors(
    roads: list[Road], buildings: list[Polygon], names: Names, canal: LineString
) -> Addresses:
    """House numbers: odd on the left, even on the right, rising away from the canal."""
    out = Addresses()
    tree = STRtree(buildings)
    for name, group in by_name(roads).items():
        counters = [1, 2]
        pieces = [from_canal(line, canal) for line in merged([r.line for r in group])]
        for line in sorted(pieces, key=lambda p: canal.distance(Point(p.coords[0]))):
            _number(out, line, group[0], counters, tree, names.add(name))
    return out


def from_canal(line: LineString, canal: LineString) -> LineString:
    """The line, turned so that it begins at the end that is nearer to the canal."""
    start, end = Point(line.coords[0]), Point(line.coords[-1])
    if canal.distance(start) > canal.distance(end):
        return LineString(line.coords[::-1])
    return line


def _number(
    out: Addresses, line: LineString, road: Road, counters: list[int], tree: STRtree, street: int
) -> None:
    reach = road.width / 2 + WIDTHS[road.kind][1] + 2.2
    at = 9.0
    while at < line.length - 6:
        a, b = line.interpolate(at - 1), line.interpolate(at + 1)
        dx, dy = (b.x - a.x) / 2, (b.y - a.y) / 2
        for side, sign in ((0, 1.0), (1, -1.0)):
            x = (a.x + b.x) / 2 - sign * dy * reach
            y = (a.y + b.y) / 2 + sign * dx * reach
            if len(tree.query(Point(x, y), predicate="dwithin", distance=2.5)):
                out.x.append(dm(x))
                out.y.append(dm(y))
                out.street.append(street)
                out.number.append(counters[side])
                out.suffix.append(0)
                counters[side] += 2
        at += 12.5


def spots(trees: list[tuple[float, float, float]]) -> Spots:
    return Spots(
        array("i", [dm(t[0]) for t in trees]),
        array("i", [dm(t[1]) for t in trees]),
        array("B", [min(255, dm(t[2])) for t in trees]),
    )
