"""How the order reaches its buyer: by bike to the door, or across the counter."""

from kivy.clock import Clock
from kivy.properties import (
    BooleanProperty,
    ListProperty,
    NumericProperty,
    ObjectProperty,
    StringProperty,
)

from kiosk.window.stage import kvload
from kiosk.window.stage.widgets.buttons import Touchable
from kiosk.window.stage.widgets.page import Page
from kiosk.window.visit import actions

__all__ = ["FulfilmentScreen", "build"]

# From words larger than this on (%), both ways are in sight only if all else is brief.
LARGE = 150
# The share of its size to which a promise shrinks before it is broken.
NARROWEST = 0.52
# The share at which both ways with promises of two lines are in sight.
BROKEN = 0.6


class FulfilmentScreen(Page):
    """Draws a FulfilmentView."""

    warning = StringProperty("")
    go_on = StringProperty("")

    def __init__(self, services, **kwargs):
        super().__init__(services, **kwargs)
        self._cards = {}
        self._bring_soon = Clock.create_trigger(self._bring, 0)
        for part in (self.ids.scroll, self.ids.column):
            part.bind(height=self._bring_soon)

    def show(self, view):
        self.title, self.lead = view.title, view.chrome.offline
        self.pieces = view.pieces
        self.warning, self.go_on = view.warning, view.go_on
        # What each way costs is on its card.
        brief = self.short or self._theme.comfort.text > LARGE
        self.ids.totals.show([t for t in view.totals if t.strong or not brief])
        wanted = [choice.fulfilment for choice in view.choices]
        if list(self._cards) != wanted:
            self._build(wanted)
        for choice in view.choices:
            card = self._cards[choice.fulfilment]
            if choice.selected and not card.selected:
                self._bring_soon()
            card.choice = choice
        super().show(view)

    def _bring(self, *_):
        """On a low desk what was chosen is to be read whole, as far as it fits."""
        scroll, column = self.ids.scroll, self.ids.column
        card = next((card for card in self._cards.values() if card.selected), None)
        beyond = column.height - scroll.height
        if card is None or beyond <= 0:
            return
        shown = column.top - (1 - scroll.scroll_y) * beyond
        top = card.top
        if card.height <= scroll.height:
            top = min(max(shown, card.top), card.y + scroll.height)
        scroll.scroll_y = 1 - min(1.0, max(0.0, (column.top - top) / beyond))

    def _build(self, ways):
        self.ids.choices.clear_widgets()
        self._cards = {way: ChoiceCard(handle=f"fulfilment.{way.value}") for way in ways}
        for way, card in self._cards.items():
            card.bind(on_release=lambda _card, way=way: self.choose(way))
            card.ids.promise.bind(natural=self._match, width=self._match)
            self.ids.choices.add_widget(card)

    def _match(self, *_):
        """One promise is set as large as the other: all on one line each, or none."""
        promises = [card.ids.promise for card in self._cards.values()]
        share = min([1.0, *(p.width / p.natural for p in promises if p.natural)])
        usual = self._theme.comfort.text <= 100
        one_line = usual and share > NARROWEST
        for card in self._cards.values():
            card.one_line = one_line
            card.share = share if one_line else BROKEN if usual else 1.0

    def choose(self, way):
        self.send(actions.ChooseFulfilment(way))

    def go(self):
        self.send(actions.GoToDetails())


class ChoiceCard(Touchable):
    """One way: its promise large, in clock time. The chosen one has the accent's edge.

    `one_line`: no promise of the screen needs more, each at that `share` of its size.
    """

    choice = ObjectProperty(None, allownone=True)
    selected = BooleanProperty(False)
    one_line = BooleanProperty(True)
    share = NumericProperty(1.0)
    fill = ListProperty([0, 0, 0, 0])
    edge = ListProperty([0, 0, 0, 0])

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.fbind("choice", self._chosen)
        for name in ("selected", "dim"):
            self.fbind(name, self._dress)
        self._theme.watch(self._dress)
        self._dress()

    def _chosen(self, *_):
        choice = self.choice
        self.selected = choice.selected
        ids = self.ids
        ids.icon.name, ids.title.text, ids.fee.text = choice.icon, choice.title, choice.fee
        ids.promise.text = choice.promise
        # Large words leave room for the next way to show that it is there, and no more.
        ids.detail.text = choice.detail if self._theme.comfort.text <= LARGE else ""

    def _dress(self, *_):
        theme = self._theme
        fill = theme.colour("raised" if self.selected else "sheet")
        self.fill = [*fill[:3], self.dim]
        self.edge = theme.colour("accent" if self.selected else "line")


def build(services):
    return FulfilmentScreen(services)


kvload.load(__file__, "fulfilment.kv")
