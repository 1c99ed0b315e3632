"""The panel that the courier's picture is shown in. It is never black, and never says too much."""

import time

from kivy.animation import Animation
from kivy.clock import Clock
from kivy.graphics import Color, Rectangle
from kivy.graphics.texture import Texture
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

from kiosk.window.stage import kvload
from kiosk.window.stage import theme as themes
from kiosk.window.stage.camera.player import Player
from kiosk.window.stage.camera.source import source_of
from kiosk.window.stage.patch import patches
from kiosk.window.stage.starter import get_ready
from kiosk.window.stage.upright import outline, upright
from kiosk.window.stage.widgets import panels  # noqa: F401  (names used in panel.kv)
from kiosk.window.visit.camera import Feed, FeedWatch, feed_words

CORNER_MM = 10
# What is left of the light of a picture that is not of now.
DIMMED = 0.42

kvload.load(__file__, "panel.kv")


class CameraPanel(FloatLayout):
    """`show(card, language)` plays a visit's CameraCard, None stops at once; UI thread only.

    `unfolded`: there is a picture in sight, and what lies beside the panel makes room for it.
    `said` stands on it, or alone while there is none yet. `room` is how wide it may be, pixels.
    """

    services = ObjectProperty(None)
    said = StringProperty("")
    unfolded = BooleanProperty(False)
    veil = NumericProperty(0.0)
    room = NumericProperty(0.0)

    def __init__(self, **kwargs):
        self.watch = FeedWatch()
        self.feed = Feed.OFF
        self.texture = None
        self._card = self._player = self._language = None
        self._again = None
        super().__init__(**kwargs)
        get_ready()
        self._theme = themes.current()
        with self.canvas.before:
            self._light = Color(1, 1, 1, 0)
            self._box = Rectangle(size=(0, 0))
        for name in ("pos", "size"):
            self.fbind(name, self._place)
        self.fbind("veil", self._come)

    # ---- what a screen says --------------------------------------------------------------------

    def show(self, card, language):
        """Play `card`; the same stream goes on, whatever its address lets in by now."""
        self._language = language
        before, self._card = self._card, card
        if card is None:
            self.stop()
        elif before is None or before.stream != card.stream or self._player is None:
            self._begin(card)
        elif before != card:
            self._renew(before, card)
        self._look()

    def stop(self):
        """Nothing is fetched any more, and nothing of it stays."""
        if self._player is not None:
            self._player.stop()
            self._player = None
        self._card = None
        self.watch.end()
        self._look()
        Animation.cancel_all(self, "veil")
        self.veil = 0
        self.texture = None
        self._box.texture, self._box.size = None, (0, 0)

    def _begin(self, card):
        self.stop()
        self._card = card
        self.watch.begin(time.monotonic())
        self._player = Player(
            self._source(card),
            self.services.handover.post,
            self._arrive,
            lambda: self.watch.feed(time.monotonic()),
        )
        self._player.start()

    def _renew(self, before, card):
        """Let in anew; and where the camera is said to be back, try now."""
        if card.sending and not before.sending and self.feed is not Feed.LIVE:
            self._player.hurry(self._source(card))
        else:
            self._player.source = self._source(card)

    def _source(self, card):
        return source_of(card, self._pixels(), self._theme.mm(CORNER_MM))

    def _pixels(self):
        return int(self.width), int(self.height)

    # ---- pictures ------------------------------------------------------------------------------

    def _arrive(self, picture):
        if self._card is None:
            return
        self.watch.picture(time.monotonic(), picture.behind_s)
        patches.paint(lambda: self._upload(picture))
        if self.feed is not Feed.LIVE:
            self._look()

    def _upload(self, picture):
        size = picture.width, picture.height
        if self.texture is None or self.texture.size != size:
            self.texture = Texture.create(size=size, colorfmt="rgba")
            self.texture.flip_vertical()
            self._box.texture = upright(self.texture)
            self._place()
        self.texture.blit_buffer(picture.pixels, colorfmt="rgba", bufferfmt="ubyte")
        self.canvas.ask_update()
        return [outline(self, edge=1)]

    def _place(self, *_):
        self._box.pos = (int(self.x), int(self.y))
        self._box.size = (0, 0) if self.texture is None else self._pixels()
        if self._player is not None:
            self._player.source.size = self._pixels()

    # ---- what is said of them ------------------------------------------------------------------

    def _look(self, *_):
        """Say how the feed stands, and look again when that changes."""
        now = time.monotonic()
        self.feed = self.watch.feed(now)
        simulated = self._card is not None and self._card.simulated
        age = self.watch.age_s(now)
        self.said = feed_words(self.feed, age, self._language or "en", simulated=simulated)
        self._fold(in_sight=self.feed.in_sight and self.texture is not None)
        if self._again is not None:
            self._again.cancel()
            self._again = None
        after = self.watch.changes_in(now)
        if after is not None:
            self._again = Clock.schedule_once(self._look, after + 0.02)
        self._come()

    def _fold(self, *, in_sight):
        if in_sight is not self.unfolded:
            self.unfolded = in_sight
            Animation.cancel_all(self, "veil")
            calm = self._theme.seconds("calm")
            Animation(veil=1 if in_sight else 0, duration=calm).start(self)

    def _come(self, *_):
        light = 1.0 if self.feed is Feed.LIVE else DIMMED
        self._light.rgba = [light, light, light, self.veil]
