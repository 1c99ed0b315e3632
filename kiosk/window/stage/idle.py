"""Notices that nobody is there. One event is scheduled, never one a frame."""

import time
from collections.abc import Callable
from typing import Any

from kivy.clock import Clock


class IdleClock:
    """Calls `warn` after `idle_s` without a touch, then `over` after `warning_s` more.

    While the warning shows, `tick` is called each second for its countdown. Monotonic: a clock
    that is set does not end anybody's visit.
    """

    def __init__(
        self,
        idle_s: float,
        warning_s: float,
        *,
        warn: Callable[[], None],
        tick: Callable[[], None],
        over: Callable[[], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._idle_s, self._warning_s = idle_s, warning_s
        self._warn, self._tick, self._over, self._now = warn, tick, over, now
        self._last = now()
        self._warned = 0.0
        self._event: Any = None

    @property
    def warned(self) -> bool:
        return bool(self._warned)

    def touched(self) -> None:
        """Somebody is there."""
        self._last = self._now()
        self._warned = 0.0
        if self._event is None:
            self._again(self._idle_s)

    def rest(self) -> None:
        """Nobody is expected to be there: the posters show."""
        self._warned = 0.0
        if self._event is not None:
            self._event.cancel()
            self._event = None

    def _again(self, seconds: float) -> None:
        if self._event is not None:
            self._event.cancel()
        self._event = Clock.schedule_once(self._look, max(0.05, seconds))

    def _look(self, _dt: float) -> None:
        now = self._now()
        self._event = None
        if self._warned:
            self._count(now)
            return
        left = self._idle_s - (now - self._last)
        if left > 0.05:
            self._again(left)
            return
        self._warned = now
        self._again(1)
        self._warn()

    def _count(self, now: float) -> None:
        left = self._warning_s - (now - self._warned)
        if left > 0.05:
            self._again(min(1.0, left))
            self._tick()
        else:
            self._warned = 0.0
            self._over()
