"""What the courier's picture takes on the glass: delay, work, and how it fails and comes back.

    SDL_VIDEODRIVER=offscreen python -m benchmarks.live.camera [--minutes 5] [--dry]

A real ffmpeg sends 1280x720 at 25 pictures a second, a real nginx-rtmp takes it with the
configuration that `kiosk backoffice camera config` prints, blurs it and hands it on, a real back
office is asked, and the real panel shows it in a real window. The delay is read from the time that
stands in the picture, once it lies in the panel's texture: everything is in it, camera to texture.
Writes its part of report.json and of the README's tables.
"""

import argparse
import json
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from benchmarks.live.camera_ride import RideToFilm
from benchmarks.live.camera_rig import Ports, Push, free_port, lacking, media_server
from benchmarks.live.clockpicture import delay_ms
from benchmarks.live.report import conditions, keep_part
from kiosk.window.settings import WindowSettings
from kiosk.window.stage.environment import prepare

PANEL = (480, 270)
LONGEST_S = 40.0
RENEWED_S = 30.0  # what lets watch is over after two to four minutes; the page asks more often
NOWHERE = ("rtmp://camera.invalid/ride/nobodyhome", "rtmp://10.255.255.1/ride/nobodyhome")


class Glass:
    """The real panel in a window of its own; takes note of each picture that it shows."""

    def __init__(self, data: Path) -> None:
        brand = Path(__file__).parents[2] / "assets" / "brand"
        settings = WindowSettings(base_url="", data=data, brand=brand, width=540, height=960)
        prepare(settings)
        from kivy.base import EventLoop
        from kivy.core.window import Window

        from kiosk.contract.brand import load_brand
        from kiosk.window.stage import theme as themes
        from kiosk.window.stage.handover import Handover

        themes.install(themes.Theme(load_brand(brand), settings.px_per_mm, settings.glass))
        from kiosk.window.stage.camera.panel import CameraPanel

        self._loop = EventLoop
        EventLoop.ensure_window()
        self.panel = CameraPanel(size_hint=(None, None), size=PANEL, pos=(20, 20))
        self.panel.services = SimpleNamespace(handover=Handover())
        Window.add_widget(self.panel)
        EventLoop.start()
        self.shown: list[tuple[float, int, float]] = []  # when, how old, work of the UI thread (ms)
        self.longest_ms = self.waited_ms = 0.0
        arrive = self.panel._arrive

        def noted(picture: Any) -> None:
            began, work = time.perf_counter(), time.thread_time()
            arrive(picture)
            self._note(began, work)
            spent = (time.thread_time() - work) * 1000
            age = delay_ms(self._seen())
            if age is not None:
                self.shown.append((time.monotonic(), age, spent))

        self.panel._arrive = noted

    def _seen(self) -> Any:
        texture = self.panel.texture
        rows = np.frombuffer(texture.pixels, np.uint8).reshape(texture.height, texture.width, 4)
        return rows[..., 1]

    def _note(self, began: float, work: float) -> None:
        """How long a call took, and how much of it the thread did not work."""
        took = (time.perf_counter() - began) * 1000
        self.longest_ms = max(self.longest_ms, took)
        self.waited_ms = max(self.waited_ms, took - (time.thread_time() - work) * 1000)

    def look(self) -> None:
        """As the panel does by itself now and then."""
        began, work = time.perf_counter(), time.thread_time()
        self.panel._look()
        self._note(began, work)

    def play(self, url: str | None, *, sending: bool = True) -> None:
        """As the tracking page does; how long that took counts as the UI thread's."""
        from kiosk.window.visit.camera import CameraCard

        card = CameraCard("rtmp", url, url.partition("?")[0], sending) if url else None
        began, work = time.perf_counter(), time.thread_time()
        self.panel.show(card, "en")
        self._note(began, work)

    def run(self, until: Callable[[], Any], at_most_s: float = LONGEST_S) -> float:
        """Let frames pass until then; the seconds that took, or NaN."""
        began = time.monotonic()
        while not until():
            if time.monotonic() - began > at_most_s:
                return float("nan")
            self._loop.idle()
        return time.monotonic() - began

    def rest(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        self.run(lambda: time.monotonic() >= end, seconds + 1)

    @property
    def feed(self) -> str:
        return str(self.panel.feed.value)

    def new_picture(self) -> Callable[[], bool]:
        before = len(self.shown)
        return lambda: len(self.shown) > before + 1 and self.feed == "live"


def delays(shown: list[tuple[float, int, float]]) -> dict[str, float]:
    ages = sorted(age for _, age, _ in shown)
    if len(ages) < 10:
        raise SystemExit(f"the picture is not shown: {len(ages)} in a whole spell")
    return {
        "pictures": len(ages),
        "median_ms": statistics.median(ages),
        "p95_ms": ages[int(len(ages) * 0.95)],
        "max_ms": ages[-1],
        "pictures_per_s": round(len(ages) / max(shown[-1][0] - shown[0][0], 0.1), 1),
        "longest_gap_s": round(max(b[0] - a[0] for a, b in pairwise(shown)), 2),
    }


def flat(glass: Glass, ride: RideToFilm, minutes: float) -> dict[str, Any]:
    """The first and the last ten seconds and at the end, and what it takes in between."""
    glass.rest(10)
    first = delays([s for s in glass.shown if s[0] > time.monotonic() - 8])
    cpu, began = time.process_time(), time.monotonic()
    while (left := began + minutes * 60 - 20 - time.monotonic()) > 0:
        glass.rest(min(left, RENEWED_S))
        glass.play(ride.watch_url())
    share = (time.process_time() - cpu) / max(time.monotonic() - began, 0.1)
    whole = delays([s for s in glass.shown if s[0] >= began])
    mark = time.monotonic()
    glass.rest(10)
    last = delays([s for s in glass.shown if s[0] >= mark])
    work = sorted(s[2] for s in glass.shown)
    return {
        "first": first,
        "last": last,
        "whole": whole,
        "window_share": round(share, 3),
        "ui_ms_median": round(statistics.median(work), 2),
        "ui_ms_p99": round(work[int(len(work) * 0.99)], 2),
    }


def stalled(glass: Glass, push: Push) -> dict[str, float]:
    """The camera's encoder stands still for three seconds, and goes on."""
    push.signal(signal.SIGSTOP)
    glass.run(lambda: glass.feed == "stalled")
    said = glass.panel.watch.age_s(time.monotonic())
    glass.rest(1)
    back = glass.new_picture()
    push.signal(signal.SIGCONT)
    return {"said_after_s": round(said, 2), "live_again_s": round(glass.run(back), 2)}


def slowed(glass: Glass, push: Push) -> dict[str, float]:
    """For six seconds the encoder gets half of the time; then how soon it is on time again."""
    end, began = time.monotonic() + 6, len(glass.shown)
    while time.monotonic() < end:
        push.signal(signal.SIGSTOP)
        glass.rest(0.25)
        push.signal(signal.SIGCONT)
        glass.rest(0.25)
    worst = max((age for _, age, _ in glass.shown[began:]), default=0)
    recent = lambda: [age for at, age, _ in glass.shown if at > time.monotonic() - 0.5]  # noqa: E731
    took = glass.run(lambda: len(recent()) > 5 and max(recent()) < 300)
    return {"worst_ms": worst, "on_time_again_s": round(took, 2)}


def killed(glass: Glass, ride: RideToFilm, push: Push, url: str) -> tuple[dict[str, Any], Push]:
    """The camera dies, the picture grows old and folds; then another one is there."""
    push.end()
    # The tracking page is told that it is gone, and that it is back.
    glass.run(lambda: not ride.is_live())
    glass.play(ride.watch_url(), sending=False)
    told = {}
    for feed in ("stalled", "reconnecting", "folded"):
        glass.run(lambda feed=feed: glass.feed == feed)
        told[f"{feed}_after_s"] = round(glass.panel.watch.age_s(time.monotonic()), 2)
    again, back = Push(url), glass.new_picture()
    published = glass.run(ride.is_live)
    glass.play(ride.watch_url())
    told["sent_until_published_s"] = round(published, 2)
    told["published_until_seen_s"] = round(glass.run(back), 2)
    return told, again


def nowhere(glass: Glass) -> dict[str, dict[str, float]]:
    """Names that do not resolve and addresses that do not answer."""
    found = {}
    for url in NOWHERE:
        glass.longest_ms = glass.waited_ms = 0.0
        glass.play(url)
        for _ in range(60):
            glass._loop.idle()
            glass.look()
        glass.play(None)
        found[url.split("/")[2]] = {
            "longest_ms": round(glass.longest_ms, 2), "waited_ms": round(glass.waited_ms, 2)
        }  # fmt: skip
    return found


def delivered(glass: Glass, ride: RideToFilm, push: Push) -> dict[str, float]:
    """The order is handed over: when the camera is cut off, and when the last picture came."""
    began = time.monotonic()
    ride.deliver()
    cut = glass.run(lambda: not push.sending)
    glass.rest(2)
    last = max((at for at, _, _ in glass.shown), default=began)
    return {"cut_after_s": round(cut, 2), "last_picture_s": round(last - began, 2)}


def measure(minutes: float) -> dict[str, Any]:
    found: dict[str, Any] = {}
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="vitrine-camera-")))
        ports = Ports(free_port(), free_port())
        ride = stack.enter_context(RideToFilm(work / "office", ports))
        stack.enter_context(media_server(work / "media", ports, ride.url, ride.data))
        glass = Glass(work / "window")
        address = ride.open_camera()
        push, first = Push(address), glass.new_picture()
        stack.callback(lambda: push.end())
        glass.run(ride.is_live)
        glass.play(ride.watch_url())
        found["published_until_seen_s"] = round(glass.run(first), 2)
        found["steady"] = flat(glass, ride, minutes)
        found["stalled"] = stalled(glass, push)
        found["slowed"] = slowed(glass, push)
        found["killed"], push = killed(glass, ride, push, address)
        glass.rest(3)
        found["delivered"] = delivered(glass, ride, push)
        found["longest_call_ms"] = round(glass.longest_ms, 2)
        found["nobody_answers"] = nowhere(glass)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--dry", action="store_true", help="print the figures, write no report")
    arguments = parser.parse_args()
    if lacking():
        sys.exit(lacking())
    began = conditions()
    found = {"minutes": arguments.minutes, **measure(arguments.minutes)}
    print(json.dumps(found, indent=1))
    if not arguments.dry:
        keep_part("camera", found, began)


if __name__ == "__main__":
    main()
