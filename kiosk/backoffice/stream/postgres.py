"""PostgreSQL's word that some process has written news (LISTEN and NOTIFY)."""

import logging
import threading
from collections.abc import Callable

from django.db import connection

from kiosk.backoffice.platform.waking import CHANNEL

log = logging.getLogger("kiosk.stream")

LISTEN_S = 1.0  # between two looks at whether to stop
AGAIN_S = 1.0  # after the connection was lost


class Notices:
    """A thread with a connection of its own that hears every process's news. Idle on SQLite.

    `heard`: it is listening, so that nobody need look by themselves.
    """

    def __init__(self) -> None:
        self.heard = False
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, wake: Callable[[], None]) -> None:
        """Call `wake` at every word, and whenever words may have been missed."""
        if connection.vendor != "postgresql":
            return
        self._thread = threading.Thread(
            target=self._run, args=(wake,), name="notices", daemon=True
        )  # fmt: skip
        self._thread.start()

    def stop(self) -> None:
        """It ends within LISTEN_S seconds; nobody has to wait for that."""
        self._stopping.set()

    def _run(self, wake: Callable[[], None]) -> None:
        while not self._stopping.is_set():
            try:
                self._listen(wake)
            except Exception as error:
                log.warning("PostgreSQL's notices are lost (%s); looking often", error)
                self.heard = False
                # Whoever wrote since the last word was not heard.
                wake()
                self._stopping.wait(AGAIN_S)
            finally:
                connection.close()

    def _listen(self, wake: Callable[[], None]) -> None:
        connection.ensure_connection()
        line = connection.connection
        line.execute(f"LISTEN {CHANNEL}")
        self.heard = True
        wake()
        while not self._stopping.is_set():
            for _ in line.notifies(timeout=LISTEN_S, stop_after=1):
                wake()
