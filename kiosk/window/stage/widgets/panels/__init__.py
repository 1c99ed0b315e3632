"""Surfaces: panels, hairlines, sheets that lie above a screen, short notices."""

from kivy.animation import Animation
from kivy.clock import Clock
from kivy.graphics import Color, Rectangle
from kivy.properties import (
    BooleanProperty,
    ListProperty,
    NumericProperty,
    StringProperty,
)
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.floatlayout import FloatLayout
from kivy.uix.widget import Widget

from kiosk.window.stage import kvload, shapes
from kiosk.window.stage import theme as themes
from kiosk.window.stage.handles import Handled
from kiosk.window.stage.upright import upright
from kiosk.window.stage.widgets.icon import Icon
from kiosk.window.stage.widgets.words import Words

__all__ = ["Hairline", "Icon", "Notice", "Panel", "Sheet", "Wordmark", "Words"]

NOTICE_S = 4.0


class Hairline(Widget):
    """A quiet line across its width."""


class Panel(FloatLayout, Handled):
    """A round rectangle of a colour token, with an outline if wanted."""

    tone = StringProperty("sheet")
    edge = StringProperty("")
    radius_mm = NumericProperty(3.0)
    fill_colour = ListProperty([0, 0, 0, 0])
    edge_colour = ListProperty([0, 0, 0, 0])

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._theme = themes.current()
        self._theme.watch(self._dress)
        for name in ("tone", "edge"):
            self.fbind(name, self._dress)
        self._dress()

    def _dress(self, *_):
        self.fill_colour = self._theme.colour(self.tone) if self.tone else [0, 0, 0, 0]
        # In high contrast black lies on black: what is raised has an edge.
        bare = "outline" if self._theme.contrast and self.tone == "raised" else ""
        edge = self.edge or bare
        self.edge_colour = self._theme.colour(edge) if edge else [0, 0, 0, 0]


class Wordmark(Widget):
    """The shop's name as it is drawn, or its round window (`monogram`).

    A shop that is not the brand's own stands here with its name, or its initial.
    """

    height_mm = NumericProperty(14.0)
    tone = StringProperty("ink")
    monogram = BooleanProperty(False)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.size_hint = (None, None)
        self._theme = themes.current()
        with self.canvas:
            self._colour = Color()
            self._box = Rectangle()
        self._theme.watch(self._dress)
        self._theme.bind(sign=self._redraw)
        self.fbind("tone", self._dress)
        for name in ("height_mm", "monogram"):
            self.fbind(name, self._redraw)
        self.fbind("pos", self._place)
        self._dress()
        self._redraw()

    def _dress(self, *_):
        self._colour.rgba = self._theme.colour(self.tone)

    def _redraw(self, *_):
        high = self._theme.mm(self.height_mm)
        texture = upright(shapes.mark("monogram" if self.monogram else "wordmark", high))
        self._box.texture, self._box.size = texture, texture.size
        self.size = (texture.width, high)
        self._place()

    def _place(self, *_):
        # The box's height is that of the capitals: what hangs below them hangs below it.
        self._box.pos = (int(self.x), int(self.y) - int(self._box.size[1] - self.height))


class Sheet(FloatLayout, Handled):
    """A raised panel that comes over the screen, with a scrim that closes it.

    It keeps every touch to itself while it is open. In portrait it rises from below, as high as
    its content and at most to the upper end of what hands reach; in landscape it comes from the
    right. Put content with `fill(widget)`; what does not fit scrolls.
    """

    traps_focus = True

    title = StringProperty("")
    rise = NumericProperty(0)
    offset = NumericProperty(1.0)

    __events__ = ("on_closed",)

    def fill(self, content):
        self.ids.body.clear_widgets()
        self.ids.body.add_widget(content)

    def open(self, parent):
        if self.parent is None:
            parent.add_widget(self)
        Animation.cancel_all(self, "offset")
        calm = themes.current().seconds("calm")
        Animation(offset=0, duration=calm, transition="out_cubic").start(self)

    def close(self, *_):
        Animation.cancel_all(self, "offset")
        calm = themes.current().seconds("calm")
        leaving = Animation(offset=1, duration=calm, transition="in_cubic")
        leaving.bind(on_complete=self._gone)
        leaving.start(self)

    def _gone(self, *_):
        if self.parent is not None:
            self.parent.remove_widget(self)
        self.dispatch("on_closed")

    def on_closed(self):
        pass

    def on_touch_down(self, touch):
        if super().on_touch_down(touch):
            return True
        if not self.ids.panel.collide_point(*touch.pos):
            self.close()
        return True


class Notice(BoxLayout, Handled):
    """A short word that leaves by itself. `say(text, icon, tone)`; never needs a touch."""

    text = StringProperty("")
    icon = StringProperty("")
    tone = StringProperty("deep")

    __events__ = ("on_over",)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.opacity = 0
        self._leaving = None

    def say(self, text, icon="check", seconds=NOTICE_S):
        self.text, self.icon = text, icon
        if self._leaving is not None:
            self._leaving.cancel()
        Animation.cancel_all(self, "opacity")
        quick = themes.current().seconds("quick")
        Animation(opacity=1, duration=quick).start(self)
        self._leaving = Clock.schedule_once(self.hush, seconds)

    def hush(self, *_):
        if self._leaving is not None:
            self._leaving.cancel()
            self._leaving = None
        Animation.cancel_all(self, "opacity")
        leaving = Animation(opacity=0, duration=themes.current().seconds("calm"))
        leaving.bind(on_complete=lambda *_: self.dispatch("on_over"))
        leaving.start(self)

    def on_over(self):
        pass


kvload.load(__file__, "panels.kv")
