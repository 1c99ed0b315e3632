"""What is promised to take a moment, on a machine that now and then stands still for seconds."""

import threading
from collections.abc import Callable

TRIES = 5


def in_time(takes: Callable[[], float], within_s: float) -> None:
    """`takes` does it and tells its seconds. A machine that stands still makes one try too long,
    and not every one of them.
    """
    took: list[float] = []
    while len(took) < TRIES:
        took.append(takes())
        if took[-1] < within_s:
            return
    raise AssertionError(f"{within_s} s were not enough: {took}")


class Awake:
    """A clock that stands still with its process: each of its steps is one of EVERY_S, however long
    the machine took for it.
    """

    EVERY_S = 0.02

    def __init__(self) -> None:
        self.seconds = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._go, daemon=True)

    def __enter__(self) -> "Awake":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _go(self) -> None:
        while not self._over.wait(self.EVERY_S):
            self.seconds += self.EVERY_S
