"""The dark hours: black, but for one small code. Nothing moves and no clock runs."""

from kivy.properties import NumericProperty, StringProperty

from kiosk.window.stage import kvload
from kiosk.window.stage.screens.base import StageScreen
from kiosk.window.stage.widgets import panels  # noqa: F401  (names used in dark.kv)
from kiosk.window.stage.widgets.qr import QrCode  # noqa: F401
from kiosk.window.visit import actions

BLACK = (0, 0, 0, 1)


class DarkScreen(StageScreen):
    """Any touch wakes it for a visit. The code is where its view says, dimmed."""

    address = StringProperty("")
    invite = StringProperty("")
    across = NumericProperty(0.5)
    up = NumericProperty(0.5)

    def show(self, view):
        super().show(view)
        self.address, self.invite = view.address, view.invite
        self.across, self.up = view.across, view.up

    def _repaint(self, *_):
        self._ground.rgba = BLACK
        self._cover()

    def on_touch_down(self, touch):
        """Wake on the first touch, wherever it lands."""
        self.send(actions.Wake())
        return True


def build(services):
    return DarkScreen(services)


kvload.load(__file__, "dark.kv")
