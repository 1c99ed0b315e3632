"""Where the courier is drawn: a filter along the route, and a follower that never turns back.

Fixes come every three seconds or so, with errors, gaps and delays; the marker moves every frame.
All times are monotonic seconds of this machine: what its wall clock says, or the phone's, moves
nothing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kiosk.contract.delivery import PositionFix
from kiosk.shop.geo import Point, distance_m
from kiosk.shop.routefilter import (
    LIVE_S,
    RECKON_S,
    RIDE,
    SIMULATED,
    WORST_ACCURACY_M,
    FixVerdict,
    Follower,
    RouteFilter,
)
from kiosk.shop.routeline import RouteLine

STALE_S = 15.0
HIDDEN_S = 60.0
FADE_S = 1.0  # in which a marker that must be elsewhere fades out here and in there
_HALO_GROWTH_MPS = 2.0
_ON_IT_M = 0.5  # a marker so near a new way rides on along it
_PAST_M = 12.0  # unless that is where the way comes by later


class Quality(StrEnum):
    """`ageing` is dead reckoning, `stale` is drawn grey, `hidden` not at all."""

    LIVE = "live"
    AGEING = "ageing"
    STALE = "stale"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Leaving:
    """Where the marker still fades out: `share` of it is left, from 1 to 0."""

    at: Point
    share: float


@dataclass(frozen=True, slots=True)
class MarkerState:
    """`heading_deg` is None while unknown; `travelled_m` is None off any route.

    `off_route`: the last fixes lie away from the route; the marker waits for a new one.
    """

    at: Point
    heading_deg: float | None
    accuracy_m: float
    age_s: float
    quality: Quality
    travelled_m: float | None = None
    off_route: bool = False
    leaving: Leaving | None = None


class CourierMotion:
    """Takes fixes as they come, gives the marker for any moment.

    Without a route (fewer than two points) the marker glides from fix to fix.
    """

    def __init__(
        self, route: Sequence[Point], route_s: Sequence[float], *, simulated: bool = False
    ) -> None:
        self._tuning = SIMULATED if simulated else RIDE
        self._newest = (-1, -1)  # courier and number of the newest fix
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
        """Ride on along another route: from where the marker is, where that lies on it."""
        self._set_route(route, route_s)
        along, last = self._filter, self._last
        if along is not None and last is not None:
            along.fix(*last)
        if self._shown is None:
            return
        if along is not None and along.last_fix is not None:
            s, away = along.route.project(along.route.to_xy(self._shown))
            if away < _ON_IT_M and s <= along.s + _PAST_M:
                self._follower.stand(s, now)
                return
        self._fade = (now, self._shown)

    def fix(self, fix: PositionFix, made_at: float) -> FixVerdict:
        """Take a fix that was made at `made_at`; says why it was not taken."""
        if (fix.rider, fix.seq) <= self._newest:
            return FixVerdict.DUPLICATE
        if fix.rider != self._newest[0]:
            self._another_courier()
        self._newest = (fix.rider, fix.seq)
        at = Point(fix.lat, fix.lon)
        if fix.accuracy_m > WORST_ACCURACY_M:
            return FixVerdict.INACCURATE
        if self._last is not None and made_at <= self._last[0]:
            return FixVerdict.LATE
        self._last = (made_at, at, fix.accuracy_m)
        self._raw_heading = fix.heading_deg
        if self._filter is None:
            return FixVerdict.TAKEN
        return self._filter.fix(made_at, at, fix.accuracy_m, fix.speed_mps)

    def _another_courier(self) -> None:
        """Another one took over: elsewhere, and nothing of the first one's ride tells of this."""
        if self._shown is not None:
            self._fade = (self._shown_at, self._shown)
        self._last = self._shown = None
        if self._filter is not None:
            self._filter = RouteFilter(self._filter.route, self._tuning)
        self._follower = Follower(self._tuning)

    def state(self, now: float) -> MarkerState | None:
        """The marker at `now`; None until a fix is known that lies on the route."""
        if self._last is None:
            return None
        along = self._filter
        if along is None:
            age = max(now - self._last[0], 0.0)
            return self._drawn(self._glide(now), self._raw_heading, age, None, now)
        if along.last_fix is None:
            return None
        age = max(now - along.last_fix, 0.0)
        at, heading, travelled = self._along(along, now)
        return self._drawn(at, heading, age, travelled, now)

    def _drawn(
        self, at: Point, heading: float | None, age: float, travelled: float | None, now: float
    ) -> MarkerState:
        assert self._last is not None  # noqa: S101
        accuracy, quality = self._last[2], quality_of(age)
        if age > LIVE_S:
            accuracy += _HALO_GROWTH_MPS * (min(age, STALE_S) - LIVE_S)
        off = self._filter is not None and self._filter.off_route
        self._shown, self._shown_at = at, now
        leaving = self._leaving(at, now)
        if quality is Quality.HIDDEN:
            # Nobody sees it: it will come back where it then is.
            self._follower, self._shown, self._fade = Follower(self._tuning), None, None
            leaving = None
        return MarkerState(at, heading, accuracy, age, quality, travelled, off, leaving)

    def _along(self, along: RouteFilter, now: float) -> tuple[Point, float, float]:
        target = along.ahead(now)
        age = now - (along.last_fix or now)
        speed = along.v if age < RECKON_S and target < along.route.length_m else 0.0
        if self._follower.cuts(target) and self._shown is not None:
            self._fade = (now, self._shown)
        s = min(self._follower.follow(target, speed, now), along.route.length_m)
        return along.route.to_point(along.route.at(s)), along.route.heading_deg(s), s

    def _glide(self, now: float) -> Point:
        assert self._last is not None  # noqa: S101
        goal = self._last[1]
        if self._shown is None:
            return goal
        share = 1 - math.exp(-max(now - self._shown_at, 0.0) / 1.2)
        return _between(self._shown, goal, share)

    def _leaving(self, at: Point, now: float) -> Leaving | None:
        if self._fade is None:
            return None
        began, old = self._fade
        gone = (now - began) / FADE_S
        if gone >= 1 or distance_m(old, at) < 1:
            self._fade = None
            return None
        return Leaving(old, 1 - gone)


def quality_of(age_s: float) -> Quality:
    """How a marker whose newest fix is `age_s` old may be shown."""
    if age_s <= LIVE_S:
        return Quality.LIVE
    if age_s <= STALE_S:
        return Quality.AGEING
    return Quality.STALE if age_s <= HIDDEN_S else Quality.HIDDEN


def _between(a: Point, b: Point, share: float) -> Point:
    return Point(a.lat + (b.lat - a.lat) * share, a.lon + (b.lon - a.lon) * share)
