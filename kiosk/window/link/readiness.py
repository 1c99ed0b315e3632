"""Whether an order could be kept now: known before anybody types anything."""

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

from kiosk.window.link.news import Post, TakesOrders
from kiosk.window.link.worker import Worker
from kiosk.window.replica import Outbox, RefusedDisk
from kiosk.window.replica.shedding import Shedder

log = logging.getLogger(__name__)

# So much leaves at a time, so that the disk is not nearly full again at once.
SHED_BYTES = 64 * 1024**2
_REFUSES = "its disk refuses writes; look at its health, or replace it"
T = TypeVar("T")


class Readiness(Worker):
    """Looks every `every_s` seconds, and posts TakesOrders when that has changed."""

    def __init__(
        self,
        outbox: Outbox,
        shedder: Shedder,
        keyless: Callable[[], bool],
        every_s: float,
        post: Post,
    ) -> None:
        """`keyless`: the shop is known, and its key to seal orders with is not."""
        super().__init__("readiness")
        self._outbox, self._shedder, self._keyless = outbox, shedder, keyless
        self._every_s, self._post = every_s, post
        self._lock = threading.Lock()
        self._told = True
        self._refused = False

    def work(self) -> float:
        self.look()
        return self._every_s

    def look(self) -> bool:
        """Whether an order could be kept; what can be had again leaves for it. Blocks for a disk.

        After a commit that was refused a synced write must have succeeded first.
        """
        if not self._outbox.has_room():
            self._shedder.shed(SHED_BYTES)
        why = ""
        if not self._outbox.has_room():
            free = self._outbox.free_bytes() // 1024**2
            why = f"its disk has {free} MiB left; free some, or give it a larger one"
        elif self._refused and not self._outbox.writable():
            why = _REFUSES
        elif self._keyless():
            why = "its back office has no key to seal orders with; update the back office"
        self._tell(why)
        return not why

    def keep(self, commit: Callable[[], T]) -> T:
        """Commit, once more where what could leave has left. Raises what `commit` raises."""
        try:
            return commit()
        except RefusedDisk:
            if not self._shedder.shed(SHED_BYTES):
                self._tell(_REFUSES)
                raise
        try:
            return commit()
        except RefusedDisk:
            self._tell(_REFUSES)
            raise

    def _tell(self, why: str) -> None:
        able = not why
        with self._lock:
            changed = able is not self._told
            self._told = able
            self._refused = why == _REFUSES
        if not changed:
            return
        if able:
            log.warning("orders are taken again")
        else:
            log.error("this window takes no orders: %s", why)
        self._post(TakesOrders(able))
