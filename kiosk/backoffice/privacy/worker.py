"""The thread that purges once a day, and does at once what buyers and couriers were promised."""

import logging
import threading

from django.db import connection

from kiosk.backoffice.courier.retention import forget_old_ways
from kiosk.backoffice.privacy.erasing import finish_erasures
from kiosk.backoffice.privacy.purge import ClockDoubt, purge_if_due

log = logging.getLogger("kiosk.privacy")

FIRST_LOOK_S = 15.0  # whoever starts a shop waits for its first page, not for this
LOOK_EVERY_S = 60.0


class PurgeWorker:
    """Looks every minute whether a purge is due: a sleep of a day would trust the clock."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="purge", daemon=True)
        self._doubt = ClockDoubt()

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout_s: float = 0.5) -> None:
        self._stopping.set()
        self._thread.join(timeout_s)

    def _run(self) -> None:
        wait = FIRST_LOOK_S
        while not self._stopping.wait(wait):
            wait = LOOK_EVERY_S
            for deed in (finish_erasures, forget_old_ways, self._purge):
                try:
                    deed()
                except Exception:
                    # Whatever is wrong with one round must not end the thread for all later ones.
                    log.exception("the purge could not run")
            connection.close()

    def _purge(self) -> None:
        purge_if_due(self._doubt)
