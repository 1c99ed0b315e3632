"""One poster: a picture, and its words on the quiet wall above what it shows."""

from kivy.core.window import Window
from kivy.graphics import Color, Rectangle, ScissorPop, ScissorPush
from kivy.properties import (
    BooleanProperty,
    ListProperty,
    NumericProperty,
    ObjectProperty,
    StringProperty,
)
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.floatlayout import FloatLayout

from kiosk.window.stage import kvload, shapes
from kiosk.window.stage.firstframe.crop import FRAMED_ANCHOR, SHAPE, anchor, crop
from kiosk.window.stage.widgets.picture import PictureFrame  # noqa: F401  (used in poster.kv)

QUIET = 0.37  # its share from above that is plain wall, for words
UNCUT = 1 << 14  # pixels: more than any glass has
SHADOW = 0.5  # how dark it is right below a hem


class PosterWords(BoxLayout):
    """The collection's name, the line, its other language, a drop's countdown, from the top.

    `over` are words on a photograph; `brief` leaves out what the line can do without. Where `room`
    (pixels) is not 0 the line shrinks so that all are no higher. `full` is how high those are that
    say something.
    """

    hero = ObjectProperty(None, allownone=True)
    over = BooleanProperty(True)
    brief = BooleanProperty(False)
    room = NumericProperty(0)
    full = NumericProperty(0)

    def on_kv_post(self, base_widget):
        self.fbind("room", self._measure)
        for child in self.children:
            child.fbind("height", self._measure)
        self._measure()

    def _measure(self, *_):
        line, others, lowest, below = self.ids.line.__self__, 0, 0, 0
        for child in reversed(self.children):
            others += self.spacing + (child.height if child is not line else 0)
            below += child.height
            lowest = below if child.height else lowest
            below += self.spacing
        self.full = lowest
        line.room = max(1, self.room - others) if self.room else 0


class Poster(FloatLayout):
    """A hero across `photo_pos`/`photo_size`, its words in `words_pos`/`words_size` (from above).

    `framed` hangs a picture that was not made for the glass below the words instead. `voice` is
    how much of the words can be seen.
    """

    framed = BooleanProperty(False)
    pictures = ObjectProperty(None, allownone=True)
    hero = ObjectProperty(None, allownone=True)
    line = StringProperty("")
    voice = NumericProperty(1.0)
    photo_pos = ListProperty([0, 0])
    photo_size = ListProperty([100, 100])
    words_pos = ListProperty([0, 0])
    words_size = ListProperty([100, 100])
    wall_room = NumericProperty(1)
    anchor = NumericProperty(0.5)
    framed_anchor = NumericProperty(FRAMED_ANCHOR)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._clip = ScissorPush()
        self.canvas.before.insert(0, self._clip)
        with self.canvas.after:
            self._dark = Color(0, 0, 0, 0)
            self._shadow = Rectangle(texture=shapes.shade())
            ScissorPop()
        self.cut()
        for name in ("photo_pos", "photo_size", "words_pos", "words_size"):
            self.fbind(name, self._crop)

    def _crop(self, *_):
        """Words over a poster stay on what is left of its wall where the glass is less tall."""
        width, height = self.photo_size
        seen, floor = crop(width, height)
        self.anchor = anchor(width, height)
        wall = (QUIET - (1 - floor - seen)) * width * SHAPE
        below = self.photo_pos[1] + height - self.words_pos[1] - self.words_size[1]
        self.wall_room = max(1, wall - below)

    @property
    def extent(self):
        """Where picture and words begin and end, in pixels from the foot of the window."""
        photo, words = self.photo_pos[1], self.words_pos[1]
        tops = photo + self.photo_size[1], words + self.words_size[1]
        return max(0, int(min(photo, words))), min(int(Window.height), int(max(tops)) + 1)

    def cut(self, low=0, high=UNCUT, shadow=0):
        """Show what is between two heights of the window (pixels), the rest is not drawn.

        `shadow` is how far down from its upper edge it lies in the shadow of what hangs before it.
        """
        self._clip.pos, self._clip.size = (0, int(low)), (UNCUT, int(high - low))
        self._dark.a = SHADOW if shadow else 0
        self._shadow.pos = self.photo_pos[0], high - shadow
        self._shadow.size = self.photo_size[0], shadow

    @property
    def ready(self):
        """Whether its photograph is drawn, or it has none."""
        return self.hero is None or self.hero.picture is None or self.ids.photo.loaded

    def show(self, hero):
        self.hero, self.framed, self.line = hero, hero.framed, hero.line


kvload.load(__file__, "poster.kv")
