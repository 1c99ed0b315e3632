"""What may be ridden and which doors are known, of extracts written by hand."""

from pathlib import Path

import pytest
from odd_extract import Extract, built, street

from kiosk.backoffice.routing import Router
from kiosk.shop.geo import distance_m

for _needed in ("osmium", "shapely", "mapbox_earcut"):
    pytest.importorskip(_needed)


# -- what may be ridden --------------------------------------------------------------------------


def detour(folder: Path, onward: bool = True, **tags: str) -> float:
    """Metres from one end to the other of a street of 200 m with these tags; 900 m around it."""
    extract = Extract()
    refs = extract.nodes(1, (-100, 0), (0, 0), (100, 0))
    extract.way(1, refs, **{"highway": "residential", **tags})
    around = extract.nodes(10, (-100, 350), (100, 350))
    extract.way(2, [1, *around, 3], highway="residential")
    router = Router(built(extract, folder, 400))
    west, east = extract.place(-100, -1), extract.place(100, -1)
    return router.route(*((west, east) if onward else (east, west))).metres


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "steps"},
        {"highway": "steps", "bicycle": "yes"},
        {"highway": "motorway"},
        {"highway": "footway"},
        {"access": "private"},
        {"access": "no"},
        {"vehicle": "no"},
        {"bicycle": "no"},
        {"motorroad": "yes"},
        {"area": "yes", "highway": "pedestrian"},
    ],
)
def test_a_bike_goes_around(tmp_path: Path, tags: dict[str, str]) -> None:
    assert detour(tmp_path, **tags) == pytest.approx(900, abs=2)


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "footway", "bicycle": "yes"},
        {"access": "private", "bicycle": "permissive"},
        {"motor_vehicle": "no"},
        {"access": "delivery"},
        {"oneway": "yes"},
        {"oneway": "-1", "oneway:bicycle": "no"},
    ],
)
def test_a_bike_goes_straight_on(tmp_path: Path, tags: dict[str, str]) -> None:
    assert detour(tmp_path, **tags) == pytest.approx(200, abs=2)


@pytest.mark.parametrize(
    ("tags", "metres"),
    [
        ({"oneway": "yes"}, 900),
        ({"oneway": "-1"}, 200),
        ({"junction": "roundabout"}, 900),
        ({"oneway": "yes", "oneway:bicycle": "no"}, 200),
        ({"oneway": "yes", "cycleway": "opposite_lane"}, 200),
        ({"oneway": "yes", "cycleway:left:oneway": "-1"}, 200),
        ({"oneway:bicycle": "yes"}, 900),
        ({"oneway": "yes", "bicycle": "dismount"}, 200),
    ],
)
def test_against_the_traffic_only_where_bikes_may(
    tmp_path: Path, tags: dict[str, str], metres: float
) -> None:
    assert detour(tmp_path, onward=False, **tags) == pytest.approx(metres, abs=2)


@pytest.mark.parametrize(
    ("barrier", "metres"),
    [
        ({"barrier": "bollard"}, 200),
        ({"barrier": "gate"}, 200),
        ({"barrier": "gate", "access": "private"}, 900),
        ({"barrier": "gate", "access": "private", "bicycle": "yes"}, 200),
        ({"barrier": "turnstile"}, 900),
    ],
)
def test_what_stands_in_the_way(tmp_path: Path, barrier: dict[str, str], metres: float) -> None:
    extract = Extract()
    extract.node(1, -100, 0)
    extract.node(2, 0, 0, **barrier)
    extract.node(3, 100, 0)
    extract.way(1, [1, 2, 3], highway="residential")
    extract.way(2, [1, *extract.nodes(10, (-100, 350), (100, 350)), 3], highway="residential")
    router = Router(built(extract, tmp_path, 400))
    route = router.route(extract.place(-100, -1), extract.place(100, -1))
    assert route.metres == pytest.approx(metres, abs=2)


# -- addresses -----------------------------------------------------------------------------------


def test_doors_between_two_numbers_and_in_ranges(tmp_path: Path) -> None:
    extract = Extract()
    street(extract)
    for number, (x, door) in enumerate(((-100, "2"), (100, "10")), 20):
        extract.node(number, x, 8, addr__housenumber=door, addr__street="Rua da Lua")
    extract.way(2, [20, 21], addr__interpolation="even")
    extract.node(30, 0, -8, addr__housenumber="11-15;19 b", addr__place="Largo do Sol")
    router = Router(built(extract, tmp_path))
    for text, place in (
        ("6 rua da lua", (0, 8)),
        ("8, Rua da Lua", (50, 8)),
        ("15 largo do sol", (0, -8)),
        ("19b largo do sol", (0, -8)),
    ):
        found = router.geocode(text)
        assert found is not None and distance_m(found, extract.place(*place)) < 1
