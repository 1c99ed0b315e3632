"""Asks whether somebody is still there, over whatever screen it is."""

from kivy.properties import NumericProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

from kiosk.window.stage import kvload
from kiosk.window.stage.handles import Handled
from kiosk.window.stage.touch import meant
from kiosk.window.stage.widgets import buttons, panels  # noqa: F401  (names used in idle.kv)
from kiosk.window.visit import actions

__all__ = ["IdleOverlay", "build"]


class IdleOverlay(FloatLayout, Handled):
    """Draws an IdleView. Every touch is an answer: but for "leave", it means "still here"."""

    traps_focus = True

    title = StringProperty("")
    countdown = StringProperty("")
    seconds = NumericProperty(0)
    stay_text = StringProperty("")
    leave_text = StringProperty("")

    def __init__(self, services, **kwargs):
        self._send = services.send
        super().__init__(**kwargs)
        self.handle = "idle"

    def show(self, view):
        self.title, self.countdown = view.title, view.countdown
        self.seconds = view.seconds_left
        self.stay_text, self.leave_text = view.stay, view.leave

    def stay(self):
        self._send(actions.StayHere())

    def leave(self):
        self._send(actions.StartAgain())

    def on_touch_down(self, touch):
        """Nothing below hears it."""
        super().on_touch_down(touch)
        return True

    def on_touch_up(self, touch):
        super().on_touch_up(touch)
        if self.parent is not None and meant(touch):
            self.stay()
        return True


def build(services):
    return IdleOverlay(services)


kvload.load(__file__, "idle.kv")
