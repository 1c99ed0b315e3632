"""The map of a real quarter from an OpenStreetMap extract (.osm.pbf, .osm, .osm.bz2 …).

The data is © OpenStreetMap contributors under the ODbL: the map says so, and must where it is
shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely import LineString

from kiosk.contract.mapfile import (
    MAX_NAME,
    MAX_NAMES,
    LabelKind,
    MapFile,
    MapMeta,
    RoadClass,
)
from kiosk.ops.quarter import drawing, reading
from kiosk.ops.quarter.areas import Area, areas, runs, sea
from kiosk.ops.quarter.doors import Doors
from kiosk.ops.quarter.drawing import GraphMaker, LabelMaker, Names, Road, parts_of
from kiosk.ops.quarter.frame import LEAST_M, MOST_M, ExtractError, Frame
from kiosk.ops.quarter.reading import Excerpt, Told
from kiosk.ops.quarter.riding import blocks, riding
from kiosk.ops.quarter.tags import Tags, drawn_class, layer, width
from kiosk.shop.geo import Point as Place
from kiosk.shop.text import clean

ATTRIBUTION = "© OpenStreetMap contributors"

_SIMPLER_M = {"building": 0.4, "landmark": 0.4, "water": 0.8}
_LARGE_M2, _POND_M2 = 15_000, 400
_LABELS = {
    "park": LabelKind.PARK,
    "grove": LabelKind.PARK,
    "water": LabelKind.WATER,
    "plaza": LabelKind.PLACE,
    "landmark": LabelKind.LANDMARK,
}


@dataclass
class _Ground:
    """The pieces of ground by layer, and which of them have a name."""

    shapes: dict[str, list[Any]] = field(default_factory=dict)
    named: list[tuple[LabelKind, int, str, Area]] = field(default_factory=list)


def build(
    source: Path,
    name: str,
    around: Place | None = None,
    radius_m: float = 1500.0,
    told: Told = lambda _what, _count: None,
) -> MapFile:
    """The map of `source`, or of the square of `radius_m` about `around`.

    `told(what, count)` hears how many "nodes", "ways" or "relations" have been read so far.
    Raises ExtractError where the extract cannot be read, covers more than a quarter while no
    place is given, or has no streets there.
    """
    frame = _frame(source, around, radius_m, told)
    excerpt = reading.read(source, frame, told)
    doors, ground = Doors(), _Ground()
    for spot in excerpt.spots.values():
        doors.take(spot.tags, spot.x, spot.y)
    doors.between(excerpt, excerpt.ways.values())
    for area in areas(excerpt, _SIMPLER_M, layer):
        doors.take(area.tags, area.inside.x, area.inside.y)
        _take_ground(ground, area)
    names = Names()
    graph = _graph(excerpt, names)
    roads = list(_roads(excerpt))
    if not roads or not graph.out.a:
        raise ExtractError(
            f"{source.name} has no streets about {frame.centre.lat:.5f},{frame.centre.lon:.5f}: "
            "give --around LAT,LON of a place with streets"
        )
    water = shapely.union_all([*ground.shapes.get("water", []), *sea(excerpt)])
    ground.shapes["water"] = parts_of(water)
    map_file = MapFile(
        meta=MapMeta(
            name=name,
            invented=False,
            attribution=ATTRIBUTION,
            centre=frame.centre,
            bounds=frame.bounds,
            postcode=doors.only_postcode(),
        ),
        polygons={k: drawing.polygons(v) for k, v in ground.shapes.items() if v},
        roads=drawing.lines(roads, names, water),
        labels=_labels(ground, roads, names),
        trees=drawing.spots(_trees(excerpt)),
        bike=graph.out,
        addresses=doors.columns(names),
    )
    map_file.names = names.all
    if len(names.all) > MAX_NAMES:
        raise ExtractError(f"more than {MAX_NAMES} names: give a smaller --radius")
    map_file.check()
    return map_file


def _frame(source: Path, around: Place | None, radius_m: float, told: Told) -> Frame:
    if around is not None:
        if not LEAST_M <= radius_m <= MOST_M:
            raise ExtractError(
                f"a radius of {radius_m:.0f} m makes no quarter: give --radius from "
                f"{LEAST_M:.0f} to {MOST_M:.0f}"
            )
        return Frame(around, radius_m, radius_m)
    low, high = reading.corners(source, told)
    centre = Place((low.lat + high.lat) / 2, (low.lon + high.lon) / 2)
    half_w, half_h = Frame(centre, 0, 0).projection.to_xy(high)
    if not LEAST_M <= max(half_w, half_h) <= MOST_M:
        raise ExtractError(
            f"{source.name} covers {2 * half_w / 1000:.1f} by {2 * half_h / 1000:.1f} km, a "
            f"quarter is {2 * MOST_M / 1000:.0f} km wide at most: give --around LAT,LON and "
            f"--radius METRES; its middle is {centre.lat:.5f},{centre.lon:.5f}"
        )
    return Frame(centre, max(half_w, LEAST_M), max(half_h, LEAST_M))


def _take_ground(ground: _Ground, area: Area) -> None:
    kind = layer(area.tags)
    if not kind:
        return
    ground.shapes.setdefault(kind, []).extend(parts_of(area.shape))
    name = _named(area.tags)
    small = kind == "water" and area.shape.area < _POND_M2
    if name and kind in _LABELS and not small:
        large = area.shape.area > _LARGE_M2 and kind != "landmark"
        ground.named.append((_LABELS[kind], 0 if large else 2, name, area))


def _named(tags: Tags) -> str:
    return clean(tags.get("name", ""), MAX_NAME)


def _roads(excerpt: Excerpt) -> Iterator[Road]:
    frame = excerpt.frame.shape
    for way in excerpt.ways.values():
        kind = drawn_class(way.tags)
        if kind is None:
            continue
        one_way = way.tags.get("oneway") in ("yes", "1", "true")
        name = "" if kind is RoadClass.RAIL else _named(way.tags)
        for _, xy in runs(excerpt, way.refs):
            line = LineString(xy).simplify(0.3).intersection(frame)
            for part in getattr(line, "geoms", [line]):
                if isinstance(part, LineString) and part.length > 1:
                    yield Road(part, kind, name, width(way.tags, kind), one_way)


def _graph(excerpt: Excerpt, names: Names) -> GraphMaker:
    """The streets that a bike may ride, within the frame."""
    graph = GraphMaker(names)
    walls = {node for node, spot in excerpt.spots.items() if blocks(spot.tags)}
    for number, way in excerpt.ways.items():
        ride = riding(way.tags)
        if ride is None:
            continue
        name = _named(way.tags)
        for refs, xy in runs(excerpt, way.refs):
            inside = [excerpt.frame.holds(x, y) for x, y in xy]
            steps = np.hypot(*np.diff(xy, axis=0).T)
            for k, metres in enumerate(steps):
                if inside[k] and inside[k + 1]:
                    # Streets end on both sides of what no bike passes.
                    ends = [(ref, number, k) if ref in walls else ref
                            for ref in (int(refs[k]), int(refs[k + 1]))]  # fmt: skip
                    a, b = (graph.node(end, *xy[k + i]) for i, end in enumerate(ends))
                    graph.edge(a, b, float(metres), ride.speed, ride.ways, name)
    return graph


def _labels(ground: _Ground, roads: list[Road], names: Names) -> Any:
    labels = LabelMaker(names)
    streets = {road.name for road in roads}
    for kind, rank, name, area in ground.named:
        # A street that widens has its name along it already.
        square = area.tags.get("place") == "square"
        if kind is not LabelKind.PLACE or square or name not in streets:
            labels.at(name, area.inside.x, area.inside.y, kind, rank)
    drawing.street_labels(roads, labels)
    return labels.out


def _trees(excerpt: Excerpt) -> list[tuple[float, float, float]]:
    return [(spot.x, spot.y, 2.4) for spot in excerpt.spots.values()
            if spot.tags.get("natural") == "tree"]  # fmt: skip
