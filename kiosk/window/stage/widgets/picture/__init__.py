"""A photograph that fades in over a designed placeholder."""

from kivy.animation import Animation
from kivy.clock import Clock
from kivy.graphics import BorderImage, Color, Rectangle
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.widget import Widget

from kiosk.window.stage import shapes
from kiosk.window.stage import theme as themes
from kiosk.window.stage.patch import patches
from kiosk.window.stage.upright import outline, upright

# Shares of the ink on the paper: of a letter in a frame, of a mark or the frame itself.
INITIAL_INK = 0.16
EDGE_INK = 0.10
INSET_MM = 6.0


class PictureFrame(Widget):
    """Shows `picture` (a shop Picture or None) cropped to its own size.

    `pictures` is the pipeline. Until the file is here, and where there is none, the frame shows
    the paper under the pictures and on it the shop's monogram, or the first letter of `initial`
    in a thin frame, as the cards do. `loaded` tells that a photo is drawn.
    """

    pictures = ObjectProperty(None, allownone=True)
    picture = ObjectProperty(None, allownone=True)
    ground = StringProperty("picture")
    initial = StringProperty("")
    anchor = NumericProperty(0.5)
    loaded = BooleanProperty(False)
    shown = NumericProperty(0.0)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._theme = themes.current()
        self._ticket = None
        self._asked = None
        with self.canvas:
            self._ground = Color()
            self._paper = Rectangle()
            self._mark_colour = Color()
            self._mark = Rectangle(size=(0, 0))
            self._edge_colour = Color(1, 1, 1, 0)
            self._edge = BorderImage(size=(0, 0))
            self._veil = Color(1, 1, 1, 0)
            self._photo = Rectangle(size=(0, 0))
        self._ask = Clock.create_trigger(self._request, 0)
        self._theme.watch(self._recolour)
        self.fbind("ground", self._recolour)
        self.fbind("initial", self._marked)
        for name in ("pos", "size"):
            self.fbind(name, self._place)
        for name in ("pictures", "picture", "size", "anchor"):
            self.fbind(name, self._ask)
        self.fbind("shown", self._come_up)
        self._recolour()

    def _recolour(self, *_):
        self._ground.rgba = self._theme.colour(self.ground) if self.ground else [0, 0, 0, 0]
        ink = self._theme.colour("on_picture")[:3]
        self._mark_colour.rgba = [*ink, INITIAL_INK if self.initial else EDGE_INK]

    def _come_up(self, *_):
        patches.paint(self._fade)

    def _fade(self, *_):
        self._veil.a = self.shown
        # What the photograph covers is not drawn: large layers are what a frame costs.
        self._paper.size = (0, 0) if self.shown >= 1 else self.size
        return [outline(self, edge=1)]

    def _place(self, *_):
        pos = (round(self.x), round(self.y))
        self._paper.pos = self._photo.pos = pos
        self._fade()
        self._photo.size = self.size if self.loaded else (0, 0)
        self._place_mark()

    def _place_mark(self):
        width, height = self._mark.size
        self._mark.pos = (round(self.center_x - width / 2), round(self.center_y - height / 2))
        inset = self._theme.mm(INSET_MM)
        framed = self.initial and self._mark.size[0] > 0
        self._edge.pos = (round(self.x) + inset, round(self.y) + inset)
        self._edge.size = (self.width - 2 * inset, self.height - 2 * inset)
        ink = self._theme.colour("on_picture")[:3]
        self._edge_colour.rgba = [*ink, EDGE_INK if framed else 0]

    def _request(self, *_):
        width, height = int(self.width), int(self.height)
        wanted = (self.picture, width, height, self.anchor)
        if self.pictures is None or width < 8 or height < 8 or wanted == self._asked:
            return
        self._asked = wanted
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None
        if self.picture is None:
            self._empty()
            return
        at_once = self.pictures.cached(self.picture, width, height, self.anchor) is not None
        if not at_once:
            self._empty()
        self._ticket = self.pictures.request(
            self.picture,
            width,
            height,
            lambda texture: self._arrive(texture, at_once),
            self.anchor,
        )

    def _empty(self):
        Animation.cancel_all(self, "shown")
        self.loaded, self.shown = False, 0
        self._marked()
        self._place()

    def _marked(self, *_):
        """What stands on the paper while no photograph does."""
        self._recolour()
        side = int(min(self.width, self.height) * (0.52 if self.initial else 0.24))
        if self.loaded or not self.ground or side <= 0:
            return
        if self.initial:
            line = max(1, self._theme.shape("hairline"))
            self._edge.texture = shapes.patch(line + 1, line)
            self._edge.border = [line + 1] * 4
            self._mark.texture = upright(shapes.initial(self.initial, side))
        else:
            self._mark.texture = upright(shapes.mark("monogram", side))
        self._mark.size = self._mark.texture.size
        self._place_mark()

    def _arrive(self, texture, at_once):
        if texture is None:
            self._empty()
            return
        self._photo.texture = upright(texture)
        self.loaded = True
        self._mark.size = (0, 0)
        self._place()
        Animation.cancel_all(self, "shown")
        if at_once:
            self.shown = 1
        else:
            Animation(shown=1, duration=self._theme.seconds("calm")).start(self)
