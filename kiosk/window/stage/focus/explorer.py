"""Explore by touch: a finger hears what lies under it; two taps choose what was heard last."""

from collections.abc import Callable
from math import dist
from typing import Any

from kivy.clock import Clock
from kivy.core.window import Window

from kiosk.window.stage import theme as themes

# A finger that has rested so long listens; one that is up before has tapped.
REST_S = 0.22
# The second of two taps may come so late: many people who use this are not quick.
SECOND_TAP_S = 0.6
TAP_MM = 12.0  # how far a finger may roll in a tap


class Explorer:
    """`under(x, y)` is told of the place under a finger, `choose()` of two taps, anywhere.

    A single tap is a short look: `under` is told of it when no second one has followed. `pad(x,
    y)` hears a tap first, at once, and says whether it took it. Places are pixels of the window.
    """

    def __init__(
        self,
        under: Callable[[float, float], None],
        choose: Callable[[], None],
        pad: Callable[[float, float], bool],
    ) -> None:
        self._under, self._choose, self._pad = under, choose, pad
        self._finger: Any = None
        self._listening = False
        self._from = (0.0, 0.0)
        self._resting: Any = None
        self._tapped: Any = None

    @property
    def sliding(self) -> bool:
        """Whether a finger is on the glass, listening."""
        return self._finger is not None and self._listening

    def down(self, touch: Any) -> None:
        """One finger explores; a second one beside it is a palm."""
        if self._finger is not None:
            return
        self._finger, self._listening = touch, False
        self._from = _at(touch)
        self._resting = Clock.schedule_once(lambda _dt: self._listen(), REST_S)

    def moved(self, touch: Any) -> None:
        if touch is not self._finger:
            return
        if self._listening:
            self._under(*_at(touch))
        elif dist(_at(touch), self._from) > themes.current().mm(TAP_MM):
            self._listen()

    def up(self, touch: Any) -> None:
        if touch is not self._finger:
            return
        x, y = _at(touch)
        self._finger = None
        self._resting.cancel()
        if self._listening or self._pad(x, y):
            return
        if self._tapped is not None:
            self._forget_tap()
            self._choose()
        else:
            self._tapped = Clock.schedule_once(lambda _dt: self._look(x, y), SECOND_TAP_S)

    def let_go(self) -> None:
        """Forget the finger and the tap before: the mode has ended."""
        self._finger = None
        if self._resting is not None:
            self._resting.cancel()
        self._forget_tap()

    def _listen(self) -> None:
        if self._finger is None:
            return
        self._resting.cancel()
        self._forget_tap()
        self._listening = True
        self._under(*_at(self._finger))

    def _look(self, x: float, y: float) -> None:
        self._tapped = None
        self._under(x, y)

    def _forget_tap(self) -> None:
        if self._tapped is not None:
            self._tapped.cancel()
            self._tapped = None


def _at(touch: Any) -> tuple[float, float]:
    """Pixels of the window, whatever the touch has been turned into on its way."""
    return touch.sx * (Window.width - 1), touch.sy * (Window.height - 1)
