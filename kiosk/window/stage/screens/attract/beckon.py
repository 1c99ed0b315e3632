"""A hand that taps the glass: says without words that this window may be touched."""

from functools import lru_cache

from kivy.clock import Clock
from kivy.graphics import Color, Rectangle
from PIL import Image, ImageDraw

from kiosk.window.stage import shapes
from kiosk.window.stage import theme as themes
from kiosk.window.stage.focus import Focusable
from kiosk.window.stage.patch import patches
from kiosk.window.stage.screens.attract.gesture import GESTURE_S, REST, RINGS, STILL, pose
from kiosk.window.stage.upright import outline

# Seen as a movement, at a fifth of what a full frame rate would cost; then the glass rests.
STEP_S = 1 / 12
PAUSE_S = 4.0

SPREAD = 0.96  # of the widget's height: how wide a ring becomes
DOT = 0.30
HAND = 0.56
TIP = (0.47, 0.76)  # where the finger's tip is in the icon, from its lower left corner
PALM = (0.6, 0.65)  # a point of its palm, from the upper left
AWAY = (0.20, -0.16)  # how far aside the hand waits
OUTSIDE = 0.08  # of its side: how far rings and hand reach beyond the widget
PRESSED = 0.10  # how much smaller a hand is that presses


class Beckon(Focusable):
    """Square. Moves between `start` and `stop`, and not at all for who wants no movement."""

    icon = "touch"

    def __init__(self, **kwargs):
        super().__init__(size_hint=(None, None), **kwargs)
        self._theme = themes.current()
        self._began = 0.0
        self._event = None
        self._pose = REST
        with self.canvas:
            self._ring_colours, self._rings = [], []
            for _ in range(RINGS):
                self._ring_colours.append(Color())
                self._rings.append(Rectangle())
            self._dot_colour = Color()
            self._dot = Rectangle()
            self._palm_colour = Color()
            self._palm = Rectangle()
            self._line_colour = Color()
            self._line = Rectangle()
        self._theme.watch(self._dress)
        self.bind(pos=self._place, size=self._measure)
        self._dress()
        self._measure()

    @property
    def moving(self):
        """Whether a gesture is under way or planned."""
        return self._event is not None

    def start(self):
        self.stop()
        if self._theme.seconds("calm") == 0:
            self._show(STILL)
            return
        self._show(REST)
        self._event = Clock.schedule_once(self._begin, PAUSE_S / 4)

    def stop(self):
        if self._event is not None:
            self._event.cancel()
            self._event = None

    def _begin(self, _dt):
        self._began = Clock.get_time()
        self._event = Clock.schedule_interval(self._step, STEP_S)

    def _step(self, _dt):
        passed = Clock.get_time() - self._began
        if passed < GESTURE_S:
            self._show(pose(passed))
            return
        self.stop()
        self._show(REST)
        self._event = Clock.schedule_once(self._begin, PAUSE_S)

    def _dress(self, *_):
        theme = self._theme
        self._dot_colour.rgba = theme.colour("accent")
        self._palm_colour.rgba = theme.colour("raised")
        self._line_colour.rgba = theme.colour("ink")
        self._place()

    def _measure(self, *_):
        side = max(8, int(min(self.size)))
        hand = int(side * HAND)
        spread, dot = int(side * SPREAD), int(side * DOT)
        for ring in self._rings:
            ring.texture = shapes.disc(spread, max(2, self._theme.shape("outline")))
        self._dot.texture = shapes.disc(dot)
        self._palm.texture = _palm(hand)
        self._line.texture = shapes.icon(self.icon, hand)
        self._place()

    def _show(self, wanted):
        """The poster beside it is left as it is painted."""
        if wanted != self._pose:
            self._pose = wanted
            patches.paint(self._move)

    def _move(self):
        self._place()
        return [outline(self, edge=int(min(self.size) * OUTSIDE) + 2)]

    def _place(self, *_):
        side, now = min(self.size), self._pose
        x, y = self.x + side * 0.42, self.y + side * 0.54
        ink = self._theme.colour("accent")[:3]
        for colour, ring, spread in zip(self._ring_colours, self._rings, now.rings, strict=True):
            colour.rgba = [*ink, 0.8 * (1 - spread) if spread > 0 else 0]
            _centre(ring, x, y, side * (DOT + (SPREAD - DOT) * spread))
        _centre(self._dot, x, y, side * DOT * (1 - 0.16 * now.press))
        hand = side * HAND * (1 - PRESSED * now.press)
        left = x + side * AWAY[0] * now.away - hand * TIP[0]
        low = y + side * AWAY[1] * now.away - hand * TIP[1]
        for part in (self._palm, self._line):
            part.pos, part.size = (round(left), round(low)), (round(hand), round(hand))


def _centre(shape, x, y, side):
    shape.pos, shape.size = (round(x - side / 2), round(y - side / 2)), (round(side), round(side))


@lru_cache(maxsize=4)
def _palm(side):
    """What the hand's outline encloses, so that the hand covers what it passes over."""
    big = 4 * side
    line = shapes.icon_image("touch", big).getchannel("A")
    seen = line.point(lambda alpha: 255 if alpha > 100 else 0)
    ImageDraw.floodfill(seen, (int(big * PALM[0]), int(big * PALM[1])), 128)
    hand = seen.point(lambda value: 255 if value == 128 else 0)
    white = Image.new("RGBA", (side, side), (255, 255, 255, 255))
    white.putalpha(hand.resize((side, side), Image.Resampling.LANCZOS))
    return shapes.upload(white)
