"""Where is my order? Its number and code lead to it; nothing typed outlives the visit."""

from typing import ClassVar

from kivy.properties import StringProperty

from kiosk.window.stage import kvload
from kiosk.window.stage.screens.form import FormPage
from kiosk.window.stage.widgets.keyboard import Keyboard
from kiosk.window.visit.lookup import LookUp

__all__ = ["Keyboard", "LookupScreen", "build"]


class LookupScreen(FormPage):
    """Draws a LookupView."""

    form = "lookup"
    shares: ClassVar = {"code": 0.6}  # four digits

    problem = StringProperty("")
    show_text = StringProperty("")
    phone_label = StringProperty("")
    phone = StringProperty("")

    def show(self, view):
        self.title, self.lead = view.title, view.lead
        self.problem, self.show_text, self.busy = view.problem, view.show, view.busy
        self.phone_label, self.phone = view.phone_label, view.phone
        self.show_form(view, (view.fields,))
        super().show(view)

    def done(self):
        """After the last digit the way on is the order itself, if all is there."""
        if all(field.value for field in self.view.fields):
            self.look_up()
        else:
            super().done()

    def look_up(self):
        self.send(LookUp())


def build(services):
    return LookupScreen(services)


kvload.load(__file__, "lookup.kv")
