"""What frames a screen: the header above, the bar within reach of every hand, the plinth."""

from kivy.clock import Clock
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.floatlayout import FloatLayout

from kiosk.window.stage import kvload
from kiosk.window.stage import theme as themes
from kiosk.window.stage.handles import Handled
from kiosk.window.stage.widgets import buttons, panels  # noqa: F401  (names used in chrome.kv)
from kiosk.window.stage.widgets.buttons import Dressed, TouchButton
from kiosk.window.visit import actions
from kiosk.window.visit.lookup import OpenLookup

__all__ = ["BarButton", "BottomBar", "Header", "Plinth", "TabButton"]

# From this share of the usual text on, a tab's word is longer than its place: the icon grows.
WORDLESS_TEXT = 150


class Header(FloatLayout):
    """The shop's name and what is true now. Nothing here needs a touch: it may hang high.

    `brief` leaves what is true now to the screens that have the room for it.
    """

    chrome = ObjectProperty(None, allownone=True)
    tone = StringProperty("ink")
    brief = BooleanProperty(False)


class Plinth(FloatLayout):
    """What carries the desk where the glass begins below where hands should go: never touched."""

    chrome = ObjectProperty(None, allownone=True)


class TabButton(Dressed):
    """An icon over its word, as wide as its share of the bar.

    `folded` breaks a text of several words in two, which is `natural` pixels wide on one line;
    `longest` is its longest word.
    """

    FOLDED = 0.6  # the share of its width on one line that a text in two lines gets

    text = StringProperty("")
    icon = StringProperty("")
    wordless = BooleanProperty(False)
    folded = BooleanProperty(False)
    natural = NumericProperty(0)
    longest = NumericProperty(0)
    apart = NumericProperty(0)
    least_width = NumericProperty(0)
    word_width = NumericProperty(0)

    def __init__(self, **kwargs):
        self.wordless = themes.current().comfort.text >= WORDLESS_TEXT
        super().__init__(**kwargs)
        self.kind = "quiet"

    def needs(self, *, folded):
        """How wide it is with its word on one line, or in two."""
        if self.wordless:
            return self.least_width
        word = max(self.longest, self.natural * self.FOLDED) if folded else self.natural
        return max(self.least_width, word + themes.current().mm(6))


class BarButton(TouchButton):
    """What a screen puts at the end of its `bar`, where the basket would be."""

    bar = ObjectProperty(None, allownone=True)


class BottomBar(FloatLayout, Handled):
    """Back, start again, language, reach, an earlier order and basket, at the foot of the desk.

    `send` takes the visit's actions. `basket_button` False leaves the basket out (checkout).
    """

    chrome = ObjectProperty(None, allownone=True)
    send = ObjectProperty(None, allownone=True)
    basket_button = BooleanProperty(True)

    def on_kv_post(self, base_widget):
        self._fit = Clock.create_trigger(self._fold, -1)
        for tab in self.ids.tabs.children:
            tab.bind(natural=self._fit)
        self.ids.basket.bind(x=self._fit, opacity=self._fit)
        for name in ("chrome", "width"):
            self.fbind(name, self._fit)
        self._fit()

    def _fold(self, *_):
        """Beside a basket long words break in two rather than leave an earlier order no room."""
        theme, ids = themes.current(), self.ids
        tabs = [tab for tab in ids.tabs.children if tab is not ids.order.__self__]
        words = sum(tab.needs(folded=False) for tab in tabs)
        room = (ids.basket.x if ids.basket.opacity else self.right) - ids.tabs.x
        over = words + len(tabs) * ids.tabs.spacing + theme.mm(42) - room
        wanted = bool(self.chrome and self.chrome.order)
        for tab in sorted(tabs, key=lambda tab: tab.natural, reverse=True):
            tab.folded = wanted and over > 0 and " " in tab.text and not tab.wordless
            over -= tab.needs(folded=False) - tab.needs(folded=tab.folded)

    def go_back(self):
        self.send(actions.Back())

    def start_again(self):
        self.send(actions.StartAgain())

    def open_basket(self):
        self.send(actions.OpenBasket())

    def ask_for_order(self):
        self.send(OpenLookup())

    def move(self):
        """Bring everything down, or back up."""
        self.send(actions.SetComfort("low", not self.chrome.comfort.low))

    def ask_comfort(self):
        self.send(actions.SetComfort("shown", True))

    def switch_language(self):
        """Two languages swap; more open a sheet."""
        others = [code for code, _ in self.chrome.languages if code != self.chrome.language]
        if len(others) == 1:
            self.send(actions.SetLanguage(others[0]))
        elif others:
            self._choose_language()

    def _choose_language(self):
        sheet = panels.Sheet(handle="languages")
        choices = BoxLayout(
            orientation="vertical", size_hint_y=None, spacing=themes.current().space("snug")
        )
        choices.bind(minimum_height=choices.setter("height"))
        for code, name in self.chrome.languages:
            button = TouchButton(
                text=name,
                handle=f"languages.{code}",
                kind="deep" if code == self.chrome.language else "secondary",
                stretch=True,
            )
            button.bind(on_release=lambda _b, c=code: self._chosen(sheet, c))
            choices.add_widget(button)
        sheet.fill(choices)
        sheet.open(self.parent)

    def _chosen(self, sheet, code):
        sheet.close()
        self.send(actions.SetLanguage(code))

    @staticmethod
    def language_name(chrome):
        """The name of the one other language; of the present one where there are more."""
        if chrome is None:
            return ""
        others = [name for code, name in chrome.languages if code != chrome.language]
        here = next((name for code, name in chrome.languages if code == chrome.language), "")
        return others[0] if len(others) == 1 else here


kvload.load(__file__, "chrome.kv")
