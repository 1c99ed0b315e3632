"""The figures of a stretch of time. Pure: no Kivy, no clock."""

from array import array
from dataclasses import dataclass

# Frames are drawn on demand: a longer pause than this between two is rest, not a slow frame.
# What held one up for longer shows as its longest callback.
REST_S = 0.25
# A bin of the intervals, in seconds.
BIN_S = 0.0001


@dataclass(frozen=True, slots=True)
class Figures:
    """Of `seconds`: the `frames` that were painted; while something moved (no pause longer than
    REST_S), how many `per_second`, and the `median_ms`, `p95_ms` and `longest_ms` between two.

    `textures` were filled with `texture_bytes`, the longest portion in `upload_ms`. `collections`
    of garbage took at most `collection_ms`. `draw_ms` is the longest that the canvas took,
    `callback_ms` the longest that anything else held the UI thread within a frame, and `callback`
    where: "module.function:line", "" where nothing took long enough to be seen. `core` is the
    processor time of the whole process, as a share of one core.
    """

    seconds: float
    core: float
    frames: int
    per_second: float
    median_ms: float
    p95_ms: float
    longest_ms: float
    textures: int
    texture_bytes: int
    upload_ms: float
    collections: int
    collection_ms: float
    draw_ms: float
    callback_ms: float
    callback: str


class Intervals:
    """The times between flips, in constant memory however long a window hangs."""

    def __init__(self) -> None:
        self._bins = array("L", bytes(array("L").itemsize * round(REST_S / BIN_S)))
        self.flips = 0
        self.count = 0
        self._moving = 0.0

    def flip(self, since: float) -> None:
        """A frame was painted, `since` seconds after the one before."""
        self.flips += 1
        if 0 <= since < REST_S:
            self._bins[min(len(self._bins) - 1, int(since / BIN_S))] += 1
            self.count += 1
            self._moving += since

    @property
    def per_second(self) -> float:
        """How many frames a second while something moved; 0 where nothing did."""
        return round(self.count / self._moving, 1) if self._moving else 0.0

    def below(self, share: float) -> float:
        """Milliseconds that `share` (0 to 1) of the intervals do not exceed; 0 of none."""
        wanted, seen = share * self.count, 0
        for index, count in enumerate(self._bins):
            seen += count
            if count and seen >= wanted:
                return round(index * BIN_S * 1000, 1)
        return 0.0
