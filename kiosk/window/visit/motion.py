"""Where the courier is drawn: a filter along the route, and a follower that never turns back.

Fixes come every three seconds or so, with errors, gaps and delays; the marker moves every frame.
All times are monotonic seconds of this machine; the phone's own clock is only compared with
itself.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kiosk.contract.delivery import PositionFix
from kiosk.shop.geo import Point
from kiosk.window.visit.routeline import RouteLine

LIVE_S = 6.0
STALE_S = 15.0
HIDDEN_S = 60.0
RECKON_S = 12.0  # the longest dead reckoning
WORST_ACCURACY_M = 60.0
OFF_ROUTE_AFTER = 3  # fixes in a row away from the route
_HALO_GROWTH_MPS = 2.0
_CROSS_FADE_S = 1.0


class Quality(StrEnum):
    """`ageing` is dead reckoning, `stale` is drawn grey, `hidden` not at all."""

    LIVE = "live"
    AGEING = "ageing"
    STALE = "stale"
    HIDDEN = "hidden"


class FixVerdict(StrEnum):
    TAKEN = "taken"
    DUPLICATE = "duplicate"
    LATE = "late"
    INACCURATE = "inaccurate"
    OUTLIER = "outlier"
    OFF_ROUTE = "off_route"


@dataclass(frozen=True, slots=True)
class MarkerState:
    """`heading_deg` is None while unknown; `travelled_m` is None off any route.

    `off_route`: the last fixes lie away from the route; ask for a new one.
    """

    at: Point
    heading_deg: float | None
    accuracy_m: float
    age_s: float
    quality: Quality
    travelled_m: float | None = None
    off_route: bool = False


@dataclass(frozen=True, slots=True)
class Tuning:
    """`acceleration` is the filter's process noise in m²/s³, `pull` the follower's rate in 1/s."""

    max_speed_mps: float = 12.0
    acceleration: float = 0.8
    pull: float = 1.1


RIDE = Tuning()
# The demonstration rides several times as fast as a bike.
SIMULATED = Tuning(max_speed_mps=300.0, acceleration=120.0, pull=2.0)


class RouteFilter:
    """A Kalman filter of distance and speed along a route."""

    def __init__(self, route: RouteLine, tuning: Tuning = RIDE) -> None:
        self.route = route
        self._tuning = tuning
        self.s = 0.0
        self.v = 0.0
        self._var_s, self._cov, self._var_v = 400.0, 0.0, 4.0
        self._t: float | None = None
        self.last_fix: float | None = None
        self._misses = 0

    @property
    def off_route(self) -> bool:
        return self._misses >= OFF_ROUTE_AFTER

    def fix(self, t: float, at: Point, accuracy_m: float) -> FixVerdict:
        """Take a fix made at `t`; says why it was not taken."""
        if accuracy_m > WORST_ACCURACY_M:
            return FixVerdict.INACCURATE
        if self._t is None or self.last_fix is None:
            return self._begin(t, at, accuracy_m)
        if t <= self.last_fix:
            return FixVerdict.LATE
        dt = max(t - self.last_fix, 0.5)
        slack = 3 * max(accuracy_m, 8.0)
        reach = self.s + self._tuning.max_speed_mps * dt + slack
        z, away = self.route.project(self.route.to_xy(at), self.s - slack - 10, reach)
        if away > max(35.0, 3 * accuracy_m):
            return self._miss()
        if t > self._t:
            self._predict(t)
        else:
            z += self.v * (self._t - t)
        if not self._update(z, max(accuracy_m, 4.0) ** 2):
            return self._miss()
        self._misses = 0
        self.last_fix = t
        return FixVerdict.TAKEN

    def ahead(self, now: float) -> float:
        """Where the courier is by dead reckoning, at most RECKON_S far."""
        if self._t is None:
            return self.s
        dt = min(max(now - self._t, 0.0), RECKON_S)
        return min(self.s + self.v * dt, self.route.length_m)

    def _begin(self, t: float, at: Point, accuracy_m: float) -> FixVerdict:
        s, away = self.route.project(self.route.to_xy(at))
        if away > max(80.0, 3 * accuracy_m):
            return self._miss()
        self.s, self._t, self.last_fix = s, t, t
        self._var_s = max(accuracy_m, 4.0) ** 2
        self._misses = 0
        return FixVerdict.TAKEN

    def _miss(self) -> FixVerdict:
        self._misses += 1
        return FixVerdict.OFF_ROUTE if self.off_route else FixVerdict.OUTLIER

    def _predict(self, t: float) -> None:
        assert self._t is not None and self.last_fix is not None  # noqa: S101
        dt, q = t - self._t, self._tuning.acceleration
        self.s = min(self.s + self.v * dt, self.route.length_m)
        if t - self.last_fix > LIVE_S:  # a long silence: nobody rides straight on for ever
            self.v *= math.exp(-dt / 25)
        self._var_s += dt * (2 * self._cov + dt * self._var_v) + q * dt**3 / 3
        self._cov += dt * self._var_v + q * dt * dt / 2
        self._var_v += q * dt
        self._t = t

    def _update(self, z: float, noise: float) -> bool:
        innovation, spread = z - self.s, self._var_s + noise
        if innovation * innovation > 16 * spread:
            return False
        gain_s, gain_v = self._var_s / spread, self._cov / spread
        self.s = min(max(self.s + gain_s * innovation, 0.0), self.route.length_m)
        self.v = min(max(self.v + gain_v * innovation, 0.0), self._tuning.max_speed_mps)
        self._var_v -= gain_v * self._cov
        self._cov *= 1 - gain_s
        self._var_s *= 1 - gain_s
        return True


class Follower:
    """What is drawn: pulled towards the filter, critically damped, never backwards."""

    CUT_M = 150.0  # too far behind to be ridden: jump

    def __init__(self, tuning: Tuning = RIDE) -> None:
        self._tuning = tuning
        self._cut_m = max(self.CUT_M, 4 * tuning.max_speed_mps)
        self.s: float | None = None
        self._v = 0.0
        self._t = 0.0

    def follow(self, target: float, speed: float, now: float) -> float:
        """Metres along the route at `now`. Only a cut goes back."""
        if self.s is None or abs(target - self.s) > self._cut_m:
            self.s, self._v, self._t = target, speed, now
            return self.s
        left = min(max(now - self._t, 0.0), 2.0)
        self._t = max(now, self._t)
        pull = self._tuning.pull
        while left > 0:
            dt = min(left, 1 / 30)
            a = pull * pull * (target - self.s) + 2 * pull * (speed - self._v)
            self._v = min(max(self._v + a * dt, 0.0), self._tuning.max_speed_mps * 1.6)
            self.s += self._v * dt
            left -= dt
        return self.s


class CourierMotion:
    """Takes fixes as they come, gives the marker for any moment.

    Without a route (fewer than two points) the marker glides from fix to fix.
    """

    def __init__(
        self, route: Sequence[Point], route_s: Sequence[float], *, simulated: bool = False
    ) -> None:
        self._tuning = SIMULATED if simulated else RIDE
        self._seq = -1
        self._clock_gap: float | None = None  # least seen: monotonic minus the phone's clock
        self._last: tuple[float, Point, float] | None = None  # time, place, accuracy
        self._raw_heading: float | None = None
        self._shown: Point | None = None
        self._shown_at = 0.0
        self._fade: tuple[float, Point] | None = None
        self._set_route(route, route_s)

    def _set_route(self, route: Sequence[Point], route_s: Sequence[float]) -> None:
        try:
            line = RouteLine(route, route_s)
        except ValueError:
            self._filter: RouteFilter | None = None
        else:
            self._filter = RouteFilter(line, self._tuning)
        self._follower = Follower(self._tuning)

    def reroute(self, route: Sequence[Point], route_s: Sequence[float], now: float) -> None:
        """Ride on along another route; the marker glides over within a second."""
        if self._shown is not None:
            self._fade = (now, self._shown)
        self._set_route(route, route_s)
        if self._filter is not None and self._last is not None:
            self._filter.fix(*self._last)

    def fix(self, fix: PositionFix, now: float) -> FixVerdict:
        """Take a fix that has arrived at `now`; says why it was not taken."""
        if fix.seq <= self._seq:
            return FixVerdict.DUPLICATE
        self._seq = fix.seq
        t = self._time_of(fix, now)
        at = Point(fix.lat, fix.lon)
        if fix.accuracy_m > WORST_ACCURACY_M:
            return FixVerdict.INACCURATE
        if self._last is not None and t <= self._last[0]:
            return FixVerdict.LATE
        self._last = (t, at, fix.accuracy_m)
        self._raw_heading = fix.heading_deg
        if self._filter is None:
            return FixVerdict.TAKEN
        return self._filter.fix(t, at, fix.accuracy_m)

    def _time_of(self, fix: PositionFix, now: float) -> float:
        """When the fix was made. The quickest fix so far tells how the two clocks differ."""
        gap = now - fix.fix_time.timestamp()
        if self._clock_gap is None or gap < self._clock_gap:
            self._clock_gap = gap
        return fix.fix_time.timestamp() + self._clock_gap

    def state(self, now: float) -> MarkerState | None:
        """The marker at `now`; None until there is something to show."""
        if self._last is None:
            return None
        heading: float | None
        travelled: float | None
        if self._filter is not None and self._filter.last_fix is not None:
            age = max(now - self._filter.last_fix, 0.0)
            at, heading, travelled = self._along(self._filter, now)
            off = self._filter.off_route
        else:
            age = max(now - self._last[0], 0.0)
            at, heading, travelled = self._glide(now), self._raw_heading, None
            off = self._filter is not None and self._filter.off_route
        accuracy = self._last[2]
        if age > LIVE_S:
            accuracy += _HALO_GROWTH_MPS * (min(age, STALE_S) - LIVE_S)
        at = self._cross_fade(at, now)
        self._shown, self._shown_at = at, now
        return MarkerState(at, heading, accuracy, age, quality_of(age), travelled, off)

    def _along(self, along: RouteFilter, now: float) -> tuple[Point, float, float]:
        target = along.ahead(now)
        age = now - (along.last_fix or now)
        speed = along.v if age < RECKON_S and target < along.route.length_m else 0.0
        s = min(self._follower.follow(target, speed, now), along.route.length_m)
        return along.route.to_point(along.route.at(s)), along.route.heading_deg(s), s

    def _glide(self, now: float) -> Point:
        assert self._last is not None  # noqa: S101
        goal = self._last[1]
        if self._shown is None:
            return goal
        share = 1 - math.exp(-max(now - self._shown_at, 0.0) / 1.2)
        return _between(self._shown, goal, share)

    def _cross_fade(self, at: Point, now: float) -> Point:
        if self._fade is None:
            return at
        began, old = self._fade
        share = (now - began) / _CROSS_FADE_S
        if share >= 1:
            self._fade = None
            return at
        return _between(old, at, share * share * (3 - 2 * share))


def quality_of(age_s: float) -> Quality:
    """How a marker whose newest fix is `age_s` old may be shown."""
    if age_s <= LIVE_S:
        return Quality.LIVE
    if age_s <= STALE_S:
        return Quality.AGEING
    return Quality.STALE if age_s <= HIDDEN_S else Quality.HIDDEN


def _between(a: Point, b: Point, share: float) -> Point:
    return Point(a.lat + (b.lat - a.lat) * share, a.lon + (b.lon - a.lon) * share)
