"""Thank you: what is known of the order, told as it is, and the code to take along."""

from kivy.properties import ListProperty, StringProperty

from kiosk.window.stage import kvload
from kiosk.window.stage.widgets.page import Page
from kiosk.window.stage.widgets.qr import QrCode
from kiosk.window.visit import actions

__all__ = ["QrCode", "ThanksScreen", "build"]

# known: icon and its tone.
_SIGNS = {
    "accepted": ("check", "positive"),
    "waiting": ("clock", "warning"),
    "review": ("info", "warning"),
    "ended": ("close", "danger"),
}


class ThanksScreen(Page):
    """Draws a ThanksView."""

    sign = StringProperty("")
    sign_tone = StringProperty("positive")
    sign_tint = ListProperty([0, 0, 0, 0])
    number_label = StringProperty("")
    number = StringProperty("")
    number_hint = StringProperty("")
    state = StringProperty("")
    phone_label = StringProperty("")
    phone = StringProperty("")
    code_label = StringProperty("")
    code = StringProperty("")
    qr = StringProperty("")
    qr_host = StringProperty("")
    qr_label = StringProperty("")
    follow_text = StringProperty("")
    done_text = StringProperty("")

    def show(self, view):
        ended = view.known == "ended"
        self.title, self.lead = view.title, view.message
        self.pieces = view.pieces
        self.sign, self.sign_tone = _SIGNS[view.known]
        self.sign_tint = self._theme.colour(self.sign_tone)
        self.state = view.state
        self.number_label, self.number = view.number_label, view.number
        self.number_hint = view.number_hint
        self.phone_label, self.phone = view.phone_label, view.phone
        self.code = "" if ended else view.code
        self.code_label = view.code_label if self.code else ""
        self.qr = view.qr
        self.qr_host = view.qr_host
        self.qr_label = view.qr_label if view.qr else ""
        self.follow_text, self.done_text = view.follow, view.done
        super().show(view)

    def follow(self):
        self.send(actions.FollowOrder())

    def finish(self):
        self.send(actions.StartAgain())

    def forget(self):
        super().forget()
        self.qr = self.qr_host = self.number = self.code = ""
        self.view = None


def build(services):
    return ThanksScreen(services)


kvload.load(__file__, "thanks.kv")
