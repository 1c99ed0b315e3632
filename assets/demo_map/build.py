"""Build the demonstration's map: an invented quarter, the same at every run.

    python assets/demo_map/build.py [OUT.vmap]

Needs shapely and mapbox_earcut, which neither the window nor the back office needs.
"""

import random
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely
from shapely import LineString, Point, Polygon, STRtree, union_all

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from assets.demo_map import encode, features, skeleton, streets  # noqa: E402
from assets.demo_map.buildings import Built, fill  # noqa: E402
from assets.demo_map.names import street_names  # noqa: E402
from assets.demo_map.skeleton import HALF, Skeleton  # noqa: E402
from kiosk.contract.mapfile import LabelKind, MapFile, MapMeta, Projection, RoadClass  # noqa: E402
from kiosk.ops.quarter import drawing  # noqa: E402
from kiosk.ops.quarter.drawing import Road  # noqa: E402
from kiosk.shop.geo import Point as Place  # noqa: E402

SEED = 1867
SHOP = Place(48.8600, 2.3400)  # its door stands here
SHOP_STREET = "rue de la Lucarne"
SHOP_NUMBER = 14


def build(seed: int = SEED) -> MapFile:
    rng = random.Random(seed)  # noqa: S311 - drawing, not secrets
    plan = skeleton.draw()
    town = streets.weave(plan, rng)
    lanes = streets.dead_ends(town.blocks, rng)
    blocks = streets.buildable(town, plan, lanes)
    built = Built()
    rest, named = features.place(blocks, lanes, plan, built)
    for block in rest:
        fill(block, rng, built)
    roads = [*town.roads, *lanes]
    _name_streets(roads, plan.canal, rng)
    return _assemble(plan, roads, built, named, rng, seed)


def _name_streets(roads: list[Road], canal: LineString, rng: random.Random) -> None:
    """Fill in the names that the cuts left open, the longest streets first."""
    pool = street_names(rng)
    groups = drawing.by_name([r for r in roads if r.name[:1] in "#!"])
    shop = _shop_street(groups, canal)
    for key, group in sorted(groups.items(), key=lambda g: -sum(r.line.length for r in g[1])):
        if key == shop:
            name = SHOP_STREET
        elif key.startswith("!"):
            name = f"{rng.choice(('impasse', 'impasse', 'cour', 'villa'))} {pool.pop()}"
        elif group[0].kind is RoadClass.LANE:
            name = f"{rng.choice(('passage', 'passage', 'sente'))} {pool.pop()}"
        else:
            name = f"rue {pool.pop()}"
        for road in group:
            road.name = name


def _shop_street(groups: dict[str, list[Road]], canal: LineString) -> str:
    """The street whose seventh door on the even side comes to lie nearest to the centre."""

    def off(item: tuple[str, list[Road]]) -> float:
        pieces = drawing.merged([r.line for r in item[1]])
        line = encode.from_canal(pieces[0], canal)
        if item[0].startswith("!") or len(pieces) > 1 or not 130 < line.length < 360:
            return 1e9
        return line.interpolate(88).distance(Point(0, 0))

    return min(groups.items(), key=off)[0]


def _assemble(
    plan: Skeleton,
    roads: list[Road],
    built: Built,
    named: features.Named,
    rng: random.Random,
    seed: int,
) -> MapFile:
    names = drawing.Names()
    water = union_all(plan.water).intersection(skeleton.FRAME)
    clip = skeleton.FRAME
    parks = [p for _, p in plan.parks]
    labels = drawing.LabelMaker(names)
    _labels(labels, plan, roads, named)
    quay = plan.canal_zone.difference(water).intersection(clip)
    bike = encode.bike_graph(roads, names)
    standing = [*built.buildings, *built.landmarks]
    map_file = MapFile(
        meta=MapMeta(
            name="Quartier de la Lanterne",
            invented=True,
            attribution="Quartier imaginaire",
            centre=SHOP,
            bounds=(-HALF, -HALF, HALF, HALF),
            postcode="75000",
            seed=seed,
        ),
        polygons={
            "park": drawing.polygons([*parks, *built.gardens]),
            "lawn": drawing.polygons(plan.lawns),
            "grove": drawing.polygons(plan.groves),
            "plaza": drawing.polygons([quay, *(p for _, p in plan.plazas)]),
            "water": drawing.polygons([water]),
            "building": drawing.polygons(built.buildings),
            "landmark": drawing.polygons(built.landmarks),
        },
        roads=drawing.lines([replace(r, line=r.line.simplify(0.15)) for r in roads], names, water),
        labels=labels.out,
        trees=drawing.spots(_trees(plan, roads, built, rng)),
        bike=bike,
        addresses=encode.doors(roads, standing, names, plan.canal, bike),
    )
    map_file.names = names.all
    return _moved_to_shop(map_file)


def _moved_to_shop(map_file: MapFile) -> MapFile:
    """The same drawing, laid on the globe so that the shop's door is at SHOP."""
    doors = map_file.addresses
    street = map_file.names.index(SHOP_STREET)
    x, y = next(
        (doors.x[k] / 10, doors.y[k] / 10)
        for k in range(len(doors.x))
        if doors.street[k] == street and doors.number[k] == SHOP_NUMBER
    )
    centre = Projection(SHOP).to_point(-x, -y)
    map_file.meta = replace(map_file.meta, centre=centre)
    return map_file


def _labels(
    labels: drawing.LabelMaker, plan: Skeleton, roads: list[Road], named: features.Named
) -> None:
    for name, x, y in named.places:
        labels.at(name, x, y, LabelKind.PLACE, 0)
    for name, park in plan.parks:
        if name:
            c = park.centroid
            labels.at(name, c.x, c.y + (48 if "jardin" in name else 62), LabelKind.PARK, 0)
    for name, line in plan.water_names:
        labels.along(name, line, LabelKind.WATER, 1)
    for name, x, y in named.parks:
        labels.at(name, x, y, LabelKind.PARK, 2)
    for name, x, y in named.landmarks:
        labels.at(name, x, y, LabelKind.LANDMARK, 2)
    ring = {name for name, _, _ in named.places}
    drawing.street_labels([r for r in roads if r.name not in ring], labels, SHOP_STREET)


def _trees(
    plan: Skeleton, roads: list[Road], built: Built, rng: random.Random
) -> list[tuple[float, float, float]]:
    """Rows along boulevards, avenues and quays; loose in the groves; few on the lawns."""
    found: list[tuple[float, float, float]] = []
    for road in roads:
        if road.kind is RoadClass.BOULEVARD:
            rows = (road.width / 2 + 2.6,)
        elif road.kind is RoadClass.AVENUE or road.name.startswith("quai"):
            rows = (road.width / 2 + 2.4,)
        else:
            continue
        for reach in rows:
            for sign in (-1, 1):
                found += _row(road.line, sign * reach, rng)
    for grove in plan.groves:
        found += _scatter(grove, 5.2, rng, (2.2, 4.2))
    for name, park in plan.parks:
        if "jardin" not in name:
            found += _scatter(park, 15.0, rng, (1.9, 3.6))
    hard = [
        r.line.buffer(r.width / 2 + (2.8 if r.kind is RoadClass.FOOTWAY else 1.0)) for r in roads
    ]
    hard += [*plan.water, *built.buildings, *built.landmarks]
    tree = STRtree(hard)
    points = shapely.points([(x, y) for x, y, _ in found])
    blocked = set(tree.query(points, predicate="intersects")[0].tolist())
    return [t for k, t in enumerate(found) if k not in blocked and max(map(abs, t[:2])) < HALF]


def _row(line: LineString, reach: float, rng: random.Random) -> list[tuple[float, float, float]]:
    out = []
    at = 12.0
    while at < line.length - 12:
        a, b = line.interpolate(at - 1), line.interpolate(at + 1)
        dx, dy = (b.x - a.x) / 2, (b.y - a.y) / 2
        if rng.random() > 0.06:
            out.append(
                ((a.x + b.x) / 2 - dy * reach, (a.y + b.y) / 2 + dx * reach, rng.uniform(1.7, 2.4))
            )
        at += 9.0
    return out


def _scatter(
    area: Polygon, gap: float, rng: random.Random, radius: tuple[float, float]
) -> list[tuple[float, float, float]]:
    west, south, east, north = area.bounds
    grid = np.mgrid[west:east:gap, south:north:gap].reshape(2, -1).T
    out = []
    for x, y in grid:
        p = (x + rng.uniform(-0.45, 0.45) * gap, y + rng.uniform(-0.45, 0.45) * gap)
        if area.contains(Point(p)):
            out.append((*p, rng.uniform(*radius)))
    return out


def main() -> None:
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "quartier.vmap"
    map_file = build()
    map_file.save(out)
    print(
        f"{out}: {out.stat().st_size / 1000:.0f} kB, {len(map_file.names)} names, "
        f"{len(map_file.polygons['building'].x)} vertices of buildings, "
        f"{len(map_file.bike.a)} bike edges, {len(map_file.addresses.x)} doors"
    )


if __name__ == "__main__":
    main()
