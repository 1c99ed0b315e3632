"""The thread that sends messages to buyers."""

import logging
import random
import threading

from django.db import connection

from kiosk.backoffice.mail.delivery import deliver_due, mail_server, park_older_news

log = logging.getLogger("kiosk.mail")

LOOK_EVERY_S = 2.0
REST_S = 20.0  # where the server did not even let us in


class MailWorker:
    """Looks every other second whether a message is due. Idle where no mail server is set."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="mail", daemon=True)

    def start(self) -> None:
        """To be called before the first order can come."""
        if mail_server() is None:
            return
        parked = park_older_news()
        if parked:
            log.warning("%s messages of a restored database are not sent: see the board", parked)
        connection.close()
        self._thread.start()

    def stop(self, timeout_s: float = 0.5) -> None:
        """What is being sent meanwhile is left to its lease."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _run(self) -> None:
        server, wait = mail_server(), LOOK_EVERY_S
        while server is not None and not self._stopping.wait(wait * random.uniform(0.8, 1.2)):  # noqa: S311
            wait = REST_S
            try:
                wait = LOOK_EVERY_S if deliver_due(server) else REST_S
            except Exception as error:
                # Whatever is wrong with one round must not end the thread for all later ones. Its
                # text and its frames may hold a buyer's details.
                log.error("messages could not be sent: %s", type(error).__name__)
            connection.close()
