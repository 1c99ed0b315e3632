"""The thread that asks the delivery services."""

import logging
import random
import threading

from django.db import connection

from kiosk.backoffice.dispatch.booking import ask_due
from kiosk.backoffice.dispatch.services import services

log = logging.getLogger("kiosk.dispatch")

LOOK_EVERY_S = 1.0


class DispatchWorker:
    """Looks every second whether something is due. Idle where no service has an account."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="dispatch", daemon=True)

    def start(self) -> None:
        if services():
            self._thread.start()

    def stop(self, timeout_s: float = 0.5) -> None:
        """What is being asked meanwhile is left to its lease."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _run(self) -> None:
        while not self._stopping.wait(LOOK_EVERY_S * random.uniform(0.8, 1.2)):  # noqa: S311
            try:
                ask_due()
            except Exception as error:
                # Its text and its frames may hold a buyer's details.
                log.error("a delivery service could not be asked: %s", type(error).__name__)
            connection.close()
