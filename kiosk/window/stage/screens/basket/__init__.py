"""The basket: what was chosen, how much of it, and the way on."""

from kivy.properties import BooleanProperty, ObjectProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

from kiosk.window.stage import kvload
from kiosk.window.stage.widgets.page import Page
from kiosk.window.stage.widgets.picture import PictureFrame
from kiosk.window.visit import actions

__all__ = ["BasketScreen", "PictureFrame", "build"]

FEW = 2  # so many lines are shown larger


class BasketScreen(Page):
    """Draws a BasketView."""

    filled = BooleanProperty(False)
    can_go = BooleanProperty(False)
    go_on = StringProperty("")
    why_not = StringProperty("")
    empty = StringProperty("")
    promise = StringProperty("")

    def __init__(self, services, **kwargs):
        super().__init__(services, **kwargs)
        self._rows = {}

    def show(self, view):
        self.title, self.lead = view.title, view.chrome.offline
        self.pieces, self.promise = view.pieces, view.promise
        self.filled = bool(view.lines)
        self.can_go = view.can_checkout or not view.lines
        self.why_not, self.empty = view.why_not, view.empty
        self.go_on = view.checkout if view.lines else view.empty_action
        self.ids.totals.show(view.totals)
        self._show_lines(view)
        super().show(view)

    def forget(self):
        super().forget()
        self.ids.lines.clear_widgets()
        self._rows.clear()
        self.ids.scroll.scroll_y = 1

    def _show_lines(self, view):
        wanted = [line.variant_id for line in view.lines]
        for variant_id in [v for v in self._rows if v not in wanted]:
            self.ids.lines.remove_widget(self._rows.pop(variant_id))
        for line in view.lines:
            row = self._rows.get(line.variant_id)
            if row is None:
                row = BasketRow(screen=self)
                self._rows[line.variant_id] = row
                self.ids.lines.add_widget(row)
            row.line = line
            row.remove_text = view.remove
            row.last = line is view.lines[-1]
            row.few = len(view.lines) <= FEW

    def set_quantity(self, variant_id, quantity):
        self.send(actions.SetQuantity(variant_id, quantity))

    def go(self):
        self.send(actions.Checkout() if self.filled else actions.OpenCategory(None))


class BasketRow(FloatLayout):
    """One line of the basket."""

    screen = ObjectProperty(None)
    line = ObjectProperty(None, allownone=True)
    remove_text = StringProperty("")
    last = BooleanProperty(False)
    few = BooleanProperty(False)


def build(services):
    return BasketScreen(services)


kvload.load(__file__, "basket.kv")
