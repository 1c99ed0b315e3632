"""Cut the ground between the arteries into blocks: every cut becomes a street."""

import math
import random
from dataclasses import dataclass, field

import numpy as np
from shapely import (
    LineString,
    Point,
    Polygon,
    STRtree,
    polygonize,
    union_all,
)
from shapely.affinity import rotate
from shapely.ops import split, substring

from assets.demo_map.skeleton import FRAME, WIDTHS, Skeleton, lay
from kiosk.contract.mapfile import RoadClass
from kiosk.ops.quarter.drawing import Road, parts_of


@dataclass
class Fabric:
    """How a neighbourhood is woven: block area m², bend and skew of its streets."""

    block: float
    bend: float
    skew_deg: float


_NAMED_BY_CUT = (RoadClass.BOULEVARD, RoadClass.AVENUE, RoadClass.STREET)
OLD = Fabric(6000, 0.065, 11)
GRAND = Fabric(15000, 0.018, 4)
WORKSHOP = Fabric(11500, 0.035, 7)


@dataclass
class Town:
    roads: list[Road] = field(default_factory=list)
    blocks: list[Polygon] = field(default_factory=list)  # between street centre lines


def fabric_at(x: float, y: float) -> Fabric:
    """The old core lies between étoile and canal, workshops along the water, grandeur around."""
    if math.hypot(x - 40, y - 20) < 360:
        return OLD
    if math.hypot(x + 620, y - 950) < 300 or math.hypot(x - 120, y + 1000) < 260:
        return OLD
    if x > 480 or math.hypot(x - 850, y + 300) < 420:
        return WORKSHOP
    return GRAND


def weave(plan: Skeleton, rng: random.Random) -> Town:
    """Streets and blocks of the whole quarter."""
    town = Town(roads=[_clip(r) for r in plan.roads if r.line.intersects(FRAME)])
    edges = [r.line for r in town.roads if r.kind <= RoadClass.STREET]
    net = union_all([*edges, FRAME.exterior], grid_size=0.1)
    parks = union_all([park.buffer(7) for _, park in plan.parks])
    islands = union_all(plan.islands)
    for face in polygonize([net]).geoms:
        if face.area < 300:
            continue
        inside = face.representative_point()
        if plan.canal_zone.contains(inside) or parks.contains(inside):
            continue
        if islands.intersection(face).area > 0.6 * face.area:
            continue
        _divide(face, town, rng, 0)
    _continue_streets(town)
    return town


def _clip(road: Road) -> Road:
    line = road.line.intersection(FRAME)
    if not isinstance(line, LineString):
        line = max(getattr(line, "geoms", []), key=lambda g: g.length)
    return Road(line, road.kind, road.name, road.width, road.one_way, road.bikes)


def _divide(ground: Polygon, town: Town, rng: random.Random, depth: int) -> None:
    centre = ground.centroid
    fabric = fabric_at(centre.x, centre.y)
    if ground.area < fabric.block * rng.uniform(0.75, 1.75):
        town.blocks.append(ground)
        return
    for attempt in range(14):
        cut = _cut_line(ground, fabric, rng, depth, attempt)
        if cut is None:
            continue
        halves = [p for p in split(ground, cut).geoms if isinstance(p, Polygon)]
        strict = attempt < 9 and not ground.interiors
        if len(halves) < 2 or not all(_sound(p, fabric, strict) for p in halves):
            continue
        inside = cut.intersection(ground)
        for piece in getattr(inside, "geoms", [inside]):
            if isinstance(piece, LineString) and piece.length > 12:
                town.roads.append(_street(piece, rng, depth, fabric))
        for half in halves:
            _divide(half, town, rng, depth + 1)
        return
    town.blocks.append(ground)


def _sound(part: Polygon, fabric: Fabric, strict: bool) -> bool:
    """Large and stout enough to be built on; `strict` asks for nearly square corners too."""
    long, short = _axes(part)[1:]
    if part.area < 0.3 * fabric.block or short < 30:
        return False
    return not strict or (long / short < 4.2 and part.area > 0.6 * long * short)


def _axes(shape: Polygon) -> tuple[float, float, float]:
    """Direction of the longer side of the smallest rectangle around (radians), long, short."""
    box = shape.minimum_rotated_rectangle
    if not isinstance(box, Polygon):
        return 0.0, 1.0, 1e-6
    c = np.asarray(box.exterior.coords)
    a, b = c[1] - c[0], c[2] - c[1]
    la, lb = float(np.hypot(*a)), float(np.hypot(*b))
    along = a if la >= lb else b
    return math.atan2(along[1], along[0]), max(la, lb), max(min(la, lb), 1e-6)


def _cut_line(
    ground: Polygon, fabric: Fabric, rng: random.Random, depth: int, attempt: int
) -> LineString | None:
    """A slightly bent line across `ground`, mostly square to its long side."""
    turn, long, short = _axes(ground)
    across = turn + math.pi / 2
    if long / short < 1.3 and rng.random() < 0.45:
        across = turn
        long, short = short, long
    if depth == 0 and attempt == 0 and rng.random() < 0.25:
        across += rng.choice((-1, 1)) * math.radians(rng.uniform(22, 36))
    across += math.radians(rng.gauss(0, fabric.skew_deg))
    slide = 0.0 if ground.interiors else long * rng.gauss(0, 0.10 + 0.01 * attempt)
    cx = ground.centroid.x + slide * math.cos(turn)
    cy = ground.centroid.y + slide * math.sin(turn)
    reach = 2.2 * max(long, short)
    bend = short * rng.gauss(0, fabric.bend)
    sway = short * rng.gauss(0, fabric.bend * 0.3)
    u = np.linspace(-1, 1, max(9, int(2 * reach / 18)))
    ride = u * reach
    # The bow and the sway act over the ground itself; beyond it the line runs straight.
    v = np.clip(ride / (short / 2), -1.4, 1.4)
    bow = bend * (1 - v * v) + sway * np.sin(v * math.pi / 1.4)
    x = cx + ride * math.cos(across) - bow * math.sin(across)
    y = cy + ride * math.sin(across) + bow * math.cos(across)
    line = LineString(np.c_[x, y])
    return line if line.intersects(ground) else None


def _street(line: LineString, rng: random.Random, depth: int, fabric: Fabric) -> Road:
    if depth <= 1 and line.length > 260:
        return lay(line, RoadClass.STREET, "", 8.5)
    if fabric is OLD and line.length < 90 and rng.random() < 0.4:
        return lay(line, RoadClass.LANE, "")
    width = rng.choice((5.6, 6.4, 7.0)) if fabric is OLD else rng.choice((6.6, 7.4, 8.0))
    one_way = rng.random() < 0.38
    if one_way and rng.random() < 0.5:
        line = LineString(line.coords[::-1])
    return lay(line, RoadClass.STREET, "", width, one_way)


def _continue_streets(town: Town) -> None:
    """Let a street whose end faces another's across a boulevard pull it into line."""
    ends: list[tuple[Point, float, int]] = []
    for k, road in enumerate(town.roads):
        if road.name or road.kind not in _NAMED_BY_CUT:
            continue
        c = np.asarray(road.line.coords)
        for tip, inner in ((c[0], c[1]), (c[-1], c[-2])):
            d = tip - inner
            ends.append((Point(tip), math.atan2(d[1], d[0]), k))
    tree = STRtree([e[0] for e in ends])
    group = list(range(len(town.roads)))

    def root(k: int) -> int:
        while group[k] != k:
            k = group[k]
        return k

    taken: set[int] = set()
    for i, (tip, heading, k) in enumerate(ends):
        if i in taken:
            continue
        for j in tree.query(tip.buffer(16)):
            _, other, m = ends[j]
            straight = abs((heading - other + math.pi) % (2 * math.pi) - math.pi)
            if j != i and j not in taken and root(m) != root(k) and straight > math.radians(155):
                group[root(m)] = root(k)
                taken |= {i, int(j)}
                break
    for k, road in enumerate(town.roads):
        if not road.name and road.kind in _NAMED_BY_CUT:
            road.name = f"#{root(k)}"
        elif not road.name and road.kind is RoadClass.LANE:
            road.name = f"#{k}"


def dead_ends(blocks: list[Polygon], rng: random.Random) -> list[Road]:
    """Lanes that lead into the heart of some large blocks and stop."""
    lanes: list[Road] = []
    for block in blocks:
        if block.area < 5200 or rng.random() > 0.34:
            continue
        turn, long, short = _axes(block)
        if short < 58:
            continue
        centre = block.centroid
        ray = LineString([(centre.x, centre.y), (centre.x + 2 * long, centre.y)])
        ray = rotate(
            ray, math.degrees(turn) + rng.choice((90, 270)) + rng.gauss(0, 6), (centre.x, centre.y)
        )
        way = ray.intersection(block)
        if isinstance(way, LineString) and 24 < way.length < 90:
            lane = substring(way, way.length * rng.uniform(0.0, 0.25), way.length)
            lanes.append(lay(LineString(lane.coords[::-1]), RoadClass.LANE, f"!{len(lanes)}"))
    return lanes


def buildable(town: Town, plan: Skeleton, extra: list[Road]) -> list[Polygon]:
    """Blocks without streets, pavements, water and places; corners cut as Paris cuts them."""
    corridors = []
    for road in [*town.roads, *extra]:
        if road.kind is RoadClass.FOOTWAY:
            continue
        pavement = WIDTHS[road.kind][1]
        reach = road.width / 2 + pavement
        corridors.append(road.line.buffer(reach, cap_style="flat", quad_segs=4))
    taken = STRtree(corridors)
    closed = union_all([plan.canal_zone.buffer(6), *plan.islands])
    found: list[Polygon] = []
    for block in town.blocks:
        near = [corridors[i] for i in taken.query(block)]
        free = block.difference(union_all([*near, closed]))
        free = free.intersection(FRAME.buffer(-2))
        free = free.buffer(-2.2, join_style="mitre").buffer(2.2, join_style="bevel")
        for part in parts_of(free):
            if part.area > 140:
                found.append(part.simplify(0.35))
    return found
