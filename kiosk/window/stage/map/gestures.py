"""One finger pans, two zoom and turn, a flick glides on."""

import math
from typing import TYPE_CHECKING, Any

from kivy.clock import Clock

from kiosk.window.stage.map.camera import Camera

if TYPE_CHECKING:
    from kiosk.window.stage.map.view import MapView

_SLOP_PX = 8.0  # a finger that moves less has not moved
_GLIDE_S = 0.32  # time in which a flick loses most of its speed
_REST_PX_S = 12.0
_WHEEL = 1.18
# Two fingers that zoom turn a little as well: only beyond so much do they mean it.
_TWIST_DEG = 14.0


class Gestures:
    def __init__(self, view: "MapView") -> None:
        self._view = view
        self._touches: dict[int, Any] = {}
        self._last: dict[int, tuple[float, float]] = {}
        self._begun = False
        self._speed = (0.0, 0.0)
        self._when = 0.0
        self._gliding: Any = None
        self._twisted, self._turning = 0.0, False

    @property
    def busy(self) -> bool:
        return bool(self._touches) or self._gliding is not None

    def down(self, touch: Any) -> bool:
        button = touch.button if "button" in touch.profile else "left"
        if button in ("scrollup", "scrolldown"):
            self._view.explore()
            self._zoom(_WHEEL if button == "scrolldown" else 1 / _WHEEL, touch.pos)
            return True
        if len(self._touches) >= 2 or button != "left":
            return True
        self._stop()
        touch.grab(self._view)
        self._touches[touch.uid] = touch
        self._last[touch.uid] = touch.pos
        self._speed, self._when = (0.0, 0.0), Clock.get_time()
        if len(self._touches) == 2:
            self._twisted, self._turning = 0.0, False
            self._begin()
        return True

    def move(self, touch: Any) -> bool:
        if touch.grab_current is not self._view or touch.uid not in self._touches:
            return False
        if not self._begun:
            if math.dist(touch.pos, touch.opos) < _SLOP_PX:
                return True
            self._begin()
        before = [self._last[uid] for uid in self._touches]
        self._last[touch.uid] = touch.pos
        after = [self._last[uid] for uid in self._touches]
        self._pan(_middle(before), _middle(after))
        if len(after) == 2 and math.dist(*before) > 4:
            self._zoom(math.dist(*after) / math.dist(*before), _middle(after))
            self._twist(_angle(*after) - _angle(*before), _middle(after))
        return True

    def up(self, touch: Any) -> bool:
        if touch.grab_current is not self._view or touch.uid not in self._touches:
            return False
        touch.ungrab(self._view)
        del self._touches[touch.uid], self._last[touch.uid]
        if not self._touches:
            if self._begun and Clock.get_time() - self._when < 0.08:
                self._gliding = Clock.schedule_interval(self._glide, 0)
            self._begun = False
        return True

    def _begin(self) -> None:
        self._begun = True
        self._view.explore()

    def _pan(self, before: tuple[float, float], after: tuple[float, float]) -> None:
        dx, dy = after[0] - before[0], after[1] - before[1]
        now = Clock.get_time()
        dt = max(now - self._when, 1 / 120)
        self._when = now
        share = min(dt / 0.05, 1.0)
        vx, vy = self._speed
        self._speed = (vx + (dx / dt - vx) * share, vy + (dy / dt - vy) * share)
        self._shift(dx, dy)

    def _shift(self, dx: float, dy: float) -> None:
        camera = self._view.camera
        x, y = camera.to_map(-dx, -dy)
        self._view.look(Camera(x, y, camera.ppm, camera.bearing))

    def _zoom(self, factor: float, at: tuple[float, float]) -> None:
        view = self._view
        view.look(view.camera.zoomed(factor, at[0] - view.center_x, at[1] - view.center_y))

    def _twist(self, degrees: float, at: tuple[float, float]) -> None:
        degrees = (degrees + 180) % 360 - 180
        self._twisted += degrees
        self._turning = self._turning or abs(self._twisted) > _TWIST_DEG
        if self._turning:
            view = self._view
            view.look(view.camera.turned(degrees, at[0] - view.center_x, at[1] - view.center_y))

    def _glide(self, dt: float) -> None:
        vx, vy = self._speed
        self._shift(vx * dt, vy * dt)
        fade = math.exp(-dt / _GLIDE_S)
        self._speed = (vx * fade, vy * fade)
        if math.hypot(*self._speed) < _REST_PX_S:
            self._stop()

    def _stop(self) -> None:
        if self._gliding is not None:
            self._gliding.cancel()
            self._gliding = None
            self._view.look(self._view.camera)


def _angle(one: tuple[float, float], two: tuple[float, float]) -> float:
    return math.degrees(math.atan2(two[1] - one[1], two[0] - one[0]))


def _middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    return (
        sum(p[0] for p in points) / len(points),
        sum(p[1] for p in points) / len(points),
    )
