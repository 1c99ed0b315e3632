"""When a courier will be at the door: one clock time, said again only when it has changed for good.

What is left of the way takes the seconds that were planned for it, times the pace at which this
courier has ridden what lies behind: that holds the red lights too. Figures from five simulated
rides (benchmarks/live/report.json).
"""

import math
from collections.abc import Sequence

CHANGE_S = 50.0  # a published time stands while the estimate is no further from it
FOR_S = 15.0  # or has been for less than so long
FIRST_PACE = 1.3  # seconds ridden for each that a router counts: lights, corners, doors
_EASED = 0.12  # of a new estimate that each fix takes over
_SURE_S = 100.0  # of planned riding, for which the first pace counts
_REMEMBERED_S = 240.0  # of riding behind, of which the pace is made
_SLOWEST, _FASTEST = 2.5, 0.6  # times the first pace


class Arrival:
    """`published` is the clock time that people have been told, in epoch seconds like all others.

    `planned_left_s` is what the way still takes as planned, without a courier's own pace.
    """

    def __init__(self, state: Sequence[float | None] = ()) -> None:
        blank = (FIRST_PACE, 0.0, 0.0, math.nan, math.nan, math.nan, math.nan)
        given = tuple(math.nan if value is None else value for value in state)
        (self._first_pace, self._real_s, self._planned_s, self._end, self._off_since,
         self._at, self._left) = given if len(given) == len(blank) else blank  # fmt: skip

    @property
    def state(self) -> list[float | None]:
        """What another one goes on with, for JSON."""
        values = (self._first_pace, self._real_s, self._planned_s, self._end, self._off_since,
                  self._at, self._left)  # fmt: skip
        return [None if math.isnan(value) else value for value in values]

    @property
    def pace(self) -> float:
        """Seconds ridden for each that was planned."""
        ridden = self._first_pace * _SURE_S + self._real_s
        pace = ridden / (_SURE_S + self._planned_s)
        return min(max(pace, _FASTEST * self._first_pace), _SLOWEST * self._first_pace)

    def told(self, now: float, planned_left_s: float, published: float | None) -> float | None:
        """The time to publish now; None while what is published stands."""
        if math.isnan(self._at):
            if published is not None and published > now and planned_left_s > 1:
                self._first_pace = (published - now) / planned_left_s
        else:
            self._ridden(now - self._at, self._left - planned_left_s)
        self._at, self._left = now, planned_left_s
        estimate = now + planned_left_s * self.pace
        eased = self._end + _EASED * (estimate - self._end)
        self._end = estimate if math.isnan(self._end) else eased
        if published is None:
            return self._end
        if abs(self._end - published) <= CHANGE_S:
            self._off_since = math.nan
            return None
        if math.isnan(self._off_since):
            self._off_since = now
        if now - self._off_since < FOR_S:
            return None
        self._off_since = math.nan
        return self._end

    def rerouted(self) -> None:
        """Another way: what is left of it says nothing of what was ridden since the last fix."""
        self._left = math.nan

    def _ridden(self, real_s: float, planned_s: float) -> None:
        if real_s <= 0 or math.isnan(planned_s):
            return
        kept = math.exp(-real_s / _REMEMBERED_S)
        self._real_s = self._real_s * kept + real_s
        self._planned_s = self._planned_s * kept + max(planned_s, 0.0)
