"""The rows of the report and what each is to reach."""

import math
from dataclasses import dataclass
from typing import Literal

# What a Chromium kiosk takes with its low-memory flags, as the goal was set: a third of it.
LOW_MEMORY_MB = 525.0
# A rate that was aimed at is reached where one frame in a hundred and twenty is late.
_ALMOST = 0.99


@dataclass(frozen=True, slots=True)
class Goal:
    """`limit` is a figure, or a factor of the peer's figure where `of_peer`; `more` is better."""

    limit: float
    of_peer: bool = False
    more: bool = False
    strict: bool = False

    def words(self) -> str:
        if self.of_peer:
            return "better" if self.strict else f"at most {self.limit:.2g}x"
        if self.more:
            return f"{self.limit:g}"
        return f"{'under' if self.strict else 'at most'} {self.limit:g}"

    def met(self, own: float, peer: float) -> bool | None:
        """None where there is nothing to judge by."""
        limit = self.limit * (peer if self.of_peer else 1.0)
        if math.isnan(own) or math.isnan(limit):
            return None
        if self.more:
            return own >= limit * _ALMOST
        return own < limit if self.strict else own <= limit


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    title: str
    unit: Literal["s", "MB", "cores", "1/s", "ms", "%"]
    goal: Goal
    digits: int = 0


_BETTER = Goal(1.0, of_peer=True, strict=True)
_HALF = Goal(0.5, of_peer=True)
_SIXTY = Goal(60.0, more=True)
_START = Goal(0.8, of_peer=True)
_THIRD = Goal(LOW_MEMORY_MB / 3)

ROWS = (
    Row("start_new_s", "process start → first photograph, new profile", "s", _START, 2),
    Row("start_kept_s", "process start → first photograph, kept profile", "s", _START, 2),
    Row("pss_attract_mb", "memory (PSS of the tree), posters", "MB", _THIRD),
    Row("pss_minute_mb", "memory after a minute of use", "MB", _THIRD),
    Row("cpu_attract", "processor, posters", "cores", _HALF, 3),
    Row("cpu_still", "processor, still screen", "cores", Goal(0.005), 4),
    Row("fade_fps", "posters' cross-fade", "1/s", _SIXTY, 1),
    Row("drag_fps", "drag, frames while moving", "1/s", _SIXTY, 1),
    Row("drag_p95_ms", "drag, p95 interval", "ms", _BETTER, 1),
    Row("fling_fps", "fling, frames while moving", "1/s", _SIXTY, 1),
    Row("fling_p95_ms", "fling, p95 interval", "ms", _BETTER, 1),
    Row("fling_blank_pct", "fling, photographs' area still blank", "%", Goal(1.0, strict=True), 2),
    Row("tap_median_ms", "tap → changed screen, median", "ms", _BETTER, 1),
    Row("tap_p95_ms", "tap → changed screen, p95", "ms", _BETTER, 1),
    Row("key_median_ms", "key → results, median", "ms", _HALF, 1),
    Row("key_p95_ms", "key → results, p95", "ms", _HALF, 1),
    Row("installed_mb", "installed size", "MB", Goal(1 / 3, of_peer=True)),
)
KEYS = tuple(row.key for row in ROWS)
