"""The one place that every touch passes on its way from Kivy's devices to the window."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Hashable
from typing import Any

from kiosk.window.stage.touch import void
from kiosk.window.stage.touch.sieve import Contact, Phase, Sieve

log = logging.getLogger(__name__)

# How often it is told what was kept from the window, at most; and how long nobody may touch a
# glass in a street before that is worth a line: longer than a night.
TELL_EVERY_S, SILENCE_S = 3600.0, 14 * 3600.0

Event = tuple[Phase, Any]


class Hygiene:
    """A post-processing module of Kivy's event loop: `process` gets a frame's events and gives
    those that are a person's. Touches tell by `wide_mm` and `exact` what their device knows.
    """

    def __init__(self, glass_mm: tuple[float, float], clock: Callable[[], float] = time.time):
        # The clock of Kivy's touches, which is the wall's.
        self._width, self._height = glass_mm
        self._clock = clock
        self._told: Counter[str] = Counter()
        self.begin_anew()
        self._told_at = self._heard_at = clock()
        self._silent = False

    @property
    def ignored(self) -> Counter[str]:
        """How many contacts were kept from the window, by reason."""
        return self._sieve.ignored

    @property
    def busy(self) -> bool:
        """Whether somebody touches the glass: who is told from a palm or from rain needs time."""
        return bool(self._touches)

    def begin_anew(self) -> None:
        """Forget what was learnt of this glass: another device speaks from now on."""
        self._sieve = Sieve(self._width, self._height)
        self._touches: dict[Hashable, Any] = {}
        self._told.clear()

    def process(self, events: list[Event]) -> list[Event]:
        passed: list[Event] = []
        for phase, touch in events:
            if not touch.is_touch or _is_a_wheel(touch):
                passed.append((phase, touch))
                continue
            self._touches[touch.uid] = touch
            self._heard_at, self._silent = self._clock(), False
            for verdict in self._sieve.take(self._contact(phase, touch)):
                passed.append(self._event(*verdict))
            if phase == "end":
                del self._touches[touch.uid]
        now = self._clock()
        passed += [self._event(*verdict) for verdict in self._sieve.tick(now)]
        self._tell(now)
        return passed

    def _contact(self, phase: Phase, touch: Any) -> Contact:
        at = {"begin": touch.time_start, "end": touch.time_end}.get(phase, touch.time_update)
        return Contact(
            phase,
            touch.uid,
            touch.sx * self._width,
            touch.sy * self._height,
            at,
            getattr(touch, "wide_mm", 0.0),
            getattr(touch, "exact", False),
        )

    def _event(self, phase: Phase, key: Hashable) -> Event:
        touch = self._touches[key]
        if phase != "cancel":
            return phase, touch
        void(touch)
        touch.update_time_end()
        return "end", touch

    def _tell(self, now: float) -> None:
        if now - self._heard_at > SILENCE_S and not self._silent:
            self._silent = True
            log.warning("nobody has touched the glass for %d hours", SILENCE_S / 3600)
        if 0 <= now - self._told_at < TELL_EVERY_S:
            return
        self._told_at = now
        fresh = self.ignored - self._told
        self._told = Counter(self.ignored)
        if fresh:
            log.info("touches that were nobody's: %s", dict(fresh))


def _is_a_wheel(touch: Any) -> bool:
    return "button" in touch.profile and touch.button != "left"
