"""The keypad on the glass in a spoken visit, at the foot of the desk, always in the same place."""

from typing import Any

from kivy.graphics import BorderImage, Color, Rectangle
from kivy.uix.floatlayout import FloatLayout

from kiosk.window.stage import shapes
from kiosk.window.stage import theme as themes
from kiosk.window.stage.focus.keys import Key
from kiosk.window.stage.focus.order import box
from kiosk.window.stage.handles import Handled
from kiosk.window.stage.theme import PANE_SHARE
from kiosk.window.stage.widgets.icon import Icon
from kiosk.window.visit import spoken

_ICONS = {
    Key.PREVIOUS: "chevron-left",
    Key.NEXT: "chevron-right",
    Key.CHOOSE: "check",
    Key.AGAIN: "speaker",
    Key.SOFTER: "minus",
    Key.LOUDER: "plus",
}


class PadKey(FloatLayout, Handled):
    """One key. It is no place for the focus, which it moves."""

    def __init__(self, key: Key, **kwargs: Any) -> None:
        super().__init__(handle=f"keypad.{key.value}", size_hint=(None, None), **kwargs)
        self.key = key
        theme = themes.current()
        radius = theme.mm(5)
        with self.canvas.before:
            self._fill = Color(rgba=theme.colour("raised"))
            self._plate = BorderImage(texture=shapes.patch(radius), border=[radius] * 4)
            self._edge_colour = Color(rgba=theme.colour("outline"))
            self._edge = BorderImage(
                texture=shapes.patch(radius, theme.shape("outline")), border=[radius] * 4
            )
        self.add_widget(
            Icon(name=_ICONS[key], size_mm=12, pos_hint={"center_x": 0.5, "center_y": 0.5})
        )
        theme.watch(self._dress)
        for name in ("pos", "size"):
            self.fbind(name, self._place)

    def describe(self) -> str:
        return spoken.pad_words(self.key.value, themes.current().language)

    def _dress(self, *_: Any) -> None:
        theme = themes.current()
        self._fill.rgba, self._edge_colour.rgba = theme.colour("raised"), theme.colour("outline")

    def _place(self, *_: Any) -> None:
        for part in (self._plate, self._edge):
            part.pos, part.size = (int(self.x), int(self.y)), self.size


class Keypad(FloatLayout):
    """Lies between theme.keypad and the desk."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(size_hint=(None, None), **kwargs)
        self._keys = [PadKey(key) for key in _ICONS]
        with self.canvas.before:
            self._ground_colour = Color()
            self._ground = Rectangle()
        for key in self._keys:
            self.add_widget(key)

    def lay_out(self, width: float) -> None:
        """Take a place at the foot of a glass of `width` pixels."""
        theme = themes.current()
        across = 0 if theme.portrait else round(width * PANE_SHARE)
        self.pos = across, theme.keypad
        self.size = width - across, theme.desk[0] - theme.keypad
        self._ground_colour.rgba = theme.colour("sheet")
        self._ground.pos, self._ground.size = self.pos, self.size
        margin, gap = theme.space("margin"), theme.mm(4)
        each = (self.width - 2 * margin + gap) / len(self._keys)
        for number, key in enumerate(self._keys):
            key.size = int(each - gap), theme.target
            key.pos = (
                int(self.x + margin + number * each),
                int(self.center_y - key.height / 2),
            )

    def key_at(self, x: float, y: float) -> PadKey | None:
        """The key under a point of the window, with half of the gap around it; None for none."""
        reach = themes.current().mm(2)
        for key in self._keys:
            left, bottom, right, top = box(key)
            if left - reach <= x <= right + reach and bottom - reach <= y <= top + reach:
                return key
        return None
