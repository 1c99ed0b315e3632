"""Extracts as they come: cut off, broken, from the other side of the earth, or none at all."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odd_extract import Extract, area, built, street

from kiosk.backoffice.routing import NoRouteError, Router
from kiosk.cli import main
from kiosk.contract.mapfile import MAX_NAME, MapFile
from kiosk.shop.geo import Point, distance_m

for _needed in ("osmium", "shapely", "mapbox_earcut"):
    pytest.importorskip(_needed)

# -- geometry ------------------------------------------------------------------------------------


def test_the_sea_lies_right_of_the_coast(tmp_path: Path) -> None:
    extract = Extract()
    street(extract)
    extract.way(2, extract.nodes(10, (-3000, 100), (0, 100), (3000, 100)), natural="coastline")
    quarter = built(extract, tmp_path)
    assert area(quarter, "water") == pytest.approx(560 * 380, rel=0.01)
    assert min(quarter.polygons["water"].y) == -2800


def test_a_coast_that_is_cut_just_before_the_border_still_divides(tmp_path: Path) -> None:
    extract = Extract()
    street(extract)
    extract.way(2, [404, *extract.nodes(10, (-270, 100), (0, 100), (268, 100)), 405],
                natural="coastline")  # fmt: skip
    assert area(built(extract, tmp_path), "water") == pytest.approx(560 * 380, rel=0.01)


def test_where_the_coast_ends_nothing_is_flooded(tmp_path: Path) -> None:
    extract = Extract()
    street(extract)
    refs = extract.nodes(10, (-100, 100), (-20, 103), (60, 90), (100, 120))
    extract.way(2, refs, natural="coastline")
    assert "water" not in built(extract, tmp_path).polygons


def test_an_island_is_land(tmp_path: Path) -> None:
    extract = Extract()
    street(extract)
    ring = extract.nodes(10, (-250, -250), (250, -250), (250, 250), (-250, 250))
    extract.way(2, [*ring, ring[0]], natural="coastline")
    assert area(built(extract, tmp_path), "water") == pytest.approx(560**2 - 500**2, rel=0.01)


def test_a_ring_that_crosses_itself_gives_what_it_encloses(tmp_path: Path) -> None:
    extract = Extract()
    street(extract)
    ring = extract.nodes(10, (0, 50), (100, 150), (100, 50), (0, 150))
    extract.way(2, [*ring, ring[0]], natural="water")
    assert area(built(extract, tmp_path), "water") == pytest.approx(5000, rel=0.02)


def test_a_way_without_a_point_is_none(tmp_path: Path) -> None:
    extract = Extract()
    street(extract)
    extract.way(100, extract.nodes(10, (0, 50), (1, 50)))
    extract.way(104, [], **{"addr:interpolation": "even"})
    extract.multipolygon(1, [100, 104], building="yes")
    assert "building" not in built(extract, tmp_path).polygons


def test_a_multipolygon_is_closed_with_ways_from_beyond_the_map(tmp_path: Path) -> None:
    extract = Extract()
    street(extract)
    near = extract.nodes(10, (-100, 100), (100, 100))
    far = extract.nodes(20, (9000, 9000), (-9000, 9000))
    extract.way(2, near)
    extract.way(3, [near[1], *far, near[0]])
    extract.multipolygon(1, [2, 3], natural="water")
    water = area(built(extract, tmp_path), "water")
    assert water == pytest.approx(180 * (200 + 560) / 2, rel=0.1)


def test_a_multipolygon_that_cannot_be_closed_is_left_out(tmp_path: Path) -> None:
    extract = Extract()
    street(extract)
    extract.way(2, extract.nodes(10, (-100, 100), (100, 100), (100, 200)))
    extract.multipolygon(1, [2, 99], natural="water")
    assert "water" not in built(extract, tmp_path).polygons


def test_streets_with_missing_nodes_are_drawn_where_they_are_known(tmp_path: Path) -> None:
    extract = Extract()
    refs = extract.nodes(1, (-200, 0), (-100, 0), (100, 0), (200, 0))
    extract.way(1, [*refs[:2], 404, 405, *refs[2:]], highway="residential")
    quarter = built(extract, tmp_path)
    assert sorted(quarter.roads.parts) == [2, 2] and len(quarter.bike.a) == 2


def test_a_quarter_lies_across_the_line_where_the_day_changes(tmp_path: Path) -> None:
    extract = Extract(Point(41.15, 179.9995))
    street(extract)
    quarter = built(extract, tmp_path)
    router = Router(quarter)
    west, east = extract.place(-150, 0), extract.place(150, 0)
    assert west.lon > 179 and east.lon < -179
    route = router.route(west, east)
    assert route.metres == pytest.approx(300, abs=1)
    assert distance_m(route.points[-1], east) < 1


@pytest.mark.parametrize("name", ["شارع الملك فيصل", "銀座通り", "Große Straße", "x" * 250])
def test_names_of_all_scripts_are_kept(tmp_path: Path, name: str) -> None:
    extract = Extract()
    street(extract, name=name)
    names = built(extract, tmp_path).names
    assert any(n == name or (len(n) == MAX_NAME and n[:-1] == name[: MAX_NAME - 1]) for n in names)


# -- files that are none -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("shop.osm.pbf", b"\x00\x00\x00\x0dnot at all", "cannot be read"),
        ("shop.osm", b"<osm><node id=", "cannot be read"),
        ("shop.osm", b'<osm version="0.6"></osm>', "holds no nodes"),
        ("shop.txt", b"hello", "cannot be read"),
        ("shop.osm.pbf", None, "there is no"),
    ],
)
def test_what_is_no_extract_is_refused_in_words(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    content: bytes | None,
    words: str,
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    out = tmp_path / "out.vmap"
    assert main(["map", "build", str(tmp_path / name), "-o", str(out)]) == 1
    said = capsys.readouterr().err
    assert words in said and ".osm.pbf" in said and said.count("\n") == 1
    assert not out.exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--around", "48.86,2.34"], "give --around LAT,LON of a place that it covers"),
        (["--around", "41.15,-8.61", "--radius", "20000"], "give --radius from 50 to 6000"),
        (["--around", "41.15,-8.61", "--radius", "nan"], "give --radius from 50 to 6000"),
        (["--around", "41.155,-8.61", "--radius", "60"], "of a place with streets"),
        (["--radius", "300"], "about which place"),
    ],
)
def test_a_frame_that_makes_no_map_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], words: str
) -> None:
    extract = Extract()
    street(extract)
    out = tmp_path / "out.vmap"
    assert main(["map", "build", str(extract.write(tmp_path)), "-o", str(out), *options]) == 1
    assert words in capsys.readouterr().err
    assert not out.exists()


def test_a_region_names_its_middle(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    extract = Extract()
    extract.way(1, extract.nodes(1, (-90_000, 0), (90_000, 0)), highway="primary")
    assert main(["map", "build", str(extract.write(tmp_path)), "-o", str(tmp_path / "a")]) == 1
    assert "its middle is 41.15" in capsys.readouterr().err


def test_an_extract_that_does_not_say_what_it_covers(tmp_path: Path) -> None:
    extract = Extract()
    street(extract)
    extract.way(2, extract.nodes(10, (-150, -150), (150, 150)), highway="residential")
    out = tmp_path / "whole.vmap"
    assert main(["map", "build", str(extract.write(tmp_path)), "-o", str(out)]) == 0
    assert MapFile.load(out).meta.name == "odd"


def test_stopped_it_leaves_nothing_half(tmp_path: Path) -> None:
    source, folder = tmp_path / "endless.osm", tmp_path / "maps"
    folder.mkdir()
    os.mkfifo(source)
    command = [sys.executable, "-m", "kiosk", "map", "build", str(source),
               "-o", str(folder / "out.vmap"), "--around", "41.15,-8.61"]  # fmt: skip
    # Whoever runs the tests in the background may have had them ignore what Ctrl-C sends.
    heeding = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)  # noqa: E731
    with subprocess.Popen(command, stderr=subprocess.PIPE, preexec_fn=heeding) as process:
        with source.open("wb", buffering=0) as pipe:
            pipe.write(b'<osm version="0.6" generator="test">')
            process.send_signal(signal.SIGINT)
            try:
                for k in range(1, 3_000_000):
                    pipe.write(b'<node id="%d" version="1" lat="41.1" lon="-8.6"/>' % k * 1000)
                    if process.poll() is not None:
                        break
            except BrokenPipeError:
                pass
        assert process.wait(30) == 130
    assert not list(folder.iterdir())


# -- whatever comes ------------------------------------------------------------------------------

SPREAD = st.integers(-1500, 1500)
REFS = st.lists(st.integers(1, 14), min_size=0, max_size=8)
TAGS = st.dictionaries(
    st.sampled_from(["highway", "name", "natural", "building", "area", "oneway", "bicycle",
                     "barrier", "landuse", "railway", "tunnel", "type", "addr:housenumber",
                     "addr:street", "addr:interpolation", "junction", "amenity"]),
    st.sampled_from(["yes", "no", "residential", "steps", "water", "coastline", "grass", "rail",
                     "even", "3", "99999", "-1", "roundabout", "pedestrian", "wall", "tree",
                     "شارع", "straße", "", "a" * 400, "multipolygon"]),
    max_size=5,
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    nodes=st.lists(st.tuples(st.integers(1, 12), SPREAD, SPREAD, TAGS), max_size=14),
    ways=st.lists(st.tuples(REFS, TAGS), max_size=6),
    relations=st.lists(st.tuples(st.lists(st.integers(100, 106), max_size=4), TAGS), max_size=3),
)
def test_any_data_gives_a_sound_map_or_words(
    tmp_path_factory: pytest.TempPathFactory,
    nodes: list[tuple[int, int, int, dict[str, str]]],
    ways: list[tuple[list[int], dict[str, str]]],
    relations: list[tuple[list[int], dict[str, str]]],
) -> None:
    from kiosk.ops.quarter.frame import ExtractError

    extract = Extract()
    extract.way(99, extract.nodes(50, (-200, 0), (200, 0)), highway="residential")
    for number, x, y, tags in nodes:
        extract.node(number, x, y, **tags)
    for number, (refs, tags) in enumerate(ways, 100):
        extract.way(number, refs, **tags)
    for number, (refs, tags) in enumerate(relations, 1):
        extract.multipolygon(number, refs, **tags)
    try:
        quarter = built(extract, tmp_path_factory.mktemp("any"))
    except ExtractError as error:
        assert str(error)
        return
    west, south, east, north = (round(10 * v) for v in quarter.meta.bounds)
    for part in (quarter.roads, quarter.bike, quarter.addresses, *quarter.polygons.values()):
        assert all(west <= x <= east for x in part.x) and all(south <= y <= north for y in part.y)
    router = Router(quarter)
    try:
        assert router.route(extract.place(-190, 0), extract.place(190, 0)).metres > 0
    except NoRouteError as error:
        assert str(error)
