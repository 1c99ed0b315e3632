"""The bike graph and the doors of the invented quarter."""

import math
from array import array
from collections import defaultdict
from itertools import pairwise

from shapely import LineString, Point, Polygon, STRtree, union_all

from assets.demo_map.skeleton import WIDTHS
from kiosk.contract.mapfile import Addresses, BikeGraph, RoadClass
from kiosk.ops.quarter.drawing import GraphMaker, Names, Road, by_name, dm, merged

SPEED = {  # of a cargo bike, metres a second
    RoadClass.BOULEVARD: 5.2,
    RoadClass.AVENUE: 5.0,
    RoadClass.STREET: 4.3,
    RoadClass.LANE: 2.8,
    RoadClass.CYCLEWAY: 5.2,
}


def bike_graph(roads: list[Road], names: Names) -> BikeGraph:
    """Every vertex of the noded net is a node. One-ways that would trap a rider are opened."""
    ridden = [r for r in roads if r.bikes]
    tree = STRtree([r.line for r in ridden])
    net = union_all([r.line for r in ridden], grid_size=0.1)
    maker = GraphMaker(names)
    for piece in net.geoms:
        road = ridden[int(tree.nearest(piece.interpolate(0.5, normalized=True)))]
        ways = _ways(piece, road)
        # Simplified only now: a street that ends on another must meet it.
        for p, q in pairwise(piece.simplify(0.15).coords):
            a, b = (maker.node((dm(x), dm(y)), x, y) for x, y in (p, q))
            maker.edge(a, b, math.dist(p, q), SPEED[road.kind], ways, road.name)
    graph = _joined(maker.out, names)
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


def _joined(graph: BikeGraph, names: Names) -> BikeGraph:
    """Without the stubs that the map's border cuts off from the rest."""
    start = min(range(len(graph.x)), key=lambda i: graph.x[i] ** 2 + graph.y[i] ** 2)
    both_ways = BikeGraph(a=graph.a, b=graph.b, ways=array("B", [3] * len(graph.a)))
    kept = _reached(both_ways, start, False)
    maker = GraphMaker(names)
    for k, (a, b) in enumerate(zip(graph.a, graph.b, strict=True)):
        if a in kept:
            ends = (maker.node(n, graph.x[n] / 10, graph.y[n] / 10) for n in (a, b))
            metres, seconds = graph.length[k] / 10, graph.time[k] / 10
            name = names.all[graph.name[k]]
            maker.edge(*ends, metres, metres / seconds, graph.ways[k], name)
    return maker.out


def _open_traps(graph: BikeGraph) -> None:
    start = min(range(len(graph.x)), key=lambda i: graph.x[i] ** 2 + graph.y[i] ** 2)
    core = _reached(graph, start, False) & _reached(graph, start, True)
    for k, (a, b) in enumerate(zip(graph.a, graph.b, strict=True)):
        if a not in core or b not in core:
            graph.ways[k] = 3


def doors(
    roads: list[Road],
    buildings: list[Polygon],
    names: Names,
    canal: LineString,
    bike: BikeGraph,
) -> Addresses:
    """House numbers: odd on the left, even on the right, rising away from the canal.

    Only streets that a bike reaches have doors.
    """
    reached = {names.all[n] for n in bike.name}
    out = Addresses()
    tree = STRtree(buildings)
    for name, group in by_name(r for r in roads if r.name in reached).items():
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
