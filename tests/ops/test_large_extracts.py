"""A city's extract: memory follows the quarter, not the file, and somebody who waits is told."""

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.contract.mapfile import MapFile

for _needed in ("osmium", "shapely", "mapbox_earcut"):
    pytest.importorskip(_needed)

LAT, LON = 41.15, -8.61
NODES, WAYS = 600_000, 60_000  # elsewhere: 15 km and more to the north
# As tuples in a dictionary they alone would take more than 100 MB.
ROOM_KB = 30_000
_BUILD = """
import resource, sys
from kiosk.cli import main
from kiosk.ops.quarter import commands
commands._LOG_S = 0.0
code = main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
sys.exit(code)
"""


def write(path: Path, nodes: int, ways: int) -> Path:
    """A street in the middle, and so much around it."""
    import osmium
    from osmium.osm import mutable

    writer = osmium.SimpleWriter(str(path), overwrite=True)
    for k in range(3):
        writer.add_node(mutable.Node(id=k + 1, location=(LON + (k - 1) * 0.002, LAT), version=1))
    for k in range(nodes):
        place = (LON + k % 1000 * 1e-4, LAT + 0.15 + k // 1000 * 1e-4)
        writer.add_node(mutable.Node(id=k + 10, location=place, version=1))
    tags = {"highway": "residential", "name": "Rua da Lua"}
    writer.add_way(mutable.Way(id=1, nodes=[1, 2, 3], tags=tags, version=1))
    for k in range(ways):
        refs = [10 + (10 * k + n) % nodes for n in range(10)]
        writer.add_way(mutable.Way(id=k + 10, nodes=refs, tags=tags, version=1))
    writer.close()
    return path


def build(source: Path, out: Path) -> tuple[int, str]:
    """The peak of its memory in kB, and what it said meanwhile."""
    around = ("--around", f"{LAT},{LON}", "--radius", "500")
    command = [sys.executable, "-c", _BUILD, "map", "build", str(source), "-o", str(out), *around]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    return int(done.stdout.split()[-1]), done.stderr


def test_memory_follows_the_quarter_and_reading_is_told(tmp_path: Path) -> None:
    small = write(tmp_path / "small.osm.pbf", 0, 0)
    large = write(tmp_path / "large.osm.pbf", NODES, WAYS)
    least, _ = build(small, tmp_path / "small.vmap")
    most, said = build(large, tmp_path / "large.vmap")
    assert most < least + ROOM_KB
    assert f"reading nodes: {NODES:,}" in said and "reading ways: " in said
    assert len(MapFile.load(tmp_path / "large.vmap").roads.parts) == 1
