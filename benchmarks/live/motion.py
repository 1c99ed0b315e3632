"""How calmly and how truly the courier's marker moves, beside three simpler ways to draw it.

    python -m benchmarks.live.motion

Five simulated rides (benchmarks/live/rides.py, "noisy"): a fix about every 3 s with an error of
6 m that drifts, 4 % reflections that the phone does not admit, 3 % mobile-cell fixes, 5 % late by
3 to 9 s, one gap of 22 s. Drawn 30 times a second. And how steady the published arrival time is.
Writes its part of report.json and of the README's tables; `--dry` only prints it.
"""

import argparse
import json
import math
import statistics
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from benchmarks.live.report import conditions, keep_part
from benchmarks.live.rides import Recorded, record
from kiosk.contract.delivery import PositionFix
from kiosk.shop.arrival import FIRST_PACE, Arrival
from kiosk.shop.geo import Point
from kiosk.shop.routefilter import RouteFilter
from kiosk.shop.routeline import RouteLine
from kiosk.window.visit.motion import CourierMotion

RIDES = 5
FPS = 30
SETTLED_S = 8.0  # what is drawn before is not measured
BACKWARD_M = 1.0  # along the route in a third of a second: less is the projection's doubt
# What the marker must keep to.
GOALS = {"rms_m": 16.0, "off_road_p95_m": 0.05, "largest_step_m": 0.6, "backward": 0}

XY = tuple[float, float]


class Raw:
    """The marker stands on the last fix."""

    def __init__(self, line: RouteLine) -> None:
        self._line = line
        self._at: XY | None = None

    def take(self, now: float, fix: PositionFix) -> None:
        self._at = self._line.to_xy(Point(fix.lat, fix.lon))

    def at(self, now: float) -> XY | None:
        return self._at


class Interpolated(Raw):
    """The marker takes 3 s from where it is to the last fix."""

    def __init__(self, line: RouteLine) -> None:
        super().__init__(line)
        self._leg: tuple[float, XY, XY] | None = None

    def take(self, now: float, fix: PositionFix) -> None:
        goal = self._line.to_xy(Point(fix.lat, fix.lon))
        self._leg = (now, self.at(now) or goal, goal)

    def at(self, now: float) -> XY | None:
        if self._leg is None:
            return None
        began, (x0, y0), (x1, y1) = self._leg
        share = min((now - began) / 3, 1.0)
        return x0 + (x1 - x0) * share, y0 + (y1 - y0) * share


class _Axis:
    """A Kalman filter of place and speed in one direction."""

    NOISE = 0.8  # m²/s³, as along the route

    def __init__(self, x: float, accuracy: float) -> None:
        self.x, self.v = x, 0.0
        self._p = [accuracy**2, 0.0, 9.0]

    def step(self, dt: float, z: float, accuracy: float) -> None:
        a, b, c = self._p
        self.x += self.v * dt
        a += dt * (2 * b + dt * c) + self.NOISE * dt**3 / 3
        b += dt * c + self.NOISE * dt * dt / 2
        c += self.NOISE * dt
        gain, gain_v = a / (a + accuracy**2), b / (a + accuracy**2)
        missed = z - self.x
        self.x += gain * missed
        self.v += gain_v * missed
        self._p = [(1 - gain) * a, (1 - gain) * b, c - gain_v * b]


class Plane(Raw):
    """A Kalman filter in the plane, dead reckoning for 12 s, drawn with a lag of half a second."""

    def __init__(self, line: RouteLine) -> None:
        super().__init__(line)
        self._axes: tuple[_Axis, _Axis] | None = None
        self._made, self._drawn_at = 0.0, 0.0

    def take(self, now: float, fix: PositionFix) -> None:
        xy = self._line.to_xy(Point(fix.lat, fix.lon))
        made, accuracy = now - fix.age_s, fix.accuracy_m
        if self._axes is None:
            self._axes = (_Axis(xy[0], accuracy), _Axis(xy[1], accuracy))
        elif made > self._made and accuracy < 60:
            for axis, z in zip(self._axes, xy, strict=True):
                axis.step(made - self._made, z, accuracy)
        else:
            return
        self._made = made

    def at(self, now: float) -> XY | None:
        if self._axes is None:
            return None
        ahead = min(now - self._made, 12.0)
        goal_x, goal_y = (axis.x + axis.v * ahead for axis in self._axes)
        x, y = self._at or (goal_x, goal_y)
        share = 1 - math.exp(-max(now - self._drawn_at, 0.0) / 0.5)
        self._at, self._drawn_at = (x + (goal_x - x) * share, y + (goal_y - y) * share), now
        return self._at


class Ours(Raw):
    """The product's own. `speed`: whether the phone tells its speed, as most do."""

    def __init__(self, line: RouteLine, ride: Recorded, *, speed: bool) -> None:
        super().__init__(line)
        self._motion = CourierMotion(ride.route.points, ride.route.seconds)
        self._speed = speed

    def take(self, now: float, fix: PositionFix) -> None:
        told = fix if self._speed else fix.model_copy(update={"speed_mps": None})
        self._motion.fix(told, now - fix.age_s)

    def at(self, now: float) -> XY | None:
        state = self._motion.state(now)
        return None if state is None else self._line.to_xy(state.at)


WAYS: dict[str, Callable[[RouteLine, Recorded], Raw]] = {
    "raw": lambda line, _: Raw(line),
    "3 s interpolation": lambda line, _: Interpolated(line),
    "2-D Kalman": lambda line, _: Plane(line),
    "route filter, without speeds": lambda line, ride: Ours(line, ride, speed=False),
    "route filter": lambda line, ride: Ours(line, ride, speed=True),
}


def drawn(ride: Recorded, marker: Raw) -> list[XY | None]:
    """Where the marker stands in each frame of a ride."""
    waiting = list(ride.heard())[::-1]
    places = []
    for frame in range(int(ride.duration_s * FPS)):
        now = frame / FPS
        while waiting and waiting[-1][0] <= now:
            at, fix = waiting.pop()
            marker.take(at, fix)
        places.append(marker.at(now))
    return places


def judged(ride: Recorded, line: RouteLine, places: Sequence[XY | None]) -> dict[str, float]:
    """The figures of one ride, in metres; `backward` in counts."""
    first = int(SETTLED_S * FPS)
    shown = [xy for xy in places[first:] if xy is not None]
    if len(shown) < len(places) - first:
        raise ValueError("a marker that is not there in every frame cannot be compared")
    errors = [math.dist(xy, line.to_xy(ride.true((first + k) / FPS))) for k, xy in enumerate(shown)]
    steps = [math.dist(a, b) for a, b in pairwise(shown)]
    on_route = [line.project(xy) for xy in shown[::10]]
    along = [s for s, _ in on_route]
    return {
        "rms_m": math.sqrt(statistics.fmean(e * e for e in errors)),
        "p95_m": _percentile(errors, 0.95),
        "off_road_p95_m": _percentile([away for _, away in on_route], 0.95),
        "largest_step_m": max(steps),
        "backward": sum(b - a < -BACKWARD_M for a, b in pairwise(along)),
    }


def compare(rides: Sequence[Recorded]) -> dict[str, dict[str, float]]:
    """Each way to draw: RMS and percentiles as means over the rides, the worst step, all steps
    back.
    """
    found: dict[str, dict[str, float]] = {}
    for name, way in WAYS.items():
        each = []
        for ride in rides:
            line = RouteLine(ride.route.points, ride.route.seconds)
            each.append(judged(ride, line, drawn(ride, way(line, ride))))
        merge = {"largest_step_m": max, "backward": sum}
        found[name] = {
            key: round(merge.get(key, statistics.fmean)([one[key] for one in each]), 2)
            for key in each[0]
        }
    return found


def arrival_times(rides: Sequence[Recorded]) -> dict[str, dict[str, float]]:
    """What is left by the present speed, said in minutes at each fix, beside the clock time that is
    published: how often it changed, how often to a later one, and the error in seconds.
    """
    found: dict[str, list[tuple[int, int, float]]] = {"left by speed": [], "published": []}
    for ride in rides:
        line = RouteLine(ride.route.points, ride.route.seconds)
        along, arrival = RouteFilter(line), Arrival()
        published = FIRST_PACE * line.duration_s
        naive, clock = [], [published]
        for at, fix in ride.heard():
            along.fix(at - fix.age_s, Point(fix.lat, fix.lon), fix.accuracy_m, fix.speed_mps)
            if along.last_fix is None:
                continue
            s = along.ahead(at)
            left = (line.length_m - s) / max(along.v, 0.6)
            naive.append(at + 60 * math.ceil(left / 60))
            published = arrival.told(at, line.duration_s - line.seconds_at(s), published) or (
                published
            )
            clock.append(published)
        for name, told in (("left by speed", naive), ("published", clock)):
            steps = [b - a for a, b in pairwise(told)]
            least = 30.0 if name == "left by speed" else 0.0  # a minute that passes is no change
            changed = [step for step in steps if abs(step) > least]
            error = statistics.fmean(abs(one - ride.duration_s) for one in told)
            found[name].append((len(changed), sum(step > 0 for step in changed), error))
    return {
        name: {
            "changes": sum(one[0] for one in each),
            "to_later": sum(one[1] for one in each),
            "error_s": round(statistics.fmean(one[2] for one in each)),
        }
        for name, each in found.items()
    }


def _percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(int(share * len(values)), len(values) - 1)]


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.live.motion",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--dry", action="store_true", help="print the figures, write no file")
    dry = parser.parse_args().dry
    began = conditions()
    rides = [record("noisy", seed) for seed in range(RIDES)]
    found: dict[str, Any] = {
        "rides": RIDES,
        "minutes": round(sum(ride.duration_s for ride in rides) / 60, 1),
        "frames_a_second": FPS,
        "goals": GOALS,
        "ways": compare(rides),
        "arrival": arrival_times(rides),
    }
    print(json.dumps(found, indent=1))
    if not dry:
        keep_part("motion", found, began)


if __name__ == "__main__":
    main()
