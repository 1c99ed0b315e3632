"""Brings every kept order to the back office, however long that takes."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial

from kiosk.contract import Problem
from kiosk.window.link.client import BackOfficeClient
from kiosk.window.link.errors import Away, LinkError, Refused
from kiosk.window.link.news import OrderAnswered, OrderParked, Post
from kiosk.window.link.presence import INTERNAL_ERROR, Presence
from kiosk.window.link.worker import Crew, Worker
from kiosk.window.replica import CatalogueReplica, Due, Outbox

log = logging.getLogger(__name__)

LANES = 8
LONGEST_SLEEP_S = 5.0
PURGE_EVERY_S = 24 * 3600.0
# So often may the back office itself fail on one order before staff are told of it.
POISON = 10
PARKED_AGAIN_S = 900.0
_FAILS = Problem(title="fails", status=INTERNAL_ERROR, code="internal")
SERVER_EPOCH, SERVER_TIME = "server_epoch", "server_time"


class OrderSender(Worker):
    """Each due order goes down its own lane, so that one that fails holds up no other.

    The key was made with the order and is used for every attempt. No answer means try again,
    for ever. What is refused as it is, or what the back office fails on again and again, is
    parked: staff are told, and it is tried every quarter of an hour.
    """

    def __init__(
        self,
        client: BackOfficeClient,
        outbox: Outbox,
        replica: CatalogueReplica,
        presence: Presence,
        post: Post,
        on_parked: Callable[[], None],
    ) -> None:
        super().__init__("sender")
        self._on_parked = on_parked
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
        shop_time = self._shop_time()
        if shop_time and now - self._purged_at > PURGE_EVERY_S:
            self._purged_at = now
            self._outbox.purge(now=shop_time)
        with self._lock:
            under_way = set(self._under_way)
        for due in self._outbox.due(now):
            if due.key not in under_way:
                with self._lock:
                    self._under_way.add(due.key)
                self._lanes.do(partial(self._lane, due), int(due.parked))
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
        # The memory that is asked: another one may take its place while its answer is on its way.
        epoch = self._replica.note(SERVER_EPOCH)
        try:
            receipt = self._client.place_order(due.payload, due.key, due.signature)
            fresh = self._outbox.acknowledge(due.key, receipt, epoch, self._shop_time())
        except Refused as error:
            self._presence.failed(error)
            if error.final:
                self._park(due, error.problem)
            else:
                self._again(due, error)
        except LinkError as error:
            self._presence.failed(error)
            failed = isinstance(error, Away) and error.status == INTERNAL_ERROR
            if failed and due.failures + 1 >= POISON:
                self._park(due, _FAILS)
            else:
                self._again(due, error, failed=failed)
        except Exception as error:
            self._again(due, error)
            raise
        else:
            self._presence.answered()
            if fresh:
                self._post(OrderAnswered(due.intent_id, receipt))

    def _shop_time(self) -> datetime | None:
        """The back office's time when it was last heard: a box's own clock may be years wrong."""
        told = self._replica.note(SERVER_TIME)
        return datetime.fromisoformat(told) if told else None

    def _park(self, due: Due, problem: Problem) -> None:
        if self._outbox.park(due.key, problem, time.monotonic() + PARKED_AGAIN_S):
            log.error(
                "order %s is parked, staff are told: %s %s",
                *(due.intent_id, problem.status, problem.code),
            )
            self._post(OrderParked(due.intent_id, problem))
            self._on_parked()

    def _again(self, due: Due, error: Exception, *, failed: bool = False) -> None:
        wait = max(
            self._client.pace.backoff(due.attempts + 1), getattr(error, "retry_after_s", 0.0)
        )
        log.info("order %s has no answer yet (%s)", due.intent_id, error)
        self._outbox.record_attempt(due.key, str(error), time.monotonic() + wait, failed=failed)
