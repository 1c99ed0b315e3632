"""How much of its time a server may spend on telling."""

SHARE = 1 / 3
SAVED_S = 0.2


class Pace:
    """Lets telling have a share of the time, and what comes after a quiet time pass at once.

    While many are told no order is read or answered: under a storm of news the pauses between
    tellings leave time for those. What was not used of the share is saved, for SAVED_S seconds.
    """

    def __init__(self) -> None:
        self._even_at = 0.0  # when all telling up to now has been made up for

    def pause_s(self, spent_s: float, now: float) -> float:
        """How long to wait after a telling that took `spent_s` and ended `now` (monotonic)."""
        saved_since = now - spent_s - SAVED_S
        self._even_at = max(self._even_at, saved_since) + spent_s / SHARE
        return max(0.0, self._even_at - now)
