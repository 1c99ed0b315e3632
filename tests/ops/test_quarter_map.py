"""From an OpenStreetMap extract to a map that can be looked at, asked and ridden."""

from pathlib import Path

import pytest
from odd_extract import area

from kiosk.backoffice.routing import Router
from kiosk.contract.mapfile import LabelKind, MapFile, RoadClass
from kiosk.shop.geo import Point, distance_m

for _needed in ("osmium", "shapely", "mapbox_earcut"):
    pytest.importorskip(_needed)

LAT, LON = 41.15, -8.61
K = 1 / 111_195  # degrees a metre to the north


def _node(number: int, east: float, north: float, tags: str = "") -> str:
    lat, lon = LAT + north * K, LON + east * K / 0.7530
    return f'<node id="{number}" lat="{lat:.7f}" lon="{lon:.7f}" version="1">{tags}</node>'


def _tags(**tags: str) -> str:
    return "".join(f'<tag k="{k.replace("__", ":")}" v="{v}"/>' for k, v in tags.items())


def _way(number: int, nodes: list[int], **tags: str) -> str:
    refs = "".join(f'<nd ref="{n}"/>' for n in nodes)
    return f'<way id="{number}" version="1">{refs}{_tags(**tags)}</way>'


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    """Two streets that cross, one of them one-way, a house with a courtyard, a pond, doors."""
    square = [(20, 20), (60, 20), (60, 60), (20, 60)]
    yard = [(30, 30), (50, 30), (50, 50), (30, 50)]
    door = _tags(addr__housenumber="12bis", addr__street="Rua da Lua", addr__postcode="4000-001")
    things = [
        '<osm version="0.6" generator="test">',
        f'<bounds minlat="{LAT - 300 * K}" minlon="{LON - 300 * K}" '
        f'maxlat="{LAT + 300 * K}" maxlon="{LON + 300 * K}"/>',
        *(_node(n, x, y) for n, x, y in
          ((1, -200, 0), (2, 0, 0), (3, 200, 0), (4, 0, -200), (5, 0, 200))),
        *(_node(10 + k, x, y) for k, (x, y) in enumerate(square)),
        *(_node(20 + k, x, y) for k, (x, y) in enumerate(yard)),
        *(_node(30 + k, x - 100, y) for k, (x, y) in enumerate(square)),
        _node(40, 100, 6, door),
        _node(41, -50, -50, _tags(natural="tree")),
        _way(100, [1, 2, 3], highway="residential", name="Rua da Lua"),
        _way(101, [4, 2, 5], highway="secondary", name="Avenida do Sol", oneway="yes"),
        _way(102, [10, 11, 12, 13, 10]),
        _way(103, [20, 21, 22, 23, 20]),
        _way(104, [30, 31, 32, 33, 30], natural="water", name="Lago"),
        '<relation id="200" version="1"><member type="way" ref="102" role="outer"/>'
        '<member type="way" ref="103" role="inner"/>'
        f"{_tags(type='multipolygon', building='yes')}</relation>",
        "</osm>",
    ]  # fmt: skip
    path = tmp_path / "quarter.osm"
    path.write_text("\n".join(things), encoding="utf-8")
    return path


@pytest.fixture
def quarter(extract: Path) -> MapFile:
    from kiosk.ops.quarter.extract import build

    return MapFile.load(build(extract, "Lua", Point(LAT, LON), 280).to_bytes())


def at(east: float, north: float) -> Point:
    return Point(LAT + north * K, LON + east * K / 0.7530)


def test_what_stands_there_is_drawn(quarter: MapFile) -> None:
    assert area(quarter, "building") == pytest.approx(40 * 40 - 20 * 20, rel=0.02)
    assert area(quarter, "water") == pytest.approx(40 * 40, rel=0.02)
    assert len(quarter.trees.x) == 1
    kinds = {quarter.names[n]: k for n, k in zip(quarter.roads.name, quarter.roads.kind,
                                                 strict=True)}  # fmt: skip
    assert kinds == {"Rua da Lua": RoadClass.STREET, "Avenida do Sol": RoadClass.AVENUE}
    shown = {(quarter.names[n], k) for n, k in zip(quarter.labels.name, quarter.labels.kind,
                                                   strict=True)}  # fmt: skip
    assert ("Lago", LabelKind.WATER) in shown and ("Rua da Lua", LabelKind.STREET) in shown


def test_it_names_its_source_and_is_not_invented(quarter: MapFile) -> None:
    assert quarter.meta.attribution == "© OpenStreetMap contributors"
    assert not quarter.meta.invented and quarter.meta.postcode == "4000-001"


def test_doors_are_found_and_reached(quarter: MapFile) -> None:
    router = Router(quarter)
    door = router.geocode("12 bis, rua da lua")
    assert door is not None and distance_m(door, at(100, 6)) < 0.2
    route = router.route(at(-150, 2), door)
    assert route.metres == pytest.approx(250, abs=1)


def test_a_street_without_doors_is_found_by_its_middle(quarter: MapFile) -> None:
    found = Router(quarter).geocode("3, Avenida do Sol")
    assert found is not None and distance_m(found, at(0, 0)) < 110


def test_the_command_says_what_it_made(
    extract: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from kiosk.cli import main

    out = tmp_path / "lua.vmap"
    built = main(["map", "build", str(extract), "-o", str(out), "--name", "Lua",
                  "--around", f"{LAT},{LON}", "--radius", "280"])  # fmt: skip
    assert built == 0 and "2 roads" in capsys.readouterr().out
    assert main(["map", "info", str(out)]) == 0
    assert "© OpenStreetMap contributors" in capsys.readouterr().out
    assert main(["map", "info", str(extract)]) == 1
    assert "not a map file" in capsys.readouterr().err
