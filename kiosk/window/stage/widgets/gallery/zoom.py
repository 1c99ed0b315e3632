"""How close a photograph is looked at, and how far it may be moved: plain figures, no Kivy.

Lengths are pixels from the middle of the gallery.
"""

from dataclasses import dataclass, replace

CLOSEST = 4.0
CLOSER = 2.5  # what a double tap or the button gives
GIVE = 0.35  # share of the way that a hand gets past an edge


@dataclass(frozen=True, slots=True)
class Zoom:
    """`scale` 1 is the whole photograph; `x`, `y` is where its middle lies."""

    scale: float = 1.0
    x: float = 0.0
    y: float = 0.0

    @property
    def whole(self) -> bool:
        return self.scale <= 1.0

    def moved(self, dx: float, dy: float) -> "Zoom":
        return replace(self, x=self.x + dx, y=self.y + dy)

    def pinched(self, factor: float, at: tuple[float, float], now: tuple[float, float]) -> "Zoom":
        """`factor` times as large, what lay under `at` lying under `now`."""
        scale = max(0.05, self.scale * factor)
        share = scale / self.scale
        return Zoom(scale, now[0] - (at[0] - self.x) * share, now[1] - (at[1] - self.y) * share)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The gallery's `room` and the whole photograph's `photo`, (width, height) each."""

    room: tuple[float, float]
    photo: tuple[float, float]

    def within(self, zoom: Zoom) -> Zoom:
        """The nearest that may stay: no closer than CLOSEST, no edge pulled into the room."""
        scale = min(max(zoom.scale, 1.0), CLOSEST)
        if scale == 1.0:
            return Zoom()
        # Where the scale itself is held back the middle of the room stays where it is.
        share = scale / zoom.scale
        right, top = self._reach(scale)
        x, y = zoom.x * share, zoom.y * share
        return Zoom(scale, min(max(x, -right), right), min(max(y, -top), top))

    def given(self, zoom: Zoom) -> Zoom:
        """What shows while a hand pulls: past every edge it follows only some of the way."""
        scale = _soft(zoom.scale, 1.0, CLOSEST)
        share = scale / zoom.scale
        right, top = self._reach(scale)
        return Zoom(scale, _soft(zoom.x * share, -right, right), _soft(zoom.y * share, -top, top))

    def _reach(self, scale: float) -> tuple[float, float]:
        """How far the middle may lie from the room's, each way."""
        return (
            max(0.0, (self.photo[0] * scale - self.room[0]) / 2),
            max(0.0, (self.photo[1] * scale - self.room[1]) / 2),
        )


def _soft(value: float, low: float, high: float) -> float:
    if value < low:
        return low - (low - value) * GIVE
    return high + (value - high) * GIVE if value > high else value
