"""The keys as they are drawn, and a letter's accents above its key."""

from functools import lru_cache

from kivy.core.text import Label as CoreLabel
from kivy.graphics import BorderImage, Color, Rectangle
from kivy.properties import BooleanProperty, ObjectProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

from kiosk.window.stage import shapes
from kiosk.window.stage import theme as themes
from kiosk.window.stage.focus import Focusable
from kiosk.window.stage.widgets.keyboard.layouts import KeySpec
from kiosk.window.visit import spoken

_FILLS = {"letter": "raised", "command": "sheet", "go": "deep"}


@lru_cache(maxsize=256)
def _glyph(text, role):
    """A white texture of the few signs on a key, to be tinted."""
    style = themes.current().type(role)
    label = CoreLabel(text=text, font_name=style.font, font_size=style.size)
    label.refresh()
    return label.texture


class Key(Focusable):
    """One key as it is drawn; the keyboard hears the touches."""

    part = "key"

    spec = ObjectProperty(None)
    text = StringProperty("")
    down = BooleanProperty(False)
    lit = StringProperty("")

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._theme = themes.current()
        radius = self._theme.mm(2.5)
        with self.canvas:
            self._fill = Color()
            self._plate = BorderImage(texture=shapes.patch(radius), border=[radius] * 4)
            self._ink = Color()
            self._sign = Rectangle(size=(0, 0))
        for name in ("text", "down", "lit", "pos", "size"):
            self.fbind(name, self._draw)
        self._theme.bind(night=self._draw)
        self._draw()

    def takes_focus(self):
        return bool(self.spec.code)

    def name(self):
        return spoken.key_words(self.spec.code, self.text, self._theme.language)

    def states(self):
        return ["on"] if self.lit else []

    def _draw(self, *_):
        theme, spec = self._theme, self.spec
        if not spec.code:
            self._fill.a = self._ink.a = 0
            return
        fill = self.lit or ("line" if self.down else _FILLS[spec.tone])
        inverse = {"deep": "on_deep", "accent": "on_accent"}.get(fill, "ink")
        self._fill.rgba = theme.colour(fill)
        self._ink.rgba = theme.colour(inverse)
        self._plate.pos = (int(self.x), int(self.y))
        self._plate.size = (int(self.width), int(self.height))
        texture = self._texture()
        self._sign.texture = texture
        self._sign.size = texture.size
        self._sign.pos = (
            round(self.center_x - texture.width / 2),
            round(self.center_y - texture.height / 2),
        )

    def _texture(self):
        if self.spec.icon:
            return shapes.icon(self.spec.icon, self._theme.mm(17))
        return _glyph(self.text, "button" if len(self.text) > 3 else "key")


class Popover(FloatLayout):
    """A letter's accents in a row above its key."""

    def __init__(self, letters, key, keyboard, **kwargs):
        super().__init__(**kwargs)
        theme = themes.current()
        self.size_hint = (None, None)
        pad, gap = theme.mm(4), theme.mm(4)
        side, high = max(theme.target, key.width), max(theme.target, key.height)
        self.size = (len(letters) * (side + gap) - gap + 2 * pad, high + 2 * pad)
        left = key.center_x - pad - side / 2
        self.pos = (
            round(min(max(keyboard.x + gap, left), keyboard.right - gap - self.width)),
            round(key.top + gap),
        )
        radius = theme.mm(4)
        with self.canvas.before:
            Color(rgba=theme.colour("deep"))
            BorderImage(
                texture=shapes.patch(radius), border=[radius] * 4, pos=self.pos, size=self.size
            )
        self._cells = []
        for i, letter in enumerate(letters):
            cell = Key(spec=KeySpec(letter, letter), text=letter, handle=f"key:{letter}")
            cell.size_hint = (None, None)
            cell.size = (side, high)
            cell.pos = (self.x + pad + i * (side + gap), self.y + pad)
            self._cells.append(cell)
            self.add_widget(cell)

    def point(self, x, y):
        """Light the letter under the finger."""
        for cell in self._cells:
            cell.lit = "accent" if cell.collide_point(x, y) else ""

    def letter_at(self, x, y):
        return next((c.text for c in self._cells if c.collide_point(x, y)), "")
