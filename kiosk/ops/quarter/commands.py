"""`kiosk map build` and `kiosk map info`."""

import argparse
import importlib.util
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commandline import command, group
from kiosk.ops.errors import CommandError
from kiosk.shop.geo import Point

if TYPE_CHECKING:
    from kiosk.commandline import Subparsers
    from kiosk.contract.mapfile import MapFile

_NEEDED = ("osmium", "shapely", "mapbox_earcut", "numpy")
_RADIUS_M = 1500.0
_LINE_S, _LOG_S = 0.2, 10.0
_EXAMPLE = "kiosk map build porto.osm.pbf -o bonfim.vmap --around 41.1496,-8.6000 --radius 1200"


def add_parsers(commands: "Subparsers") -> None:
    actions = group(commands, "map", "Build and look at the map of a quarter.", _EXAMPLE)
    words = "Make a quarter's map from an OpenStreetMap extract."
    more = (
        "It holds what is drawn, where a bike may ride, and the doors. A larger extract is read\n"
        "in bounded memory; Ctrl-C leaves nothing half written."
    )
    build = command(actions, "build", words, _EXAMPLE, more)
    build.add_argument("source", type=Path, metavar="EXTRACT", help="an .osm.pbf or .osm file")
    build.add_argument(
        "-o", "--out", type=Path, required=True, metavar="FILE", help="the map to write, FILE.vmap"
    )
    build.add_argument("--name", help="what the quarter is called (default: as the file)")
    build.add_argument("--around", type=place, metavar="LAT,LON", help="the middle of the map")
    build.add_argument(
        "--radius",
        type=float,
        metavar="METRES",
        help=f"half the side of the map (default: {_RADIUS_M:.0f}), with --around",
    )
    build.set_defaults(run=_build)
    info = command(actions, "info", "Say what a map holds.", "kiosk map info bonfim.vmap")
    info.add_argument("file", type=Path)
    info.set_defaults(run=_info)


def place(text: str) -> Point:
    """ "48.86,2.34" as a place."""
    try:
        lat, lon = (float(part) for part in text.split(","))
        return Point(lat, lon)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no place: write 48.86,2.34") from None


def _build(arguments: argparse.Namespace) -> int:
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise CommandError(
            f"building maps needs {', '.join(missing)}: pip install 'vitrine-kiosk[map]'"
        )
    if arguments.radius is not None and arguments.around is None:
        raise CommandError("--radius goes with --around LAT,LON: about which place?")
    out: Path = arguments.out
    if out.is_dir() or not out.parent.is_dir():
        raise CommandError(f"{out} cannot be written: give a file in a folder that exists")
    from kiosk.ops.quarter.extract import build

    name = arguments.name or arguments.source.name.partition(".")[0]
    radius = _RADIUS_M if arguments.radius is None else arguments.radius
    with _Progress() as progress:
        try:
            map_file = build(arguments.source, name, arguments.around, radius, progress)
            _write(out, map_file.to_bytes())
        except (OSError, RuntimeError, ValueError) as error:
            raise CommandError(f"no map was made of {arguments.source}: {error}") from None
    _tell(out, map_file)
    return 0


def _write(out: Path, content: bytes) -> None:
    """The whole file or none."""
    half = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        half.write_bytes(content)
        half.replace(out)
    finally:
        half.unlink(missing_ok=True)


class _Progress:
    """Says how far the reading is: on a terminal in one line, else every ten seconds."""

    def __init__(self) -> None:
        self._line = sys.stderr.isatty()
        self._told = time.monotonic()

    def __call__(self, what: str, count: int) -> None:
        now = time.monotonic()
        if now - self._told >= (_LINE_S if self._line else _LOG_S):
            self._told = now
            end = "\x1b[K\r" if self._line else "\n"
            print(f"reading {what}: {count:,}", end=end, file=sys.stderr, flush=True)

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self._line:
            print(end="\x1b[K", file=sys.stderr, flush=True)


def _info(arguments: argparse.Namespace) -> int:
    from kiosk.contract.mapfile import MapFile, MapFileError

    try:
        map_file = MapFile.load(arguments.file)
    except (OSError, MapFileError) as error:
        raise CommandError(f"{arguments.file}: {error}") from None
    _tell(arguments.file, map_file)
    return 0


def _tell(path: Path, map_file: "MapFile") -> None:
    meta = map_file.meta
    west, south, east, north = meta.bounds
    print(f"{path}: {meta.name}, {path.stat().st_size / 1000:.0f} kB, {meta.attribution}")
    print(f"  {east - west:.0f} by {north - south:.0f} m about {meta.centre.lat:.5f},"
          f"{meta.centre.lon:.5f}")  # fmt: skip
    print(f"  {len(map_file.roads.parts)} roads, {len(map_file.bike.a)} stretches for a bike, "
          f"{len(map_file.addresses.x)} doors, {len(map_file.names) - 1} names")  # fmt: skip
