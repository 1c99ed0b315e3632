"""Where on the way to the door a courier is: a Kalman filter of distance and speed along it.

The back office asks it for the arrival time, the glass and the phone for the marker's place. All
times are seconds of one clock of whoever asks, never of the courier's phone.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kiosk.shop.geo import Point
from kiosk.shop.routeline import RouteLine

LIVE_S = 6.0
RECKON_S = 12.0  # the longest dead reckoning
DOUBT_RECKON_S = 3.0  # and the longest while the latest fixes lie beside the way
WORST_ACCURACY_M = 60.0
OFF_ROUTE_AFTER = 3  # fixes in a row away from the route
_BESIDE_M = 35.0  # from a street's middle: both pavements and a square's edge
_BEGIN_BESIDE_M = 80.0  # a first fix, indoors at the counter
_SPEED_SIGMA_MPS = 1.0  # of a phone's speed by Doppler; at worst, with noisy satellites
_SLOWING_S = 25.0  # over which a courier is taken to slow down once nothing is heard


class FixVerdict(StrEnum):
    TAKEN = "taken"
    DUPLICATE = "duplicate"
    LATE = "late"
    INACCURATE = "inaccurate"
    OUTLIER = "outlier"
    OFF_ROUTE = "off_route"


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
    """`s` metres and `v` metres a second along `route`; `last_fix` is when the last one was made
    that was taken.
    """

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

    @property
    def asks_for_route(self) -> bool:
        """Whether the latest fix is the third, the sixth, … in a row beside the route."""
        return self.off_route and self._misses % OFF_ROUTE_AFTER == 0

    @property
    def state(self) -> list[float]:
        """What `resume` needs to go on."""
        if self._t is None or self.last_fix is None:
            return [float(self._misses)]
        return [self.s, self.v, self._var_s, self._cov, self._var_v,
                self._t, self.last_fix, float(self._misses)]  # fmt: skip

    def resume(self, state: Sequence[float]) -> None:
        """Go on where a filter of the same route stood; empty is one that knows nothing."""
        if len(state) > 1:
            (self.s, self.v, self._var_s, self._cov, self._var_v,
             self._t, self.last_fix, _) = state  # fmt: skip
        self._misses = int(state[-1]) if state else 0

    def fix(
        self, t: float, at: Point, accuracy_m: float, speed_mps: float | None = None
    ) -> FixVerdict:
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
        if away > max(_BESIDE_M, 3 * accuracy_m):
            return self._miss(t, at, accuracy_m)
        if t > self._t:
            self._predict(t)
        else:
            z += self.v * (self._t - t)
        if not self._update(z, max(accuracy_m, 4.0) ** 2):
            return self._miss(t, at, accuracy_m)
        if speed_mps is not None:
            self._update_speed(speed_mps)
        self._misses = 0
        self.last_fix = t
        return FixVerdict.TAKEN

    def ahead(self, now: float) -> float:
        """Where the courier is by dead reckoning, at most RECKON_S far."""
        if self._t is None:
            return self.s
        # Who has just turned off should not be drawn far beyond the corner.
        longest = DOUBT_RECKON_S if self._misses > 1 else RECKON_S
        dt = min(max(now - self._t, 0.0), longest)
        return min(self.s + self.v * dt, self.route.length_m)

    def _begin(self, t: float, at: Point, accuracy_m: float) -> FixVerdict:
        s, away = self.route.project(self.route.to_xy(at))
        if away > max(_BEGIN_BESIDE_M, 3 * accuracy_m):
            self._misses += 1
            return self._verdict()
        self._stand(s, t, accuracy_m)
        return FixVerdict.TAKEN

    def _stand(self, s: float, t: float, accuracy_m: float) -> None:
        self.s, self.v, self._t, self.last_fix = s, 0.0, t, t
        self._var_s, self._cov, self._var_v = max(accuracy_m, 4.0) ** 2, 0.0, 4.0
        self._misses = 0

    def _miss(self, t: float, at: Point, accuracy_m: float) -> FixVerdict:
        self._misses += 1
        if self.off_route:
            # Perhaps on the route all the same, further on: by a short cut. Who rides back on it
            # needs another one.
            s, away = self.route.project(self.route.to_xy(at), self.s - 3 * max(accuracy_m, 8.0))
            if away <= max(_BESIDE_M, 3 * accuracy_m):
                self._stand(s, t, accuracy_m)
                return FixVerdict.TAKEN
        return self._verdict()

    def _verdict(self) -> FixVerdict:
        return FixVerdict.OFF_ROUTE if self.off_route else FixVerdict.OUTLIER

    def _predict(self, t: float) -> None:
        assert self._t is not None and self.last_fix is not None  # noqa: S101
        dt, q = t - self._t, self._tuning.acceleration
        self.s = min(self.s + self.v * dt, self.route.length_m)
        if t - self.last_fix > LIVE_S:  # a long silence: nobody rides straight on for ever
            self.v *= math.exp(-dt / _SLOWING_S)
        self._var_s += dt * (2 * self._cov + dt * self._var_v) + q * dt**3 / 3
        self._cov += dt * self._var_v + q * dt * dt / 2
        self._var_v += q * dt
        self._t = t

    def _update(self, z: float, noise: float) -> bool:
        innovation, spread = z - self.s, self._var_s + noise
        if innovation * innovation > 16 * spread:
            return False
        gain_s, gain_v = self._var_s / spread, self._cov / spread
        self._correct(gain_s * innovation, gain_v * innovation)
        self._var_v -= gain_v * self._cov
        self._cov *= 1 - gain_s
        self._var_s *= 1 - gain_s
        return True

    def _update_speed(self, speed_mps: float) -> None:
        innovation = min(speed_mps, self._tuning.max_speed_mps) - self.v
        spread = self._var_v + _SPEED_SIGMA_MPS**2
        gain_s, gain_v = self._cov / spread, self._var_v / spread
        self._correct(gain_s * innovation, gain_v * innovation)
        self._var_s -= gain_s * self._cov
        self._cov *= 1 - gain_v
        self._var_v *= 1 - gain_v

    def _correct(self, metres: float, speed: float) -> None:
        self.s = min(max(self.s + metres, 0.0), self.route.length_m)
        self.v = min(max(self.v + speed, 0.0), self._tuning.max_speed_mps)


class Follower:
    """What is drawn: pulled towards the filter, critically damped, never backwards."""

    CUT_M = 150.0  # too far behind to be ridden

    def __init__(self, tuning: Tuning = RIDE) -> None:
        self._tuning = tuning
        self._cut_m = max(self.CUT_M, 4 * tuning.max_speed_mps)
        self.s: float | None = None
        self._v = 0.0
        self._t = 0.0

    def cuts(self, target: float) -> bool:
        """Whether `follow` would put the marker elsewhere: one fades into the other."""
        return self.s is not None and abs(target - self.s) > self._cut_m

    def stand(self, s: float, now: float) -> None:
        """Be at `s`, at rest."""
        self.s, self._v, self._t = s, 0.0, now

    def follow(self, target: float, speed: float, now: float) -> float:
        """Metres along the route at `now`. Only a cut goes back."""
        if self.s is None or self.cuts(target):
            self.s, self._v, self._t = target, speed, now
            return self.s
        left = min(max(now - self._t, 0.0), 2.0)
        self._t = max(now, self._t)
        pull = self._tuning.pull
        while left > 0:
            dt = min(left, 1 / 30)
            a = pull * pull * (target - self.s) + 2 * pull * (speed - self._v)
            self._v = min(max(self._v + a * dt, 0.0), self._tuning.max_speed_mps * 1.4)
            self.s += self._v * dt
            left -= dt
        return self.s
