"""The page of the checkout: what it is about in the pane, what there is to do on the desk.

The desk scrolls what there is to choose or to write above a band of totals and the one action.
"""

from kivy.animation import Animation
from kivy.clock import Clock
from kivy.properties import BooleanProperty, ListProperty, NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.scrollview import ScrollView

from kiosk.window.stage import kvload, script
from kiosk.window.stage.screens.base import StageScreen
from kiosk.window.stage.widgets import buttons, chrome  # noqa: F401  (names in page.kv)
from kiosk.window.stage.widgets.page.stilllife import StillLife
from kiosk.window.stage.widgets.panels import Panel
from kiosk.window.stage.widgets.words import Words

__all__ = ["Column", "DeskScroll", "Page", "StillLife", "Totals"]

# How long a notice stays: to be noticed, and to be read.
SAYING_S, SAYING_S_A_SIGN = 3.0, 0.09
# Broken into lines a text takes this much more than on one.
LOOSE = 1.1
# The most of the desk that its band may take: a higher one follows what scrolls.
BAND_SHARE = 0.5
# On a lower desk a band says the least, so that the way on stands in sight.
SHORT_MM = 240.0


class Page(StageScreen):
    """`main_*` and `side_*` (pixels) are where a screen's kv puts what scrolls and the band.

    `side_height` is what the band needs; `covered` is what a keyboard covers of the desk from
    below. `pieces` are the Pictures that stand in the pane. A screen's kv has a `column` that
    scrolls and a `side` in a `foot` of its own; where large words leave no room for both, the
    side joins the column (`flows`), as the lead does where the pane is too low for it
    (`lead_taken` pixels). `beside` is how much of the pane at the right of its words a screen
    keeps for something else. `short`: the desk is so low that the band should say the least.
    """

    title = StringProperty("")
    title_role = StringProperty("headline")
    lead = StringProperty("")
    lead_role = StringProperty("body")
    lead_tone = StringProperty("ink_soft")
    pieces = ListProperty([])
    side_height = NumericProperty(0)
    covered = NumericProperty(0)
    main_pos = ListProperty([0, 0])
    main_size = ListProperty([100, 100])
    side_pos = ListProperty([0, 0])
    side_width = NumericProperty(100)
    band = NumericProperty(0)
    flows = BooleanProperty(False)
    lead_below = BooleanProperty(False)
    lead_taken = NumericProperty(0)
    short = BooleanProperty(False)
    beside = NumericProperty(0)

    def __init__(self, services, **kwargs):
        self._arrange = Clock.create_trigger(self._lay_out, -1)
        super().__init__(services, **kwargs)
        for name in ("size", "side_height", "covered", "lead", "beside"):
            self.fbind(name, self._arrange)
        self.fbind("flows", self._flow)
        self.ids.title_words.bind(height=self._arrange)
        self.ids.lead_words.bind(height=self._arrange)
        self._lead_low = Words(balance=True)
        self._lead_low.bind(natural=self._arrange, height=self._arrange)
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
        self.pieces = []

    def _lay_out(self, *_):
        self.short = self.desk_size[1] < self._theme.true(SHORT_MM)
        self._lay_pane()
        theme = self._theme
        margin, gap = theme.space("margin"), theme.space("gap")
        x, y = self.desk_pos
        width, height = self.desk_size
        low = y + max(self.ids.bar.height, self.covered) + gap
        self.side_width = width - 2 * margin
        self.side_pos = [x + margin, low]
        self.flows = self.side_height > (height - self.ids.bar.height) * BAND_SHARE
        self.band = 0 if self.covered or self.flows else self.side_height
        floor = low + (self.band + gap if self.band else 0)
        self._said.width = self.side_width
        self._said.pos = self.side_pos[0], floor
        self.main_pos = [x + margin, floor]
        top = y + height - gap
        if not theme.portrait:
            top = min(top, self.ids.header.y)
        self.main_size = [self.side_width, max(1, top - floor)]

    def _flow(self, *_):
        side = self.ids.side.__self__
        home = self.ids.column if self.flows else self.ids.foot
        side.parent.remove_widget(side)
        home.add_widget(side)

    def _fit_title(self, room):
        """As many lines as there is room for; a poster's words that do not fit are a headline."""
        title, theme, own = self.ids.title_words, self._theme, script.script_of(self.title)
        wanted = theme.type(self.title_role, own)
        lines = min(3, max(1, int((room - wanted.below) / wanted.leading)))
        scale = wanted.size / theme.type(title.role, own).size
        natural, longest = title.natural * scale, title.longest * scale
        within = longest <= title.width and natural * LOOSE < title.width * lines
        fits = self.title_role != "poster" or within
        title.role = self.title_role if fits else "headline"
        style = theme.type(title.role, own)
        title.lines = min(3, max(1, int((room - style.below) / style.leading)))

    def _fit_lead(self, room):
        """A lead that the pane has no room for comes first of what scrolls."""
        lead = self.ids.lead_words
        style = self._theme.type(self.lead_role, script.script_of(self.lead))
        low = self._lead_low
        low.text, low.role, low.tone = self.lead, self.lead_role, self.lead_tone
        natural = max(low.natural, lead.natural)
        needed = -(-natural * LOOSE * lead.least // max(1, lead.width))
        room -= style.below
        lead.lines = max(1, int(room / style.leading))
        fits = needed <= lead.lines and room >= style.leading * lead.least
        self.lead_below = bool(self.lead) and not fits
        column = self.ids.column
        if self.lead_below and low.parent is None:
            column.add_widget(low, len(column.children))
        elif not self.lead_below and low.parent is not None:
            column.remove_widget(low)
        self.lead_taken = low.height + column.spacing if self.lead_below else 0

    def _lay_pane(self):
        """Title and lead hang high, the pieces stand on the ledge between pane and desk."""
        theme, ids = self._theme, self.ids
        margin, gap = theme.space("margin"), theme.space("gap")
        x, y = self.pane_pos
        width, height = self.pane_size
        title, lead, ledge = ids.title_words, ids.lead_words, ids.ledge
        title.width = lead.width = width - 2 * margin - self.beside
        room = height - ids.header.height - theme.mm(8)
        self._fit_title(room)
        title.pos = x + margin, y + height - ids.header.height - theme.mm(6) - title.height
        self._fit_lead(title.y - theme.mm(5) - y)
        lead.pos = x + margin, title.y - theme.mm(5) - lead.height
        high = (lead.y if self.lead else title.y) - gap
        foot = y if theme.portrait else y + gap
        ids.pieces.pos = x + margin, foot
        ids.pieces.size = width - 2 * margin, max(1, high - foot)
        line = theme.shape("hairline")
        if theme.portrait:
            ledge.pos, ledge.size = (x, y), (width, line)
        else:
            ledge.pos, ledge.size = (x + width, y), (line, ids.header.y - y)


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


class DeskScroll(ScrollView):
    """A part of the desk, which scrolls only where its content does not fit."""

    def _bind_inactive_bar_color(self, *_):
        """Kivy fades the bar for half a second after any change of what scrolls, also where there
        is none: on software GL a frame of the whole glass at each step.
        """


class Column(BoxLayout):
    """What scrolls on a page, one below the other."""


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
