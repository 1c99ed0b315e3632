"""The way to an order by the window's camera: what it asks for, and that it is on."""

from kivy.properties import BooleanProperty, ObjectProperty, StringProperty

from kiosk.window.stage import kvload
from kiosk.window.stage.widgets import buttons  # noqa: F401  (names used in scan.kv)
from kiosk.window.stage.widgets.panels import Panel

__all__ = ["ScanPanel"]


class ScanPanel(Panel):
    """Draws a ScanView; nothing at all for None. `press` is called when its button is."""

    press = ObjectProperty(None)
    there = BooleanProperty(False)
    on = BooleanProperty(False)
    title = StringProperty("")
    lead = StringProperty("")
    sign = StringProperty("")
    promise = StringProperty("")
    hint = StringProperty("")
    press_text = StringProperty("")

    def show(self, scan):
        self.there = scan is not None
        if scan is None:
            return
        self.on = scan.on
        self.title, self.lead, self.sign = scan.title, scan.lead, scan.sign
        self.promise, self.hint, self.press_text = scan.promise, scan.hint, scan.press


kvload.load(__file__, "scan.kv")
