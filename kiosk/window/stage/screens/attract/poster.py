"""One poster: a picture, and its words on the quiet wall above what it shows."""

from kivy.properties import (
    BooleanProperty,
    ListProperty,
    NumericProperty,
    ObjectProperty,
    StringProperty,
)
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.floatlayout import FloatLayout

from kiosk.window.stage import kvload
from kiosk.window.stage.widgets.picture import PictureFrame  # noqa: F401  (used in poster.kv)

SHAPE = 16 / 9  # height over width of a picture that was made for the glass
FLOOR = 0.17  # its share below what it shows


class PosterWords(BoxLayout):
    """The collection's name, the line, its other language, a drop's countdown, from the top.

    `over` are words on a photograph; `brief` leaves out what the line can do without.
    """

    hero = ObjectProperty(None, allownone=True)
    over = BooleanProperty(True)
    brief = BooleanProperty(False)


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
    anchor = NumericProperty(0.5)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.bind(photo_size=self._crop)

    def _crop(self, *_):
        """Where the glass is less tall than a poster: the floor goes first, then some wall."""
        width, height = self.photo_size
        seen = min(1.0, height / max(1.0, width * SHAPE))
        floor = min(FLOOR, 1 - seen)
        self.anchor = 1 - floor - seen / 2

    def show(self, hero):
        self.hero, self.framed, self.line = hero, hero.framed, hero.line


kvload.load(__file__, "poster.kv")
