"""Recorded rides, made from a seed: a bike through the demonstration's quarter, and its phone.

The way, the corners and the red lights are those of the product's own simulated courier; what a
phone makes of them, and what becomes of it on the way here, is added in this file.
"""

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from kiosk.backoffice.ride import Ride
from kiosk.backoffice.routing import NoRouteError, Route, Router
from kiosk.contract.delivery import PositionFix
from kiosk.contract.mapfile import UNIT_M, MapFile
from kiosk.shop.geo import Point, distance_m
from kiosk.shop.phoneclock import PhoneClock

MAP = Path(__file__).resolve().parents[2] / "assets" / "demo_map" / "quartier.vmap"
EPOCH = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
EVERY_S = 3.0
KINDS = ("clean", "noisy", "tunnel", "gap", "out of order", "wrong clock", "swapped", "off route")
GAP_S = 22.0
TUNNEL_S = 75.0
_FAR_M = (900.0, 1_400.0)  # of the doors from the shop
_KEPT = 0.85  # of a GPS error from one fix to the next: it drifts more than it jumps


@dataclass(frozen=True, slots=True)
class Seen:
    """What a phone saw `made_at` seconds after the start, and when the back office `heard_at` it.

    `clock` is what the phone's own clock was wrong by.
    """

    seq: int
    made_at: float
    heard_at: float
    at: Point
    accuracy_m: float
    speed_mps: float
    heading_deg: float
    clock: float = 0.0
    rider: int = 0


@dataclass(frozen=True, slots=True)
class Recorded:
    """`route` is what was planned, `true` where the courier was, seconds after the start."""

    kind: str
    route: Route
    true: Callable[[float], Point]
    duration_s: float
    seen: tuple[Seen, ...]

    def heard(self) -> Iterator[tuple[float, PositionFix]]:
        """Each fix with the second at which it is told, its age as the back office knows it.

        What is not newer than the last one is told all the same: the receiver must not mind.
        """
        clocks: dict[int, PhoneClock] = {}
        newest = (-1, -1)
        for seen in self.seen:
            fix_time = EPOCH + timedelta(seconds=seen.made_at + seen.clock)
            received = EPOCH + timedelta(seconds=seen.heard_at)
            clock = clocks.setdefault(seen.rider, PhoneClock())
            fix = PositionFix(
                seq=seen.seq,
                fix_time=fix_time,
                received_at=received,
                lat=seen.at.lat,
                lon=seen.at.lon,
                accuracy_m=round(seen.accuracy_m, 1),
                speed_mps=round(seen.speed_mps, 2),
                heading_deg=round(seen.heading_deg, 1),
                rider=seen.rider,
            )
            age = 0.0
            if (seen.rider, seen.seq) > newest:
                newest = (seen.rider, seen.seq)
                age = clock.age_s(fix_time.timestamp(), received.timestamp())
            yield seen.heard_at, fix.model_copy(update={"age_s": round(max(age, 0.0), 3)})


@lru_cache(maxsize=1)
def quarter() -> tuple[MapFile, Router]:
    map_file = MapFile.load(MAP)
    return map_file, Router(map_file)


def record(kind: str, seed: int) -> Recorded:
    """One of KINDS. Raises ValueError for another kind."""
    if kind not in KINDS:
        raise ValueError(f"no such ride: {kind}; there are {', '.join(KINDS)}")
    rng = random.Random(f"{kind}/{seed}")  # noqa: S311 - a simulation
    planned, ridden = _ways(rng, detour=kind == "off route")
    ride = Ride(ridden.points, ridden.crossings, rng)
    sigma, faulty = (6.0, True) if kind == "noisy" else (3.0, False)
    seen = list(_phone(ride, rng, sigma, faulty=faulty))
    seen = _on_the_way(kind, seen, ride, rng)
    seen.sort(key=lambda one: one.heard_at)
    return Recorded(kind, planned, lambda t: ride.at(t).at, ride.duration_s, tuple(seen))


def _ways(rng: random.Random, *, detour: bool) -> tuple[Route, Route]:
    """The way that was planned, and the one that is ridden: from a third of it on by other streets,
    somewhat longer.
    """
    map_file, router = quarter()
    shop = map_file.meta.centre
    while True:
        door, planned = _door(map_file, router, shop, rng)
        if not detour:
            return planned, planned
        leaves = len(planned.points) // 3
        left = planned.seconds[-1] - planned.seconds[leaves]
        for _ in range(60):
            aside, there = _door(map_file, router, planned.points[leaves], rng, (150.0, 500.0))
            beside = min(distance_m(aside, p) for p in planned.points)
            onward = router.route(aside, door)
            if beside > 120 and there.seconds[-1] + onward.seconds[-1] < 1.35 * left:
                points = (*planned.points[:leaves], *there.points, *onward.points)
                return planned, Route(points, tuple(float(k) for k in range(len(points))), 0.0)


def _door(
    map_file: MapFile,
    router: Router,
    start: Point,
    rng: random.Random,
    far: tuple[float, float] = _FAR_M,
) -> tuple[Point, Route]:
    doors = map_file.addresses
    while True:
        k = rng.randrange(len(doors.x))
        door = map_file.projection.to_point(doors.x[k] * UNIT_M, doors.y[k] * UNIT_M)
        if far[0] <= distance_m(start, door) <= far[1]:
            try:
                return door, router.route(start, door)
            except NoRouteError:
                continue


def _phone(ride: Ride, rng: random.Random, sigma: float, *, faulty: bool) -> Iterator[Seen]:
    """A fix about every 3 s. `faulty`: 4 % by reflection, not admitted; 3 % by mobile cell,
    admitted; 5 % late on the network.
    """
    east = north = 0.0
    t, seq = 1.0, 0
    fresh = sigma * math.sqrt(1 - _KEPT**2)
    while t < ride.duration_s:
        moment = ride.at(t)
        east, north = (_KEPT * e + rng.gauss(0, fresh) for e in (east, north))
        dx, dy, accuracy = east, north, sigma * rng.uniform(0.8, 1.6)
        if faulty and rng.random() < 0.04:
            dx, dy = rng.gauss(0, 55), rng.gauss(0, 55)
        if faulty and rng.random() < 0.03:
            accuracy, dx, dy = rng.uniform(70, 200), rng.gauss(0, 90), rng.gauss(0, 90)
        late = rng.gammavariate(2, 0.25)
        if faulty and rng.random() < 0.05:
            late += rng.uniform(3, 9)
        speed = max(0.0, moment.speed_mps + rng.gauss(0, 0.4))
        yield Seen(
            seq, t, t + late, _shifted(moment.at, dx, dy), accuracy, speed, moment.heading_deg
        )
        t += EVERY_S * rng.uniform(0.9, 1.15)
        seq += 1


def _on_the_way(kind: str, seen: list[Seen], ride: Ride, rng: random.Random) -> list[Seen]:
    """What becomes of the fixes between the phone and the back office."""
    begin = 0.45 * ride.duration_s
    match kind:
        case "noisy" | "gap":
            return [one for one in seen if not begin < one.made_at < begin + GAP_S]
        case "tunnel":
            end = begin + TUNNEL_S
            return [
                replace(one, heard_at=end + 0.01 * (one.made_at - begin))
                if begin < one.made_at < end
                else one
                for one in seen
            ]
        case "out of order":
            late = [
                replace(one, heard_at=one.heard_at + rng.uniform(4, 12))
                if rng.random() < 0.2
                else one
                for one in seen
            ]
            again = [replace(one, heard_at=one.heard_at + 7.0) for one in late[::5]]
            return late + again
        case "wrong clock":
            return [replace(one, clock=_wrong(one.made_at, begin)) for one in seen]
        case "swapped":
            return [_second(one, begin, ride) for one in seen]
    return seen


def _wrong(t: float, begin: float) -> float:
    """A day slow; then it stands still for half a minute, and is put an hour forward, and back."""
    if t < begin:
        return -86_400.0
    if t < begin + 30:
        return -86_400.0 - (t - begin)
    return 3_600.0 if t < begin + 90 else -5.0


def _second(one: Seen, begin: float, ride: Ride) -> Seen:
    """From `begin` on another courier, 100 s behind the first, with another phone."""
    if one.made_at < begin:
        return one
    moment = ride.at(one.made_at - 100)
    seq = int((one.made_at - begin) / 2)
    return replace(one, seq=seq, at=moment.at, speed_mps=moment.speed_mps, rider=1)


def _shifted(at: Point, east_m: float, north_m: float) -> Point:
    k = math.degrees(1 / 6_371_008.8)
    return Point(at.lat + north_m * k, at.lon + east_m * k / math.cos(math.radians(at.lat)))
