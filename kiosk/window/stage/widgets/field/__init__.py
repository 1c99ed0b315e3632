"""A field that is typed into with the window's own keyboard.

The text is drawn from the view and kept nowhere: no undo, no selection, no clipboard.
"""

from kivy.clock import Clock
from kivy.core.text import Label as CoreLabel
from kivy.graphics import Color, Rectangle
from kivy.properties import BooleanProperty, ListProperty, NumericProperty, ObjectProperty

from kiosk.window.stage import kvload, script
from kiosk.window.stage.upright import upright
from kiosk.window.stage.widgets.buttons import Touchable

BLINK_S = 0.55
# So long a sign can be read before it turns into a dot.
READABLE_S = 1.0
ROLE = "button"
DOT = "•"
PAD_MM = 8.0


class FieldBox(Touchable):
    """Draws a view Field. `caret` is where the next letter goes; `on_place(index)` is a touch on
    the text, `on_clear()` one on the cross.

    A masked field shows a dot for each sign, the one typed last for a second as it is.
    """

    part = "field"

    field = ObjectProperty(None, allownone=True)
    caret = NumericProperty(0)
    focused = BooleanProperty(False)
    clearable = BooleanProperty(False)
    needed = NumericProperty(0)
    edge = ListProperty([0, 0, 0, 0])
    ground = ListProperty([0, 0, 0, 0])

    __events__ = ("on_place", "on_clear")

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._shift = 0
        self._blinking = None
        self._before = ""
        self._bare = -1  # the sign of a masked field that can still be read
        self._covering = None
        with self.canvas.after:
            self._ink = Color()
            self._text = Rectangle(size=(0, 0))
            self._bar_colour = Color()
            self._bar = Rectangle(size=(0, 0))
        self._redraw = Clock.create_trigger(self._draw, -1)
        for name in ("caret", "pos", "size", "clearable"):
            self.fbind(name, self._redraw)
        self.fbind("field", self._dress)
        self.fbind("focused", self._blink)
        self._theme.watch(self._dress)
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
            self._cover(field)
        self.clearable = bool(self.focused and field.value)
        self._redraw()

    def _cover(self, field):
        """Leave the sign that has just been typed readable for a moment, and no other."""
        before, self._before = self._before, field.value
        if not field.masked:
            self._bare = -1
            return
        if len(field.value) != len(before):
            grown = len(field.value) == len(before) + 1 and field.focused
            self._uncover(int(self.caret) - 1 if grown else -1)

    def _uncover(self, index):
        if self._covering is not None:
            self._covering.cancel()
            self._covering = None
        self._bare = index
        if index >= 0:
            self._covering = Clock.schedule_once(lambda _dt: self._uncover(-1), READABLE_S)
        self._redraw()

    def shown(self):
        """What is drawn of the value, sign for sign."""
        value = self.field.value
        if not self.field.masked:
            return value
        return "".join(c if i == self._bare else DOT for i, c in enumerate(value))

    # ---- drawing -------------------------------------------------------------------------------

    def _label(self, text):
        """What draws `text`: in the face of its script, its letters joined and in order."""
        style = self._theme.type(ROLE, script.script_of(text))
        drawn = script.shown(text, rtl=script.right_to_left(text))
        padding = (0, 0, 0, style.below)
        return CoreLabel(text=drawn, font_name=style.font, font_size=style.size, padding=padding)

    def _width_of(self, text):
        label = self._label(text)
        return label.get_extents(label.text)[0] if text else 0

    def _room(self):
        """Left end and width of what the text may fill."""
        box, pad = self.ids.box, self._theme.mm(PAD_MM)
        after = max(pad, self.ids.cross.width if self.clearable else 0)
        width = int(box.width - pad - after)
        begins_left = self._theme.rtl == self._theme.mirrored
        return int(box.x + pad if begins_left else box.right - pad - width), width

    def _draw(self, *_):
        field, box = self.field, self.ids.box
        self._text.size = self._bar.size = (0, 0)
        if field is None or box.width < 2:
            return
        text = self.shown()
        left, room = self._room()
        whole, at = self._width_of(text), self._caret_x(text, int(self.caret))
        self._scroll(at, room, whole, backwards=script.right_to_left(text))
        start = self._start(whole, room)
        if text:
            self._draw_text(text, left, room, start)
        self._ink.rgba = self._theme.colour("ink")
        if self.focused:
            self._draw_caret(left, room, start + at - self._shift)

    def _draw_text(self, text, left, room, start):
        label = self._label(text)
        label.refresh()
        whole, box = label.texture, self.ids.box
        width = max(1, min(room, whole.width - self._shift))
        seen = whole.get_region(self._shift, 0, width, whole.height)
        self._text.texture = upright(seen)
        self._text.size = (width, whole.height)
        self._text.pos = (
            self._local(left, room, start, width),
            round(box.center_y - whole.height / 2),
        )

    def _draw_caret(self, left, room, at):
        box = self.ids.box
        wide, high = max(2, self._theme.mm(0.8)), round(box.height * 0.52)
        self._bar_colour.rgb = self._theme.colour("focus")[:3]
        self._bar.size = (wide, high)
        x = self._local(left, room, min(at, room - wide), wide)
        self._bar.pos = (x, round(box.center_y - high / 2))

    def _caret_x(self, text, index):
        """From the left end of the drawn text to the caret."""
        before = self._width_of(text[:index])
        return self._width_of(text) - before if script.right_to_left(text) else before

    def _start(self, whole, room):
        """From the left end of the room, as one sees it, to where the text begins."""
        return room - min(whole, room) if self._theme.rtl else 0

    def _local(self, left, room, at, width):
        """A place as one sees it, in a scene that may be reflected."""
        return left + (room - at - width if self._theme.mirrored else at)

    def _scroll(self, at, room, whole, *, backwards):
        """Keep the caret in sight; outside the field the beginning shows."""
        if not self.focused:
            self._shift = whole - room if backwards else 0
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
        if self.focused and not self._theme.comfort.still:
            self._blinking = Clock.schedule_interval(self._tick, BLINK_S)
        self._redraw()

    def _tick(self, _dt):
        self._bar_colour.a = 1 - round(self._bar_colour.a)

    # ---- what it hears -------------------------------------------------------------------------

    def on_release(self):
        left, room = self._room()
        x = self.last_touch.x - left
        seen = room - x if self._theme.mirrored else x
        self.dispatch("on_place", self._index_at(seen, room))

    def _index_at(self, x, room):
        text = self.shown()
        x += self._shift - self._start(self._width_of(text), room)
        return min(range(len(text) + 1), key=lambda i: abs(self._caret_x(text, i) - x))

    def on_place(self, index):
        pass

    def on_clear(self):
        pass

    def clear(self):
        """Let go of what was typed."""
        self._uncover(-1)
        self._before = ""
        self.field = None
        self._text.texture = None
        self._text.size = (0, 0)
        self.caret = self._shift = 0


kvload.load(__file__, "field.kv")
