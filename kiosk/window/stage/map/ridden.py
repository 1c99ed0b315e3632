"""The ride on the map: the way, the courier, and how one gives way to another."""

from collections.abc import Sequence

from kivy.clock import Clock
from kivy.graphics import InstructionGroup

from kiosk.window.stage.map.camera import Camera
from kiosk.window.stage.map.markers import CourierMarker
from kiosk.window.stage.map.route import RouteLayer
from kiosk.window.stage.map.style import MapStyle
from kiosk.window.visit.motion import FADE_S, MarkerState

XY = tuple[float, float]


class RideLayer:
    """`way` in the map's metres; `way_group` lies under pins and names, `courier_group` above."""

    def __init__(self, style: MapStyle, unit: float) -> None:
        self.way: list[XY] = []
        self.courier_at: XY | None = None
        self._state: MarkerState | None = None
        self._leaving_at: XY = (0.0, 0.0)
        self._route, self._old_route = RouteLayer(style, unit), RouteLayer(style, unit)
        self._courier, self._leaving = CourierMarker(style, unit), CourierMarker(style, unit)
        self._fading_since: float | None = None
        self.way_group, self.courier_group = InstructionGroup(), InstructionGroup()
        for layer in (self._old_route, self._route):
            self.way_group.add(layer.group)
        for marker in (self._leaving, self._courier):
            self.courier_group.add(marker.group)

    def restyle(self, style: MapStyle) -> None:
        parts: tuple[RouteLayer | CourierMarker, ...]
        parts = (self._route, self._old_route, self._courier, self._leaving)
        for part in parts:
            part.restyle(style)

    def set_way(self, way: Sequence[XY]) -> None:
        """Another way fades in while the last one fades out."""
        both = len(way) > 1 and len(self.way) > 1
        self._old_route.set(self.way if both else ())
        self._old_route.travelled(-1.0)
        self._fading_since = Clock.get_time() if both else None
        self.way = list(way)
        self._route.set(self.way)
        self._route.fade(0 if both else 1)

    def set_courier(self, at: XY | None, state: MarkerState | None, leaving_at: XY) -> None:
        """`leaving_at` is where `state.leaving` lies, if it is there."""
        self.courier_at, self._state, self._leaving_at = at, state, leaving_at
        self._route.travelled(-1.0 if state is None else (state.travelled_m or -1.0))

    def follow(self, camera: Camera, centre: XY) -> bool:
        """Draw for `camera`; whether a way still fades, so that another frame is needed."""
        fading = self._fade()
        self._old_route.follow(camera, centre)
        self._route.follow(camera, centre)
        return fading

    @property
    def heading_deg(self) -> float | None:
        return self._state.heading_deg if self._state else None

    @property
    def plain(self) -> bool:
        """Whether nothing fades: all that moves is the marker, on its way or off it."""
        return self._fading_since is None and not (self._state and self._state.leaving)

    @property
    def on_way(self) -> bool:
        return self._state is not None and self._state.travelled_m is not None

    def reach(self, ppm: float) -> float:
        """Pixels from the courier to what the marker draws furthest from there."""
        return self._courier.reach(ppm, self._state) if self._state else 0.0

    def aim_courier(self, camera: Camera, centre: XY) -> None:
        state = self._state
        if state is None or self.courier_at is None:
            self._courier.hide()
            self._leaving.hide()
            return
        left = state.leaving.share if state.leaving else 0.0
        for marker, at, share in (
            (self._courier, self.courier_at, 1 - left),
            (self._leaving, self._leaving_at, left),
        ):
            x, y = camera.to_screen(*at)
            place = centre[0] + x, centre[1] + y
            marker.show(*place, camera.ppm, state, share, camera.bearing)

    def _fade(self) -> bool:
        if self._fading_since is None:
            return False
        share = (Clock.get_time() - self._fading_since) / FADE_S
        self._route.fade(share)
        self._old_route.fade(1 - share)
        if share >= 1:
            self._fading_since = None
            self._old_route.set(())
        return self._fading_since is not None
