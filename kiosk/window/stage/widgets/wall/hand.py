"""A finger on the wall: it moves the wall along, or chooses the card that it lies on."""

import time
from typing import Any, Protocol

from kiosk.window.stage import theme as themes
from kiosk.window.stage.touch import meant
from kiosk.window.stage.widgets.wall.kinetics import Scroll

TAP_MM = 6.0
PRESSED, UNTOUCHED = 0.86, 1.0


class Touched(Protocol):
    """What a finger does to a wall. Cards are told by their index, None where there is none."""

    def card_at(self, x: float, y: float) -> int | None: ...

    def shade(self, index: int | None, shade: float) -> None: ...

    def prepare(self, index: int | None) -> None: ...

    def choose(self, index: int | None) -> None: ...

    def wake(self) -> None: ...


class Hand:
    """Follows one finger at a time; `finger` is its touch, None while nobody holds the wall."""

    def __init__(self, wall: Touched, scroll: Scroll) -> None:
        self._wall, self._scroll = wall, scroll
        self.finger: Any = None
        self._dragging = False
        self._pressed: int | None = None

    def down(self, touch: Any) -> None:
        touch.grab(self._wall)
        self.finger = touch
        # A touch that stops a running wall is not a choice.
        self._dragging = self._scroll.moving
        self._pressed = None if self._dragging else self._wall.card_at(*touch.pos)
        self._scroll.grab(touch.y, time.monotonic())
        if self._pressed is not None:
            self._wall.prepare(self._pressed)
            self._wall.shade(self._pressed, PRESSED)

    def move(self, touch: Any) -> None:
        if not self._dragging and abs(touch.y - touch.oy) > themes.current().mm(TAP_MM):
            self._dragging = True
            self._wall.prepare(None)
            self._wall.shade(self._pressed, UNTOUCHED)
        if self._dragging:
            self._scroll.drag(touch.y, time.monotonic())
            self._wall.wake()

    def up(self, touch: Any) -> None:
        if self._dragging:
            self.let_go()
            self._wall.wake()
            return
        # What was chosen first: mostly its screen comes, and the wall's own look is not seen.
        chosen = self._pressed if meant(touch) else None
        if chosen is not None:
            self._wall.choose(chosen)
        self.let_go()
        self._scroll.velocity = 0

    def let_go(self) -> None:
        """Nobody holds the wall: a finger may be lost without ever being lifted."""
        if self.finger is not None:
            self.finger.ungrab(self._wall)
            self.finger = None
            self._wall.shade(self._pressed, UNTOUCHED)
            self._scroll.release(time.monotonic())
