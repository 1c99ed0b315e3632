"""A window that crashes leaves no copy of its memory behind."""

import ctypes
import os
import resource
import signal
import threading
import time
from pathlib import Path

from tests.journeys.evening import settings
from tests.journeys.own_process import in_own_process

PR_GET_DUMPABLE = 3  # linux/prctl.h


def play_a_short_evening(folder: Path) -> None:
    from kiosk.window.stage import run_window

    seen: list[tuple[int, int]] = []

    def look_and_leave() -> None:
        while signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:  # until it listens
            time.sleep(0.05)
        dumpable = ctypes.CDLL(None).prctl(PR_GET_DUMPABLE, 0, 0, 0, 0)
        seen.append((dumpable, resource.getrlimit(resource.RLIMIT_CORE)[1]))
        os.kill(os.getpid(), signal.SIGTERM)

    assert ctypes.CDLL(None).prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 1
    threading.Thread(target=look_and_leave, daemon=True).start()
    assert run_window(settings(folder, "", "")) == 0
    assert seen == [(0, 0)]


def test_the_windows_memory_is_its_own(tmp_path: Path) -> None:
    in_own_process(play_a_short_evening, tmp_path, seconds=60)
