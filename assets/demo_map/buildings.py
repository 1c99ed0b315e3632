"""Fill the blocks: lots side by side along the street, wings around courtyards, hidden gardens."""

import math
import random
from dataclasses import dataclass, field

import numpy as np
from shapely import LineString, Polygon, box
from shapely.affinity import rotate, translate
from shapely.ops import split

from assets.demo_map.streets import _axes
from kiosk.ops.quarter.drawing import parts_of


@dataclass
class Built:
    buildings: list[Polygon] = field(default_factory=list)
    landmarks: list[Polygon] = field(default_factory=list)
    gardens: list[Polygon] = field(default_factory=list)


def fill(block: Polygon, rng: random.Random, built: Built) -> None:
    """Lots of one block, built along the street and around their courtyards."""
    depth = rng.uniform(11.5, 14.5)
    heart = block.buffer(-depth, join_style="mitre")
    size = rng.uniform(330, 620)
    for lot in _lots(block, size, rng):
        _build(lot, heart, rng, built)


def _lots(ground: Polygon, size: float, rng: random.Random, depth: int = 0) -> list[Polygon]:
    turn, long, short = _axes(ground)
    if depth > 9 or long < 13 or (ground.area < size * rng.uniform(0.8, 1.7) and long < 3 * short):
        return [ground]
    for attempt in range(5):
        slide = long * rng.gauss(0, 0.07 + 0.05 * attempt)
        cx = ground.centroid.x + slide * math.cos(turn)
        cy = ground.centroid.y + slide * math.sin(turn)
        wall = LineString([(cx - 500, cy), (cx + 500, cy)])
        wall = rotate(wall, math.degrees(turn) + 90 + rng.gauss(0, 3.2), (cx, cy))
        parts = parts_of(split(ground, wall))
        if len(parts) >= 2 and min(p.area for p in parts) >= 45:
            return [lot for part in parts for lot in _lots(part, size, rng, depth + 1)]
    return [ground]


def _build(lot: Polygon, heart: Polygon, rng: random.Random, built: Built) -> None:
    back = lot.intersection(heart)
    if back.area < 40:
        _keep(_with_light_well(lot, rng), built)
        return
    if back.area > 0.93 * lot.area:  # no street front: a workshop, a garden, a yard
        _build_inside(lot, rng, built)
        return
    wing = rng.uniform(2.2, 5.2)
    yard = max(parts_of(back.buffer(-wing, join_style="mitre")), key=lambda p: p.area, default=None)
    if yard is None or yard.area < 22:
        _keep(_with_light_well(lot, rng), built)
        return
    turn = rng.uniform(0, 2 * math.pi)
    shift = wing * rng.choice((0.0, 0.75, 0.95))
    yard = translate(yard, shift * math.cos(turn), shift * math.sin(turn)).intersection(
        back.buffer(-0.4)
    )
    if rng.random() < 0.36:  # open at the back: the yards of neighbours meet
        yard = (
            back.buffer(0.05)
            .difference(lot.exterior.buffer(wing * 0.7).intersection(_half(lot, rng)))
            .intersection(back.buffer(0.05))
        )
    _keep(lot.difference(yard), built)
    if rng.random() < 0.13:
        for green in parts_of(yard.buffer(-1.2)):
            if green.area > 45:
                built.gardens.append(green.simplify(0.3))


def _half(lot: Polygon, rng: random.Random) -> Polygon:
    c = lot.centroid
    side = box(c.x, c.y - 200, c.x + 200, c.y + 200)
    return rotate(side, math.degrees(_axes(lot)[0]) + rng.choice((0, 90, 180, 270)), (c.x, c.y))


def _build_inside(lot: Polygon, rng: random.Random, built: Built) -> None:
    roll = rng.random()
    if roll < 0.30:
        for green in parts_of(lot.buffer(-1.8)):
            if green.area > 60:
                built.gardens.append(green.simplify(0.3))
    elif roll < 0.85:
        _keep(lot.intersection(_half(lot, rng)), built)


def _with_light_well(lot: Polygon, rng: random.Random) -> Polygon:
    if lot.area < 240 or rng.random() < 0.35:
        return lot
    turn, _, short = _axes(lot)
    if short < 14:
        return lot
    c = lot.representative_point()
    w, h = rng.uniform(2.2, 4.2), rng.uniform(2.2, 3.6)
    well = rotate(box(c.x - w, c.y - h, c.x + w, c.y + h), math.degrees(turn), (c.x, c.y))
    return lot.difference(well) if lot.buffer(-3).contains(well) else lot


def _keep(shape: object, built: Built) -> None:
    for part in parts_of(shape):  # type: ignore[arg-type]
        part = part.simplify(0.3).buffer(0)
        for whole in parts_of(part):
            if whole.area > 28:
                built.buildings.append(
                    Polygon(
                        whole.exterior,
                        [ring for ring in whole.interiors if Polygon(ring).area > 9],
                    )
                )


def church(block: Polygon) -> Polygon:
    """A nave, a transept and an apse that fit the block."""
    turn, long, short = _axes(block)
    nave, wide = min(long * 0.62, 62), min(short * 0.30, 17)
    c = block.centroid
    a = np.linspace(-math.pi / 2, math.pi / 2, 9)
    apse = Polygon(np.c_[c.x + nave / 2 + wide / 2 * np.cos(a), c.y + wide / 2 * np.sin(a)])
    body = box(c.x - nave / 2, c.y - wide / 2, c.x + nave / 2, c.y + wide / 2)
    arm = box(
        c.x + nave * 0.12, c.y - wide * 0.95, c.x + nave * 0.12 + wide * 0.8, c.y + wide * 0.95
    )
    tower = box(c.x - nave / 2 - 5, c.y - wide * 0.32, c.x - nave / 2, c.y + wide * 0.32)
    return rotate(
        body.union(arm).union(apse.buffer(0.01)).union(tower), math.degrees(turn), (c.x, c.y)
    )


def hall(block: Polygon) -> Polygon:
    """A covered market: the block's own outline, drawn in."""
    return block.buffer(-13, join_style="mitre").buffer(0).simplify(1.5)
