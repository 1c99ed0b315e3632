"""What the map costs: its file, a way through it, and a frame of it beside three other ways.

    SDL_VIDEODRIVER=offscreen python -m benchmarks.live.map [--extracts DIR] [--reading] [--dry]

Frames of 1080x1920: the courier's marker moves, and a finger drags, zooms and turns the map. Wall
milliseconds (median, p95) and processor milliseconds a frame, all threads, those of software
OpenGL included; nothing waits for the display. Beside it, in the same run: a `Line` for each road,
a `Mesh` without soft edges, the whole quarter in a texture of 2048 by 2048 pixels. Cities are
built from OpenStreetMap extracts in --extracts (default: KIOSK_TEST_DATA), beside the
demonstration's quarter. `--reading` also reads an extract that is made 10 and 40 times as large,
and says how much memory that takes. Writes its part of report.json and of the README's
tables.
"""

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from benchmarks.live.largeextract import write_large
from benchmarks.live.report import conditions, keep_part

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "assets" / "demo_map" / "quartier.vmap"
CITIES = {"Porto": "porto", "Paris": "paris_bss", "Helsinki": "helsinki"}
WIDTH, HEIGHT = 1080, 1920
PPM = 1.2
FRAMES = 90

Row = dict[str, float]


def build(extract: Path, out: Path, *options: str) -> Row:
    """The command itself, in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    script = (
        "import resource, sys; from kiosk.cli import main; code = main(sys.argv[1:]);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss); sys.exit(code)"
    )
    command = [sys.executable, "-c", script, "map", "build", str(extract), "-o", str(out), *options]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return {
        "extract_mb": round(extract.stat().st_size / 1e6, 2),
        "processor_s": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, 1),
        "peak_mb": round(int(done.stdout.split()[-1]) * 1024 / 1e6, 1),
        "map_kb": round(out.stat().st_size / 1000, 1),
    }


def reading(extracts: Path, folder: Path) -> list[Row]:
    """The same frame out of an extract of two sizes."""
    rows = []
    for copies in (10, 40):
        large = folder / f"large{copies}.osm.pbf"
        write_large(extracts / "porto.osm.pbf", large, copies)
        around = ("--around", "41.1404,-8.6075", "--radius", "1500")
        rows.append({"copies": copies, **build(large, folder / "large.vmap", *around)})
        large.unlink()
    return rows


def ways(path: Path) -> Row:
    """200 ways from the middle to doors, or to the ends of streets where there are few doors."""
    from kiosk.backoffice.routing import NoRouteError, Router
    from kiosk.contract.mapfile import MapFile
    from kiosk.window.stage.map.geometry import prepare

    quarter = MapFile.load(path)
    began = time.process_time()
    router = Router(quarter)
    built = time.process_time() - began
    began = time.process_time()
    prepare(quarter)
    prepared = time.process_time() - began
    rng = random.Random(1)  # noqa: S311
    spent, none = [], 0
    ends = range(len(quarter.bike.x))
    for _ in range(200):
        one, two = (quarter.projection.to_point(quarter.bike.x[k] / 10, quarter.bike.y[k] / 10)
                    for k in rng.sample(ends, 2))  # fmt: skip
        began = time.process_time()
        try:
            router.route(one, two)
        except NoRouteError:
            none += 1
        spent.append(1000 * (time.process_time() - began))
    return {
        "nodes": len(quarter.bike.x),
        "router_ms": round(1000 * built, 1),
        "prepared_ms": round(1000 * prepared, 1),
        "way_median_ms": round(statistics.median(spent), 2),
        "way_p95_ms": round(percentile(spent, 0.95), 2),
        "no_way": none,
    }


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


class Bench:
    """A window of its own, and what frames of it take."""

    def __init__(self) -> None:
        from kiosk.window.settings import WindowSettings
        from kiosk.window.stage.environment import prepare as prepare_kivy

        self._folder = tempfile.TemporaryDirectory()
        brand = ROOT / "assets" / "brand"
        data = Path(self._folder.name)
        prepare_kivy(
            WindowSettings(base_url="", data=data, brand=brand, width=WIDTH, height=HEIGHT)
        )
        from kivy.base import EventLoop
        from kivy.clock import Clock
        from kivy.core.window import Window

        from kiosk.contract.brand import load_brand
        from kiosk.window.stage import theme as themes
        from kiosk.window.stage.map.style import map_style

        self.brand = load_brand(brand)
        themes.install(themes.Theme(self.brand, 2.0))
        self.style = map_style(self.brand.palette(night=False), night=False)
        self.window, self.idle = Window, EventLoop.idle
        # No frame waits for its turn.
        Clock._max_fps = 0
        EventLoop.start()

    def frames(self, move: Callable[[int], object], count: int = FRAMES) -> Row:
        from kivy.graphics.opengl import glFinish

        walls: list[float] = []
        start = time.process_time()
        for k in range(count):
            began = time.perf_counter()
            move(k)
            self.idle()
            glFinish()
            walls.append(1000 * (time.perf_counter() - began))
        spent = 1000 * (time.process_time() - start) / count
        return {
            "median_ms": round(statistics.median(walls), 1),
            "p95_ms": round(percentile(walls, 0.95), 1),
            "processor_ms": round(spent, 1),
        }

    def ours(self, prepared: Any) -> dict[str, Row]:
        from kiosk.window.stage.map.view import MapView
        from kiosk.window.visit.motion import MarkerState, Quality

        view = MapView(prepared, self.style, 1.0)
        self.window.add_widget(view)
        view.centre_on(prepared.map_file.meta.centre, PPM, 0)

        def rest() -> None:
            until = time.monotonic() + 0.3
            while not view.still or time.monotonic() < until:
                self.idle()

        def ride(k: int) -> None:
            at = view.map_file.projection.to_point(0.15 * k, 0.1 * k)
            view.set_courier(MarkerState(at, 45.0, 8.0, 1.0, Quality.LIVE))

        def turned(k: int) -> None:
            view.look(view.camera.turned(0.8, 0, 0))

        moves: dict[str, Callable[[int], object]] = {
            "marker": ride,
            "pan": lambda k: view.look(replace(view.camera, x=view.camera.x - 4 / PPM)),
            "zoom": lambda k: view.look(replace(view.camera, ppm=PPM * 1.01**k)),
            "rotate": turned,
        }
        rest()
        ride(0)
        rows = {}
        for name, move in moves.items():
            rest()
            rows[name] = self.frames(move)
        self.window.remove_widget(view)
        return rows

    def other(self, kind: type, prepared: Any) -> dict[str, Row]:
        from benchmarks.live.mapways import middle
        from kiosk.window.stage.map.camera import Camera

        view = kind(prepared, self.style)
        self.window.add_widget(view)
        for _ in range(3):
            self.idle()
        x, y = middle(prepared.map_file)
        camera = Camera(x, y, PPM, 0)
        view.look(camera)
        moves: dict[str, Callable[[int], object]] = {
            "marker": lambda k: view.mark(k, k),
            "pan": lambda k: view.look(replace(camera, x=x - 4 * k / PPM)),
            "zoom": lambda k: view.look(replace(camera, ppm=PPM * 1.01**k)),
            "rotate": lambda k: view.look(replace(camera, bearing=0.8 * k)),
        }
        rows = {name: self.frames(move, FRAMES // 3) for name, move in moves.items()}
        self.window.remove_widget(view)
        return rows


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    data = Path(os.environ.get("KIOSK_TEST_DATA", ROOT.parent / "shared" / "data"))
    parser.add_argument("--extracts", type=Path, default=data / "osm")
    parser.add_argument("--reading", action="store_true", help="also read large extracts")
    parser.add_argument("--dry", action="store_true", help="print the figures, write no file")
    arguments = parser.parse_args()
    os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")
    began, found = conditions(), cast("dict[str, Any]", {"maps": {}})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        maps = {"demonstration": DEMO}
        for city, stem in CITIES.items():
            extract = arguments.extracts / f"{stem}.osm.pbf"
            if extract.exists():
                maps[city] = folder / f"{stem}.vmap"
                found["maps"][city] = {"build": build(extract, maps[city], "--name", city)}
        if arguments.reading:
            found["reading"] = reading(arguments.extracts, folder)
        draw(maps, found["maps"])
    print(json.dumps(found, indent=1))
    if not arguments.dry:
        keep_part("map", found, began)


def draw(maps: dict[str, Path], rows: dict[str, Any]) -> None:
    from kiosk.contract.mapfile import MapFile

    bench = Bench()
    from benchmarks.live import mapways
    from kiosk.window.stage.map.geometry import prepare

    for city, path in maps.items():
        prepared = prepare(MapFile.load(path))
        row = rows.setdefault(city, {})
        row["ways"] = ways(path)
        row["frames"] = {
            "ours": bench.ours(prepared),
            "texture of 2048 px": bench.other(mapways.Texture, prepared),
            "meshes, hard edges": bench.other(mapways.Meshes, prepared),
            "a Line for each road": bench.other(mapways.Lines, prepared),
        }


if __name__ == "__main__":
    main()
