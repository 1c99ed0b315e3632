"""The map of a real quarter from an OpenStreetMap extract (.osm.pbf or .osm).

The data is © OpenStreetMap contributors under the ODbL: the map says so, and must where it is
shown. One-ways and the streets that a bike may ride against them are respected; turn restrictions
are not.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import osmium
import shapely
from shapely import LineString, Point, Polygon, box

from kiosk.contract.mapfile import LabelKind, MapFile, MapMeta, Projection, RoadClass
from kiosk.ops.quarter import drawing
from kiosk.ops.quarter.drawing import GraphMaker, LabelMaker, Names, Road, dm, parts_of
from kiosk.shop.geo import Point as Place

ATTRIBUTION = "© OpenStreetMap contributors"
MOST_M = 6_000.0  # half the side of the largest map: a quarter, not a region

_CLASSES = {
    "motorway": RoadClass.BOULEVARD,
    "trunk": RoadClass.BOULEVARD,
    "primary": RoadClass.BOULEVARD,
    "secondary": RoadClass.AVENUE,
    "tertiary": RoadClass.AVENUE,
    "unclassified": RoadClass.STREET,
    "residential": RoadClass.STREET,
    "living_street": RoadClass.LANE,
    "pedestrian": RoadClass.LANE,
    "service": RoadClass.LANE,
    "track": RoadClass.LANE,
    "cycleway": RoadClass.CYCLEWAY,
    "footway": RoadClass.FOOTWAY,
    "path": RoadClass.FOOTWAY,
    "steps": RoadClass.FOOTWAY,
}
_WIDTHS = {"primary": 13.0, "secondary": 11.0, "tertiary": 9.0, "residential": 6.5, "service": 3.4}
_CLASS_WIDTHS = {
    RoadClass.BOULEVARD: 14.0,
    RoadClass.AVENUE: 9.0,
    RoadClass.STREET: 7.0,
    RoadClass.LANE: 4.6,
    RoadClass.FOOTWAY: 1.8,
    RoadClass.CYCLEWAY: 2.4,
}
_SPEEDS = {
    RoadClass.BOULEVARD: 4.4,
    RoadClass.AVENUE: 4.4,
    RoadClass.STREET: 4.3,
    RoadClass.LANE: 3.0,
    RoadClass.FOOTWAY: 1.6,
    RoadClass.CYCLEWAY: 4.8,
}
_ROUGH = {"cobblestone", "sett", "unhewn_cobblestone", "gravel", "ground"}
_LANDMARKS = {"place_of_worship", "townhall", "theatre", "library", "marketplace", "arts_centre"}
_PARKS = {"park", "garden", "playground", "dog_park", "pitch"}
_SIMPLER_M = {"building": 0.4, "landmark": 0.4, "water": 0.8}
_NUMBER = re.compile(r"^(\d{1,4})\s*(bis|ter)?", re.IGNORECASE)


@dataclass
class _Found:
    """What an extract holds, in metres about its centre."""

    projection: Projection
    frame: Polygon
    roads: list[Road] = field(default_factory=list)
    shapes: dict[str, list[Polygon]] = field(default_factory=lambda: defaultdict(list))
    named: list[tuple[LabelKind, int, str, Point]] = field(default_factory=list)
    trees: list[tuple[float, float, float]] = field(default_factory=list)
    doors: list[tuple[str, int, int, float, float]] = field(default_factory=list)
    postcodes: Counter[str] = field(default_factory=Counter)


def build(
    source: Path, name: str, around: Place | None = None, radius_m: float = 1500.0
) -> MapFile:
    """The map of `source`, or of the square of `radius_m` about `around`.

    Raises ValueError where the extract has no bounds and none are given, or is no quarter.
    """
    centre, half_w, half_h = _view(source, around, radius_m)
    found = _Found(Projection(centre), box(-half_w, -half_h, half_w, half_h))
    names = Names()
    graph = GraphMaker(names)
    things: Any = osmium.FileProcessor(str(source)).with_areas()
    for thing in things:
        if thing.is_node():
            _take_node(found, thing)
        elif thing.is_way():
            _take_way(found, graph, thing)
        elif thing.is_area():
            _take_area(found, thing)
    return _assemble(found, names, graph, name, (-half_w, -half_h, half_w, half_h))


def _view(source: Path, around: Place | None, radius_m: float) -> tuple[Place, float, float]:
    if around is not None:
        half_w = half_h = radius_m
        centre = around
    else:
        reader = osmium.io.Reader(str(source))
        bounds = reader.header().box()
        reader.close()
        if not bounds.valid():
            raise ValueError(f"{source} does not say what it covers: give --around LAT,LON")
        low, high = bounds.bottom_left, bounds.top_right
        centre = Place((low.lat + high.lat) / 2, (low.lon + high.lon) / 2)
        half_w, half_h = Projection(centre).to_xy(Place(high.lat, high.lon))
    if max(half_w, half_h) > MOST_M:
        raise ValueError(
            f"{source} covers {2 * half_w / 1000:.0f} by {2 * half_h / 1000:.0f} km: "
            "give --around LAT,LON and --radius METRES"
        )
    return centre, half_w, half_h


def _take_node(found: _Found, node: Any) -> None:
    tags = node.tags
    if not ("addr:housenumber" in tags or tags.get("natural") == "tree"):
        return
    x, y = found.projection.to_xy(Place(node.lat, node.lon))
    if not found.frame.contains(Point(x, y)):
        return
    if tags.get("natural") == "tree":
        found.trees.append((x, y, 2.4))
    _take_door(found, tags, x, y)


def _take_door(found: _Found, tags: Any, x: float, y: float) -> None:
    street, number = tags.get("addr:street"), _NUMBER.match(tags.get("addr:housenumber", ""))
    if street and number:
        suffix = {"bis": 1, "ter": 2}.get((number[2] or "").lower(), 0)
        found.doors.append((street, int(number[1]), suffix, x, y))
        if "addr:postcode" in tags:
            found.postcodes[tags["addr:postcode"]] += 1


def _take_way(found: _Found, graph: GraphMaker, way: Any) -> None:
    tags = way.tags
    highway = tags.get("highway", "").removesuffix("_link")
    kind = _CLASSES.get(highway)
    if kind is None or tags.get("area") == "yes":
        return
    nodes = [n for n in way.nodes if n.location.valid()]
    if len(nodes) < 2:
        return
    xy = [found.projection.to_xy(Place(n.lat, n.lon)) for n in nodes]
    name = tags.get("name", "")
    if _ridden(tags, kind, highway):
        _ride(found, graph, tags, kind, [n.ref for n in nodes], xy)
    underground = tags.get("tunnel") in ("yes", "building_passage") or tags.get("covered") == "yes"
    aside = tags.get("footway") in ("sidewalk", "crossing") or tags.get("indoor") == "yes"
    if underground or aside:
        return
    width = _WIDTHS.get(highway, _CLASS_WIDTHS[kind])
    line = LineString(xy).simplify(0.3).intersection(found.frame)
    for part in getattr(line, "geoms", [line]):
        if isinstance(part, LineString) and part.length > 1:
            one_way = tags.get("oneway") in ("yes", "1", "true")
            found.roads.append(Road(part, kind, name, width, one_way))


def _ridden(tags: Any, kind: RoadClass, highway: str) -> bool:
    if tags.get("bicycle") in ("yes", "designated", "permissive"):
        return True
    if tags.get("access") in ("no", "private") or highway in ("motorway", "trunk", "steps"):
        return False
    return kind is not RoadClass.FOOTWAY and tags.get("bicycle") not in (
        "no",
        "dismount",
        "use_sidepath",
    )


def _ride(
    found: _Found,
    graph: GraphMaker,
    tags: Any,
    kind: RoadClass,
    refs: list[int],
    xy: list[tuple[float, float]],
) -> None:
    speed = _SPEEDS[kind] * (0.8 if tags.get("surface") in _ROUGH else 1.0)
    ways = _ways(tags)
    west, south, east, north = found.frame.bounds
    inside = [west <= x <= east and south <= y <= north for x, y in xy]
    for k in range(len(xy) - 1):
        if inside[k] and inside[k + 1]:
            a, b = (graph.node(refs[i], *xy[i]) for i in (k, k + 1))
            graph.edge(a, b, math.dist(xy[k], xy[k + 1]), speed, ways, tags.get("name", ""))


def _ways(tags: Any) -> int:
    """Bit 1: along the way, bit 2: against it."""
    both_for_bikes = tags.get("oneway:bicycle") == "no" or any(
        tags.get(key, "").startswith("opposite")
        for key in ("cycleway", "cycleway:left", "cycleway:right", "cycleway:both")
    )
    if both_for_bikes:
        return 3
    if tags.get("oneway") == "-1":
        return 2
    one_way = tags.get("oneway") in ("yes", "1", "true")
    return 1 if one_way or tags.get("junction") in ("roundabout", "circular") else 3


def _layer(tags: Any) -> str:
    """The layer of an area, "" for what is not drawn."""
    if tags.get("natural") == "water" or tags.get("waterway") in ("riverbank", "dock"):
        return "water"
    if "building" in tags or "building:part" in tags:
        special = tags.get("amenity") in _LANDMARKS or tags.get("historic") in ("church", "castle")
        return "landmark" if special else "building"
    if tags.get("leisure") in _PARKS or tags.get("landuse") in ("cemetery", "recreation_ground"):
        return "park"
    if tags.get("natural") in ("wood", "scrub") or tags.get("landuse") == "forest":
        return "grove"
    if tags.get("landuse") in ("grass", "village_green", "meadow"):
        return "lawn"
    if tags.get("highway") == "pedestrian" or tags.get("place") == "square":
        return "plaza"
    return ""


def _take_area(found: _Found, area: Any) -> None:
    tags = area.tags
    layer = _layer(tags)
    if not layer and "addr:housenumber" not in tags:
        return
    shape = _shape(found, area, _SIMPLER_M.get(layer, 0.6))
    if shape is None:
        return
    inside = shape.representative_point()
    _take_door(found, tags, inside.x, inside.y)
    if not layer:
        return
    found.shapes[layer] += parts_of(shape)
    name = tags.get("name", "")
    kinds = {
        "park": LabelKind.PARK,
        "grove": LabelKind.PARK,
        "water": LabelKind.WATER,
        "plaza": LabelKind.PLACE,
        "landmark": LabelKind.LANDMARK,
    }
    if name and layer in kinds:
        large = shape.area > 15_000
        rank = 0 if large and layer != "landmark" else 2
        found.named.append((kinds[layer], rank, name, inside))


def _shape(found: _Found, area: Any, simpler_m: float) -> Any:
    """The area's polygons in metres inside the frame; None where nothing is left."""
    pieces = []
    for outer in area.outer_rings():
        rings = [outer, *area.inner_rings(outer)]
        places = [
            [found.projection.to_xy(Place(n.lat, n.lon)) for n in ring if n.location.valid()]
            for ring in rings
        ]
        if len(places[0]) >= 4:
            pieces.append(Polygon(places[0], [p for p in places[1:] if len(p) >= 4]))
    if not pieces:
        return None
    whole = shapely.make_valid(shapely.union_all([shapely.make_valid(p) for p in pieces]))
    whole = whole.simplify(simpler_m).intersection(found.frame)
    return whole if whole.area > 8 else None


def _assemble(
    found: _Found,
    names: Names,
    graph: GraphMaker,
    name: str,
    bounds: tuple[float, float, float, float],
) -> MapFile:
    water = shapely.union_all(found.shapes.get("water", []))
    found.shapes["water"] = parts_of(water)
    labels = LabelMaker(names)
    for kind, rank, text, at in found.named:
        labels.at(text, at.x, at.y, kind, rank)
    drawing.street_labels(found.roads, labels)
    map_file = MapFile(
        meta=MapMeta(
            name=name,
            invented=False,
            attribution=ATTRIBUTION,
            centre=found.projection.centre,
            bounds=bounds,
            postcode=_only_postcode(found.postcodes),
        ),
        polygons={k: drawing.polygons(v) for k, v in found.shapes.items() if v},
        roads=drawing.lines(found.roads, names, water),
        labels=labels.out,
        trees=drawing.spots(found.trees),
        bike=graph.out,
    )
    _add_doors(map_file, names, found.doors)
    map_file.names = names.all
    map_file.check()
    return map_file


def _only_postcode(seen: Counter[str]) -> str:
    """The postcode that nearly all doors share; "" in a quarter with several."""
    if not seen:
        return ""
    code, count = seen.most_common(1)[0]
    return code if count >= 0.98 * seen.total() else ""


def _add_doors(
    map_file: MapFile, names: Names, doors: Iterable[tuple[str, int, int, float, float]]
) -> None:
    book = map_file.addresses
    for street, number, suffix, x, y in sorted(set(doors)):
        book.street.append(names.add(street))
        book.number.append(number)
        book.suffix.append(suffix)
        book.x.append(dm(x))
        book.y.append(dm(y))
