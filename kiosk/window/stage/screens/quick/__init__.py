"""Twenty seconds: the three pieces that people come for, and one code that takes them along."""

from kivy.properties import StringProperty

from kiosk.window.stage import kvload
from kiosk.window.stage.widgets import tile  # noqa: F401  (names used in quick.kv)
from kiosk.window.stage.widgets.page import Page
from kiosk.window.stage.widgets.qr import QrCode
from kiosk.window.visit import actions

__all__ = ["QrCode", "QuickScreen", "build"]


class QuickScreen(Page):
    """Draws a QuickView. Nothing on it offers anything else."""

    url = StringProperty("")
    host = StringProperty("")
    why = StringProperty("")
    scan = StringProperty("")
    none = StringProperty("")

    def show(self, view):
        self.title, self.lead, self.none = view.title, view.lead, view.none
        self.url, self.host = view.phone.url, view.phone.host
        self.why = view.phone.why
        self.scan = view.phone.why or (view.phone.lead if view.phone.url else "")
        pieces = view.pieces
        self.ids.three.show([p.card for p in pieces], [p.when for p in pieces])
        # Across, the pane stands beside the desk and would be empty but for its title.
        shown = [p.card.picture for p in pieces if p.card.picture]
        self.pieces = [] if self._theme.portrait else shown
        super().show(view)

    def open_piece(self, product_id):
        self.send(actions.OpenProduct(product_id))

    def forget(self):
        super().forget()
        self.url = self.host = ""


def build(services):
    return QuickScreen(services)


kvload.load(__file__, "quick.kv")
