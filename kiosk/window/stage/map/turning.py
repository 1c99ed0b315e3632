"""Turning the map with the courier, or keeping north up."""

from collections.abc import Callable

from kiosk.window.stage.map.camera import Camera
from kiosk.window.stage.map.ridden import RideLayer

# Heading up, the map turns once the courier rides in another direction by so much.
OTHER_WAY_DEG = 25.0
TURN_S = 0.9


class Turning:
    """What a MapView knows of directions.

    `heading_up`: the courier rides upwards. `turn_s` are the seconds of a turn, 0 for who asked for
    no movement. `_fit` is the view of all that is shown, None once a finger has moved the map.
    """

    camera: Camera
    heading_up: bool
    turn_s = TURN_S
    _ride: RideLayer
    _fit: Callable[[], Camera] | None = None

    def _go(self, goal: Callable[[], Camera], seconds: float) -> None:
        raise NotImplementedError

    @property
    def wished_bearing(self) -> float:
        """Degrees that up is to lie from north. The way tells the courier's, also where they stand:
        so the map never spins.
        """
        return (self._ride.heading_deg or 0.0) if self.heading_up else 0.0

    def turn(self, *, heading_up: bool) -> None:
        """Let the courier ride upwards, or north be up again, from now on."""
        self.heading_up = heading_up
        self._turn()

    def _turn_ahead(self) -> bool:
        """Turn where the courier rides in another direction than upwards."""
        if self._ride.heading_deg is None:
            return False
        other = (self.wished_bearing - self.camera.bearing + 180) % 360 - 180
        if abs(other) < OTHER_WAY_DEG:
            return False
        self._turn()
        return True

    def _turn(self) -> None:
        """All that was to be shown, seen from there; else about the courier, or the middle."""
        if self._fit is not None:
            self._go(self._fit, self.turn_s)
            return
        bearing, about = self.wished_bearing, self._ride.courier_at
        x, y = self.camera.to_screen(*about) if about else (0.0, 0.0)
        self._go(lambda: self.camera.turned(bearing - self.camera.bearing, x, y), self.turn_s)
