"""A product's photographs, side by side, moved with a finger."""

from kivy.animation import Animation
from kivy.graphics import Color, Rectangle, ScissorPop, ScissorPush
from kivy.properties import ListProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.widget import Widget

from kiosk.window.stage import shapes
from kiosk.window.stage import theme as themes
from kiosk.window.stage.focus import Focusable
from kiosk.window.stage.upright import window_box
from kiosk.window.stage.widgets.picture import PictureFrame
from kiosk.window.visit import spoken

# Share of the width that a slow drag must pass to turn the page.
TURN = 0.22
RATIO = 1.25  # the photographs are 4:5


class Gallery(Focusable):
    """Shows `pictures`; `index` is the one in front. `on_turn(index)` asks for another one.

    Frames keep one size whatever the height of the gallery, so that a longer text beside it
    never has a photograph decoded again; the middle shows.
    """

    part = "photographs"

    pipeline = ObjectProperty(None, allownone=True)
    pictures = ListProperty([])
    initial = StringProperty("")
    subject = StringProperty("")
    index = NumericProperty(0)
    place = NumericProperty(0.0)
    count = NumericProperty(0)

    __events__ = ("on_turn",)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._frames = {}
        self._finger = None
        self._from = 0.0
        with self.canvas.before:
            self._clip = ScissorPush()
        with self.canvas.after:
            ScissorPop()
        for name in ("pos", "size", "place"):
            self.fbind(name, self._arrange)

    def show(self, pictures, index, subject, initial=""):
        """`subject` names what is photographed: another one starts without a movement.

        The first letter of `initial` stands where a photograph is missing.
        """
        other = subject != getattr(self, "_subject", None)
        self._subject, self.initial, self.subject = subject, initial, initial
        for frame in self._frames.values():
            frame.initial = initial
        if list(pictures) != list(self.pictures) or other:
            self.pictures = list(pictures)
            self.count = len(pictures)
            self._clear()
        if other:
            Animation.cancel_all(self, "place")
            self.index, self.place = index, float(index)
            self._arrange()
        elif index != self.index:
            self.index = index
            self._glide()

    def name(self):
        theme = themes.current()
        return spoken.picture_words(self.subject, self.index, self.count, theme.language)

    def adjust(self, by):
        """The next photograph, or the one before."""
        wanted = int(self.index) + by
        if not 0 <= wanted < self.count:
            return False
        self.dispatch("on_turn", wanted)
        return True

    def let_go(self):
        """Out of sight: give the large textures back to the cache, and no finger holds it."""
        if self._finger is not None:
            self._finger.ungrab(self)
            self._finger = None
        self._clear()
        self.pictures, self.count, self._subject = [], 0, None

    def on_turn(self, index):
        pass

    def _clear(self):
        for frame in self._frames.values():
            frame.picture = None
            self.remove_widget(frame)
        self._frames = {}
        self._arrange()

    def _glide(self):
        Animation.cancel_all(self, "place")
        calm = themes.current().seconds("calm")
        Animation(place=float(self.index), duration=calm, transition="out_cubic").start(self)

    def _arrange(self, *_):
        x, y, width, height = window_box(self)
        self._clip.pos, self._clip.size = (x, y), (width, height)
        if self.width < 8 or self.height < 8:
            return
        wanted = {i for i in range(max(1, self.count)) if abs(i - self.place) < 1.05}
        for gone in [i for i in self._frames if i not in wanted and abs(i - self.place) > 2]:
            self.remove_widget(self._frames.pop(gone))
        height = max(self.height, round(self.width * RATIO))
        for i in wanted | set(self._frames):
            frame = self._frames.get(i) or self._frame(i)
            frame.size = (self.width, height)
            frame.pos = (
                round(self.x + (i - self.place) * self.width),
                round(self.center_y - height / 2),
            )

    def _frame(self, index):
        picture = self.pictures[index] if index < self.count else None
        frame = PictureFrame(pictures=self.pipeline, picture=picture, initial=self.initial)
        self._frames[index] = frame
        self.add_widget(frame)
        return frame

    # ---- touching ------------------------------------------------------------------------------

    def on_touch_down(self, touch):
        if self._finger is not None or self.count < 2 or not self.collide_point(*touch.pos):
            return False
        touch.grab(self)
        self._finger, self._from = touch, self.place
        Animation.cancel_all(self, "place")
        return True

    def on_touch_move(self, touch):
        if touch is not self._finger:
            return False
        place = self._from - (touch.x - touch.ox) / self.width
        last = self.count - 1
        if place < 0:
            place *= 0.35
        elif place > last:
            place = last + (place - last) * 0.35
        self.place = place
        return True

    def on_touch_up(self, touch):
        if touch is not self._finger:
            return False
        touch.ungrab(self)
        self._finger = None
        moved = self.place - self.index
        if abs(moved) > TURN:
            wanted = self.index + (1 if moved > 0 else -1)
            wanted = min(max(wanted, 0), self.count - 1)
        else:
            wanted = self.index
        if wanted != self.index:
            self.index = wanted
            self.dispatch("on_turn", wanted)
        self._glide()
        return True


class Dots(Widget):
    """How many photographs there are, and which one shows."""

    count = NumericProperty(0)
    place = NumericProperty(0.0)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.size_hint = (None, None)
        self._theme = themes.current()
        self._theme.bind(night=self._draw)
        for name in ("count", "pos"):
            self.fbind(name, self._draw)
        self.fbind("place", self._draw)

    def _draw(self, *_):
        self.canvas.clear()
        theme, count = self._theme, int(self.count)
        if count < 2:
            self.size = (0, 0)
            return
        side, gap = theme.mm(5), theme.mm(5)
        self.size = (count * side + (count - 1) * gap, side)
        here = round(self.place)
        ink = theme.colour("on_picture")[:3]
        with self.canvas:
            for i in range(count):
                Color(*ink, 0.9 if i == here else 0.25)
                Rectangle(
                    texture=shapes.disc(side),
                    pos=(round(self.x + i * (side + gap)), round(self.y)),
                    size=(side, side),
                )
