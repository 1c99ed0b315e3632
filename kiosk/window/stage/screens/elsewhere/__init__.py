"""Where to order while this window cannot: the shop's own site as a code, and its phone."""

from kivy.properties import BooleanProperty, StringProperty

from kiosk.window.stage import kvload
from kiosk.window.stage.widgets.page import Page
from kiosk.window.stage.widgets.qr import QrCode
from kiosk.window.visit import actions

__all__ = ["ElsewhereScreen", "QrCode", "build"]


class ElsewhereScreen(Page):
    """Draws an ElsewhereView."""

    qr = StringProperty("")
    qr_host = StringProperty("")
    qr_label = StringProperty("")
    label = StringProperty("")
    told = StringProperty("")
    again_text = StringProperty("")
    refused = BooleanProperty(False)

    def show(self, view):
        self.title, self.lead = view.title, view.lead
        self.pieces = view.pieces
        self.qr, self.qr_host, self.qr_label = view.qr, view.qr_host, view.qr_label
        self.label = view.phone_label or view.place_label
        self.told = view.phone or view.place
        self.again_text, self.refused = view.again, view.refused
        super().show(view)

    def again(self):
        """Back to what was typed, or on from the basket."""
        self.send(actions.Back() if self.refused else actions.Checkout())

    def forget(self):
        super().forget()
        self.qr = self.qr_host = ""
        self.view = None


def build(services):
    return ElsewhereScreen(services)


kvload.load(__file__, "elsewhere.kv")
