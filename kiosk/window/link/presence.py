"""Whether the back office is there, as all threads of the link see it together."""

import threading
from collections.abc import Callable

from kiosk.window.link.errors import Away, Incompatible, LinkError, Refused, Unauthorised
from kiosk.window.link.news import Offline, Online, Post

# One lost answer is weather; two in a row, from whichever threads, are an outage.
FAILURES_IN_A_ROW = 2
INTERNAL_ERROR = 500


class Presence:
    """Posts Online and Offline when that changes. `on_return` runs at each return."""

    def __init__(self, post: Post, on_return: Callable[[], None]) -> None:
        self._post = post
        self._on_return = on_return
        self._lock = threading.Lock()
        self._online: bool | None = None
        self._failures = 0
        self._kind: type[LinkError] | None = None

    @property
    def online(self) -> bool:
        return bool(self._online)

    def answered(self) -> None:
        with self._lock:
            self._failures = 0
            returned = self._online is not True
            self._online = True
        if returned:
            self._post(Online())
            self._on_return()

    def failed(self, error: LinkError) -> None:
        """Count a failure; an answer of any kind to one question is no outage."""
        if isinstance(error, Refused) or (
            isinstance(error, Away) and error.status == INTERNAL_ERROR
        ):
            return
        with self._lock:
            self._failures += 1
            lasting = isinstance(error, Unauthorised | Incompatible)
            sure = isinstance(error, Unauthorised) or self._failures >= FAILURES_IN_A_ROW
            tell = self._online is None or (self._online and sure)
            # What people must mend is told also while the back office seemed only away.
            tell = tell or (not self._online and lasting and type(error) is not self._kind)
            if tell:
                self._online, self._kind = False, type(error)
        if tell:
            self._post(Offline(str(error)))
