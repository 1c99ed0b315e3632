"""Where is my order? Its number and code lead to it, or a code that a phone shows the camera.

Nothing of them outlives the visit.
"""

from typing import ClassVar

from kivy.clock import Clock
from kivy.properties import StringProperty

from kiosk.window.stage import kvload
from kiosk.window.stage.screens.form import FormPage
from kiosk.window.stage.screens.lookup.scan import ScanPanel
from kiosk.window.stage.widgets.keyboard import Keyboard
from kiosk.window.visit.lookup import LookUp
from kiosk.window.visit.scan import CloseScan, OpenScan

__all__ = ["Keyboard", "LookupScreen", "ScanPanel", "build"]


class LookupScreen(FormPage):
    """Draws a LookupView."""

    form = "lookup"
    shares: ClassVar = {"code": 0.6}  # four digits

    problem = StringProperty("")
    show_text = StringProperty("")
    phone_label = StringProperty("")
    phone = StringProperty("")

    def __init__(self, services, **kwargs):
        super().__init__(services, **kwargs)
        self._bring = Clock.create_trigger(self._bring_sign, 0)
        self.ids.scan.bind(on=self._bring, height=self._bring)

    def show(self, view):
        self.title, self.lead = view.title, view.lead
        self.problem, self.show_text, self.busy = view.problem, view.show, view.busy
        self.phone_label, self.phone = view.phone_label, view.phone
        self.ids.scan.show(view.scan)
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

    def _bring_sign(self, *_):
        """That the camera is on stands in sight, however large the words are."""
        scroll, column, scan = self.ids.scroll, self.ids.column, self.ids.scan
        hidden = column.height - scroll.height
        if scan.on and hidden > 0:
            above = scan.top + self._theme.mm(4) - column.y - scroll.height
            scroll.scroll_y = min(1.0, max(0.0, above / hidden))

    def press_camera(self):
        self.send(CloseScan() if self.view.scan.on else OpenScan())


def build(services):
    return LookupScreen(services)


kvload.load(__file__, "lookup.kv")
