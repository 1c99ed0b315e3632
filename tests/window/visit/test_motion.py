"""The courier's marker over simulated rides: GPS faults in, a calm marker out."""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from kiosk.contract.delivery import PositionFix
from kiosk.shop.geo import Point, distance_m
from kiosk.window.visit.motion import CourierMotion, FixVerdict, MarkerState, Quality
from kiosk.window.visit.routeline import RouteLine

EPOCH = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
FPS = 30
# A ride of about 1.6 km with square corners, a bend and a way back beside itself.
CORNERS = [(0, 0), (180, 20), (200, 240), (420, 260), (450, 300), (460, 520), (300, 540),
           (290, 700), (480, 720), (485, 540), (640, 520), (660, 300)]  # fmt: skip


def route(speed: float = 4.4) -> tuple[list[Point], list[float]]:
    ky = math.radians(1) * 6_371_008.8
    kx = ky * math.cos(math.radians(48.86))
    points = [Point(48.86 + y / ky, 2.34 + x / kx) for x, y in CORNERS]
    seconds = [0.0]
    for a, b in pairwise(points):
        seconds.append(seconds[-1] + distance_m(a, b) / speed)
    return points, seconds


@dataclass(frozen=True)
class Arrival:
    at: float
    fix: PositionFix


def position(
    seq: int, t: float, at: Point, accuracy: float = 6.0, received: float | None = None
) -> PositionFix:
    return PositionFix(
        seq=seq,
        fix_time=EPOCH + timedelta(seconds=t),
        received_at=EPOCH + timedelta(seconds=t if received is None else received),
        lat=at.lat,
        lon=at.lon,
        accuracy_m=accuracy,
    )


def ride(line: RouteLine, rng: random.Random) -> list[float]:
    """Metres along the route, 20 a second, with red lights."""
    s, v, stop, light, out = 0.0, 0.0, 0.0, rng.uniform(80, 250), []
    while s < line.length_m - 1 and len(out) < 40_000:
        if s > light and stop <= 0:
            stop, light = rng.uniform(5, 30), s + rng.uniform(120, 400)
        wanted = 0.0 if stop > 0 else 4.4 * (1 + 0.15 * math.sin(s / 70))
        stop -= 0.05
        v += min(max(wanted - v, -2.5 * 0.05), 1.2 * 0.05)
        s += max(v, 0.0) * 0.05
        out.append(s)
    return out


def arrivals(line: RouteLine, truth: list[float], rng: random.Random) -> list[Arrival]:
    """Fixes every 3 s: correlated noise, multipath, cell fixes, late ones, a gap of 22 s."""
    out, ex, ey, t, seq = [], 0.0, 0.0, 1.0, 0
    end = len(truth) / 20
    gap = 0.45 * end
    while t < end:
        x, y = line.at(truth[int(t * 20)])
        ex, ey = 0.85 * ex + rng.gauss(0, 3.2), 0.85 * ey + rng.gauss(0, 3.2)
        dx, dy, accuracy = ex, ey, 6 * rng.uniform(0.8, 1.6)
        if rng.random() < 0.04:
            dx, dy = rng.gauss(0, 55), rng.gauss(0, 55)
        if rng.random() < 0.03:
            accuracy, dx, dy = rng.uniform(70, 200), rng.gauss(0, 90), rng.gauss(0, 90)
        late = rng.gammavariate(2, 0.25) + (rng.uniform(3, 9) if rng.random() < 0.05 else 0)
        if not gap < t < gap + 22:
            fix = position(seq, t, line.to_point((x + dx, y + dy)), accuracy, t + late)
            out.append(Arrival(t + late, fix))
            seq += 1
        t += 3 * rng.uniform(0.9, 1.15)
    return sorted(out, key=lambda a: a.at)


def played(seed: int) -> Iterator[tuple[float, MarkerState, float]]:
    """(moment, marker, true metres) of every frame once the first fix is there."""
    rng = random.Random(seed)
    points, seconds = route()
    line = RouteLine(points, seconds)
    truth = ride(line, rng)
    waiting = arrivals(line, truth, rng)
    motion = CourierMotion(points, seconds)
    for frame in range(int(len(truth) / 20 * FPS)):
        now = frame / FPS
        while waiting and waiting[0].at <= now:
            motion.fix(waiting.pop(0).fix, now)
        state = motion.state(now)
        if state is not None:
            yield now, state, truth[min(int(now * 20), len(truth) - 1)]


@pytest.mark.parametrize("seed", range(5))
def test_the_marker_rides_calmly_through_gps_faults(seed: int) -> None:
    points, seconds = route()
    line = RouteLine(points, seconds)
    frames = [f for f in played(seed) if f[0] > 8]
    travelled = [f[1].travelled_m for f in frames]
    assert all(t is not None for t in travelled)
    steps = [b - a for a, b in pairwise(travelled)]
    assert min(steps) >= 0, "the marker moved backwards"
    assert max(steps) < 0.7, "the marker jumped"
    errors = [t - true for t, (_, _, true) in zip(travelled, frames, strict=True)]
    assert math.sqrt(sum(e * e for e in errors) / len(errors)) < 26
    for _, state, _ in frames[::40]:
        assert line.project(line.to_xy(state.at))[1] < 0.05, "the marker left the street"


def ridden(until: float = 30.0) -> tuple[CourierMotion, float]:
    """A motion that got a fix every 3 s up to `until`, on a straight course at 4.4 m/s."""
    points, seconds = route()
    line = RouteLine(points, seconds)
    motion = CourierMotion(points, seconds)
    t, seq = 0.0, 0
    while t <= until:
        motion.fix(position(seq, t, line.to_point(line.at(4.4 * t))), t)
        for k in range(3 * FPS):
            motion.state(t + k / FPS)
        t, seq = t + 3, seq + 1
    return motion, t - 3


def test_silence_ages_greys_and_hides_the_marker() -> None:
    motion, last = ridden()
    seen = {age: motion.state(last + age) for age in (3, 6, 8, 12, 15, 16, 60, 61)}
    qualities = [s.quality for s in seen.values() if s is not None]
    assert qualities == [
        Quality.LIVE,
        Quality.LIVE,
        Quality.AGEING,
        Quality.AGEING,
        Quality.AGEING,
        Quality.STALE,
        Quality.STALE,
        Quality.HIDDEN,
    ]
    halos = [s.accuracy_m for s in seen.values() if s is not None]
    assert halos[1] < halos[2] < halos[3] < halos[4]


def test_dead_reckoning_lasts_twelve_seconds() -> None:
    motion, last = ridden()
    travelled = []
    for k in range(40 * FPS):
        state = motion.state(last + k / FPS)
        assert state is not None and state.travelled_m is not None
        travelled.append(state.travelled_m)
    assert travelled[12 * FPS] - travelled[0] == pytest.approx(4.4 * 12, rel=0.25)
    assert travelled[-1] - travelled[20 * FPS] < 0.5


def test_what_is_no_use_is_not_taken() -> None:
    motion, last = ridden()
    points, _ = route()
    assert motion.fix(position(3, last + 1, points[0]), last + 1) is FixVerdict.DUPLICATE
    assert motion.fix(position(90, last + 1, points[0], 61.0), last + 1) is FixVerdict.INACCURATE
    assert motion.fix(position(91, last - 5, points[0]), last + 1) is FixVerdict.LATE
    before = motion.state(last + 1)
    assert motion.fix(position(92, last + 1.5, points[-1]), last + 1.5) is FixVerdict.OUTLIER
    after = motion.state(last + 1.5)
    assert before is not None and after is not None
    assert distance_m(before.at, after.at) < 4


def test_three_fixes_beside_the_route_ask_for_a_new_one() -> None:
    motion, last = ridden()
    points, _ = route()
    away = Point(points[1].lat - 0.0018, points[1].lon)  # 200 m south of the first street
    for k in range(3):
        state = motion.state(last + k)
        assert state is not None and not state.off_route
        verdict = motion.fix(position(100 + k, last + k + 0.5, away), last + k + 0.5)
    assert verdict is FixVerdict.OFF_ROUTE
    now = last + 3
    before = motion.state(now)
    assert before is not None and before.off_route
    detour = [away, Point(away.lat, away.lon + 0.004), points[-1]]
    motion.reroute(detour, [0, 60, 200], now)
    frames = [motion.state(now + k / FPS) for k in range(2 * FPS)]
    places = [f.at for f in frames if f is not None]
    assert distance_m(places[0], before.at) < 1
    assert distance_m(places[-1], away) < 25
    assert max(distance_m(a, b) for a, b in pairwise(places)) < 15
    assert frames[-1] is not None and not frames[-1].off_route
    assert motion.fix(position(110, now + 2.5, places[-1]), now + 2.5) is FixVerdict.TAKEN


def test_without_a_route_the_marker_glides_between_fixes() -> None:
    motion = CourierMotion([], [])
    assert motion.state(0.0) is None
    a, b = Point(48.86, 2.34), Point(48.8603, 2.34)
    motion.fix(position(0, 0, a), 0.0)
    motion.state(0.0)
    motion.fix(position(1, 3, b), 3.0)
    places = []
    for k in range(6 * FPS):
        state = motion.state(3 + k / FPS)
        assert state is not None and state.travelled_m is None
        places.append(state.at.lat)
    assert places == sorted(places)
    assert distance_m(Point(places[-1], a.lon), b) < 1


def test_a_phone_whose_clock_is_wrong_is_shown_all_the_same() -> None:
    points, seconds = route()
    line = RouteLine(points, seconds)
    motion = CourierMotion(points, seconds)
    for k in range(5):
        wrong = position(k, k * 3 - 86_400, line.to_point(line.at(13.2 * k)))
        assert motion.fix(wrong, 1000 + k * 3) is FixVerdict.TAKEN
    state = motion.state(1013)
    assert state is not None and state.quality is Quality.LIVE and state.age_s < 2


def test_the_demonstrations_fast_rides_are_followed() -> None:
    points, seconds = route()
    line = RouteLine(points, seconds)
    motion = CourierMotion(points, seconds, simulated=True)
    worst, before = 0.0, 0.0
    for frame in range(50 * FPS):
        now = frame / FPS
        if frame % FPS == 0:
            motion.fix(position(frame, now, line.to_point(line.at(27 * now))), now)
        state = motion.state(now)
        assert state is not None and state.travelled_m is not None
        assert state.travelled_m >= before
        before = state.travelled_m
        if 5 < now < line.length_m / 27 - 1:
            worst = max(worst, abs(state.travelled_m - 27 * now))
    assert worst < 25
