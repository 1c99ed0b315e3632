"""Python's search for cycles, kept out of the way of whoever stands at the glass.

A search through all that has been imported and built held a frame up for 0.2 to 0.8 s, at any
moment. The young are searched as ever; the old only while nobody is there.
"""

import gc
from typing import Any

from kivy.clock import Clock

from kiosk.window.thrift import tidy

# Among a visit's own objects: what is built for a screen is mostly kept. The last is so seldom
# that it is a net and no habit.
THRESHOLDS = (1_000, 10, 1_000)
QUIET_S = 6.0
# One visit after another leaves about 2 MB each that only a search frees: after so many without
# a pause it is made at the next one's end, whoever may already be coming.
VISITS_AT_MOST = 25


class Garbage:
    """`begin` when all is built, `quiet` when a visit has ended, `stirred` when one begins."""

    def __init__(self) -> None:
        self._event: Any = None
        self._visits = 0

    def begin(self) -> None:
        """What has been imported and built so far is for good: it is not searched again."""
        gc.set_threshold(*THRESHOLDS)
        gc.freeze()
        gc.enable()

    def quiet(self) -> None:
        self.stirred()
        self._visits += 1
        if self._visits >= VISITS_AT_MOST:
            self._visits = 0
            Clock.schedule_once(self._search, 0)
        else:
            self._event = Clock.schedule_once(self._search, QUIET_S)

    def stirred(self) -> None:
        if self._event is not None:
            self._event.cancel()
            self._event = None

    def _search(self, _dt: float) -> None:
        """Look through everything: what was for good may have been thrown away since."""
        self._event = None
        self._visits = 0
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        tidy()
