"""What frames a screen: the header above, the action bar within reach of every hand."""

from kivy.properties import BooleanProperty, ObjectProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.floatlayout import FloatLayout

from kiosk.window.stage import kvload
from kiosk.window.stage.handles import Handled
from kiosk.window.stage.widgets import buttons, panels  # noqa: F401  (names used in chrome.kv)
from kiosk.window.stage.widgets.buttons import TouchButton
from kiosk.window.visit import actions

__all__ = ["BottomBar", "Header"]


class Header(FloatLayout):
    """The shop's name and what is true now. Nothing here needs a touch: it may hang high."""

    chrome = ObjectProperty(None, allownone=True)


class BottomBar(FloatLayout, Handled):
    """Back, start again, language and basket, in the lowest band of the glass.

    `send` takes the visit's actions. `basket_button` False leaves the basket out (checkout).
    """

    chrome = ObjectProperty(None, allownone=True)
    send = ObjectProperty(None, allownone=True)
    basket_button = BooleanProperty(True)

    def go_back(self):
        self.send(actions.Back())

    def start_again(self):
        self.send(actions.StartAgain())

    def open_basket(self):
        self.send(actions.OpenBasket())

    def switch_language(self):
        """Two languages swap; more open a sheet."""
        others = [code for code, _ in self.chrome.languages if code != self.chrome.language]
        if len(others) == 1:
            self.send(actions.SetLanguage(others[0]))
        elif others:
            self._choose_language()

    def _choose_language(self):
        sheet = panels.Sheet(handle="languages", share=0.5)
        choices = BoxLayout(orientation="vertical", size_hint_y=None, spacing=sheet.height * 0.12)
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
