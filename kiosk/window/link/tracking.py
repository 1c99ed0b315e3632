"""Follows one order: the truth is fetched, the courier's positions pass straight through."""

import logging
import threading
import time

from kiosk.contract import FollowedOrder, PositionFix
from kiosk.window.link.client import BackOfficeClient
from kiosk.window.link.errors import LinkError, Refused
from kiosk.window.link.news import OrderChanged, OrderGone, PositionChanged, Post
from kiosk.window.link.presence import Presence
from kiosk.window.link.worker import Worker

log = logging.getLogger(__name__)

IDLE_S = 3600.0
NOTHING = (-1, -1)  # no courier's fix is known


class OrderFollower(Worker):
    """At most one order at a time: the one that stands on the glass."""

    def __init__(self, client: BackOfficeClient, presence: Presence, post: Post) -> None:
        super().__init__("follower")
        self._client = client
        self._presence = presence
        self._post = post
        self._lock = threading.Lock()
        self._token = ""
        self._looked_up = False
        self._view: FollowedOrder | None = None
        self._newest = NOTHING
        self._failures = 0

    def follow(self, token: str, *, looked_up: bool = False) -> None:
        """Follow that order only; `looked_up`: the token is the ticket of one that was found."""
        with self._lock:
            if token != self._token:
                self._token, self._view, self._newest = token, None, NOTHING
                self._looked_up = looked_up
        self.wake()

    def unfollow(self) -> None:
        self.follow("")

    def changed(self, token: str) -> None:
        """A hint that the order changed: fetch it now."""
        if token == self._token:
            self.wake()

    def moved(self, token: str, fix: PositionFix) -> None:
        made_at = time.monotonic() - fix.age_s
        with self._lock:
            if token != self._token or (fix.rider, fix.seq) <= self._newest:
                return
            self._newest = (fix.rider, fix.seq)
        self._post(PositionChanged(token, fix, made_at))

    def work(self) -> float:
        with self._lock:
            token, looked_up = self._token, self._looked_up
        if not token:
            return IDLE_S
        pace = self._client.pace
        every_s = pace.looked_up_every_s if looked_up else pace.follow_every_s
        try:
            view = self._client.looked_up(token) if looked_up else self._client.order(token)
        except LinkError as error:
            if looked_up and isinstance(error, Refused) and error.problem.status == 404:
                self._gone(token)
                return IDLE_S
            self._failures += 1
            self._presence.failed(error)
            log.info("the followed order could not be fetched (%s)", error)
            return min(pace.backoff(self._failures), pace.follow_every_s)
        self._failures = 0
        self._presence.answered()
        self._show(token, view, time.monotonic())
        # Nothing comes any more of an order that has ended, and nobody asks for it.
        return IDLE_S if view.status.final else every_s

    def _gone(self, ticket: str) -> None:
        """Ask no more: whoever wants to know must know the code."""
        with self._lock:
            if ticket != self._token:
                return
            self._token, self._view = "", None
        self._post(OrderGone(ticket))

    def _show(self, token: str, view: FollowedOrder, heard_at: float) -> None:
        fix = view.delivery.position if view.delivery else None
        with self._lock:
            if token != self._token or _ageless(view) == self._view:
                return
            self._view = _ageless(view)
            if fix:
                self._newest = max(self._newest, (fix.rider, fix.seq))
        self._post(OrderChanged(token, view, heard_at))


def _ageless(view: FollowedOrder) -> FollowedOrder:
    """Growing older is no change."""
    if view.delivery is None or view.delivery.position is None:
        return view
    fix = view.delivery.position.model_copy(update={"age_s": 0.0})
    return view.model_copy(update={"delivery": view.delivery.model_copy(update={"position": fix})})
