"""`kiosk map build` and `kiosk map info`."""

import argparse
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.ops.errors import CommandError
from kiosk.shop.geo import Point

if TYPE_CHECKING:
    from kiosk.contract.mapfile import MapFile

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

_NEEDED = ("osmium", "shapely", "mapbox_earcut", "numpy")


def add_parsers(commands: "Subparsers") -> None:
    top = commands.add_parser(
        "map",
        help="Build and look at the map of a quarter.",
        description="Build and look at the map of a quarter.",
        epilog='example: kiosk map build bonfim.osm.pbf bonfim.vmap --name "Bonfim"',
    )
    actions = top.add_subparsers(metavar="ACTION", required=True)
    build = actions.add_parser(
        "build",
        help="Make a quarter's map from an OpenStreetMap extract.",
        description="Make a quarter's map from an OpenStreetMap extract.",
        epilog='example: kiosk map build bonfim.osm.pbf bonfim.vmap --name "Bonfim"',
    )
    build.add_argument("source", type=Path, metavar="EXTRACT", help="an .osm.pbf or .osm file")
    build.add_argument("out", type=Path, metavar="FILE", help="the map to write, FILE.vmap")
    build.add_argument("--name", required=True, help="what the quarter is called")
    build.add_argument("--around", type=place, metavar="LAT,LON", help="the middle of the map")
    build.add_argument("--radius", type=float, default=1500.0, metavar="METRES")
    build.set_defaults(run=_build)
    info = actions.add_parser(
        "info",
        help="Say what a map holds.",
        description="Say what a map holds.",
        epilog="example: kiosk map info bonfim.vmap",
    )
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
    from kiosk.ops.quarter.extract import build

    try:
        map_file = build(arguments.source, arguments.name, arguments.around, arguments.radius)
        map_file.save(arguments.out)
    except (OSError, RuntimeError, ValueError) as error:
        raise CommandError(f"no map was made of {arguments.source}: {error}") from None
    _tell(arguments.out, map_file)
    return 0


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
