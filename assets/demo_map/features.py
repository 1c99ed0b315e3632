"""Squares, a covered market, churches and a theatre, set into blocks of the right size."""

from dataclasses import dataclass, field

from shapely import LineString, Point, Polygon, union_all
from shapely.affinity import rotate

from assets.demo_map.buildings import Built, church, hall
from assets.demo_map.skeleton import Skeleton
from assets.demo_map.streets import _axes
from kiosk.ops.quarter.drawing import Road


@dataclass
class Named:
    """Spots that carry a name on the map: (name, x, y)."""

    parks: list[tuple[str, float, float]] = field(default_factory=list)
    landmarks: list[tuple[str, float, float]] = field(default_factory=list)
    places: list[tuple[str, float, float]] = field(default_factory=list)


# kind, name, wished for near x, y, and the block's area in m²
_WISHES: list[tuple[str, str, float, float, float, float]] = [
    ("hall", "halle aux Plumes", 130, 60, 2600, 6000),
    ("square", "square Honorine-Taillandry", -150, -250, 2200, 5200),
    ("church", "Notre-Dame-des-Toits", 70, -240, 2600, 6000),
    ("church", "Saint-Fulbert", -690, 640, 3000, 7500),
    ("church", "Saint-Irénée-du-Canal", 930, -560, 3000, 8000),
    ("church", "Sainte-Ondine", 90, 990, 3000, 7500),
    ("church", "temple de la Lanterne", -330, -760, 2600, 7000),
    ("theatre", "théâtre des Ombrelles", -240, 180, 1500, 4200),
    ("theatre", "bains de l’Est", 800, -190, 1800, 5200),
    ("theatre", "mairie", 520, -640, 1800, 5600),
    ("square", "square des Moineaux", -620, 830, 2400, 6500),
    ("square", "square Gédéon-Périvier", 960, 620, 2400, 7500),
    ("square", "square du Lézard-Vert", -700, -760, 2400, 7500),
    ("square", "square de l’Arrosoir", 520, -980, 2400, 7500),
    ("square", "square des Osselets", 880, -820, 2400, 7500),
    ("square", "square de la Marelle", -1080, 380, 2400, 7500),
]


def place(
    blocks: list[Polygon], lanes: list[Road], plan: Skeleton, built: Built
) -> tuple[list[Polygon], Named]:
    """The blocks that stay to be built, and what was named. Fills `plan` and `built`."""
    named = Named()
    rest = list(blocks)
    dead_ends = union_all([lane.line for lane in lanes])
    for kind, name, x, y, low, high in _WISHES:
        fitting = [
            b for b in rest if low < b.area < high and _stout(b) and dead_ends.distance(b) > 3.5
        ]
        block = min(
            fitting, key=lambda b: b.distance(Point(x, y)) + b.centroid.distance(Point(x, y)) * 0.3
        )
        rest.remove(block)
        c = block.centroid
        if kind == "square":
            _square(block, plan)
            named.parks.append((name, c.x, c.y))
            continue
        plan.plazas.append(("", block))
        shape = {"hall": hall, "church": church, "theatre": _mass}[kind](block)
        built.landmarks.append(shape)
        named.landmarks.append((name, c.x, c.y))
    for name, plaza in plan.plazas:
        if name:
            named.places.append((name, plaza.centroid.x, plaza.centroid.y))
    return rest, named


def _stout(block: Polygon) -> bool:
    _, long, short = _axes(block)
    return long / short < 2.1 and block.area > 0.72 * long * short


def _square(block: Polygon, plan: Skeleton) -> None:
    plan.parks.append(("", block))
    turn, long, short = _axes(block)
    c = block.centroid
    walks = [
        rotate(LineString([(c.x - long, c.y), (c.x + long, c.y)]), turn, (c.x, c.y), True),
        rotate(LineString([(c.x, c.y - long), (c.x, c.y + long)]), turn, (c.x, c.y), True),
    ]
    round_ = c.buffer(short * 0.2)
    lawn = block.buffer(-6, join_style="mitre").difference(round_)
    for walk in walks:
        lawn = lawn.difference(walk.buffer(2))
    plan.lawns.extend(
        p.buffer(-1.5).buffer(1.5) for p in getattr(lawn, "geoms", [lawn]) if p.area > 60
    )
    if short > 48:
        plan.water.append(c.buffer(min(short * 0.09, 7)))


def _mass(block: Polygon) -> Polygon:
    return block.buffer(-7, join_style="mitre").simplify(1.0)
