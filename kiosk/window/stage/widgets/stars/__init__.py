"""Five stars of the brand's atlas, filled as far as a rating goes. What they say stands beside."""

from functools import lru_cache

from kivy.graphics import Color, Rectangle
from kivy.properties import NumericProperty, StringProperty
from kivy.uix.widget import Widget
from PIL import Image, ImageDraw

from kiosk.shop.reviews import MOST_STARS
from kiosk.window.stage import shapes
from kiosk.window.stage import theme as themes

GAP = 0.12  # of a star's side, between two


@lru_cache(maxsize=16)
def _row(side, filled):
    """A row of stars `side` pixels high: outlines, or whole."""
    star = shapes.icon_image("star", side)
    if filled:
        star = _whole(star)
    step = side + round(side * GAP)
    row = Image.new("RGBA", (step * (MOST_STARS - 1) + side, side), (255, 255, 255, 0))
    for place in range(MOST_STARS):
        row.paste(star, (place * step, 0))
    return shapes.upload(row)


def _whole(star):
    """The icon with what its outline encloses."""
    alpha = star.getchannel("A")
    outside = alpha.point(lambda a: 255 if a > 96 else 0)
    ImageDraw.floodfill(outside, (0, 0), 128)
    inside = outside.point(lambda a: 255 if a == 0 else 0)
    alpha.paste(255, mask=inside)
    image = Image.new("RGBA", star.size, (255, 255, 255, 255))
    image.putalpha(alpha)
    return image


class Stars(Widget):
    """`share` of all stars is filled (0 to 1)."""

    share = NumericProperty(0.0)
    size_mm = NumericProperty(9.0)
    tone = StringProperty("accent")

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.size_hint = (None, None)
        self._theme = themes.current()
        with self.canvas:
            self._line_colour, self._line = Color(), Rectangle()
            self._fill_colour, self._fill = Color(), Rectangle()
        self._theme.watch(self._recolour)
        self.fbind("tone", self._recolour)
        for name in ("share", "size_mm", "pos"):
            self.fbind(name, self._draw)
        self._recolour()
        self._draw()

    def _recolour(self, *_):
        self._line_colour.rgba = self._fill_colour.rgba = self._theme.colour(self.tone)

    def _draw(self, *_):
        side = self._theme.mm(self.size_mm)
        outlines, whole = _row(side, False), _row(side, True)
        self.size = outlines.size
        pos = (round(self.x), round(self.y))
        width = round(whole.width * min(1.0, max(0.0, self.share)))
        self._line.texture, self._line.pos, self._line.size = outlines, pos, outlines.size
        # The row is the same in a mirror; only its filled end must stay where reading begins.
        self._fill.texture = whole.get_region(0, 0, max(1, width), whole.height)
        self._fill.pos, self._fill.size = pos, (width, whole.height)
