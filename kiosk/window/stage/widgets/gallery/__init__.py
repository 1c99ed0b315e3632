"""A product's photographs, side by side: turned with a swipe, seen closely with two fingers."""

from kivy.animation import Animation
from kivy.graphics import (
    Color,
    PopMatrix,
    PushMatrix,
    Rectangle,
    Scale,
    ScissorPop,
    ScissorPush,
    Translate,
)
from kivy.properties import (
    BooleanProperty,
    ListProperty,
    NumericProperty,
    ObjectProperty,
    StringProperty,
)
from kivy.uix.widget import Widget

from kiosk.window.stage import shapes
from kiosk.window.stage import theme as themes
from kiosk.window.stage.focus import Focusable
from kiosk.window.stage.upright import window_box
from kiosk.window.stage.widgets.gallery.closeup import CloseUp
from kiosk.window.stage.widgets.gallery.hand import Hand
from kiosk.window.stage.widgets.gallery.zoom import CLOSER, GIVE, Bounds, Zoom
from kiosk.window.stage.widgets.picture import PictureFrame
from kiosk.window.visit import spoken

# Share of a photograph's width that a slow drag must pass to turn the page.
TURN = 0.22
RATIO = 1.25  # the photographs are 4:5
TALLEST = 1.6  # height over width up to which one is cropped to fill the gallery
ASIDE = 0.55  # how much of a photograph shows that is not in front


class Gallery(Focusable):
    """Shows `pictures`; `index` is the one in front. `on_turn(index)` asks for another one.

    A photograph is as high as the gallery; where it is narrower its neighbours look in, and the
    first and the last one stand at the edge: no side is left empty. `zoomed` tells that it is
    looked at closely; turning the page ends that.
    """

    part = "photographs"

    pipeline = ObjectProperty(None, allownone=True)
    pictures = ListProperty([])
    initial = StringProperty("")
    subject = StringProperty("")
    index = NumericProperty(0)
    place = NumericProperty(0.0)
    count = NumericProperty(0)
    zoomed = BooleanProperty(False)
    scale = NumericProperty(1.0)
    shift_x = NumericProperty(0.0)
    shift_y = NumericProperty(0.0)

    __events__ = ("on_turn",)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._frames = {}
        self._subject = None
        self._hand = Hand(self)
        self._from = 0.0
        self._off = 0.0  # the photograph in front from the middle, as the fingers found it
        self._held = Zoom()
        theme = themes.current()
        with self.canvas.before:
            self._clip = ScissorPush()
            self._paper_colour = Color(rgba=theme.colour("picture"))
            self._paper = Rectangle()
            PushMatrix()
            self._shift = Translate(0, 0)
            self._scaling = Scale(1, 1, 1)
        with self.canvas.after:
            self._closeup = CloseUp()
            PopMatrix()
            ScissorPop()
        theme.watch(self._recolour)
        for name in ("pos", "size", "place"):
            self.fbind(name, self._arrange)
        for name in ("scale", "shift_x", "shift_y"):
            self.fbind(name, self._look)

    def show(self, pictures, index, subject, initial=""):
        """`subject` names what is photographed: another one starts without a movement.

        The first letter of `initial` stands where a photograph is missing.
        """
        other = subject != self._subject
        self._subject, self.initial, self.subject = subject, initial, initial
        for frame in self._frames.values():
            frame.initial = initial
        if list(pictures) != list(self.pictures) or other:
            self.pictures = list(pictures)
            self.count = len(pictures)
            self._clear()
        if other:
            Animation.cancel_all(self, "place")
            self._rest()
            self.index, self.place = index, float(index)
            self._arrange()
        elif index != self.index:
            self._rest()
            self.index = index
            self._glide()

    @property
    def loaded(self):
        """Whether the photograph in front is here."""
        front = self._frames.get(int(self.index))
        return front is not None and front.loaded

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
        for finger in self._hand.drop():
            finger.ungrab(self)
        self._rest()
        self._clear()
        self.pictures, self.count, self._subject = [], 0, None

    def closer(self):
        """Closer, about the middle; or back to the whole photograph."""
        self._double((self.center_x + self._offset(), self.center_y))

    def on_turn(self, index):
        pass

    # ---- pages ---------------------------------------------------------------------------------

    def _recolour(self, *_):
        self._paper_colour.rgba = themes.current().colour("picture")

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

    @property
    def photo_size(self):
        """Width and height of a photograph in front, whole (pixels)."""
        width = min(int(self.width), round(self.height / RATIO))
        return width, min(int(self.height), round(width * TALLEST))

    @property
    def _pitch(self):
        return self.photo_size[0] + themes.current().mm(6)

    def _arrange(self, *_):
        x, y, width, height = window_box(self)
        self._clip.pos, self._clip.size = (x, y), (width, height)
        self._paper.pos, self._paper.size = self.pos, self.size
        self._scaling.origin = self.center
        if self.width < 8 or self.height < 8:
            return
        size, pitch = self.photo_size, self._pitch
        front = self.center_x + self._offset()
        aside, shift = 1 + self.width / 2 / pitch, (front - self.center_x) / pitch - self.place
        wanted = {i for i in range(max(1, self.count)) if abs(i + shift) < aside}
        for gone in [i for i in self._frames if abs(i + shift) > aside + 1]:
            self.remove_widget(self._frames.pop(gone))
        for i in wanted | set(self._frames):
            frame = self._frames.get(i) or self._frame(i)
            frame.size = size
            away = min(1.0, abs(i - self.place))
            frame.opacity = (1 - away * (1 - ASIDE)) if self.scale <= 1 or away < 1 else 0
            frame.pos = (
                round(front + (i - self.place) * pitch - size[0] / 2),
                round(self.center_y - size[1] / 2),
            )
        self._closeup.place()

    def _offset(self):
        """How far right of the middle the photograph in front stands: less the closer it is."""
        size, pitch, last = self.photo_size[0], self._pitch, max(0, self.count - 1)
        apart = max(0.0, 1 - max(0.0, self.scale - 1) * 2)
        half = (self.width - size) / 2
        # Past either end the row follows the hand.
        left = min(max(self.place, 0), last) * pitch
        right = last * pitch - left
        if left + right <= 2 * half:  # all of them fit
            return apart * (left - right) / 2
        return apart * (min(0, left - half) + max(0, half - right))

    def _frame(self, index):
        picture = self.pictures[index] if index < self.count else None
        frame = PictureFrame(pictures=self.pipeline, picture=picture, initial=self.initial)
        self._frames[index] = frame
        self.add_widget(frame)
        return frame

    # ---- looking closely -----------------------------------------------------------------------

    @property
    def _bounds(self):
        return Bounds((self.width, self.height), self.photo_size)

    @property
    def _zoom(self):
        return Zoom(self.scale, self.shift_x, self.shift_y)

    def _look(self, *_):
        self._scaling.xyz = (self.scale, self.scale, 1)
        self._shift.xy = (self.shift_x, self.shift_y)
        if self.zoomed != (self.scale > 1):
            self.zoomed = self.scale > 1
            self._sharpen()
        self._arrange()

    def _show(self, zoom):
        self.scale, self.shift_x, self.shift_y = zoom.scale, zoom.x, zoom.y

    def _rest(self):
        """The whole photograph, at once."""
        Animation.cancel_all(self, "scale", "shift_x", "shift_y")
        self._show(Zoom())

    def _settle(self, zoom):
        """Glide to where the photograph may stay."""
        Animation.cancel_all(self, "scale", "shift_x", "shift_y")
        Animation(
            scale=zoom.scale,
            shift_x=zoom.x,
            shift_y=zoom.y,
            duration=themes.current().seconds("calm"),
            transition="out_cubic",
        ).start(self)

    def _sharpen(self):
        """While it is looked at closely the photograph shows in all the pixels that it has."""
        index, frame = int(self.index), self._frames.get(int(self.index))
        if not self.zoomed or frame is None or index >= self.count or self.pipeline is None:
            self._closeup.end()
        else:
            self._closeup.begin(self.pipeline, self.pictures[index], frame)

    # ---- what the hand does (Hand calls these) ---------------------------------------------------

    def begin(self):
        Animation.cancel_all(self, "place", "scale", "shift_x", "shift_y")
        self._from, self._held, self._off = self.place, self._zoom, self._offset()

    def drag(self, dx, dy):
        if not self._held.whole:
            self._show(self._bounds.given(self._held.moved(dx, dy)))
            return
        place, last = self._from - dx / self._pitch, self.count - 1
        if place < 0:
            place *= GIVE
        elif place > last:
            place = last + (place - last) * GIVE
        self.place = place

    def pinch(self, factor, at, now):
        if self.place != self.index:
            self.place = float(self.index)
        # The fingers hold the photograph, which comes to the middle as it grows.
        centre = self.center_x + self._off, self.center_y
        at, now = (at[0] - centre[0], at[1] - centre[1]), (now[0] - centre[0], now[1] - centre[1])
        self._show(self._bounds.given(self._held.pinched(factor, at, now)))

    def double_tap(self, at):
        self._double(at)

    def let(self):
        stays = self._bounds.within(self._zoom)
        if self._zoom != stays:
            self._settle(stays)
        if not self._held.whole or self.zoomed:
            return
        moved = self.place - self.index
        step = (1 if moved > 0 else -1) if abs(moved) > TURN else 0
        wanted = min(max(self.index + step, 0), max(0, self.count - 1))
        if wanted != self.index:
            self.index = wanted
            self.dispatch("on_turn", wanted)
        self._glide()

    def _double(self, at):
        if self.count < 1:
            return
        if self.scale > 1.05:
            self._settle(Zoom())
            return
        x, y = at[0] - self.center_x - self._offset(), at[1] - self.center_y
        self._settle(self._bounds.within(Zoom().pinched(CLOSER, (x, y), (x, y))))

    # ---- touching ------------------------------------------------------------------------------

    def on_touch_down(self, touch):
        if not self.count or not self.collide_point(*touch.pos) or not self._hand.down(touch):
            return False
        touch.grab(self)
        return True

    def on_touch_move(self, touch):
        return touch.grab_current is self and self._hand.move(touch)

    def on_touch_up(self, touch):
        if touch.grab_current is not self:
            return False
        touch.ungrab(self)
        return self._hand.up(touch)


class Dots(Widget):
    """How many photographs there are, and which one shows."""

    count = NumericProperty(0)
    place = NumericProperty(0.0)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.size_hint = (None, None)
        self._theme = themes.current()
        self._theme.watch(self._draw)
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
