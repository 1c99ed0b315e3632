"""One poster drawn up like a blind from before the next, where a cross-fade costs too much.

Of each frame only the strip is painted that has just been uncovered, and the shadow that the hem
of the blind casts on it: docs/decisions/0010-frames.md has what that gives.
"""

from collections.abc import Callable
from typing import Any

from kivy.animation import AnimationTransition
from kivy.clock import Clock
from kivy.core.window import Window

from kiosk.window.stage import theme as themes
from kiosk.window.stage.patch import patches
from kiosk.window.stage.upright import Box

SHADOW_MM = 22.0


class Blind:
    """Draws `going` up from before `coming` (Posters, `coming` above) in `seconds`, then calls
    `done`.
    """

    def __init__(self, going: Any, coming: Any, seconds: float, done: Callable[[], None]) -> None:
        self._going, self._coming, self._seconds, self._done = going, coming, seconds, done
        self._low, self._high = coming.extent
        self._hem = self._low
        self._shadow = themes.current().mm(SHADOW_MM)
        self._began = Clock.get_time()
        self._event = Clock.schedule_interval(self._step, 0)
        self._hang()

    def stop(self) -> None:
        """Leave both as they hang when nothing moves."""
        self._event.cancel()
        self._going.cut()
        self._coming.cut()

    def _step(self, _dt: float) -> None:
        past = (Clock.get_time() - self._began) / self._seconds
        if past >= 1:
            self.stop()
            self._done()
            return
        way = self._high - self._low
        hem = self._low + round(way * AnimationTransition.in_out_sine(past))
        if hem > self._hem:
            patches.paint(lambda: self._draw_up(hem))

    def _draw_up(self, hem: int) -> list[Box]:
        low = max(self._low, self._hem - self._shadow)
        self._hem = hem
        self._hang()
        return [(0, low, Window.width, hem - low)]

    def _hang(self) -> None:
        self._going.cut(self._hem, self._high)
        self._coming.cut(self._low, self._hem, shadow=self._shadow)
