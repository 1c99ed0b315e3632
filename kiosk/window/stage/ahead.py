"""Builds the screen that mostly comes next while nobody touches the glass.

Built at the touch that asks for it, a screen's widgets cost 40 to 120 ms of processor before its
first frame: docs/decisions/0010-frames.md.
"""

from collections.abc import Callable
from typing import Any

from kivy.clock import Clock

from kiosk.window.visit import Screen

NEXT = {
    Screen.ATTRACT: (Screen.BROWSE,),
    Screen.BROWSE: (Screen.PRODUCT, Screen.FIND),
    Screen.PRODUCT: (Screen.BASKET,),
    Screen.BASKET: (Screen.FULFILMENT,),
    Screen.FULFILMENT: (Screen.DETAILS,),
    Screen.DETAILS: (Screen.THANKS,),
}
# So long nobody has touched anything: by then also a fling has mostly come to rest.
AFTER_S = 2.5


class Ahead:
    """`build` builds a screen, `built` says whether it stands already."""

    def __init__(self, build: Callable[[Screen], object], built: Callable[[Screen], bool]) -> None:
        self._build, self._built = build, built
        self._here: Screen | None = None
        self._event: Any = None

    @property
    def waiting(self) -> bool:
        """Whether there is something still to be built."""
        return self._event is not None

    def come(self, screen: Screen) -> None:
        """`screen` has come, and stands still."""
        self._here = screen
        self.later()

    def later(self) -> None:
        """Somebody has let go of the glass: not at once."""
        self.stop()
        if self._missing() is not None:
            self._event = Clock.schedule_once(self._do, AFTER_S)

    def stop(self) -> None:
        """Somebody touches the glass, or a screen is on its way."""
        if self._event is not None:
            self._event.cancel()
            self._event = None

    def _missing(self) -> Screen | None:
        following = NEXT.get(self._here, ()) if self._here is not None else ()
        return next((name for name in following if not self._built(name)), None)

    def _do(self, _dt: float) -> None:
        self._event = None
        name = self._missing()
        if name is not None:
            self._build(name)
            self.later()
