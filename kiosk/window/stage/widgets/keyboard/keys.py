"""The keys as they are drawn, and a letter's accents above its key."""

from functools import lru_cache

from kivy.core.text import Label as CoreLabel
from kivy.graphics import BorderImage, Color, Rectangle
from kivy.properties import BooleanProperty, ObjectProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

from kiosk.window.stage import script, shapes
from kiosk.window.stage import theme as themes
from kiosk.window.stage.focus import Focusable
from kiosk.window.stage.upright import upright
from kiosk.window.stage.widgets.keyboard.layouts import KeySpec
from kiosk.window.visit import spoken

_FILLS = {"letter": "raised", "command": "sheet", "go": "deep"}
# A sign's em as a share of its key's height, and how near to its sides a word comes.
_EM, _INSIDE = 0.62, 0.88


@lru_cache(maxsize=512)
def _glyph(text, font, size):
    """A white texture of the few signs on a key, to be tinted."""
    drawn = script.shown(text, rtl=script.right_to_left(text))
    label = CoreLabel(text=drawn, font_name=font, font_size=size)
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
            self._edge = Color()
            self._line = BorderImage(
                texture=shapes.patch(radius, self._theme.shape("outline")), border=[radius] * 4
            )
            self._ink = Color()
            self._sign = Rectangle(size=(0, 0))
        for name in ("text", "down", "lit", "pos", "size"):
            self.fbind(name, self._draw)
        self._theme.watch(self._draw)
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
            self._fill.a = self._edge.a = self._ink.a = 0
            return
        fill = self.lit or ("line" if self.down else _FILLS[spec.tone])
        inverse = {"deep": "on_deep", "accent": "on_accent"}.get(fill, "ink")
        self._fill.rgba = theme.colour(fill)
        self._ink.rgba = theme.colour(inverse)
        # In high contrast no fill tells a key from what lies around it.
        self._edge.rgba = [*theme.colour("outline")[:3], 1 if theme.contrast else 0]
        for part in (self._plate, self._line):
            part.pos = (int(self.x), int(self.y))
            part.size = (int(self.width), int(self.height))
        texture = upright(self._texture())
        self._sign.texture = texture
        self._sign.size = texture.size
        self._sign.pos = (
            round(self.center_x - texture.width / 2),
            round(self.center_y - texture.height / 2),
        )

    def _texture(self):
        theme, most = self._theme, self.height * _EM
        if self.spec.icon:
            return shapes.icon(self.spec.icon, int(min(theme.mm(17), max(1, most))))
        role = "button" if len(self.text) > 1 else "key"
        style = theme.type(role, script.script_of(self.text))
        size = int(max(1, min(style.size, most)))
        texture = _glyph(self.text, style.font, size)
        inside = self.width * _INSIDE
        if texture.width > inside > 0:
            texture = _glyph(self.text, style.font, int(max(1, size * inside / texture.width)))
        return texture


class Popover(FloatLayout):
    """A letter's accents above its key, in as many rows as the glass is narrow."""

    def __init__(self, letters, key, keyboard, **kwargs):
        super().__init__(**kwargs)
        theme = themes.current()
        self.size_hint = (None, None)
        pad = gap = theme.mm(4)
        side, high = max(theme.target, key.width), max(theme.target, key.height)
        most = max(1, int((keyboard.width - 2 * gap - 2 * pad + gap) / (side + gap)))
        rows = -(-len(letters) // most)
        columns = -(-len(letters) // rows)
        self.size = (
            columns * (side + gap) - gap + 2 * pad,
            rows * (high + gap) - gap + 2 * pad,
        )
        self.pos = self._beside(key, keyboard, pad + side / 2, gap)
        self._dress(theme)
        self._cells = []
        for i, letter in enumerate(letters):
            row, column = divmod(i, columns)
            if theme.mirrored:
                column = columns - 1 - column
            cell = Key(spec=KeySpec(letter, letter), text=letter, handle=f"key:{letter}")
            cell.size_hint = (None, None)
            cell.size = (side, high)
            cell.pos = (
                self.x + pad + column * (side + gap),
                self.top - pad - high - row * (high + gap),
            )
            self._cells.append(cell)
            self.add_widget(cell)

    def _beside(self, key, keyboard, half, gap):
        """Above the key where hands reach, its first letter over it where the glass allows."""
        theme = themes.current()
        left = key.center_x - half
        if theme.mirrored:
            left = key.center_x + half - self.width
        left = min(max(keyboard.x + gap, left), keyboard.right - gap - self.width)
        y = min(key.top + gap, theme.desk[1] - self.height)
        return round(left), round(y)

    def _dress(self, theme):
        radius = theme.mm(4)
        with self.canvas.before:
            Color(rgba=theme.colour("deep"))
            BorderImage(
                texture=shapes.patch(radius), border=[radius] * 4, pos=self.pos, size=self.size
            )

    def point(self, x, y):
        """Light the letter under the finger."""
        for cell in self._cells:
            cell.lit = "accent" if cell.collide_point(x, y) else ""

    def letter_at(self, x, y):
        return next((c.text for c in self._cells if c.collide_point(x, y)), "")
