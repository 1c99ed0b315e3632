"""The steps of an order, on one line from the shop to the door."""

from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty
from kivy.uix.floatlayout import FloatLayout

from kiosk.window.stage import kvload
from kiosk.window.stage.widgets import words  # noqa: F401  (names used in steps.kv)

__all__ = ["StepRow"]


class StepRow(FloatLayout):
    """One step: done, now or to come, with its time, on a line that runs through all."""

    step = ObjectProperty(None)
    first = BooleanProperty(False)
    last = BooleanProperty(False)
    reached = NumericProperty(0)

    def __init__(self, **kwargs):
        step = kwargs["step"]
        kwargs["reached"] = {"todo": 0, "now": 1, "done": 2}[step.state]
        super().__init__(**kwargs)


kvload.load(__file__, "steps.kv")
