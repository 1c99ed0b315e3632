"""How old a courier's fix is when it arrives, although the phone's clock may be anything."""

from collections.abc import Sequence


class PhoneClock:
    """Compares a phone's clock with itself: the quickest fix so far tells how it differs from ours.

    A clock that stood still or was put back begins anew; one put forward makes the next fix the
    quickest. So a wrong clock ages nothing, and a fix that was late on its way is known as late.
    """

    def __init__(self, state: Sequence[float] = ()) -> None:
        self._gap: float | None = None
        self._last: float | None = None
        if state:
            self._gap, self._last = state

    @property
    def state(self) -> list[float]:
        """What another one goes on with."""
        return [] if self._gap is None or self._last is None else [self._gap, self._last]

    def age_s(self, fix_time: float, received_at: float) -> float:
        """Seconds from a fix, newer than all before, to its arrival. Epoch seconds of two clocks.

        0 for the first fix: nothing is known then.
        """
        gap = received_at - fix_time
        if self._gap is None or self._last is None or fix_time <= self._last or gap < self._gap:
            self._gap = gap
        self._last = fix_time
        return gap - self._gap
