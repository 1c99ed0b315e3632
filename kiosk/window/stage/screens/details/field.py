"""A field that is typed into with the window's own keyboard.

The text is drawn from the view and kept nowhere: no undo, no selection, no clipboard.
"""

from kivy.clock import Clock
from kivy.core.text import Label as CoreLabel
from kivy.graphics import Color, Rectangle
from kivy.properties import BooleanProperty, ListProperty, NumericProperty, ObjectProperty

from kiosk.window.stage.widgets.buttons import Touchable

BLINK_S = 0.55
ROLE = "button"


class FieldBox(Touchable):
    """Draws a view Field. `caret` is where the next letter goes; `on_place(index)` is a touch."""

    part = "field"

    field = ObjectProperty(None, allownone=True)
    caret = NumericProperty(0)
    focused = BooleanProperty(False)
    needed = NumericProperty(0)
    edge = ListProperty([0, 0, 0, 0])
    ground = ListProperty([0, 0, 0, 0])

    __events__ = ("on_place",)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._drawn = None
        self._shift = 0
        self._blinking = None
        with self.canvas.after:
            self._ink = Color()
            self._text = Rectangle(size=(0, 0))
            self._bar_colour = Color()
            self._bar = Rectangle(size=(0, 0))
        self._redraw = Clock.create_trigger(self._draw, -1)
        for name in ("field", "caret", "pos", "size"):
            self.fbind(name, self._redraw)
        self.fbind("field", self._dress)
        self.fbind("focused", self._blink)
        self._theme.bind(night=self._dress)
        self._dress()

    # ---- what is said of it ------------------------------------------------------------------

    def name(self):
        """Its label. What was typed is nobody's to hear."""
        field = self.field
        return ", ".join(x for x in (field.label, field.optional) if x) if field else ""

    def states(self):
        told = [*super().states(), "filled" if self.field and self.field.value else "empty"]
        return [*told, "selected"] if self.focused else told

    def describe(self):
        self.more = (self.field.problem or self.field.hint) if self.field else ""
        return super().describe()

    # ---- what it looks like --------------------------------------------------------------------

    def _dress(self, *_):
        field, theme = self.field, self._theme
        wrong = bool(field and field.problem)
        self.focused = bool(field and field.focused)
        tone = "focus" if self.focused else "danger" if wrong else "outline"
        self.edge = theme.colour(tone)
        self.ground = theme.colour("raised")
        if field is not None:
            ids = self.ids
            ids.label.text, ids.optional.text = field.label, field.optional
            ids.problem.text = field.problem
            ids.hint.text = "" if field.value else field.hint
        self._redraw()

    def _label(self, text):
        return CoreLabel(text=text, font_name="text_medium", font_size=self._theme.type(ROLE).size)

    def _width_of(self, text):
        return self._label("").get_extents(text)[0] if text else 0

    def _draw(self, *_):
        field = self.field
        box = self.ids.box
        self._text.size = self._bar.size = (0, 0)
        if field is None or box.width < 2:
            return
        pad = self._theme.mm(8)
        room = int(box.width - 2 * pad)
        at = self._width_of(field.value[: self.caret])
        self._scroll(at, room, self._width_of(field.value))
        if field.value:
            label = self._label(field.value)
            label.refresh()
            whole = label.texture
            width = min(room, whole.width - self._shift)
            self._text.texture = whole.get_region(self._shift, 0, width, whole.height)
            self._text.size = (width, whole.height)
            self._text.pos = (int(box.x + pad), round(box.center_y - whole.height / 2))
        self._ink.rgba = self._theme.colour("ink")
        if self.focused:
            high = round(box.height * 0.52)
            self._bar_colour.rgb = self._theme.colour("focus")[:3]
            self._bar.size = (max(2, self._theme.mm(0.8)), high)
            self._bar.pos = (int(box.x + pad + at - self._shift), round(box.center_y - high / 2))

    def _scroll(self, at, room, whole):
        """Keep the caret in sight; outside the field the beginning shows."""
        if not self.focused:
            self._shift = 0
        elif at - self._shift > room:
            self._shift = at - room
        elif at < self._shift:
            self._shift = at
        self._shift = int(max(0, min(self._shift, whole - room)))

    def _blink(self, *_):
        if self._blinking is not None:
            self._blinking.cancel()
            self._blinking = None
        self._bar_colour.a = 1
        if self.focused:
            self._blinking = Clock.schedule_interval(self._tick, BLINK_S)
        self._redraw()

    def _tick(self, _dt):
        self._bar_colour.a = 1 - round(self._bar_colour.a)

    # ---- what it hears -------------------------------------------------------------------------

    def on_release(self):
        touch = self.last_touch
        x = touch.x - self.ids.box.x - self._theme.mm(8) + self._shift
        self.dispatch("on_place", self._index_at(x))

    def _index_at(self, x):
        value = self.field.value
        return min(range(len(value) + 1), key=lambda i: abs(self._width_of(value[:i]) - x))

    def on_place(self, index):
        pass

    def clear(self):
        """Let go of what was typed."""
        self.field = None
        self._text.texture = None
        self._text.size = (0, 0)
        self.caret = self._shift = 0
