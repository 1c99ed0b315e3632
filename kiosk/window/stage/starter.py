"""Threads that the UI thread asks for.

Whoever starts a thread waits until it runs, and it may keep the interpreter for milliseconds: so
that wait is another thread's.
"""

import logging
import threading
from collections.abc import Callable
from functools import cache
from queue import SimpleQueue

log = logging.getLogger(__name__)


def start_thread(name: str, run: Callable[[], None]) -> None:
    """Have `run` called on a thread of its own, one asked for after the other. Returns at once."""
    get_ready().put((name, run))


@cache
def get_ready() -> SimpleQueue[tuple[str, Callable[[], None]]]:
    """What is put into it is started. May be called beforehand, so that nobody waits for this."""
    asked: SimpleQueue[tuple[str, Callable[[], None]]] = SimpleQueue()

    def begin() -> None:
        while True:
            name, run = asked.get()
            # Daemons: one that waits for a name to resolve keeps nobody from leaving.
            thread = threading.Thread(target=run, name=name, daemon=True)
            try:
                thread.start()
            except RuntimeError as error:  # there are too many: the next may find room
                log.error("%s: %s", name, error)

    threading.Thread(target=begin, name="starter", daemon=True).start()
    return asked
