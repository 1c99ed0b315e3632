"""Ways and doors on the demonstration's map, and on a map of four streets."""

import random
from array import array
from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.backoffice.routing import NoRouteError, Router
from kiosk.contract.mapfile import Addresses, BikeGraph, MapFile, MapMeta, Projection
from kiosk.shop.geo import Point, distance_m

DEMO = Path(__file__).parents[2] / "assets" / "demo_map" / "quartier.vmap"
SHOP = Point(48.86, 2.34)


@pytest.fixture(scope="module")
def quarter() -> MapFile:
    return MapFile.load(DEMO)


@pytest.fixture(scope="module")
def router(quarter: MapFile) -> Router:
    return Router(quarter)


def square(ways: tuple[int, int, int, int] = (3, 3, 3, 3)) -> MapFile:
    """A square of 100 m: nodes 0 to 3 counter-clockwise, edges 0-1, 1-2, 2-3, 3-0; 25 s each.

    Far off, two more nodes joined to each other only.
    """
    x, y = [0, 1000, 1000, 0, 9000, 9900], [0, 0, 1000, 1000, 0, 0]
    edges = [(0, 1), (1, 2), (2, 3), (3, 0), (4, 5)]
    return MapFile(
        meta=MapMeta("Four", True, "invented", SHOP, (-200, -200, 1200, 1200), "75000"),
        names=[
            "",
            "rue de la Lucarne",
            "quai de l’Écluse-Basse",
            "avenue Célestin-Trémolin",
            "rue Neuve",
        ],
        bike=BikeGraph(
            array("i", x),
            array("i", y),
            array("I", [a for a, _ in edges]),
            array("I", [b for _, b in edges]),
            array("I", [1000] * 4 + [900]),
            array("I", [250] * 5),
            array("B", [*ways, 3]),
            array("H", [1, 4, 1, 1, 1]),
        ),
        addresses=Addresses(
            array("i", [100, 300, 500, 120, 700, 40]),
            array("i", [30, 30, 30, -30, -30, 80]),
            array("H", [1, 1, 1, 1, 2, 3]),
            array("H", [1, 3, 5, 2, 14, 7]),
            array("B", [0, 0, 0, 0, 1, 0]),
        ),
    )


def at(x: float, y: float) -> Point:
    return Projection(SHOP).to_point(x, y)


def test_a_way_begins_and_ends_on_the_street_in_front_of_the_doors() -> None:
    route = Router(square()).route(at(20, 5), at(104, 60))
    assert distance_m(route.points[0], at(20, 0)) < 0.1
    assert distance_m(route.points[-1], at(100, 60)) < 0.1
    assert route.metres == pytest.approx(140, abs=0.5)
    assert route.seconds == pytest.approx((0, 20, 35), abs=0.1)


def test_one_ways_are_respected() -> None:
    forward = Router(square(ways=(1, 1, 1, 1)))
    assert forward.route(at(20, 0), at(80, 0)).metres == pytest.approx(60, abs=0.5)
    assert forward.route(at(80, 0), at(20, 0)).metres == pytest.approx(340, abs=0.5)
    back = Router(square(ways=(2, 2, 2, 2)))
    assert back.route(at(80, 0), at(20, 0)).metres == pytest.approx(60, abs=0.5)
    assert back.route(at(20, 0), at(80, 0)).metres == pytest.approx(340, abs=0.5)


def test_a_place_off_the_map_has_no_way() -> None:
    with pytest.raises(NoRouteError, match="no street within 250 m"):
        Router(square()).route(at(20, 0), at(0, 800))


def test_streets_that_join_nothing_are_no_destination() -> None:
    with pytest.raises(NoRouteError):
        Router(square()).route(at(20, 0), at(940, 0))


def test_the_same_place_is_a_way_of_no_length() -> None:
    route = Router(square()).route(at(20, 0), at(20, 0))
    assert len(route.points) >= 2 and route.seconds[0] == 0


@pytest.mark.parametrize(
    ("line1", "where"),
    [
        ("5 rue de la Lucarne", (50, 3)),
        ("5, RUE DE LA LUCARNE", (50, 3)),
        ("5 r. lucarne", (50, 3)),
        ("rue de la Lucarne 5", (50, 3)),
        ("n° 5 rue de la lucarnne", (50, 3)),
        ("99 rue de la Lucarne", (50, 3)),
        ("4 rue de la Lucarne", (12, -3)),
        ("14bis quai de l'ecluse basse", (70, -3)),
        ("14 B q. de l’Écluse-Basse", (70, -3)),
        ("7 av. Celestin Tremolin", (4, 8)),
        ("rue de la Lucarne", (30, 3)),
        ("8, rue Neuve", (100, 50)),
    ],
)
def test_addresses_are_found_as_people_write_them(line1: str, where: tuple[float, float]) -> None:
    found = Router(square()).geocode(line1, "75000")
    assert found is not None
    assert distance_m(found, at(*where)) < 0.1


@pytest.mark.parametrize(
    ("street", "line1"),
    [
        ("Rua da Lua", "R. da Lua 3"),
        ("Rua da Lua", "3 rua lua"),
        ("Avenida do Sol", "Av. do Sol, n.º 3"),
        ("Hauptstraße", "Hauptstr. 3"),
        ("Hauptstraße", "HAUPTSTRASSE 3a"),
        ("Karl-Marx-Straße", "karl marx str 3"),
        ("Prinsenstraat", "Prinsenstr. 3"),
        ("Straße des 17. Juni", "strasse des 17 juni 3"),
        ("Calle Mayor", "c/ Mayor 3"),
        ("Mannerheimintie", "Mannerheimintie 3 b"),
        ("Baker Street", "3 Baker St"),
        ("شارع الملك فيصل", "شارع الملك فيصل ٣"),
        ("شَارع أحمد", "٣ شارع احمد"),
        ("銀座通り", "銀座通り 3"),
    ],
)
def test_addresses_of_all_languages_are_found(street: str, line1: str) -> None:
    quarter = square()
    quarter.names[1] = street
    found = Router(quarter).geocode(line1, "75000")
    assert found is not None
    assert distance_m(found, at(30, 3)) < 0.1


@pytest.mark.parametrize(
    ("line1", "postcode"),
    [
        ("5 quai de la Lucarne", "75000"),
        ("5 rue du Bac", "75000"),
        ("", "75000"),
        ("5", "75000"),
        ("🏠" * 300, "75000"),
        ("5 rue de la Lucarne", "69002"),
    ],
)
def test_what_is_not_on_the_map_is_not_found(line1: str, postcode: str) -> None:
    assert Router(square()).geocode(line1, postcode) is None


def test_the_demonstrations_shop_stands_where_its_profile_says(router: Router) -> None:
    found = router.geocode("14, rue de la Lucarne", "75000")
    assert found is not None
    assert distance_m(found, SHOP) < 0.5


def test_every_door_of_the_quarter_can_be_reached(quarter: MapFile, router: Router) -> None:
    rng = random.Random(3)
    doors, projection = quarter.addresses, quarter.projection
    for k in rng.sample(range(len(doors.x)), 60):
        door = projection.to_point(doors.x[k] / 10, doors.y[k] / 10)
        there = router.route(SHOP, door)
        crow = distance_m(SHOP, door)
        assert crow - 60 < there.metres < 2.2 * crow + 500
        assert distance_m(there.points[-1], door) < 60
        assert all(b > a for a, b in pairwise(there.seconds))
        assert max(distance_m(a, b) for a, b in pairwise(there.points)) < 250
        assert there.metres / there.seconds[-1] < 5.5
        assert all(0 < c < len(there.points) for c in there.crossings)
