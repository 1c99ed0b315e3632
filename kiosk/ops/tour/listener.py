"""A visitor who sees nothing: listens to what lies under the finger, then taps twice."""

from typing import Any

from kivy.uix.widget import Widget

from kiosk.window.stage.focus.explorer import REST_S
from kiosk.window.stage.focus.order import box, sight
from kiosk.window.stage.pilot import Pilot

# Somewhat longer than a finger must rest until the window says what is under it.
LISTEN_S = REST_S + 0.1


class ListeningPilot(Pilot):
    """Chooses as the spoken mode asks for it; before the mode has begun, by a touch."""

    def tap(self, target: str | Widget | tuple[float, float], frames: int = 3) -> None:
        question = isinstance(target, str) and target.startswith("idle.")
        if question or not isinstance(target, str) or not self._spoken:
            super().tap(target, frames)
            return
        place = self._in_sight(target)
        self.hold(place, LISTEN_S)
        self.wait_until(lambda: self._heard == target, 5, f"{target} to be said")
        # Bringing it into sight may have moved it; two taps count wherever they fall.
        self.double_tap(place)
        self.frames(frames)

    def _in_sight(self, handle: str) -> tuple[float, float]:
        """The middle of what can be seen of it: a finger that listens scrolls nothing."""
        widget = self.wait_for(handle)
        left, bottom, right, top = sight(widget) or box(widget)
        return (left + right) / 2, (bottom + top) / 2

    @property
    def _guide(self) -> Any:
        return getattr(self.root, "guide", None)

    @property
    def _spoken(self) -> bool:
        return self._guide is not None and bool(self._guide.spoken)

    @property
    def _heard(self) -> str:
        return str(getattr(self._guide.place, "handle", ""))
