"""How the map is moved: dragged, or zoomed and turned, and where that leads."""

import math
from dataclasses import replace

from kiosk.window.stage.map.camera import Camera

SETTLE_S = 0.14  # stillness after which the picture is drawn afresh at its own scale
_FRAMES_AHEAD = 40  # what a picture takes to be made


class Going:
    """`note` is told of each frame's camera."""

    def __init__(self) -> None:
        self._swung_at = 0.0
        self._drift = (0.0, 0.0)  # pixels in the last frame

    def note(self, before: Camera, camera: Camera, now: float) -> None:
        if (camera.ppm, camera.bearing) != (before.ppm, before.bearing):
            self._swung_at, self._drift = now, (0.0, 0.0)
        else:
            # Less than a pixel is where the picture was shifted to stay sharp.
            x, y = before.to_screen(camera.x, camera.y)
            self._drift = (x, y) if math.hypot(x, y) > 1 else (0.0, 0.0)

    def swings(self, now: float) -> bool:
        """Whether the map was zoomed or turned just now."""
        return now - self._swung_at < SETTLE_S

    @property
    def drags(self) -> bool:
        return self._drift != (0.0, 0.0)

    def ahead(self, camera: Camera, reach: float) -> Camera:
        """Where the map is dragged to, at most so many pixels away in each direction."""
        x, y = (min(max(d * _FRAMES_AHEAD, -reach), reach) for d in self._drift)
        there = camera.to_map(x, y)
        return replace(camera, x=there[0], y=there[1])
