"""What the map and the courier's marker cost and how calmly it moves.

    SDL_VIDEODRIVER=offscreen python benchmarks/courier_map.py

Prints one line a figure. CPU milliseconds count all threads, those of software OpenGL included;
on a glass with a graphics card only the first thread's share remains.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
MAP = ROOT / "assets" / "demo_map" / "quartier.vmap"
SIZE = (1080, 1920)


def say(what: str, value: float, unit: str) -> None:
    print(f"{what:44s} {value:8.1f} {unit}")


def best(work: Callable[[], object], times: int = 5) -> float:
    """Least milliseconds of some runs: what it costs, not what the machine was busy with."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return 1000 * min(spent)


def files_and_ways() -> None:
    from kiosk.backoffice.routing import Router
    from kiosk.contract.mapfile import MapFile
    from kiosk.shop.geo import Point
    from kiosk.window.stage.map.geometry import prepare

    say("map file", MAP.stat().st_size / 1000, "kB")
    say("read and checked", best(lambda: MapFile.load(MAP)), "ms")
    quarter = MapFile.load(MAP)
    say("made ready for the graphics card", best(lambda: prepare(quarter)), "ms")
    say("router built", best(lambda: Router(quarter)), "ms")
    router, rng, shop = Router(quarter), random.Random(1), Point(48.86, 2.34)  # noqa: S311
    doors = rng.sample(range(len(quarter.addresses.x)), 200)
    spent = []
    for k in doors:
        door = quarter.projection.to_point(quarter.addresses.x[k] / 10, quarter.addresses.y[k] / 10)
        spent.append(best(lambda door=door: router.route(shop, door), 1))
    say("a way to a door, median of 200", statistics.median(spent), "ms")


def rides() -> None:
    """Five simulated rides, a fix every 3 s with GPS errors of 6 m: steps of a frame of 1/30 s."""
    from kiosk.backoffice.ride import Ride
    from kiosk.backoffice.routing import Router
    from kiosk.contract.delivery import PositionFix
    from kiosk.contract.mapfile import MapFile
    from kiosk.shop.geo import Point, distance_m
    from kiosk.window.visit.motion import CourierMotion

    router = Router(MapFile.load(MAP))
    home = router.geocode("25 avenue du Grand-Nord") or Point(48.868, 2.333)
    route = router.route(Point(48.86, 2.34), home)
    epoch = datetime(2026, 3, 2, 18, tzinfo=UTC)
    steps, errors = [], []
    for seed in range(5):
        rng = random.Random(seed)  # noqa: S311
        ride = Ride(route.points, route.crossings, rng)
        motion = CourierMotion(route.points, route.seconds)
        shown, seq = None, 0
        for frame in range(int(ride.duration_s * 30)):
            now = frame / 30
            if frame % 90 == 0:
                at = ride.at(now).at
                fix = PositionFix(
                    seq=seq,
                    fix_time=epoch + timedelta(seconds=now),
                    received_at=epoch + timedelta(seconds=now),
                    lat=at.lat + rng.gauss(0, 6) / 111_195,
                    lon=at.lon + rng.gauss(0, 6) / 73_150,
                    accuracy_m=8,
                )
                motion.fix(fix, now)
                seq += 1
            state = motion.state(now)
            if state and state.travelled_m is not None:
                if shown is not None:
                    steps.append(state.travelled_m - shown)
                shown = state.travelled_m
                if frame % 30 == 0:
                    errors.append(distance_m(state.at, ride.at(now).at))
    say("marker: largest step of a frame", max(steps), "m")
    say("marker: steps back", sum(s < 0 for s in steps), "")
    say("marker: median distance from the truth", statistics.median(errors), "m")


def frames() -> None:
    from kiosk.window.settings import WindowSettings
    from kiosk.window.stage.environment import prepare as prepare_kivy

    folder = tempfile.TemporaryDirectory()
    brand_folder = ROOT / "assets" / "brand"
    prepare_kivy(
        WindowSettings(
            base_url="", data=Path(folder.name), brand=brand_folder, width=SIZE[0], height=SIZE[1]
        )
    )
    from kivy.base import EventLoop
    from kivy.core.window import Window
    from kivy.graphics.opengl import glFinish

    from kiosk.contract.brand import load_brand
    from kiosk.contract.mapfile import MapFile
    from kiosk.shop.geo import Point
    from kiosk.window.stage import theme as themes
    from kiosk.window.stage.map.geometry import prepare
    from kiosk.window.stage.map.style import map_style
    from kiosk.window.stage.map.view import MapView
    from kiosk.window.visit.motion import MarkerState, Quality

    brand = load_brand(brand_folder)
    themes.install(themes.Theme(brand, 2.0))
    quarter = MapFile.load(MAP)
    view = MapView(prepare(quarter), map_style(brand.palette(night=False), night=False), 1.0)
    Window.add_widget(view)
    EventLoop.start()
    shop = Point(48.86, 2.34)
    view.set_pin("shop", shop)
    view.centre_on(shop, 1.2, 0)

    def rest() -> None:
        while not view.still:
            EventLoop.idle()

    def cost(what: str, move: Callable[[int], object], count: int = 90) -> None:
        rest()
        walls, start = [], time.process_time()
        for k in range(count):
            began = time.perf_counter()
            move(k)
            EventLoop.idle()
            glFinish()
            walls.append(1000 * (time.perf_counter() - began))
        say(f"frame, {what}: CPU", 1000 * (time.process_time() - start) / count, "ms")
        say(f"frame, {what}: median", statistics.median(walls), "ms")

    def ride(k: int) -> None:
        at = Point(shop.lat + k / 111_195, shop.lon)
        view.set_courier(MarkerState(at, 0.0, 8.0, 1.0, Quality.LIVE))

    cost("the marker moves", ride)
    cost("the map is dragged", lambda k: view.look(replace(view.camera, x=view.camera.x - 2)))
    cost("the map is zoomed", lambda k: view.look(replace(view.camera, ppm=1.2 * 1.006**k)))
    rest()
    start = time.process_time()
    until = time.monotonic() + 2
    while time.monotonic() < until:
        EventLoop.idle()
    say("at rest: CPU of a second", 1000 * (time.process_time() - start) / 2, "ms")


if __name__ == "__main__":
    os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")
    files_and_ways()
    rides()
    frames()
