"""The courier's marker over recorded rides: GPS faults in, a calm marker out."""

import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise

import pytest

from benchmarks.live.rides import KINDS, Recorded, quarter, record
from kiosk.backoffice.rerouting import another_way
from kiosk.backoffice.routing import Route
from kiosk.contract.delivery import PositionFix
from kiosk.shop.geo import Point, distance_m
from kiosk.shop.routefilter import FixVerdict
from kiosk.shop.routeline import RouteLine
from kiosk.window.visit.motion import FADE_S, CourierMotion, MarkerState, Quality

EPOCH = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
FPS = 30
TOLD_S = 0.5  # until another way is here
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


def position(seq: int, t: float, at: Point, accuracy: float = 6.0) -> PositionFix:
    return PositionFix(
        seq=seq,
        fix_time=EPOCH + timedelta(seconds=t),
        received_at=EPOCH + timedelta(seconds=t),
        lat=at.lat,
        lon=at.lon,
        accuracy_m=accuracy,
    )


@dataclass(frozen=True)
class Frame:
    """What was drawn at `now`, seconds after the start of a ride."""

    now: float
    state: MarkerState


def drawn(ride: Recorded) -> list[Frame]:
    """Every frame in which the marker is there; its way is asked for anew as the shop does it."""
    _, router = quarter()
    motion = CourierMotion(ride.route.points, ride.route.seconds)
    waiting, frames = list(ride.heard())[::-1], []
    another: tuple[float, Route] | None = None
    for frame in range(int(ride.duration_s * FPS)):
        now = frame / FPS
        while waiting and waiting[-1][0] <= now:
            at, fix = waiting.pop()
            asked = motion.fix(fix, at - fix.age_s) is FixVerdict.OFF_ROUTE
            if asked and ride.kind == "off route":
                here, last = Point(fix.lat, fix.lon), frames[-1].state.at
                way = another_way(router, last, here, ride.route.points[-1])
                another = (now + TOLD_S, way)
        if another and now >= another[0]:
            motion.reroute(another[1].points, another[1].seconds, now)
            another = None
        state = motion.state(now)
        if state is not None:
            frames.append(Frame(now, state))
    return frames


@cache
def frames_of(kind: str) -> list[Frame]:
    return drawn(record(kind, 1))


def seen(frames: list[Frame]) -> list[list[Frame]]:
    """The frames as an eye follows them: a marker that fades in elsewhere is another one."""
    runs: list[list[Frame]] = [[]]
    for before, after in pairwise(frames):
        begins = after.state.leaving and not before.state.leaving
        if after.state.quality is Quality.HIDDEN or begins:
            runs.append([])
        if after.state.quality is not Quality.HIDDEN:
            runs[-1].append(after)
    return [run for run in runs if run]


@pytest.mark.parametrize("kind", KINDS)
def test_the_marker_never_jumps_nor_turns_back_nor_leaves_the_street(kind: str) -> None:
    frames = frames_of(kind)
    runs = seen(frames)
    assert frames[0].now < 12 and len(runs) <= 3
    for run in runs:
        for before, after in pairwise(run):
            assert distance_m(before.state.at, after.state.at) <= 0.6, f"a jump at {after.now:.1f}"
            assert before.state.travelled_m is not None and after.state.travelled_m is not None
            if not before.state.off_route or after.state.off_route:  # else it is another way
                assert after.state.travelled_m >= before.state.travelled_m, f"back at {after.now}"
    if kind != "off route":
        ride = record(kind, 1)
        line = RouteLine(ride.route.points, ride.route.seconds)
        away = [line.project(line.to_xy(f.state.at))[1] for f in frames[::15]]
        assert max(away) < 0.05


@pytest.mark.parametrize(
    ("kind", "metres"),
    [("clean", 9), ("noisy", 16), ("gap", 16), ("out of order", 14), ("wrong clock", 12)],
)
def test_the_marker_is_near_the_courier(kind: str, metres: float) -> None:
    ride = record(kind, 1)
    errors = [distance_m(f.state.at, ride.true(f.now)) for f in frames_of(kind) if f.now > 8]
    assert math.sqrt(sum(e * e for e in errors) / len(errors)) < metres


def test_a_wrong_clock_changes_nothing_that_can_be_seen() -> None:
    ride = record("wrong clock", 1)
    right = replace(ride, seen=tuple(replace(s, clock=0.0) for s in ride.seen))
    for wrong, same in zip(frames_of("wrong clock"), drawn(right), strict=True):
        assert distance_m(wrong.state.at, same.state.at) < 12, f"at {same.now:.0f} s"
        assert wrong.state.quality is same.state.quality is Quality.LIVE


def test_late_and_repeated_fixes_change_nothing_that_can_be_seen() -> None:
    ride = record("out of order", 1)
    tidy, newest = [], -1
    for one in ride.seen:
        if one.seq > newest:
            tidy.append(one)
            newest = one.seq
    assert len(tidy) < len(ride.seen) - 20
    assert frames_of("out of order") == drawn(replace(ride, seen=tuple(tidy)))


def test_a_gap_is_bridged_and_a_tunnel_admitted() -> None:
    gap, tunnel = (
        list(dict.fromkeys(f.state.quality for f in frames_of(kind))) for kind in ("gap", "tunnel")
    )
    assert gap == [Quality.LIVE, Quality.AGEING, Quality.STALE]
    assert tunnel == [Quality.LIVE, Quality.AGEING, Quality.STALE, Quality.HIDDEN]
    assert frames_of("tunnel")[-1].state.quality is Quality.LIVE


def test_another_courier_fades_in_where_they_are() -> None:
    ride = record("swapped", 1)
    begins = next(f for f in frames_of("swapped") if f.state.leaving)
    first = next(s.heard_at for s in ride.seen if s.rider == 1)
    assert begins.now == pytest.approx(first, abs=0.1)
    second = next(s for s in ride.seen if s.rider == 1)
    assert distance_m(begins.state.at, second.at) < 15 and begins.state.leaving is not None
    assert distance_m(begins.state.leaving.at, begins.state.at) > 100
    faded = [f for f in frames_of("swapped") if f.state.leaving]
    assert faded[-1].now - faded[0].now == pytest.approx(FADE_S, abs=0.1)


def test_off_the_route_the_marker_waits_and_then_follows_the_new_way() -> None:
    ride, frames = record("off route", 1), frames_of("off route")
    waits = [k for k, f in enumerate(frames) if f.state.off_route]
    assert waits, "the courier never left the way"
    errors = [distance_m(f.state.at, ride.true(f.now)) for f in frames[waits[-1] :]]
    assert errors[0] > 30 and sorted(errors)[len(errors) // 2] < 12


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
    assert motion.fix(position(91, last - 5, points[0]), last - 5) is FixVerdict.LATE
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
    frames = [f for f in (motion.state(now + k / FPS) for k in range(2 * FPS)) if f]
    assert all(distance_m(f.at, away) < 25 for f in frames)
    fading = [f.leaving for f in frames if f.leaving]
    assert all(distance_m(f.at, before.at) < 0.01 for f in fading)
    assert [f.share for f in fading] == sorted((f.share for f in fading), reverse=True)
    assert fading[0].share == 1 and fading[-1].share < 0.1 and frames[-1].leaving is None
    assert not frames[-1].off_route
    assert motion.fix(position(110, now + 2.5, frames[-1].at), now + 2.5) is FixVerdict.TAKEN


def test_a_new_way_along_the_same_street_is_ridden_on_without_a_sign() -> None:
    motion, last = ridden()
    before = motion.state(last + 1)
    points, _ = route()
    assert before is not None
    motion.reroute([before.at, *points[1:3], points[7]], [0, 10, 60, 200], last + 1)
    frames = [f for f in (motion.state(last + 1 + k / FPS) for k in range(FPS)) if f]
    assert all(f.leaving is None for f in frames)
    assert distance_m(frames[0].at, before.at) < 0.6
    assert max(distance_m(a.at, b.at) for a, b in pairwise(frames)) < 0.6


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
