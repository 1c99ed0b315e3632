"""What the fingers of one hand mean on the gallery: a swipe, a pinch, a pull, two quick taps."""

from math import dist, hypot
from typing import Any, Protocol

from kiosk.window.stage import theme as themes

DOUBLE_TAP_S = 0.35
TAP_MM = 6.0  # a finger that moves less has tapped
FINGERS = 2  # more are a palm, or a second person

Point = tuple[float, float]


class Held(Protocol):
    """What the hand moves. Points are pixels in the gallery's own coordinates."""

    def begin(self) -> None:
        """What follows is told from how things lie now."""

    def drag(self, dx: float, dy: float) -> None:
        """The one finger has moved so far since `begin`."""

    def pinch(self, factor: float, at: Point, now: Point) -> None:
        """Two fingers are `factor` times as far apart as at `begin`, their middle moved."""

    def double_tap(self, at: Point) -> None: ...

    def let(self) -> None:
        """No finger is left."""


class Hand:
    """Follows at most two fingers; whatever else touches means nothing."""

    def __init__(self, held: Held) -> None:
        self._held = held
        self._fingers: list[Any] = []
        self._from: dict[Any, Point] = {}
        self._tapped: tuple[Point, float] | None = None
        self._moved = False

    @property
    def empty(self) -> bool:
        return not self._fingers

    def down(self, touch: Any) -> bool:
        """True where the finger counts."""
        if len(self._fingers) >= FINGERS:
            return False
        # Two fingers never tap, also when one of them is lifted first.
        self._moved = bool(self._fingers)
        self._fingers.append(touch)
        self._held.begin()
        self._anchor()
        return True

    def move(self, touch: Any) -> bool:
        if touch not in self._fingers:
            return False
        if len(self._fingers) == 1:
            x, y = self._from[touch]
            dx, dy = touch.x - x, touch.y - y
            self._moved = self._moved or hypot(dx, dy) > themes.current().mm(TAP_MM)
            if self._moved:
                self._held.drag(dx, dy)
        else:
            self._pinch()
        return True

    def up(self, touch: Any) -> bool:
        if touch not in self._fingers:
            return False
        self._fingers.remove(touch)
        if self._fingers:
            self._held.begin()
            self._anchor()
            return True
        self._held.let()
        if not self._moved:
            self._tap(touch)
        else:
            self._tapped = None
        return True

    def drop(self) -> list[Any]:
        """Forget every finger: one may be lost without ever being lifted. Gives them."""
        fingers, self._fingers, self._tapped = self._fingers, [], None
        return fingers

    def _anchor(self) -> None:
        self._from = {finger: finger.pos for finger in self._fingers}

    def _pinch(self) -> None:
        one, two = self._fingers
        before, now = (self._from[one], self._from[two]), (one.pos, two.pos)
        apart = max(1.0, dist(*before))
        self._held.pinch(dist(*now) / apart, _middle(*before), _middle(*now))

    def _tap(self, touch: Any) -> None:
        theme, before = themes.current(), self._tapped
        self._tapped = touch.pos, touch.time_start
        if before is None or touch.time_start - before[1] > DOUBLE_TAP_S:
            return
        if dist(before[0], touch.pos) < theme.target:
            self._tapped = None
            self._held.double_tap(touch.pos)


def _middle(one: Point, two: Point) -> Point:
    return (one[0] + two[0]) / 2, (one[1] + two[1]) / 2
