"""Brings every kept order to the back office, however long that takes."""

import logging
import threading
import time
from functools import partial

from kiosk.window.link.client import BackOfficeClient
from kiosk.window.link.errors import LinkError, Refused
from kiosk.window.link.news import OrderAnswered, OrderParked, Post
from kiosk.window.link.presence import Presence
from kiosk.window.link.worker import Crew, Worker
from kiosk.window.replica import CatalogueReplica, Due, Outbox

log = logging.getLogger(__name__)

LANES = 8
LONGEST_SLEEP_S = 5.0
PURGE_EVERY_S = 24 * 3600.0
SERVER_EPOCH = "server_epoch"


class OrderSender(Worker):
    """Each due order goes down its own lane, so that one that fails holds up no other.

    The key was made with the order and is used for every attempt. No answer means try again,
    for ever; only a refusal of the message itself takes an order out of the queue.
    """

    def __init__(
        self,
        client: BackOfficeClient,
        outbox: Outbox,
        replica: CatalogueReplica,
        presence: Presence,
        post: Post,
    ) -> None:
        super().__init__("sender")
        self._client = client
        self._outbox = outbox
        self._replica = replica
        self._presence = presence
        self._post = post
        self._lanes = Crew("lane", LANES)
        self._lock = threading.Lock()
        self._under_way: set[str] = set()
        self._purged_at = float("-inf")

    def start(self) -> None:
        self._lanes.start()
        super().start()

    def stop(self) -> None:
        self._lanes.stop()
        super().stop()

    def join(self, timeout: float) -> bool:
        until = time.monotonic() + timeout
        ended = super().join(timeout)
        return self._lanes.join(max(0.0, until - time.monotonic())) and ended

    def hurry(self) -> None:
        """The back office is there again: what waits is tried now, a little spread."""
        self._outbox.hurry(time.monotonic() + self._client.pace.backoff(1))
        self.wake()

    def work(self) -> float:
        now = time.monotonic()
        if now - self._purged_at > PURGE_EVERY_S:
            self._purged_at = now
            self._outbox.purge()
        with self._lock:
            under_way = set(self._under_way)
        for due in self._outbox.due(now):
            if due.key not in under_way:
                with self._lock:
                    self._under_way.add(due.key)
                self._lanes.do(partial(self._lane, due))
        until = self._outbox.next_due(now)
        return min(until - now, LONGEST_SLEEP_S) if until else LONGEST_SLEEP_S

    def _lane(self, due: Due) -> None:
        try:
            self._send(due)
        finally:
            with self._lock:
                self._under_way.discard(due.key)
            self.wake()

    def _send(self, due: Due) -> None:
        try:
            receipt = self._client.place_order(due.payload, due.key)
            fresh = self._outbox.acknowledge(due.key, receipt, self._replica.note(SERVER_EPOCH))
        except Refused as error:
            self._presence.failed(error)
            if not error.final:
                self._again(due, error)
            elif self._outbox.park(due.key, error.problem):
                log.error("order %s was refused and is parked: %s", due.intent_id, error)
                self._post(OrderParked(due.intent_id, error.problem))
        except LinkError as error:
            self._presence.failed(error)
            self._again(due, error)
        except Exception as error:
            self._again(due, error)
            raise
        else:
            self._presence.answered()
            if fresh:
                self._post(OrderAnswered(due.intent_id, receipt))

    def _again(self, due: Due, error: Exception) -> None:
        wait = max(
            self._client.pace.backoff(due.attempts + 1), getattr(error, "retry_after_s", 0.0)
        )
        log.info("order %s has no answer yet (%s)", due.intent_id, error)
        self._outbox.record_attempt(due.key, str(error), time.monotonic() + wait)
