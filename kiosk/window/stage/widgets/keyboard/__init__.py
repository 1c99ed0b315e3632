"""The window's own keyboard. It remembers nobody: no dictionary, no suggestions, no history.

It types into nothing by itself: it says what was pressed, and the screen decides.
"""

from typing import get_args

from kivy.animation import Animation
from kivy.clock import Clock
from kivy.graphics import Color, Rectangle
from kivy.properties import (
    BooleanProperty,
    NumericProperty,
    OptionProperty,
    StringProperty,
)
from kivy.uix.floatlayout import FloatLayout

from kiosk.window.stage import theme as themes
from kiosk.window.stage.handles import Handled
from kiosk.window.stage.widgets.keyboard.fingers import Fingers
from kiosk.window.stage.widgets.keyboard.keys import Key
from kiosk.window.stage.widgets.keyboard.layouts import Kind, layout, units

__all__ = ["Keyboard"]

# A row as high as a hand likes it, and the widest that rows grow, in layout mm.
ROW_MM, WIDEST_MM = 40.0, 640.0
# What the keys may take of the desk: the field and a street or two are to be seen above them.
SHARE_OF_DESK = 0.62
# Between keys, real mm; half of it belongs to each neighbour.
BETWEEN_MM = 2.5


class Keyboard(Fingers, FloatLayout, Handled):
    """Docked at the foot of the desk. Events: `on_text(text)`, `on_mark(mark)` (for the sign
    before the caret), `on_backspace()`, `on_next()` and `on_done()`; `on_ahead(text)` when a
    finger is put on what it may type.

    `language` and `kind` (see layouts.Kind) choose the keys, `page` the script
    where a language has several, `last` whether the way on is next or done, whose words are
    `next_text` and `done_text`. `shift` is "off", "once" or "caps". `shown` runs from 0 (away)
    to 1.
    """

    language = StringProperty("")
    kind = OptionProperty("text", options=list(get_args(Kind)))
    page = OptionProperty("", options=["", "latin", "katakana"])
    last = BooleanProperty(False)
    next_text = StringProperty("")
    done_text = StringProperty("")
    shift = OptionProperty("off", options=["off", "once", "caps"])
    shown = NumericProperty(0.0)

    __events__ = ("on_ahead", "on_text", "on_mark", "on_backspace", "on_next", "on_done")

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.handle = "keyboard"
        self.size_hint = (None, None)
        self._theme = themes.current()
        self._keys = []
        with self.canvas.before:
            self._ground = Color()
            self._floor = Rectangle()
            self._edge_colour = Color()
            self._edge = Rectangle()
        self._rebuild = Clock.create_trigger(self._build, -1)
        self._arrange = Clock.create_trigger(self._lay_out, -1)
        for name in ("language", "kind", "last", "page"):
            self.fbind(name, self._rebuild)
        self.fbind("language", lambda *_: setattr(self, "page", ""))
        for name in ("next_text", "done_text", "shift"):
            self.fbind(name, self._label)
        for name in ("size", "shown"):
            self.fbind(name, self._arrange)
        self._theme.watch(self._repaint)
        self._repaint()
        self._build()

    @property
    def covers(self):
        """Whether it lies over what is below it."""
        return self.shown > 0

    # ---- coming and going ----------------------------------------------------------------------

    @property
    def full_height(self):
        """Pixels: rows of at least 20 real mm, higher where the desk has room."""
        theme, rows = self._theme, len(self._rows)
        room = SHARE_OF_DESK * (theme.desk[1] - theme.desk[0])
        row = min(theme.mm(ROW_MM), int((room - 2 * self._margin + self._gap) / rows))
        row = max(theme.target + self._gap, row)
        return rows * row - self._gap + 2 * self._margin

    @property
    def _gap(self):
        return self._theme.true(BETWEEN_MM)

    @property
    def _margin(self):
        return self._theme.true(2 * BETWEEN_MM)

    def come(self):
        self._glide(1.0, "out_cubic")

    def go(self):
        self.close_popover()
        self.release_all()
        self._glide(0.0, "in_cubic")

    def turn_to(self, page):
        """Other signs on the keys, where the language has them."""
        self.page = "" if page == "own" else page

    def _glide(self, shown, transition):
        Animation.cancel_all(self, "shown")
        if self.shown != shown:
            calm = self._theme.seconds("calm")
            Animation(shown=shown, duration=calm, transition=transition).start(self)

    # ---- drawing -------------------------------------------------------------------------------

    def _repaint(self, *_):
        self._ground.rgba = self._theme.colour("paper")
        self._edge_colour.rgba = self._theme.colour("line")

    def _build(self, *_):
        self.close_popover()
        self.release_all()
        self.clear_widgets()
        self._rows = layout(self.language, self.kind, last=self.last, page=self.page)
        self._keys = [
            Key(spec=spec, handle=f"key:{spec.code}" if spec.code else "")
            for row in self._rows
            for spec in row
        ]
        for key in self._keys:
            self.add_widget(key)
        self._label()
        self._lay_out()

    def _label(self, *_):
        for key in self._keys:
            spec = key.spec
            key.text = {"next": self.next_text, "done": self.done_text}.get(
                spec.code, self.cased(spec.text)
            )
            if spec.code == "shift":
                key.lit = {"off": "", "once": "deep", "caps": "accent"}[self.shift]

    def cased(self, text):
        return text.upper() if self.shift != "off" and len(text) == 1 and text != "ß" else text

    def _lay_out(self, *_):
        theme, height = self._theme, self.full_height
        self.height = height
        # It fades in where it stays: what lies below the desk is never touched, nor on its way.
        self.y = theme.desk[0]
        self.opacity = self.shown
        self._floor.pos, self._floor.size = self.pos, self.size
        self._edge.pos = (self.x, self.top - theme.shape("hairline"))
        self._edge.size = (self.width, theme.shape("hairline"))
        self._place_keys()

    def _place_keys(self):
        margin, gap, wide = self._margin, self._gap, units(self._rows)
        inner = min(self.width - 2 * margin, self._theme.mm(WIDEST_MM))
        unit = (inner + gap) / wide
        pitch = (self.height - 2 * margin + gap) / len(self._rows)
        keys = iter(self._keys)
        for number, row in enumerate(self._rows):
            x = self.center_x - inner / 2 + (wide - sum(spec.width for spec in row)) * unit / 2
            y = self.top - margin + gap - (number + 1) * pitch
            for spec in row:
                key, width = next(keys), spec.width * unit
                key.size_hint = (None, None)
                key.size = (int(width - gap), int(pitch - gap))
                # Nobody's keyboard is a mirror image: it is laid out against the scene's.
                left = self.x + self.right - x - key.width if self._theme.mirrored else x
                key.pos = (round(left), round(y))
                x += width

    def key_at(self, x, y):
        """The key under a finger, which also owns half of the gap around it."""
        reach = self._gap / 2 + 1
        for key in self._keys:
            inside_x = key.x - reach <= x <= key.right + reach
            if key.spec.code and inside_x and key.y - reach <= y <= key.top + reach:
                return key
        return None

    def on_ahead(self, text):
        pass

    def on_text(self, text):
        pass

    def on_mark(self, mark):
        pass

    def on_backspace(self):
        pass

    def on_next(self):
        pass

    def on_done(self):
        pass
