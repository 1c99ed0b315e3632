"""Knows what passers-by may be told of rides, and forgets it as soon as it cannot be sure."""

from kiosk.contract import Passing
from kiosk.window.link.client import BackOfficeClient
from kiosk.window.link.errors import LinkError, Refused
from kiosk.window.link.news import PassingChanged, Post
from kiosk.window.link.presence import Presence
from kiosk.window.link.worker import Worker

IDLE_S = 3600.0
# While there is a ride it is asked for so often: a phone that falls silent gives no hint.
AGAIN_S = 20.0


class PassingWatcher(Worker):
    """Asks when woken, and again while there is something to tell."""

    def __init__(self, client: BackOfficeClient, presence: Presence, post: Post) -> None:
        super().__init__("passing")
        self._client = client
        self._presence = presence
        self._post = post
        self._told: tuple[tuple[float, float], ...] = ()
        self._failures = 0

    def work(self) -> float:
        try:
            rides = tuple(self._client.passing().rides)
        except LinkError as error:
            # What cannot be known is not told.
            self._tell(())
            if isinstance(error, Refused):
                return IDLE_S
            self._failures += 1
            self._presence.failed(error)
            return self._client.pace.backoff(self._failures)
        self._failures = 0
        self._presence.answered()
        self._tell(rides)
        return AGAIN_S if rides else IDLE_S

    def _tell(self, rides: tuple[Passing, ...]) -> None:
        where = tuple((ride.lat, ride.lon) for ride in rides)
        if where != self._told:
            self._told = where
            self._post(PassingChanged(rides))
