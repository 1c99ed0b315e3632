"""The posters: what the glass shows while nobody stands in front of it."""

from kivy.animation import Animation
from kivy.clock import Clock
from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

from kiosk.window.stage import kvload
from kiosk.window.stage.focus import Focusable
from kiosk.window.stage.patch import on_software
from kiosk.window.stage.screens.attract.beckon import Beckon  # noqa: F401  (used in attract.kv)
from kiosk.window.stage.screens.attract.blind import Blind
from kiosk.window.stage.screens.attract.poster import Poster
from kiosk.window.stage.screens.base import StageScreen
from kiosk.window.stage.upright import window_box
from kiosk.window.stage.widgets import buttons, chrome, panels  # noqa: F401  (attract.kv)
from kiosk.window.visit import actions

POSTER_S = 14.0
FADE_S = 1.8
HUSH_S = 0.5
# The picture is decoded and uploaded while nothing of it can be seen yet.
LOAD_S = 1.0
# The first poster of the hour is kept for the next start once it hangs quietly.
KEEP_S = 5.0


# The ways past the shelves, by the property that names them.
_ASIDE = {"quick": actions.OpenQuick(), "stories": actions.OpenLookbook()}


class HeroTag(FloatLayout, Focusable):
    """Name, price and pitch of the piece on the poster; a touch on it opens the piece."""

    name = StringProperty("")
    price = StringProperty("")
    pitch = StringProperty("")
    product_id = StringProperty("")
    brief = BooleanProperty(False)
    full = NumericProperty(0)

    def show(self, hero):
        self.name, self.price, self.pitch = hero.product, hero.price, hero.pitch
        self.product_id = hero.product_id
        self.opacity = 1 if hero.product else 0


class AttractScreen(StageScreen):
    """Goes calmly from poster to poster of the hour; any touch wakes the window.

    They cross-fade, or, where the processor fills the glass, one is drawn up from before the next.
    """

    now = StringProperty("")
    invite = StringProperty("")
    invite_second = StringProperty("")
    over_wall = StringProperty("hero_ink")
    quick = StringProperty("")
    stories = StringProperty("")

    def __init__(self, services, **kwargs):
        super().__init__(services, **kwargs)
        self._index = 0
        self._turning = None
        self.fades = not on_software()
        self._blind = None
        self._labelled = ""
        self._keep = Clock.create_trigger(self._keep_first, KEEP_S)
        self._front = Poster(pictures=services.pictures)
        self._back = Poster(pictures=services.pictures)
        self.ids.wall.add_widget(self._front)
        self._arrange = Clock.create_trigger(self._lay, -1)
        for part in (self.ids.tag, self.ids.now, self.ids.invite, self.ids.aside):
            part.bind(height=self._arrange)
        self.ids.tag.bind(full=self._arrange)
        for poster in (self._front, self._back):
            poster.ids.words.bind(full=self._arrange)
        for name in ("size", "desk_pos", "desk_size"):
            self.fbind(name, self._arrange)
        self._lay()

    def show(self, view):
        before = self.view
        super().show(view)
        self.now, self.invite, self.invite_second = view.now, view.invite, view.invite_second
        self.quick, self.stories = view.quick, view.stories
        if before is None or [h.id for h in before.heroes] != [h.id for h in view.heroes]:
            self._index = 0
            self._settle()
        else:
            self._say_again({hero.id: hero for hero in view.heroes})

    def enter(self):
        self._settle()
        self._wait()
        self.ids.hand.start()

    def leave(self):
        self._stop_waiting()
        self._keep.cancel()
        self.ids.hand.stop()

    def on_touch_down(self, touch):
        """Wake on the first touch, wherever it lands; a touch on the tag opens the piece.

        Who needs the glass lower, or otherwise, need not come through a screen first; nor who
        is in a hurry, or wants stories.
        """
        ways = [self.ids[way] for way in _ASIDE if getattr(self, way)]
        if any(part.on_touch_down(touch) for part in (self.ids.ease, *ways)):
            return True
        tag = self.ids.tag
        on_tag = tag.opacity > 0 and tag.collide_point(*touch.pos)
        self.send(actions.Wake(tag.product_id if on_tag else ""))
        return True

    def wish(self, name):
        self.send(actions.SetComfort(name, True))

    def send_aside(self, way):
        """Go past the shelves: to the quick three, or to the stories."""
        self.send(_ASIDE[way])

    # ---- where things stand ----------------------------------------------------------------------

    def _lay(self, *_):
        if self._theme.portrait:
            self._lay_upright()
        else:
            self._lay_across()

    def _lay_upright(self):
        """The poster, and below it at the foot of the desk a band: the piece, the hour, a hand."""
        theme, ids = self._theme, self.ids
        margin, gap = theme.space("margin"), theme.space("gap")
        foot, width = self.desk_pos[1], self.width
        low = self._set_aside(margin, foot, width - 2 * margin)
        beside = width - 2 * margin - ids.hand.width - 2 * gap
        ids.tag.x = ids.now.x = ids.rule.x = margin
        ids.tag.width = ids.rule.width = ids.now.width = beside
        ids.now.y = low + gap
        ids.rule.y = ids.now.y + ids.now.height + gap
        ids.tag.y = ids.rule.y + gap
        words = ids.tag.y + ids.tag.height + gap if ids.tag.opacity else ids.rule.y
        column = gap + ids.invite.height + theme.mm(2) + ids.hand.height + gap
        top = max(words, low + column)
        middle = (low + top) / 2
        ids.invite.width = ids.hand.width + gap
        ids.hand.pos = (
            width - margin - ids.hand.width,
            middle + (column / 2 - gap) - ids.hand.height,
        )
        ids.invite.x = ids.hand.center_x - ids.invite.width / 2
        ids.invite.y = ids.hand.y - theme.mm(2) - ids.invite.height
        ids.ground.pos, ids.ground.size = (0, foot), (width, top - foot)
        high = self.height - ids.sign.height - 2 * margin
        self._hang(
            (0, top), (width, self.height - top), (margin, top), (width - 2 * margin, high - top)
        )

    def _lay_across(self):
        """The picture at the left; its words, the piece, what is true now and a hand beside it.

        A low glass has no room for everything: the pitch goes first, then what is true now.
        """
        theme, ids = self._theme, self.ids
        margin, gap = theme.space("margin"), theme.space("gap")
        x, low = self.desk_pos[0] + margin, self.desk_pos[1] + margin
        width = self.desk_size[0] - 2 * margin
        low = self._set_aside(x, low - gap, width) + gap
        beside = width - ids.hand.width - 2 * gap
        ids.tag.x = ids.now.x = ids.rule.x = x
        ids.tag.width = ids.rule.width = ids.now.width = beside
        high = self.height - ids.sign.height - margin - gap
        said = self._front.ids.words.full + gap
        shown = bool(ids.tag.opacity)
        least = max(theme.target, ids.tag.ids.heads.height) if shown else 0
        # What of the tag is to be touched below its words parts them from the rule already.
        spare = least - ids.tag.ids.heads.height if shown else 0
        room = high - low - least - said - ids.now.height
        apart = gap if room >= 2 * gap else gap / 4
        over = max(0, apart - spare)
        ids.now.y, ids.now.opacity = low, 1 if room + gap / 2 >= apart + over else 0
        ids.rule.y = low + ids.now.height + apart if ids.now.opacity else low - gap
        ids.tag.y = ids.rule.y + (over if ids.now.opacity else gap)
        ids.tag.brief = said > high - ids.tag.y - ids.tag.full
        ids.hand.x = x + width - ids.hand.width
        ids.invite.width = ids.hand.width + gap
        ids.invite.pos = ids.hand.center_x - ids.invite.width / 2, low
        ids.hand.y = ids.invite.y + ids.invite.height + theme.mm(2)
        ids.ground.pos, ids.ground.size = (self.desk_pos[0], 0), (self.desk_size[0], self.height)
        foot = (ids.tag.y + ids.tag.height if shown else ids.rule.y) + gap
        self._hang(self.pane_pos, self.pane_size, (x, foot), (width, max(1, high - foot)))

    def _set_aside(self, x, low, width):
        """The ways past the shelves stand at the foot; gives where the rest begins."""
        aside, gap = self.ids.aside, self._theme.space("gap")
        aside.width = width
        aside.pos = x, low + gap
        return aside.top if self.quick or self.stories else low

    def _hang(self, photo_pos, photo_size, words_pos, words_size):
        for poster in (self._front, self._back):
            poster.photo_pos, poster.photo_size = photo_pos, photo_size
            poster.words_pos, poster.words_size = words_pos, words_size

    # ---- which poster shows ----------------------------------------------------------------------

    def _say(self, poster, hero):
        poster.show(hero)
        self._label(hero)

    def _say_again(self, heroes):
        """The same posters with what is true of them now, also while they cross."""
        for poster in (self._front, self._back):
            if poster.hero is not None and poster.hero.id in heroes:
                poster.show(heroes[poster.hero.id])
        if self._labelled in heroes:
            self._label(heroes[self._labelled])

    def _label(self, hero):
        self._labelled = hero.id
        self.over_wall = "ink" if hero.framed else "hero_ink"
        self.ids.tag.show(hero)

    def _settle(self):
        """The current hero, at once."""
        self._stop_fade()
        if self.view and self.view.heroes:
            self._say(self._front, self.view.heroes[self._index])

    def _wait(self):
        self._stop_waiting()
        if self._index == 0:
            self._keep()
        if self.view and len(self.view.heroes) > 1:
            self._turning = Clock.schedule_once(self._turn, POSTER_S)

    def _stop_waiting(self):
        if self._turning is not None:
            self._turning.cancel()
            self._turning = None

    def _turn(self, _dt):
        self._turning = None
        heroes = self.view.heroes
        if len(heroes) < 2:
            return
        self._index = (self._index + 1) % len(heroes)
        # Its photograph comes in while it does not hang yet: what nobody sees costs no frame.
        self._back.show(heroes[self._index])
        self._turning = Clock.schedule_once(self._fade, LOAD_S)

    def _fade(self, _dt):
        """The old line leaves, the pictures cross, the new line comes: never two at once.

        A blind takes the old line with it.

        A poster whose photograph has not come is passed over while another one can be seen.
        """
        self._turning = None
        if not self._back.ready and self._front.ready:
            self._stop_fade()
            self._wait()
            return
        self._back.opacity = 0
        self.ids.wall.add_widget(self._back)
        if not self.fades:
            self._back.opacity = self._back.voice = 1
            self._label(self.view.heroes[self._index])
            self._blind = Blind(self._front, self._back, FADE_S, self._drawn_up)
            return
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
        self._swap()
        Animation(voice=1, duration=HUSH_S).start(self._front)
        self._wait()

    def _drawn_up(self):
        self._blind = None
        self._swap()
        self._wait()

    def _swap(self):
        self.ids.wall.remove_widget(self._front)
        self._front, self._back = self._back, self._front

    def _keep_first(self, _dt):
        """Write down the photograph with which the next start begins."""
        photo, hero = self._front.ids.photo, self._front.hero
        if hero is None or hero.id != self.view.heroes[0].id or self._back.parent is not None:
            return  # it hangs again in one round
        if not photo.loaded:
            self._keep()
        else:
            ground = self._theme.hex("paper")
            self.services.first_frame.keep(photo.picture, window_box(photo), photo.anchor, ground)

    def _stop_fade(self):
        Animation.cancel_all(self._front)
        Animation.cancel_all(self._back)
        if self._blind is not None:
            self._blind.stop()
            self._blind = None
        if self._back.parent is not None:
            self.ids.wall.remove_widget(self._back)
        self._front.opacity = self._front.voice = 1


def build(services):
    return AttractScreen(services)


kvload.load(__file__, "attract.kv")
