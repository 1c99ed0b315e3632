"""An icon of the brand's atlas, tinted, at its exact pixel size."""

from kivy.graphics import Color, Rectangle
from kivy.properties import ListProperty, NumericProperty, StringProperty
from kivy.uix.widget import Widget

from kiosk.window.stage import shapes
from kiosk.window.stage import theme as themes
from kiosk.window.stage.upright import facing

LEAST_MM = 8.0


class Icon(Widget):
    """`name` is an icon of the atlas, `size_mm` its side, `tone` its colour token.

    `tint` (rgba) overrides the tone.
    """

    name = StringProperty("")
    size_mm = NumericProperty(12.0)
    tone = StringProperty("ink")
    tint = ListProperty([])

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.size_hint = (None, None)
        self._theme = themes.current()
        with self.canvas:
            self._colour = Color()
            self._box = Rectangle()
        self._theme.watch(self._recolour)
        for name in ("tone", "tint"):
            self.fbind(name, self._recolour)
        for name in ("name", "size_mm"):
            self.fbind(name, self._redraw)
        self.fbind("pos", self._place)
        self.fbind("size", self._place)
        self._recolour()
        self._redraw()

    def _recolour(self, *_):
        self._colour.rgba = self.tint or self._theme.colour(self.tone)

    def _redraw(self, *_):
        theme = self._theme
        # As a sign beside words that have been made larger, and never too small to be made out.
        grown = self.size_mm * (theme.comfort.text / 100) ** 0.5
        side = max(theme.mm(grown), min(theme.true(LEAST_MM), theme.true(self.size_mm)))
        self.size = (side, side) if self.name else (0, 0)
        texture = shapes.icon(self.name, side) if self.name else None
        self._box.texture = facing(texture, self.name)
        self._place()

    def _place(self, *_):
        self._box.pos = (round(self.x), round(self.y))
        self._box.size = self.size
