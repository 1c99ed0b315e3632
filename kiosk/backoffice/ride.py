"""How a bike rides a route: it slows down for corners and waits at some lights."""

import math
import random
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from kiosk.shop.geo import EARTH_RADIUS_M, Point

_STEP_M = 2.0
_CRUISE_MPS = 5.3
_CREEP_MPS = 0.8  # the slowest that a step is ridden at
_SPEED_UP = 0.9  # m/s²
_BRAKE = 1.3
_LIGHT_EVERY = 5  # about one crossing in so many is red
_WAIT_S = (6.0, 22.0)


@dataclass(frozen=True, slots=True)
class Moment:
    at: Point
    heading_deg: float
    speed_mps: float


class Ride:
    """One ride of `points`; `crossings` are indices of points where a light may be red."""

    def __init__(
        self, points: Sequence[Point], crossings: Sequence[int], rng: random.Random
    ) -> None:
        origin = points[0]
        ky = math.radians(1) * EARTH_RADIUS_M
        kx = ky * math.cos(math.radians(origin.lat))
        self._to_point: Callable[[float, float], Point] = lambda x, y: Point(
            origin.lat + y / ky, origin.lon + x / kx
        )
        self._xy = [((p.lon - origin.lon) * kx, (p.lat - origin.lat) * ky) for p in points]
        self._s = list(accumulate((math.dist(a, b) for a, b in pairwise(self._xy)), initial=0.0))
        red = {k for k in crossings if self._s[k] > 30 and rng.randrange(_LIGHT_EVERY) == 0}
        self._profile(red, rng)

    @property
    def duration_s(self) -> float:
        return self._times[-1]

    @property
    def metres(self) -> float:
        return self._s[-1]

    def at(self, seconds: float) -> Moment:
        """Where the rider is so many seconds after the start, clamped to the ride."""
        t = min(max(seconds, 0.0), self.duration_s)
        i = min(max(bisect_right(self._times, t) - 1, 0), len(self._times) - 2)
        waits = self._waits.get(i, 0.0)
        span = self._times[i + 1] - self._times[i] - waits
        u = min(max((t - self._times[i] - waits) / span, 0.0), 1.0) if span > 0 else 1.0
        s = min((i + u) * self._step, self.metres)
        standing = t - self._times[i] < waits or t in (0.0, self.duration_s)
        speed = 0.0 if standing else self._speeds[i]
        return Moment(self._to_point(*self._place(s)), self._heading(s), speed)

    def _profile(self, red: set[int], rng: random.Random) -> None:
        """Speeds and times every step of about two metres: brake backwards, speed up forwards."""
        count = max(2, math.ceil(self.metres / _STEP_M))
        self._step = self.metres / count
        limit = [
            min(_CRUISE_MPS * (1 + 0.1 * math.sin(k * self._step / 70)), self._corner(k))
            for k in range(count + 1)
        ]
        self._waits: dict[int, float] = {}
        for k in red:
            at = min(max(round(self._s[k] / self._step) - 3, 0), count - 1)
            limit[at] = _CREEP_MPS
            self._waits[at] = rng.uniform(*_WAIT_S)
        limit[0] = limit[-1] = _CREEP_MPS
        for k in range(count - 1, -1, -1):
            limit[k] = min(limit[k], math.sqrt(limit[k + 1] ** 2 + 2 * _BRAKE * self._step))
        for k in range(1, count + 1):
            limit[k] = min(limit[k], math.sqrt(limit[k - 1] ** 2 + 2 * _SPEED_UP * self._step))
        self._speeds = [max((a + b) / 2, _CREEP_MPS) for a, b in pairwise(limit)]
        steps = (self._step / v + self._waits.get(k, 0.0) for k, v in enumerate(self._speeds))
        self._times = list(accumulate(steps, initial=0.0))

    def _corner(self, k: int) -> float:
        """How fast the bend at step `k` may be ridden."""
        s = k * self._step
        before, after = self._heading(s - 5, 4), self._heading(s + 5, 4)
        turn = abs((after - before + 180) % 360 - 180)
        return _CRUISE_MPS if turn < 12 else max(1.9, _CRUISE_MPS * (1 - turn / 110))

    def _place(self, s: float) -> tuple[float, float]:
        s = min(max(s, 0.0), self.metres)
        i = min(max(bisect_right(self._s, s) - 1, 0), len(self._s) - 2)
        span = self._s[i + 1] - self._s[i]
        u = (s - self._s[i]) / span if span > 0 else 0.0
        (x0, y0), (x1, y1) = self._xy[i], self._xy[i + 1]
        return x0 + (x1 - x0) * u, y0 + (y1 - y0) * u

    def _heading(self, s: float, reach: float = 3.0) -> float:
        x0, y0 = self._place(s - reach)
        x1, y1 = self._place(s + reach)
        return math.degrees(math.atan2(x1 - x0, y1 - y0)) % 360
