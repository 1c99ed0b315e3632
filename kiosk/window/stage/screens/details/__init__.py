"""Who the order is for. The window's own keyboard; nothing typed outlives the visit."""

from typing import ClassVar

# Loaded with this screen, which is built before anybody wants it, and not at the first number.
import phonenumbers  # noqa: F401
from kivy.properties import BooleanProperty, StringProperty

from kiosk.window.stage import kvload
from kiosk.window.stage.screens.form import FormPage
from kiosk.window.stage.widgets.field import FieldBox
from kiosk.window.stage.widgets.keyboard import Keyboard
from kiosk.window.stage.widgets.keyboard.kana import marked
from kiosk.window.stage.widgets.suggestions import Suggestions
from kiosk.window.visit import actions

__all__ = ["DetailsScreen", "FieldBox", "Keyboard", "Suggestions", "build"]

# Where each new word begins with a capital, and where only the first one does.
_CAPITAL_WORDS = frozenset({"name", "city"})
_CAPITAL_FIRST = frozenset({"note"})


class DetailsScreen(FormPage):
    """Draws a DetailsView."""

    form = "details"
    shares: ClassVar = {"postcode": 0.6}  # it is short

    promise = StringProperty("")
    payment = StringProperty("")
    total_label = StringProperty("")
    total = StringProperty("")
    place_text = StringProperty("")
    mask_text = StringProperty("")
    masked = BooleanProperty(False)

    def __init__(self, services, **kwargs):
        super().__init__(services, **kwargs)
        self.keyboard.bind(on_mark=lambda _k, mark: self._mark(mark))

    # ---- drawing -------------------------------------------------------------------------------

    def show(self, view):
        self.title, self.lead = view.title, view.privacy
        self.promise, self.payment = view.promise, view.payment
        self.place_text, self.busy = view.place, view.busy
        self.mask_text, self.masked = view.mask, view.chrome.comfort.masked
        self.show_form(view, view.groups)
        self._offer(view.completion)
        self.pieces = view.pieces
        self.total_label, self.total = view.totals[-1].label, view.totals[-1].amount
        super().show(view)

    def cover(self):
        """Tell the page what the keyboard and what is offered above it cover of the desk."""
        offered = self.ids.suggestions.height
        self.covered = self.keyboard.full_height + offered if self._focus else 0

    def _offer(self, completion):
        """Offer streets and numbers; once a street is chosen, type where its number goes."""
        before = self.view.completion.caret if self.view else -1
        if completion.caret >= 0 > before:
            self._boxes[self._focus].caret = completion.caret
        self.ids.suggestions.shown = completion

    # ---- typing --------------------------------------------------------------------------------

    def _mark(self, mark):
        """Voice or shrink the kana before the caret."""
        box = self._boxes.get(self._focus)
        if box is None or box.caret == 0:
            return
        value, at = box.field.value, int(box.caret)
        changed = value[: at - 1] + marked(value[at - 1], mark) + value[at:]
        self.send(actions.EditField(self._focus, changed))

    def choose_street(self, index):
        self.send(actions.ChooseAddress(index))

    def choose_number(self, number):
        self.send(actions.ChooseNumber(number))

    def mask(self):
        self.send(actions.SetComfort("masked", not self.masked))

    def typed(self):
        """Offer a capital where one is due; never take away caps that were asked for."""
        keyboard, box = self.keyboard, self._boxes.get(self._focus)
        if box is None or keyboard.shift == "caps":
            return
        before = box.field.value[: int(box.caret)]
        words = self._focus in _CAPITAL_WORDS and before[-1:] in ("", " ", "-")
        first = self._focus in _CAPITAL_FIRST and not before
        always = self._focus == "postcode"  # "1012 AB"
        keyboard.shift = "once" if words or first or always else "off"

    def place(self):
        self.send(actions.PlaceOrder())

    # ---- leaving -------------------------------------------------------------------------------

    def forget(self):
        super().forget()
        self.ids.suggestions.forget()


def build(services):
    return DetailsScreen(services)


kvload.load(__file__, "details.kv")
