"""The map file: what was written is read again, and nothing unsound is."""

import struct
import zlib
from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.contract import mapcodec
from kiosk.contract.mapfile import (
    Addresses,
    BikeGraph,
    Labels,
    Lines,
    MapFile,
    MapFileError,
    MapMeta,
    Polygons,
    Projection,
    Spots,
)
from kiosk.shop.geo import Point, distance_m

CENTRE = Point(48.86, 2.34)
DEMO = Path(__file__).parents[2] / "assets" / "demo_map" / "quartier.vmap"


def small_map() -> MapFile:
    return MapFile(
        meta=MapMeta("Place", True, "Quartier imaginaire", CENTRE, (-100, -100, 100, 100), "75000"),
        names=["", "rue de l’Œillet", "place du Thé"],
        polygons={
            "water": Polygons(
                array("i", [0, 100, 100, 0]),
                array("i", [0, 0, 100, 100]),
                array("I", [4]),
                array("I", [0, 1, 2, 0, 2, 3]),
            )
        },
        roads=Lines(
            array("i", [-500, 500]),
            array("i", [7, -9]),
            array("I", [2]),
            array("B", [2]),
            array("H", [1]),
            array("H", [120]),
            array("B", [1]),
        ),
        labels=Labels(
            array("i", [5]),
            array("i", [5]),
            array("I", [1]),
            array("B", [3]),
            array("H", [2]),
            array("B", [0]),
        ),
        trees=Spots(array("i", [3]), array("i", [4]), array("B", [200])),
        bike=BikeGraph(
            array("i", [-500, 500]),
            array("i", [7, -9]),
            array("I", [0]),
            array("I", [1]),
            array("I", [1000]),
            array("I", [250]),
            array("B", [3]),
            array("H", [1]),
        ),
        addresses=Addresses(
            array("i", [40]), array("i", [-40]), array("H", [1]), array("H", [14]), array("B", [1])
        ),
    )


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "small.vmap"
    small_map().save(path)
    assert MapFile.load(path) == small_map()


@given(
    st.dictionaries(
        st.text("abc.", min_size=1, max_size=24),
        st.lists(st.integers(-(2**29), 2**29)).map(lambda v: array("i", v))
        | st.lists(st.integers(0, 2**31 - 1)).map(lambda v: array("I", v))
        | st.lists(st.integers(0, 65535)).map(lambda v: array("H", v)),
    )
)
def test_columns_survive(columns: dict[str, "array[int]"]) -> None:
    assert mapcodec.unpack(mapcodec.pack(columns, {"t": ["é"]})) == (columns, {"t": ["é"]})


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_flipped_byte_is_refused(at: int, change: int) -> None:
    data = bytearray(small_map().to_bytes())
    data[at % len(data)] ^= change
    try:
        assert MapFile.load(bytes(data)) is not None  # a name in the table may change its type
    except MapFileError as error:
        assert str(error)


@pytest.mark.parametrize("cut", [0, 3, 7, 20, 400, -1])
def test_a_cut_file_is_refused(cut: int) -> None:
    with pytest.raises(MapFileError):
        MapFile.load(small_map().to_bytes()[:cut])


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    body = zlib.compress(bytes(200 * 1024 * 1024), 9)
    entry = struct.pack("<24scIII", b"roads.x", b"i", 50 * 1024 * 1024, len(body), zlib.crc32(body))
    with pytest.raises(MapFileError, match="would unpack"):
        MapFile.load(struct.pack("<4sHH", b"VMAP", 1, 1) + entry + body)


def test_another_version_says_what_to_do() -> None:
    data = bytearray(small_map().to_bytes())
    data[4] = 9
    with pytest.raises(MapFileError, match="build the map again"):
        MapFile.load(bytes(data))


def test_parts_that_do_not_fit_are_refused() -> None:
    broken = small_map()
    broken.polygons["water"].triangles.append(4)
    with pytest.raises(MapFileError, match="water"):
        broken.to_bytes()
    broken = small_map()
    broken.bike.b[0] = 7
    with pytest.raises(MapFileError, match="bike: node 7"):
        broken.to_bytes()
    broken = small_map()
    broken.addresses.street[0] = 3
    with pytest.raises(MapFileError, match="addresses"):
        broken.to_bytes()


def test_projection_agrees_with_the_globe() -> None:
    projection = Projection(CENTRE)
    for x, y in [(0, 0), (1200, 900), (-1200, 1100)]:
        point = projection.to_point(x, y)
        assert projection.to_xy(point) == pytest.approx((x, y), abs=1e-6)
        assert distance_m(CENTRE, point) == pytest.approx((x * x + y * y) ** 0.5, abs=0.2)


def test_the_demonstration_quarter_is_small_and_says_that_it_is_invented() -> None:
    data = DEMO.read_bytes()
    assert len(data) <= 700_000
    quarter = MapFile.load(data)
    assert quarter.meta.invented
    assert "imaginaire" in quarter.meta.attribution
    assert len(quarter.addresses.x) > 2000
