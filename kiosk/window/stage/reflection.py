"""Reflects all that lies in it, left for right, in one place.

Layouts are written once, for who reads from the left and works with the right hand. For the
others the whole scene is reflected about its middle, touches with it, and what must not be read
in a mirror (words, photographs, codes) draws itself upright again.
"""

from collections.abc import Callable
from typing import Any

from kivy.graphics import PopMatrix, PushMatrix, Scale
from kivy.properties import BooleanProperty
from kivy.uix.floatlayout import FloatLayout


class Reflection(FloatLayout):
    """A layout that is seen in a mirror while `mirrored`."""

    mirrored = BooleanProperty(False)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        with self.canvas.before:
            PushMatrix()
            self._scale = Scale(1, 1, 1)
        with self.canvas.after:
            PopMatrix()
        for name in ("pos", "size", "mirrored"):
            self.fbind(name, self._turn_over)
        self._turn_over()

    def _turn_over(self, *_: Any) -> None:
        self._scale.origin = self.center
        self._scale.xyz = (-1 if self.mirrored else 1, 1, 1)

    def to_local(self, x: float, y: float, relative: bool = False) -> tuple[float, float]:
        if self.mirrored:
            x = self.x + self.right - x
        return super().to_local(x, y, relative)

    def to_parent(self, x: float, y: float, relative: bool = False) -> tuple[float, float]:
        x, y = super().to_parent(x, y, relative)
        return (self.x + self.right - x if self.mirrored else x), y

    def _within(self, touch: Any, hear: Callable[[Any], Any]) -> bool:
        touch.push()
        touch.apply_transform_2d(self.to_local)
        try:
            return bool(hear(touch))
        finally:
            touch.pop()

    def on_touch_down(self, touch: Any) -> bool:
        return self._within(touch, super().on_touch_down)

    def on_touch_move(self, touch: Any) -> bool:
        return self._within(touch, super().on_touch_move)

    def on_touch_up(self, touch: Any) -> bool:
        return self._within(touch, super().on_touch_up)
