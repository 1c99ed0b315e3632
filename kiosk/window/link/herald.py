"""Tells the back office how this window is: what waits, what is parked, how much disk is left."""

import logging
from collections.abc import Callable

from kiosk import __version__
from kiosk.contract import ParkedOrder, WindowHere
from kiosk.window.link.client import BackOfficeClient
from kiosk.window.link.errors import LinkError, Refused
from kiosk.window.link.worker import Worker
from kiosk.window.replica import Outbox, Parked

log = logging.getLogger(__name__)

EVERY_S = 60.0
# What is parked travels as it was sent; the whole word stays below the back office's limit.
PARKED_BYTES = 40 * 1024
PARKED_AT_ONCE = 20
CONFLICT, NOT_FOUND = 409, 404


class Herald(Worker):
    """Speaks every minute, and at once when something is parked. Nobody waits for it.

    What it hears back tells a box whose memory is older than it thinks, or whose name another
    box bears, to take a new name.
    """

    def __init__(
        self,
        client: BackOfficeClient,
        outbox: Outbox,
        takes_orders: Callable[[], bool],
        *,
        reads_codes: bool = False,
    ) -> None:
        super().__init__("herald")
        self._client = client
        self._outbox = outbox
        self._takes_orders = takes_orders
        self._reads_codes = reads_codes
        self._told: set[str] = set()

    def work(self) -> float:
        parked = self._untold()
        try:
            known = self._client.here(self._word(parked))
        except Refused as error:
            if error.problem.status == CONFLICT:
                log.error("another window bears this one's name: it takes a new one")
                self._outbox.take_new_name()
                return 0.0
            if error.problem.status != NOT_FOUND:  # an older back office does not listen
                log.error("the back office did not take this window's word: %s", error)
            return EVERY_S
        except LinkError as error:
            log.info("nobody heard how this window is (%s)", error)
            return EVERY_S
        self._told |= {str(order.intent_id) for order in parked}
        if known.last_number > self._outbox.last_number:
            log.error("this window's memory is older than its last order: it takes a new name")
            self._outbox.take_new_name()
            return 0.0
        return 0.0 if parked and self._untold() else EVERY_S

    def _untold(self) -> list[Parked]:
        """What is parked and was not told yet, as much of it as may travel at once."""
        chosen: list[Parked] = []
        size = 0
        for order in self._outbox.parked():
            size += len(order.payload)
            if len(chosen) == PARKED_AT_ONCE or (chosen and size > PARKED_BYTES):
                break
            if str(order.intent_id) not in self._told:
                chosen.append(order)
            else:
                size -= len(order.payload)
        return chosen

    def _word(self, parked: list[Parked]) -> WindowHere:
        waiting = self._outbox.waiting()
        return WindowHere(
            instance_id=self._outbox.identity.instance_id,
            last_number=self._outbox.last_number,
            waiting=len(waiting),
            oldest_waiting=waiting[0].kept_at if waiting else None,
            parked_count=self._outbox.parked_count(),
            parked=[_told(order) for order in parked],
            free_bytes=self._outbox.free_bytes(),
            takes_orders=self._takes_orders(),
            software=f"vitrine-window/{__version__}",
            reads_codes=self._reads_codes,
        )


def _told(order: Parked) -> ParkedOrder:
    return ParkedOrder(
        intent_id=order.intent_id,
        kept_at=order.kept_at,
        status=order.problem.status,
        code=order.problem.code,
        attempts=order.attempts,
        order=order.payload.decode(),
    )
