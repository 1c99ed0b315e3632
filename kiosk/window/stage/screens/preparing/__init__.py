"""A window without a shop yet: quiet and deliberate, never an error."""

from kivy.properties import NumericProperty, StringProperty

from kiosk.window.stage import kvload
from kiosk.window.stage.screens.base import StageScreen
from kiosk.window.stage.widgets import panels  # noqa: F401  (names used in preparing.kv)

__all__ = ["PreparingScreen", "build"]


class PreparingScreen(StageScreen):
    """Draws a PreparingView. `progress` is a share, 0 while nothing is known."""

    title = StringProperty("")
    detail = StringProperty("")
    progress = NumericProperty(0)

    def show(self, view):
        self.title, self.detail = view.title, view.detail
        self.progress = min(1.0, max(0.0, view.progress or 0.0))
        super().show(view)


def build(services):
    return PreparingScreen(services)


kvload.load(__file__, "preparing.kv")
