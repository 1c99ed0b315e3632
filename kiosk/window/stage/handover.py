"""The one place where work leaves the UI thread and where its answers come back.

Nothing that waits (disk, network, decoding) runs on the UI thread: it is submitted to `Workers`,
and whatever another thread has to say goes through `Handover.post`.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

from kivy.clock import Clock

log = logging.getLogger(__name__)

# Callbacks of one frame stop after this long, so that touch and scrolling keep the rest.
FRAME_BUDGET_S = 0.006


class Handover:
    """Callbacks from any thread, run on the UI thread in order, a few milliseconds a frame.

    `wake` is called, on whatever thread, when there is one for a UI thread that may be asleep.
    """

    def __init__(self, wake: Callable[[], None] = lambda: None) -> None:
        self._wake = wake
        self._lock = threading.Lock()
        self._waiting: deque[Callable[[], None]] = deque()
        self._armed = False
        self._trigger = Clock.create_trigger(self._drain, 0)

    def post(self, callback: Callable[[], None]) -> None:
        """Run `callback` on the UI thread, at the next frame. Safe from any thread."""
        with self._lock:
            self._waiting.append(callback)
            self._arm()
        self._wake()

    def _arm(self) -> None:
        # A trigger may not be called from two threads at once: the lock is held.
        if not self._armed:
            self._armed = True
            self._trigger()

    def _drain(self, _dt: float) -> None:
        until = time.perf_counter() + FRAME_BUDGET_S
        with self._lock:
            self._armed = False
        while True:
            with self._lock:
                if not self._waiting:
                    return
                if time.perf_counter() > until:
                    self._arm()
                    return
                callback = self._waiting.popleft()
            try:
                callback()
            except Exception:
                log.exception("a callback on the UI thread failed")


class Workers:
    """A small pool of daemon threads. A job that hangs never holds up the end of the process."""

    def __init__(self, handover: Handover, size: int = 2, name: str = "worker") -> None:
        self._handover = handover
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._threads = [
            threading.Thread(target=self._run, name=f"{name}-{i}", daemon=True) for i in range(size)
        ]
        for thread in self._threads:
            thread.start()

    def submit(
        self,
        job: Callable[[], Any],
        then: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run `job` on a worker; `then(result)` or `failed(error)` follow on the UI thread."""
        self._jobs.put(lambda: self._do(job, then, failed))

    def post(self, callback: Callable[[], None]) -> None:
        """Run `callback` on the UI thread. Safe from any thread."""
        self._handover.post(callback)

    def close(self) -> None:
        """Let the threads end once they have done what waits."""
        for _ in self._threads:
            self._jobs.put(None)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
            del job  # it would hold what a visitor typed until the next one comes

    def _do(
        self,
        job: Callable[[], Any],
        then: Callable[[Any], None] | None,
        failed: Callable[[Exception], None] | None,
    ) -> None:
        try:
            result = job()
        except Exception as error:
            if failed is None:
                log.exception("a job failed")
                return
            # `except` unbinds its name at the end of the block.
            reason, told = error, failed
            self._handover.post(lambda: told(reason))
            return
        if then is not None:
            answer = then
            self._handover.post(lambda: answer(result))
