"""What a hand drew: boulevards, canal, parks and places. Metres east and north of the centre."""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from shapely import LineString, Point, Polygon, box
from shapely.affinity import rotate
from shapely.ops import substring

from kiosk.contract.mapfile import RoadClass
from kiosk.ops.quarter.drawing import Road

HALF = 1230.0  # the map reaches this far from the centre
FRAME = box(-HALF, -HALF, HALF, HALF)

# Carriageway and pavement (one side), metres.
WIDTHS = {
    RoadClass.BOULEVARD: (15.0, 8.5),
    RoadClass.AVENUE: (11.0, 6.0),
    RoadClass.STREET: (7.0, 3.2),
    RoadClass.LANE: (4.2, 0.8),
    RoadClass.FOOTWAY: (2.6, 0.4),
    RoadClass.CYCLEWAY: (3.0, 0.5),
}

Array = NDArray[np.float64]


def lay(
    line: LineString, kind: RoadClass, name: str, width: float = 0.0, one_way: bool = False
) -> Road:
    """A road as wide as its class, unless said otherwise. Footways are not ridden."""
    width = width or WIDTHS[kind][0]
    return Road(line, kind, name, width, one_way, kind is not RoadClass.FOOTWAY)


@dataclass
class Skeleton:
    roads: list[Road] = field(default_factory=list)
    water: list[Polygon] = field(default_factory=list)
    canal: LineString = field(default_factory=LineString)
    canal_zone: Polygon = field(default_factory=Polygon)  # water and quays, up to the quay streets
    parks: list[tuple[str, Polygon]] = field(default_factory=list)
    lawns: list[Polygon] = field(default_factory=list)
    groves: list[Polygon] = field(default_factory=list)
    plazas: list[tuple[str, Polygon]] = field(default_factory=list)
    islands: list[Polygon] = field(default_factory=list)  # round places: no buildings
    water_names: list[tuple[str, LineString]] = field(default_factory=list)


def spline(points: list[tuple[float, float]], step: float = 14.0) -> LineString:
    """A Catmull-Rom curve through `points`, a vertex about every `step` metres."""
    p = np.asarray(points, float)
    p = np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    out: list[Array] = []
    for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False):
        n = max(2, int(np.hypot(*(c - b)) / step))
        t = np.linspace(0, 1, n, endpoint=False)[:, None]
        out.append(
            0.5
            * (
                2 * b
                + (c - a) * t
                + (2 * a - 5 * b + 4 * c - d) * t**2
                + (3 * b - a - 3 * c + d) * t**3
            )
        )
    return LineString(np.vstack([*out, p[-2:-1]]))


def blob(x: float, y: float, rx: float, ry: float, wave: list[float], turn: float) -> Polygon:
    """A closed curve around (x, y) whose radius swells and sinks with the cosines in `wave`."""
    a = np.linspace(0, 2 * math.pi, 72, endpoint=False)
    r = 1 + sum(w * np.cos((k + 2) * a + k) for k, w in enumerate(wave))
    shape = Polygon(np.c_[x + rx * r * np.cos(a), y + ry * r * np.sin(a)])
    return rotate(shape, turn, origin=(x, y))


def offset(line: LineString, by: Array) -> Array:
    """The line's vertices moved `by` metres to their left."""
    p = np.asarray(line.coords)
    d = np.gradient(p, axis=0)
    d /= np.hypot(*d.T)[:, None]
    return np.asarray(p + np.c_[-d[:, 1], d[:, 0]] * by[:, None])


ETOILE = (-420.0, 330.0)
FAN = (300.0, -560.0)

_ARTERIES: list[tuple[str, RoadClass, list[tuple[float, float]]]] = [
    ("boulevard de la Belle-Étoffe", RoadClass.BOULEVARD, [ETOILE, (-65, -105), FAN]),
    (
        "boulevard des Aéronautes",
        RoadClass.BOULEVARD,
        [ETOILE, (-690, 470), (-960, 650), (-1300, 960)],
    ),
    ("avenue de la Grande-Ourse", RoadClass.AVENUE, [ETOILE, (-760, 270), (-1300, 120)]),
    (
        "boulevard Apolline-Desvignolles",
        RoadClass.BOULEVARD,
        [ETOILE, (-545, -60), (-640, -450), (-800, -880), (-1010, -1300)],
    ),
    ("avenue des Haleurs", RoadClass.AVENUE, [ETOILE, (-120, 535), (230, 800), (760, 1300)]),
    (
        "boulevard du Bassin",
        RoadClass.BOULEVARD,
        [ETOILE, (-60, 300), (330, 262), (700, 330), (1300, 470)],
    ),
    ("avenue du Grand-Nord", RoadClass.AVENUE, [ETOILE, (-520, 760), (-640, 1300)]),
    (
        "rue du Vieux-Relais",
        RoadClass.AVENUE,
        [ETOILE, (-420, 60), (-350, -190), (-245, -480), (-215, -700), (-250, -960), (-170, -1300)],
    ),
    ("avenue de l’Est", RoadClass.AVENUE, [FAN, (690, -505), (1010, -395), (1300, -330)]),
    (
        "boulevard des Manufactures",
        RoadClass.BOULEVARD,
        [FAN, (612, -165), (870, 60), (1300, 240)],
    ),
    ("avenue des Platanes-Noirs", RoadClass.AVENUE, [FAN, (330, -900), (270, -1300)]),
    ("rue du Petit-Relais", RoadClass.AVENUE, [FAN, (20, -800), (-225, -985), (-610, -1300)]),
    (
        "boulevard Célestin-Trémolin",
        RoadClass.BOULEVARD,
        [FAN, (-40, -470), (-240, -440), (-640, -450), (-980, -540), (-1300, -700)],
    ),
    ("avenue des Verriers", RoadClass.AVENUE, [FAN, (740, -850), (1300, -1130)]),
    (
        "boulevard de l’Octroi-Neuf",
        RoadClass.BOULEVARD,
        [
            (330, 1300),
            (640, 1010),
            (850, 640),
            (925, 330),
            (900, 60),
            (985, -390),
            (1130, -760),
            (1300, -980),
        ],
    ),
    (
        "avenue des Tisserands",
        RoadClass.AVENUE,
        [
            (-960, 1300),
            (-985, 900),
            (-930, 640),
            (-900, 230),
            (-935, -180),
            (-985, -545),
            (-1120, -1300),
        ],
    ),
]


def draw() -> Skeleton:
    """The quarter before its streets are cut."""
    plan = Skeleton()
    for name, kind, points in _ARTERIES:
        plan.roads.append(lay(spline(points), kind, name))
    _canal(plan)
    _places(plan)
    _english_park(plan)
    _formal_garden(plan)
    return plan


def _canal(plan: Skeleton) -> None:
    line = spline(
        [
            (-330, 1300),
            (-300, 930),
            (-185, 660),
            (10, 475),
            (255, 325),
            (450, 110),
            (590, -130),
            (650, -470),
            (745, -850),
            (985, -1300),
        ],
        10,
    )
    plan.canal = line
    at = np.array([line.project(Point(c)) for c in line.coords])
    start, end = line.project(Point(-75, 545)), line.project(Point(268, 315))
    swell = np.clip(np.minimum(at - start - 8, end - 8 - at) / 62, 0, 1)
    swell = swell * swell * (3 - 2 * swell)
    half = 11.5 + 22 * swell
    quay = half + 15
    left, right = offset(line, half), offset(line, -half)
    plan.water.append(Polygon(np.vstack([left, right[::-1]])).buffer(0))
    quays = [LineString(offset(line, quay)), LineString(offset(line, -quay))]
    zone = Polygon(np.vstack([quays[0].coords, np.asarray(quays[1].coords)[::-1]])).buffer(0)
    plan.canal_zone = zone
    names = (
        ("quai des Souffleurs", "quai de l’Écluse-Basse"),
        ("quai des Verriers", "quai des Lavandières-Bleues"),
    )
    for side, quay_line in enumerate(quays):
        middle = quay_line.project(Point(330, 262))
        for part, name in zip(_cut(quay_line, middle), names[side], strict=True):
            plan.roads.append(
                lay(
                    part if side else LineString(part.coords[::-1]),
                    RoadClass.STREET,
                    name,
                    one_way=True,
                )
            )
    plan.water_names.append(("bassin des Verriers", _between(line, start + 40, end - 40)))
    plan.water_names.append(("canal de la Lanterne", _between(line, 60, start - 60)))
    plan.water_names.append(("canal de la Lanterne", _between(line, end + 250, line.length - 250)))
    for x, y, name in (
        (100, 425, "passerelle des Deux-Théières"),
        (505, 25, "passerelle de la Libellule"),
        (700, -690, "passerelle du Bac-à-Sel"),
        (-285, 850, "passerelle des Nénuphars"),
    ):
        s = line.project(Point(x, y))
        a, b = (
            np.asarray(line.interpolate(s - 5).coords[0]),
            np.asarray(line.interpolate(s + 5).coords[0]),
        )
        across = np.array([-(b - a)[1], (b - a)[0]]) / 10
        reach = float(np.interp(s, at, quay))
        middle_xy = (a + b) / 2
        bridge = LineString([middle_xy - across * reach, middle_xy + across * reach])
        plan.roads.append(lay(bridge, RoadClass.LANE, name))


def _cut(line: LineString, at: float) -> tuple[LineString, LineString]:
    return _between(line, 0, at), _between(line, at, line.length)


def _between(line: LineString, start: float, end: float) -> LineString:
    return substring(line, start, end)


def _places(plan: Skeleton) -> None:
    for (x, y), radius, name in (
        (ETOILE, 46.0, "place de l’Étoile-Filante"),
        (FAN, 36.0, "place des Quatre-Vents-Doux"),
    ):
        centre = Point(x, y)
        disc = centre.buffer(radius, 32)
        ring = LineString(disc.exterior.coords)
        plan.roads = [
            lay(outside, road.kind, road.name, road.width, road.one_way)
            for road in plan.roads
            for outside in _parts(road.line.difference(disc))
        ]
        # Left about: traffic keeps the island on its left.
        plan.roads.append(
            lay(LineString(ring.coords[::-1]), RoadClass.BOULEVARD, name, 14.0, one_way=True)
        )
        plan.islands.append(centre.buffer(radius + 22, 32))
        plan.plazas.append((name, centre.buffer(radius - 10, 32)))
        plan.lawns.append(centre.buffer(radius - 20, 32).difference(centre.buffer(9)))


def _parts(shape: object) -> list[LineString]:
    pieces = getattr(shape, "geoms", [shape])
    return [p for p in pieces if isinstance(p, LineString) and p.length > 1]


def _english_park(plan: Skeleton) -> None:
    park = blob(470, 700, 215, 165, [0.08, -0.05, 0.03], 24)
    plan.parks.append(("parc des Brumes-Claires", park))
    plan.roads.append(
        lay(LineString(park.buffer(8).exterior.coords), RoadClass.STREET, "tour des Brumes")
    )
    pond = blob(425, 665, 62, 34, [0.22, -0.13, 0.06], 35)
    plan.water.append(pond)
    plan.water_names.append(("l’étang", spline([(380, 640), (425, 665), (470, 690)])))
    for x, y, rx, ry, turn in (
        (565, 775, 62, 40, 30),
        (345, 605, 44, 30, -20),
        (520, 610, 55, 26, 12),
        (420, 800, 66, 28, 30),
        (620, 690, 30, 46, 10),
    ):
        grove = blob(x, y, rx, ry, [0.12, -0.1, 0.06], turn)
        plan.groves.append(grove.intersection(park.buffer(-7)))
    walks = [
        [(285, 560), (350, 660), (370, 735), (455, 745), (520, 700), (600, 745), (660, 830)],
        [(520, 545), (470, 590), (360, 628), (345, 690), (395, 770), (380, 830)],
        [(655, 620), (585, 650), (520, 700), (500, 770), (530, 850)],
        [(455, 745), (495, 690), (480, 640), (470, 590)],
        [(600, 745), (610, 690), (585, 650), (560, 570)],
        [(300, 650), (350, 660)],
    ]
    inside = park.buffer(8)
    ring = LineString(park.buffer(-16).exterior.coords)
    for walk in (ring, *(spline(w, 8) for w in walks)):
        for part in _parts(walk.intersection(inside).difference(pond.buffer(3))):
            plan.roads.append(lay(part, RoadClass.FOOTWAY, ""))


def _formal_garden(plan: Skeleton) -> None:
    x, y, turn = -745.0, -105.0, -8.0

    def place(shape: Polygon | LineString) -> Polygon:
        return rotate(shape, turn, origin=(x, y))

    garden = place(box(x - 82, y - 172, x + 82, y + 172))
    plan.parks.append(("jardin des Orangères", garden))
    plan.roads.append(
        lay(
            LineString(garden.buffer(8, join_style="mitre").exterior.coords),
            RoadClass.STREET,
            "tour des Orangères",
        )
    )
    plan.water.append(Point(x, y).buffer(17, 24))
    for sx in (-1, 1):
        plan.groves.append(place(box(x + sx * 52 - 22, y - 162, x + sx * 52 + 22, y + 162)))
        for low, high in ((-152, -92), (-80, -34), (34, 80), (92, 152)):
            plan.lawns.append(place(box(x + sx * 14 - 10, y + low, x + sx * 14 + 10, y + high)))
    axes = [
        LineString([(x, y - 180), (x, y - 24)]),
        LineString([(x, y + 24), (x, y + 180)]),
        LineString([(x - 90, y), (x - 24, y)]),
        LineString([(x + 24, y), (x + 90, y)]),
        LineString([(x - 90, y + 86), (x + 90, y + 86)]),
        LineString([(x - 90, y - 86), (x + 90, y - 86)]),
        LineString([(x - 28, y - 180), (x - 28, y + 180)]),
        LineString([(x + 28, y - 180), (x + 28, y + 180)]),
    ]
    for axis in axes:
        plan.roads.append(lay(place(axis), RoadClass.FOOTWAY, ""))
    plan.roads.append(
        lay(LineString(Point(x, y).buffer(24, 24).exterior.coords), RoadClass.FOOTWAY, "")
    )
