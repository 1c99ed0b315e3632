"""The window's own keyboard. It remembers nobody: no dictionary, no suggestions, no history.

It types into nothing by itself: it says what was pressed, and the screen decides.
"""

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
from kiosk.window.stage.widgets.keyboard.keys import Key, Popover
from kiosk.window.stage.widgets.keyboard.layouts import ROW_UNITS, layout

__all__ = ["Keyboard"]

LONG_PRESS_S = 0.45
REPEAT_AFTER_S = 0.5
REPEAT_EVERY_S = 0.08
DOUBLE_TAP_S = 0.4

# Heights of the whole keyboard, and the widest its rows grow, in mm.
PORTRAIT_MM, LANDSCAPE_MM, WIDEST_MM = 212.0, 150.0, 640.0


class Keyboard(FloatLayout, Handled):
    """Docked at the foot of the desk. Events: `on_text(text)`, `on_backspace()`, `on_next()`
    and `on_done()`.

    `language` and `kind` ("text", "email", "phone", "digits") choose the keys, `last` whether
    the way on is next or done, whose words are `next_text` and `done_text`. `shift` is "off",
    "once" or "caps". `shown` runs from 0 (away) to 1.
    """

    language = StringProperty("")
    kind = OptionProperty("text", options=["text", "email", "phone", "digits"])
    last = BooleanProperty(False)
    next_text = StringProperty("")
    done_text = StringProperty("")
    shift = OptionProperty("off", options=["off", "once", "caps"])
    shown = NumericProperty(0.0)

    __events__ = ("on_text", "on_backspace", "on_next", "on_done")

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.handle = "keyboard"
        self.size_hint = (None, None)
        self._theme = themes.current()
        self._keys = []
        self._pressed = {}
        self._timers = {}
        self._shift_at = 0.0
        self._popover = None
        with self.canvas.before:
            self._ground = Color()
            self._floor = Rectangle()
            self._edge_colour = Color()
            self._edge = Rectangle()
        self._rebuild = Clock.create_trigger(self._build, -1)
        self._arrange = Clock.create_trigger(self._lay_out, -1)
        for name in ("language", "kind", "last"):
            self.fbind(name, self._rebuild)
        for name in ("next_text", "done_text", "shift"):
            self.fbind(name, self._label)
        for name in ("size", "shown"):
            self.fbind(name, self._arrange)
        self._theme.bind(night=self._repaint)
        self._repaint()
        self._build()

    # ---- coming and going ----------------------------------------------------------------------

    @property
    def full_height(self):
        return self._theme.mm(PORTRAIT_MM if self._theme.portrait else LANDSCAPE_MM)

    def come(self):
        self._glide(1.0, "out_cubic")

    def go(self):
        self.close_popover()
        self._release_all()
        self._glide(0.0, "in_cubic")

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
        self._release_all()
        self.clear_widgets()
        self._rows = layout(self.language, self.kind, last=self.last)
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
                spec.code, self._cased(spec.text)
            )
            if spec.code == "shift":
                key.lit = {"off": "", "once": "deep", "caps": "accent"}[self.shift]

    def _cased(self, text):
        return text.upper() if self.shift != "off" and len(text) == 1 and text != "ß" else text

    def _lay_out(self, *_):
        theme, height = self._theme, self.full_height
        self.height = height
        self.y = round(theme.desk[0] + (self.shown - 1) * height)
        self.opacity = 1 if self.shown > 0 else 0
        self._floor.pos, self._floor.size = self.pos, self.size
        self._edge.pos = (self.x, self.top - theme.shape("hairline"))
        self._edge.size = (self.width, theme.shape("hairline"))
        margin, gap = theme.mm(9), theme.mm(4)
        inner = min(self.width - 2 * margin, theme.mm(WIDEST_MM))
        pitch = (height - 2 * margin + gap) / len(self._rows)
        keys = iter(self._keys)
        for number, row in enumerate(self._rows):
            units = sum(spec.width for spec in row)
            x = self.center_x - inner / 2 + (ROW_UNITS - units) * (inner + gap) / ROW_UNITS / 2
            y = self.top - margin + gap - (number + 1) * pitch
            for spec in row:
                width = spec.width * (inner + gap) / ROW_UNITS
                key = next(keys)
                key.size_hint = (None, None)
                key.pos, key.size = (round(x), round(y)), (int(width - gap), int(pitch - gap))
                x += width

    # ---- touches -------------------------------------------------------------------------------

    def _key_at(self, x, y):
        """The key under a finger, which also owns half of the gap around it."""
        reach = self._theme.mm(2) + 1
        for key in self._keys:
            inside_x = key.x - reach <= x <= key.right + reach
            if key.spec.code and inside_x and key.y - reach <= y <= key.top + reach:
                return key
        return None

    def on_touch_down(self, touch):
        if self.shown <= 0 or self.disabled:
            return False
        if self._popover is not None:
            return self._choose(touch)
        if not self.collide_point(*touch.pos):
            return False
        for other in list(self._pressed):
            self._commit(other)  # a second finger comes down before the first is up
        key = self._key_at(*touch.pos)
        if key is not None:
            touch.grab(self)
            self._press(touch, key)
        return True

    def _press(self, touch, key):
        self._pressed[touch.uid] = key
        key.down = True
        if key.spec.code == "backspace":
            self.dispatch("on_backspace")
            self._timers[touch.uid] = Clock.schedule_once(
                lambda _dt: self._repeat(touch.uid), REPEAT_AFTER_S
            )
        elif key.spec.more:
            self._timers[touch.uid] = Clock.schedule_once(
                lambda _dt: self._offer(touch.uid), LONG_PRESS_S
            )

    def _repeat(self, uid):
        self._timers[uid] = Clock.schedule_interval(
            lambda _dt: self.dispatch("on_backspace"), REPEAT_EVERY_S
        )

    def on_touch_move(self, touch):
        if touch.grab_current is not self:
            return touch.uid in self._pressed
        if self._popover is not None:
            self._popover.point(*touch.pos)
        return True

    def on_touch_up(self, touch):
        if touch.grab_current is not self:
            return False
        touch.ungrab(self)
        if self._popover is not None:
            self._lift(touch)
        else:
            self._commit(touch.uid)
        return True

    def _commit(self, uid):
        key = self._pressed.pop(uid, None)
        self._stop(uid)
        if key is None:
            return
        key.down = False
        match key.spec.code:
            case "backspace":
                pass
            case "shift":
                self._shifted()
            case "next" | "done" as way:
                self.dispatch(f"on_{way}")
            case _:
                self._type(key.text if key.spec.code != "space" else " ")

    def _type(self, text):
        if self.shift == "once":
            self.shift = "off"
        self.dispatch("on_text", text)

    def _shifted(self):
        now = Clock.get_time()
        quick = now - self._shift_at < DOUBLE_TAP_S
        self._shift_at = now
        if self.shift == "once" and quick:
            self.shift = "caps"
        else:
            self.shift = "once" if self.shift == "off" else "off"

    def _stop(self, uid):
        timer = self._timers.pop(uid, None)
        if timer is not None:
            timer.cancel()

    def _release_all(self):
        for uid, key in list(self._pressed.items()):
            key.down = False
            self._stop(uid)
        self._pressed.clear()

    # ---- accents -------------------------------------------------------------------------------

    def _offer(self, uid):
        """A long press: the letter's accents above it, for a slide or a second tap."""
        key = self._pressed.pop(uid, None)
        self._stop(uid)
        if key is None:
            return
        key.down = False
        letters = [self._cased(c) for c in key.spec.more]
        self._popover = Popover(letters, key, self)
        self.add_widget(self._popover)

    def _lift(self, touch):
        """The finger that called the accents is up: on one of them it types it, elsewhere they
        stay for a tap."""
        chosen = self._popover.letter_at(*touch.pos)
        if chosen:
            self.close_popover()
            self._type(chosen)

    def _choose(self, touch):
        chosen = self._popover.letter_at(*touch.pos)
        self.close_popover()
        if chosen:
            self._type(chosen)
        return bool(chosen) or self.collide_point(*touch.pos)

    def close_popover(self):
        if self._popover is not None:
            self.remove_widget(self._popover)
            self._popover = None

    def on_text(self, text):
        pass

    def on_backspace(self):
        pass

    def on_next(self):
        pass

    def on_done(self):
        pass
