"""The page of the checkout: a title, what it is about, and a band of totals and actions.

In portrait the band lies below, within reach; in landscape it stands on the right.
"""

from kivy.animation import Animation
from kivy.clock import Clock
from kivy.properties import BooleanProperty, ListProperty, NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.window.stage import kvload
from kiosk.window.stage.screens.base import StageScreen
from kiosk.window.stage.widgets import buttons, chrome  # noqa: F401  (names in page.kv)
from kiosk.window.stage.widgets.panels import Panel

__all__ = ["Page", "Totals"]

# How long a notice stays: to be noticed, and to be read.
SAYING_S, SAYING_S_A_SIGN = 3.0, 0.09


class Page(StageScreen):
    """`main_*` and `side_*` (pixels) are where a screen's kv puts its two halves.

    `side_height` is what the band needs in portrait; `covered` is what a keyboard covers from
    below. `top` is the lower edge of the title.
    """

    title = StringProperty("")
    title_role = StringProperty("headline")
    lead = StringProperty("")
    lead_role = StringProperty("body")
    lead_tone = StringProperty("ink_soft")
    side_height = NumericProperty(0)
    side_share = NumericProperty(0.36)
    covered = NumericProperty(0)
    main_pos = ListProperty([0, 0])
    main_size = ListProperty([100, 100])
    side_pos = ListProperty([0, 0])
    side_width = NumericProperty(100)

    def __init__(self, services, **kwargs):
        self._arrange = Clock.create_trigger(self._lay_out, -1)
        super().__init__(services, **kwargs)
        for name in ("size", "side_height", "side_share", "covered"):
            self.fbind(name, self._arrange)
        self.ids.title_words.bind(height=self._arrange)
        self.ids.lead_words.bind(height=self._arrange)
        self._theme.bind(portrait=self._arrange)
        self._said = Saying()
        self.add_widget(self._said)
        self._lay_out()

    def say(self, text, icon):
        """Say it above the band, where it covers nothing that is pressed."""
        self._said.say(text, icon)
        return True

    def leave(self):
        self._said.hush()

    def forget(self):
        self._said.hush()

    def _lay_out(self, *_):
        theme = self._theme
        margin, gap = theme.space("margin"), theme.space("gap")
        low = max(theme.mm(48), self.covered) + gap
        inner = self.width - 2 * margin
        portrait = theme.portrait
        self.side_width = inner if portrait else round(inner * self.side_share)
        main_width = inner if portrait else inner - self.side_width - theme.space("section")
        title, lead = self.ids.title_words, self.ids.lead_words
        title.width = lead.width = main_width
        title.pos = margin, self.height - theme.mm(44) - title.height
        lead.pos = margin, title.y - theme.mm(5) - lead.height
        high = (lead.y if self.lead else title.y) - (theme.space("wide") if portrait else gap)
        self.side_pos = [self.width - margin - self.side_width, low]
        floor = low + self.side_height + gap if portrait else low
        self._said.width = self.side_width
        self._said.pos = self.side_pos[0], low + self.side_height + gap
        self.main_pos = [margin, floor]
        self.main_size = [main_width, max(1, high - floor)]


class Saying(Panel):
    """A notice of any length that leaves by itself, the later the longer it is."""

    text = StringProperty("")
    icon = StringProperty("")

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.opacity = 0
        self._leaving = None

    def say(self, text, icon):
        self.text, self.icon = text, icon
        if self._leaving is not None:
            self._leaving.cancel()
        Animation.cancel_all(self, "opacity")
        Animation(opacity=1, duration=self._theme.seconds("quick")).start(self)
        self._leaving = Clock.schedule_once(self._fade, SAYING_S + len(text) * SAYING_S_A_SIGN)

    def hush(self):
        if self._leaving is not None:
            self._leaving.cancel()
            self._leaving = None
        Animation.cancel_all(self, "opacity")
        self.opacity = 0
        self.text = self.icon = ""

    def _fade(self, *_):
        self._leaving = None
        Animation(opacity=0, duration=self._theme.seconds("calm")).start(self)


class Totals(BoxLayout):
    """The sum and what it is made of, figures in one column."""

    def __init__(self, **kwargs):
        self._shown = None
        super().__init__(**kwargs)

    def show(self, totals):
        """Draw these (view Totals); the same again costs nothing."""
        if totals == self._shown:
            return
        self._shown = totals
        self.clear_widgets()
        for total in totals:
            self.add_widget(TotalRow(label=total.label, amount=total.amount, strong=total.strong))


class TotalRow(BoxLayout):
    label = StringProperty("")
    amount = StringProperty("")
    strong = BooleanProperty(False)


kvload.load(__file__, "page.kv")
