"""How a scroll moves: follows the finger, runs on, stretches at the ends. Pure: no Kivy."""

import math

# A fling loses 95 % of its speed in a second; below 12 px/s nobody sees it move.
FRICTION = 3.0
STILL_PX_S = 12.0
MAX_PX_S = 9000.0
# The stretch beyond an end closes in about a quarter of a second.
SPRING = 14.0
STRETCH = 0.38
# Only the last moments of a drag say how fast it was.
MEMORY_S = 0.12


class Scroll:
    """`offset` is how far the content has moved, in pixels: 0 at its start, `most` at its end.

    Times are seconds of any one clock.
    """

    def __init__(self) -> None:
        self.offset = 0.0
        self.most = 0.0
        self.velocity = 0.0
        self.held = False
        self._grip = 0.0
        self._start = 0.0
        self._trail: list[tuple[float, float]] = []

    @property
    def beyond(self) -> float:
        """Pixels past an end: negative before the start, positive after the end."""
        if self.offset < 0:
            return self.offset
        return max(0.0, self.offset - self.most)

    @property
    def moving(self) -> bool:
        return self.held or abs(self.velocity) > STILL_PX_S or abs(self.beyond) > 0.5

    def reach(self, most: float) -> None:
        """The content's length has changed; a resting scroll never ends up beyond it."""
        at_rest = not self.moving
        self.most = max(0.0, most)
        if at_rest:
            self.offset = min(max(0.0, self.offset), self.most)

    def jump(self, offset: float) -> None:
        self.velocity = 0.0
        self.offset = min(max(0.0, offset), self.most)

    def grab(self, at: float, now: float) -> None:
        """A finger holds the content at `at` (pixels, growing as the content moves back)."""
        self.held = True
        self.velocity = 0.0
        self._grip = at
        self._start = self._unstretched()
        self._trail = [(now, at)]

    def drag(self, at: float, now: float) -> None:
        raw = self._start + (at - self._grip)
        if raw < 0:
            self.offset = raw * STRETCH
        elif raw > self.most:
            self.offset = self.most + (raw - self.most) * STRETCH
        else:
            self.offset = raw
        self._trail.append((now, at))
        self._trail = [p for p in self._trail if now - p[0] <= MEMORY_S]

    def release(self, now: float) -> None:
        """Let go: runs on at the speed of the last moments."""
        self.held = False
        recent = [p for p in self._trail if now - p[0] <= MEMORY_S]
        if len(recent) > 1 and recent[-1][0] > recent[0][0]:
            speed = (recent[-1][1] - recent[0][1]) / (recent[-1][0] - recent[0][0])
            self.velocity = min(max(speed, -MAX_PX_S), MAX_PX_S)

    def step(self, dt: float) -> bool:
        """Move on by `dt` seconds; False when it has come to rest."""
        if self.held:
            return True
        dt = min(dt, 0.05)
        if self.beyond:
            self.velocity *= math.exp(-SPRING * dt)
            self.offset += self.velocity * dt
            self.offset -= self.beyond * (1 - math.exp(-SPRING * dt))
        else:
            self.offset += self.velocity * dt
            self.velocity *= math.exp(-FRICTION * dt)
        if self.moving:
            return True
        self.velocity = 0.0
        self.offset = min(max(0.0, self.offset), self.most)
        return False

    def _unstretched(self) -> float:
        if self.offset < 0:
            return self.offset / STRETCH
        return self.offset + self.beyond * (1 / STRETCH - 1)
