"""Everything that is pressed: buttons, chips, the stepper.

Each answers within the frame of the touch, is at least 20 mm high and carries a `handle`.
"""

from kivy.animation import Animation
from kivy.graphics import Color, PopMatrix, PushMatrix, Rectangle, Rotate
from kivy.properties import (
    BooleanProperty,
    ColorProperty,
    ListProperty,
    NumericProperty,
    ObjectProperty,
    OptionProperty,
    StringProperty,
)
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.floatlayout import FloatLayout
from kivy.uix.widget import Widget

from kiosk.window.stage import kvload, shapes
from kiosk.window.stage import theme as themes
from kiosk.window.stage.focus import Focusable
from kiosk.window.stage.handles import Handled
from kiosk.window.stage.widgets.icon import Icon
from kiosk.window.stage.widgets.words import Words
from kiosk.window.visit import spoken

__all__ = ["Chip", "Icon", "IconButton", "Spinner", "Stepper", "Swatch", "TouchButton", "Words"]

# kind: fill, text and icon, outline.
_DRESS = {
    "primary": ("accent", "on_accent", ""),
    "deep": ("deep", "on_deep", ""),
    "secondary": ("", "ink", "outline"),
    "quiet": ("", "ink", ""),
    "raised": ("raised", "ink", ""),
}


class Touchable(ButtonBehavior, FloatLayout, Focusable):
    """What a finger can press. `on_release` fires once a touch, never while busy or disabled."""

    busy = BooleanProperty(False)
    dim = NumericProperty(1.0)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._theme = themes.current()
        self.always_release = False
        for name in ("state", "disabled", "busy"):
            self.fbind(name, self._redim)
        self._redim()

    def _redim(self, *_):
        if self.disabled:
            self.dim = self._theme.opacity("disabled")
        else:
            self.dim = self._theme.opacity("pressed") if self.state == "down" else 1.0

    def on_touch_down(self, touch):
        if self.opacity <= 0:  # nobody sees it: the touch is meant for what lies below
            return False
        if self.busy and self.collide_point(*touch.pos):
            return True
        return super().on_touch_down(touch)


class Dressed(Touchable):
    """A touchable with a fill, an outline and a text colour that follow its kind."""

    kind = OptionProperty("secondary", options=tuple(_DRESS))
    fill = ListProperty([0, 0, 0, 0])
    edge = ListProperty([0, 0, 0, 0])
    text_tint = ListProperty([0, 0, 0, 1])

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._theme.watch(self._dress)
        # In high contrast nothing is dimmed: what has changed must show otherwise.
        for name in ("kind", "dim", "disabled", "state"):
            self.fbind(name, self._dress)
        self._dress()

    def _tokens(self):
        return _DRESS[self.kind]

    def _dress(self, *_):
        fill, text, edge = self._tokens()
        if self.disabled and (fill or self._theme.contrast):
            # "Sold out" must still be read: quiet, not faded.
            self.fill = self._theme.colour("sheet") if fill else [0, 0, 0, 0]
            self.edge = [0, 0, 0, 0]
            self.text_tint = self._theme.colour("ink_soft")
            return
        if self.state == "down" and self._theme.contrast:
            self.fill = self.edge = self._theme.colour("ink")
            self.text_tint = self._theme.colour("paper")
            return
        self.fill = self._shade(fill)
        self.edge = self._shade(edge)
        if not fill and self.state == "down":
            self.fill = self._theme.colour("sheet")
        ink = self._theme.colour(text)
        # Mixed, not seen through: a text that is not opaque is blended twice.
        self.text_tint = self._mixed(ink) if self.disabled else [*ink[:3], 1]

    def _mixed(self, ink):
        paper = self._theme.colour("paper")
        pairs = zip(ink[:3], paper[:3], strict=True)
        return [*(a * self.dim + b * (1 - self.dim) for a, b in pairs), 1]

    def _shade(self, token):
        if not token:
            return [0, 0, 0, 0]
        red, green, blue, _ = self._theme.colour(token)
        return [red, green, blue, self.dim]


class TouchButton(Dressed):
    """A round-ended button with words and, if wanted, an icon before them.

    Its width follows its content unless `stretch`, which leaves it to the layout.
    """

    text = StringProperty("")
    icon = StringProperty("")
    icon_after = BooleanProperty(False)
    role = StringProperty("button")
    height_mm = NumericProperty(28.0)
    pad_mm = NumericProperty(12.0)
    stretch = BooleanProperty(False)
    content_width = NumericProperty(0)
    icon_mm = NumericProperty(12.0)

    def __init__(self, **kwargs):
        self._busy_spinner = None
        # Beside words twice as large an icon is half as much larger.
        self.icon_mm = 12.0 * (0.5 + themes.current().comfort.text / 200)
        super().__init__(**kwargs)
        self.fbind("busy", self._spin)
        for name in ("stretch", "content_width"):
            self.fbind(name, self._resize)
        self._resize()

    def ring_radius(self):
        return int(self.height / 2)

    def _resize(self, *_):
        if self.stretch:
            return
        self.size_hint_x = None
        wanted = self.content_width + 2 * self._theme.mm(self.pad_mm)
        self.width = max(self._theme.target, wanted)

    def _spin(self, *_):
        if self.busy and self._busy_spinner is None:
            self._busy_spinner = Spinner(tint=self.text_tint)
            self.add_widget(self._busy_spinner)
        elif not self.busy and self._busy_spinner is not None:
            self._busy_spinner.stop()
            self.remove_widget(self._busy_spinner)
            self._busy_spinner = None


class IconButton(Dressed):
    """A round button that is only an icon; `spoken` names it where the icon's name does not."""

    icon = StringProperty("")
    size_mm = NumericProperty(24.0)
    icon_mm = NumericProperty(12.0)

    def ring_radius(self):
        return int(self.height / 2)


class Chip(Dressed):
    """One choice among a few; `selected` fills it. Wider than `most` (px) it breaks its words."""

    part = "choice"
    text = StringProperty("")
    selected = BooleanProperty(False)
    struck = BooleanProperty(False)
    content_width = NumericProperty(0)
    most = NumericProperty(0)
    pad = NumericProperty(0)
    value = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        for name in ("selected", "struck"):
            self.fbind(name, self._dress)
        self._dress()

    def _tokens(self):
        if self.selected:
            return ("deep", "on_deep", "")
        return ("", "ink_soft" if self.struck else "ink", "line" if self.struck else "outline")

    def states(self):
        return [*super().states(), *(["unavailable"] if self.struck else [])]

    def ring_radius(self):
        return int(self.height / 2)


class Swatch(Touchable):
    """A colour to choose; a ring shows that it is chosen, a stroke that it is sold out.

    `spoken` is the colour's name.
    """

    part = "choice"
    colour = ColorProperty([1, 1, 1, 1])
    selected = BooleanProperty(False)
    struck = BooleanProperty(False)
    value = ObjectProperty(None, allownone=True)

    def states(self):
        return [*super().states(), *(["unavailable"] if self.struck else [])]

    def ring_radius(self):
        return int(self.height / 2)


class Spinner(Widget):
    """A quarter-open ring that turns while something is awaited, and only then."""

    tint = ListProperty([1, 1, 1, 1])
    angle = NumericProperty(0)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.size_hint = (None, None)
        theme = themes.current()
        side = theme.mm(12)
        self.size = (side, side)
        self.pos_hint = {"center_x": 0.5, "center_y": 0.5}
        with self.canvas:
            PushMatrix()
            self._turn = Rotate(angle=0, axis=(0, 0, 1), origin=self.center)
            Color(rgba=self.tint)
            self._ring = Rectangle(texture=shapes.arc(side, theme.mm(1.5)), size=self.size)
            PopMatrix()
        self.fbind("pos", self._place)
        self.fbind("angle", lambda *_: setattr(self._turn, "angle", self.angle))
        self._turning = Animation(angle=-360, duration=0.9)
        self._turning.repeat = True
        if not theme.comfort.still:
            self._turning.start(self)

    def stop(self):
        self._turning.cancel(self)

    def _place(self, *_):
        self._ring.pos = self.pos
        self._turn.origin = self.center


class Stepper(BoxLayout, Handled):
    """− 2 +. Calls `on_step(quantity)`; it never changes its own number: the basket does.

    `subject` is what it counts, for who cannot see it.
    """

    quantity = NumericProperty(1)
    least = NumericProperty(0)
    most = NumericProperty(20)
    less_handle = StringProperty("")
    more_handle = StringProperty("")
    subject = StringProperty("")

    __events__ = ("on_step",)

    def step(self, by):
        wanted = self.quantity + by
        if self.least <= wanted <= self.most:
            self.dispatch("on_step", int(wanted))

    def on_step(self, quantity):
        pass

    def says(self, icon, subject, quantity):
        """What one of its two buttons is called: what it does, to what, and how many there are."""
        does = spoken.icon_words(icon, themes.current().language)
        return ", ".join(x for x in (does, subject, str(int(quantity))) if x)


kvload.load(__file__, "buttons.kv")
