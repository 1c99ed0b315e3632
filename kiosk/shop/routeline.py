"""A route as a line that can be measured along. Metres on a plane, seconds of riding."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise

from kiosk.shop.geo import EARTH_RADIUS_M, Point

_HEADING_REACH_M = 6.0  # a heading looks this far back and ahead, so that corners are turned


class RouteLine:
    """`points` with `seconds` from the start of each; raises ValueError below two places."""

    def __init__(self, points: Sequence[Point], seconds: Sequence[float]) -> None:
        kept = [0, *(i for i in range(1, len(points)) if points[i] != points[i - 1])]
        if len(points) < 2 or len(kept) < 2:
            raise ValueError("a route leads from one place to another")
        self._origin = points[0]
        self._ky = math.radians(1) * EARTH_RADIUS_M
        self._kx = self._ky * math.cos(math.radians(points[0].lat))
        self._xy = [self.to_xy(points[i]) for i in kept]
        steps = [math.dist(a, b) for a, b in pairwise(self._xy)]
        self._s = list(accumulate(steps, initial=0.0))
        whole = len(seconds) == len(points)
        self._t = [seconds[i] for i in kept] if whole else [s / 4.2 for s in self._s]

    @property
    def length_m(self) -> float:
        return self._s[-1]

    @property
    def duration_s(self) -> float:
        return self._t[-1] - self._t[0]

    def to_xy(self, point: Point) -> tuple[float, float]:
        return (point.lon - self._origin.lon) * self._kx, (point.lat - self._origin.lat) * self._ky

    def to_point(self, xy: tuple[float, float]) -> Point:
        return Point(self._origin.lat + xy[1] / self._ky, self._origin.lon + xy[0] / self._kx)

    def at(self, s: float) -> tuple[float, float]:
        """The place `s` metres from the start, clamped to the ends."""
        s = min(max(s, 0.0), self.length_m)
        i = min(max(bisect_right(self._s, s) - 1, 0), len(self._s) - 2)
        u = (s - self._s[i]) / (self._s[i + 1] - self._s[i])
        (x0, y0), (x1, y1) = self._xy[i], self._xy[i + 1]
        return x0 + (x1 - x0) * u, y0 + (y1 - y0) * u

    def seconds_at(self, s: float) -> float:
        """Riding time from the start to `s`."""
        s = min(max(s, 0.0), self.length_m)
        i = min(max(bisect_right(self._s, s) - 1, 0), len(self._s) - 2)
        u = (s - self._s[i]) / (self._s[i + 1] - self._s[i])
        return self._t[i] + (self._t[i + 1] - self._t[i]) * u - self._t[0]

    def heading_deg(self, s: float) -> float:
        """Degrees clockwise from north."""
        x0, y0 = self.at(s - _HEADING_REACH_M)
        x1, y1 = self.at(s + _HEADING_REACH_M)
        return math.degrees(math.atan2(x1 - x0, y1 - y0)) % 360

    def project(
        self, xy: tuple[float, float], low: float = 0.0, high: float = math.inf
    ) -> tuple[float, float]:
        """The nearest place between `low` and `high`: (metres from the start, metres away)."""
        best = (min(max(low, 0.0), self.length_m), math.inf)
        px, py = xy
        for i, ((x0, y0), (x1, y1)) in enumerate(pairwise(self._xy)):
            start, end = self._s[i], self._s[i + 1]
            if end < low or start > high:
                continue
            dx, dy = x1 - x0, y1 - y0
            u = ((px - x0) * dx + (py - y0) * dy) / (dx * dx + dy * dy)
            length = end - start
            u = min(max(u, 0.0, (low - start) / length), 1.0, (high - start) / length)
            away = math.hypot(x0 + dx * u - px, y0 + dy * u - py)
            if away < best[1]:
                best = (start + length * u, away)
        return best
