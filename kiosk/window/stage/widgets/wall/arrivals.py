"""Cards that have been made, on their way to their places."""

from collections.abc import Callable, Sequence
from typing import Any

from kivy.clock import Clock
from kivy.graphics.texture import Texture

from kiosk.window.stage.widgets.wall.maker import CardKey

# Results are shown together, which is one frame; none waits longer for the others.
TOGETHER_S = 0.15

Card = tuple[CardKey, Texture]


class Arrivals:
    """`show` is given the cards that have come, at once or as soon as nothing more is awaited."""

    def __init__(self, show: Callable[[Sequence[Card]], None]) -> None:
        self._show = show
        self._came: list[Card] = []
        self._late = Clock.create_trigger(self.complete, TOGETHER_S)

    def __contains__(self, key: object) -> bool:
        return any(came == key for came, _ in self._came)

    def add(self, key: CardKey, texture: Texture) -> None:
        self._came.append((key, texture))
        self._late()

    def clear(self) -> None:
        self._late.cancel()
        self._came = []

    def complete(self, *_: Any) -> None:
        """Nothing more is awaited."""
        came = self._came
        self.clear()
        if came:
            self._show(came)
