"""Threads that end when told and never die of anything else."""

import logging
import queue
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)

# After a defect of our own, so that it does not fill the log.
AFTER_DEFECT_S = 5.0


class Worker:
    """Calls `work` again and again until stopped. `work` gives the seconds to wait before the
    next call; `wake` cuts the wait short.
    """

    def __init__(self, name: str) -> None:
        self._wakes = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"link-{name}", daemon=True)

    def work(self) -> float:
        raise NotImplementedError

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        self._wakes.set()

    def stop(self) -> None:
        """Ask it to end; `join` waits for that."""
        self._stopping.set()
        self._wakes.set()

    def join(self, timeout: float) -> bool:
        """Whether it has ended within `timeout` seconds (or was never started)."""
        if self._thread.is_alive():
            self._thread.join(timeout)
        return not self._thread.is_alive()

    @property
    def stopping(self) -> bool:
        return self._stopping.is_set()

    def _run(self) -> None:
        while not self.stopping:
            try:
                wait = self.work()
            except Exception:
                if not self.stopping:
                    log.exception("%s failed and goes on", self._thread.name)
                wait = AFTER_DEFECT_S
            if self._wakes.wait(wait):
                self._wakes.clear()


class Crew:
    """`size` threads that do jobs, lowest priority number first, in order within one."""

    def __init__(self, name: str, size: int) -> None:
        self._jobs: queue.PriorityQueue[tuple[int, int, Callable[[], None] | None]] = (
            queue.PriorityQueue()
        )
        self._count = 0
        self._lock = threading.Lock()
        self._stopping = False
        self._threads = [
            threading.Thread(target=self._run, name=f"link-{name}-{n}", daemon=True)
            for n in range(size)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def do(self, job: Callable[[], None] | None, priority: int = 0) -> None:
        with self._lock:
            self._count += 1
            self._jobs.put((priority, self._count, job))

    def stop(self) -> None:
        """Leave what has not begun; `join` waits for what has."""
        self._stopping = True
        for _ in self._threads:
            self.do(None, -1)

    def join(self, timeout: float) -> bool:
        for thread in self._threads:
            if thread.is_alive():
                thread.join(timeout)
        return not any(thread.is_alive() for thread in self._threads)

    def _run(self) -> None:
        while not self._stopping:
            _, _, job = self._jobs.get()
            if job is None:
                return
            try:
                job()
            except Exception:
                if not self._stopping:
                    log.exception("%s failed and goes on", threading.current_thread().name)
            del job  # it would hold an order until the next one comes
