"""The posters: what the glass shows while nobody stands in front of it."""

from kivy.animation import Animation
from kivy.clock import Clock
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

from kiosk.window.stage import kvload
from kiosk.window.stage.focus import Focusable
from kiosk.window.stage.screens.base import StageScreen
from kiosk.window.stage.widgets import buttons, panels  # noqa: F401  (names used in attract.kv)
from kiosk.window.stage.widgets.picture import PictureFrame  # noqa: F401
from kiosk.window.visit import actions

POSTER_S = 14.0
FADE_S = 1.8
HUSH_S = 0.5


class Poster(FloatLayout):
    """One hero: its picture across the whole area, its line on the quiet wall above.

    `framed` hangs a picture that was not made for the glass below the line instead.
    """

    framed = BooleanProperty(False)
    pictures = ObjectProperty(None, allownone=True)
    hero = ObjectProperty(None, allownone=True)
    line = StringProperty("")
    second = StringProperty("")
    anchor = NumericProperty(0.5)
    voice = NumericProperty(1.0)

    def show(self, hero):
        self.hero, self.framed = hero, hero.framed
        self.line, self.second = hero.line, hero.second


class TouchMark(Focusable):
    """A hand in rings: says without words that this glass may be touched."""

    icon = "touch"


class HeroTag(FloatLayout, Focusable):
    """The name and price of the piece on the poster; a touch on it opens the piece."""

    name = StringProperty("")
    price = StringProperty("")


class AttractScreen(StageScreen):
    """Cross-fades calmly between the heroes of the hour; any touch wakes the window."""

    line = StringProperty("")
    second = StringProperty("")
    status = StringProperty("")
    offer = StringProperty("")
    invite = StringProperty("")
    invite_second = StringProperty("")
    over_wall = StringProperty("hero_ink")

    def __init__(self, services, **kwargs):
        super().__init__(services, **kwargs)
        self._index = 0
        self._turning = None
        self._front = Poster(pictures=services.pictures, pos_hint={"x": 0, "y": 0})
        self._back = Poster(pictures=services.pictures, pos_hint={"x": 0, "y": 0})
        self.ids.wall.add_widget(self._front)

    def show(self, view):
        before = self.view
        super().show(view)
        self.status, self.offer = view.status, view.offer
        self.invite, self.invite_second = view.invite, view.invite_second
        if before is None or [h.id for h in before.heroes] != [h.id for h in view.heroes]:
            self._index = 0
            self._settle()
        elif view.heroes and self._back.parent is None:
            self._label(view.heroes[self._index])
            self._front.show(view.heroes[self._index])

    def enter(self):
        self._settle()
        self._wait()

    def leave(self):
        if self._turning is not None:
            self._turning.cancel()
            self._turning = None

    def on_touch_down(self, touch):
        """Wake on the first touch, wherever it lands; a touch on the tag opens the piece."""
        tag = self.ids.tag
        on_tag = tag.opacity > 0 and tag.collide_point(*touch.pos)
        hero = self._hero()
        self.send(actions.Wake(hero.product_id if on_tag and hero else ""))
        return True

    def _hero(self):
        return self.view.heroes[self._index] if self.view and self.view.heroes else None

    def _settle(self):
        """The current hero, at once."""
        hero = self._hero()
        self._stop_fade()
        if hero is not None:
            self._front.show(hero)
            self._label(hero)
        else:
            self.ids.tag.opacity = 0

    def _label(self, hero):
        self.line, self.second = hero.line, hero.second
        self.over_wall = "ink" if hero.framed else "hero_ink"
        tag = self.ids.tag
        said = hero.line == hero.product
        tag.name, tag.price = (hero.price, "") if said else (hero.product, hero.price)
        tag.opacity = 1 if hero.product else 0

    def _wait(self):
        self.leave()
        if self.view and len(self.view.heroes) > 1:
            self._turning = Clock.schedule_once(self._turn, POSTER_S)

    def _turn(self, _dt):
        self._turning = None
        heroes = self.view.heroes
        if len(heroes) < 2:
            return
        self._index = (self._index + 1) % len(heroes)
        coming = self._back
        coming.show(heroes[self._index])
        coming.opacity = 0
        if coming.parent is None:
            self.ids.wall.add_widget(coming)
        # The picture is decoded and uploaded while nothing of it can be seen yet.
        self._turning = Clock.schedule_once(self._fade, 1.0)

    def _fade(self, _dt):
        """The old line leaves, the pictures cross, the new line comes: never two at once."""
        self._turning = None
        self._back.voice = 0
        hush = Animation(voice=0, duration=HUSH_S)
        hush.bind(on_complete=self._cross)
        hush.start(self._front)

    def _cross(self, *_):
        if self._back.parent is None:
            return
        self._label(self.view.heroes[self._index])
        fade = Animation(opacity=1, duration=FADE_S, transition="in_out_sine")
        fade.bind(on_complete=self._turned)
        fade.start(self._back)

    def _turned(self, *_):
        self.ids.wall.remove_widget(self._front)
        self._front, self._back = self._back, self._front
        Animation(voice=1, duration=HUSH_S).start(self._front)
        self._wait()

    def _stop_fade(self):
        Animation.cancel_all(self._front)
        Animation.cancel_all(self._back)
        if self._back.parent is not None:
            self.ids.wall.remove_widget(self._back)
        self._front.opacity = self._front.voice = 1


def build(services):
    return AttractScreen(services)


kvload.load(__file__, "attract.kv")
