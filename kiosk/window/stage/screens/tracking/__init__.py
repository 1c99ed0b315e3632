"""The way to the door: what is known, when it comes, where the courier is."""

from kivy.properties import BooleanProperty, StringProperty

from kiosk.window.stage import kvload
from kiosk.window.stage.camera.panel import CameraPanel
from kiosk.window.stage.screens.base import StageScreen
from kiosk.window.stage.screens.tracking.face import CourierFace
from kiosk.window.stage.screens.tracking.ride import RideMap
from kiosk.window.stage.screens.tracking.steps import StepRow
from kiosk.window.stage.widgets import buttons, chrome, page, panels  # noqa: F401  (the kv)
from kiosk.window.stage.widgets.qr import QrCode
from kiosk.window.visit import actions

__all__ = ["CameraPanel", "CourierFace", "QrCode", "RideMap", "TrackingScreen", "build"]


class TrackingScreen(StageScreen):
    """Draws a TrackingView."""

    title = StringProperty("")
    message = StringProperty("")
    eta = StringProperty("")
    eta_label = StringProperty("")
    has_map = BooleanProperty(False)
    simulated = StringProperty("")
    map_note = StringProperty("")
    north_up = StringProperty("")
    heading_up = StringProperty("")
    code_label = StringProperty("")
    code = StringProperty("")
    qr = StringProperty("")
    qr_host = StringProperty("")
    qr_label = StringProperty("")
    done_text = StringProperty("")
    finished = BooleanProperty(False)
    well = BooleanProperty(False)

    def __init__(self, services, **kwargs):
        super().__init__(services, **kwargs)
        self._steps = ()
        # An id of kv is a weak reference: off the tree the ride would be gone.
        self._ride = self.ids.ride.__self__
        self._ride.services = services
        self._camera = self.ids.camera.__self__
        self._camera.services = services
        self._face = self.ids.face.__self__
        self._face.services = services

    def show(self, view):
        self.title, self.message = view.title, view.message
        self.eta, self.eta_label = view.eta, view.eta_label
        self.has_map = view.has_map
        self.simulated = view.simulated if view.has_map else ""
        self.map_note = view.map_note
        self.north_up, self.heading_up = view.north_up, view.heading_up
        self.code = "" if view.finished else view.code
        self.code_label = view.code_label if self.code else ""
        self.qr, self.qr_host = view.qr, view.qr_host
        self.qr_label = view.qr_label
        self.done_text, self.finished = view.done, view.finished
        self.well = view.ended == "well"
        self._show_steps(view.steps)
        self._face.show(view.face)
        super().show(view)
        self._show_ride(view)
        self._camera.show(view.camera, view.chrome.language)

    def _show_ride(self, view):
        """The map draws without blending: opacity cannot hide it, so it leaves the tree."""
        ride, scene = self._ride, self.ids.scene
        if view.has_map:
            if ride.parent is None:
                scene.add_widget(ride, len(scene.children))
            ride.show(view)
        else:
            ride.forget()
            if ride.parent is not None:
                scene.remove_widget(ride)

    def _show_steps(self, steps):
        if steps == self._steps:
            return
        self._steps = steps
        column = self.ids.steps
        column.clear_widgets()
        for number, step in enumerate(steps):
            row = StepRow(step=step, first=number == 0, last=number == len(steps) - 1)
            column.add_widget(row)

    @property
    def map_drawn(self):
        """Whether the map that is to be shown can be seen (pilot: wait for it)."""
        return not self.has_map or self._ride.loaded

    def map_arrived(self, sha256):
        self._ride.arrived(sha256)

    def finish(self):
        self.send(actions.StartAgain())

    def leave(self):
        self._ride.rest()
        self._camera.stop()
        self._face.forget()

    def forget(self):
        self._ride.forget()
        self._camera.stop()
        self._face.forget()
        self._steps = ()
        self.ids.steps.clear_widgets()
        self.qr = self.qr_host = self.code = self.title = self.message = ""
        self.view = None


def build(services):
    return TrackingScreen(services)


kvload.load(__file__, "tracking.kv")
