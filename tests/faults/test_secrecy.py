"""A window that crashes leaves no copy of its memory behind."""

import ctypes
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

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


# A window's memory with somebody's name in it, brought down in the middle of its life.
CRASH = """
import os, sys, threading, time, signal
from pathlib import Path
name = "".join(map(chr, (122, 113, 106, 118, 107, 119, 122, 120, 106))) * 3
def crash():
    while signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        time.sleep(0.05)
    os.abort()
if sys.argv[1] == "window":
    from kiosk.window.stage import run_window
    from tests.journeys.evening import settings
    threading.Thread(target=crash, daemon=True).start()
    run_window(settings(Path.cwd(), "", ""))
os.abort()
"""
TELLING = b"zqjvkwzxj" * 3


def crashed(kind: str, folder: Path) -> bool:
    """Whether the kernel wrote the memory of a process that may write as much as it likes."""
    folder.mkdir()
    limits = resource.getrlimit(resource.RLIMIT_CORE)[1]
    root = str(Path(__file__).parents[2])
    process = subprocess.Popen(
        [sys.executable, "-c", CRASH, kind],
        cwd=folder,
        env={**os.environ, "SDL_VIDEODRIVER": "offscreen", "PYTHONPATH": root},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (limits, limits)),
    )
    status = os.waitpid(process.pid, 0)[1]
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGABRT
    return os.WCOREDUMP(status)


def test_a_crash_writes_no_copy_of_what_was_typed(tmp_path: Path) -> None:
    if not crashed("any program", tmp_path / "any"):
        pytest.skip("this kernel writes no core file for anybody")
    found = [TELLING in path.read_bytes() for path in (tmp_path / "any").glob("core*")]
    assert found in ([], [True]), "where the kernel writes it here, the search finds what it must"
    assert not crashed("window", tmp_path / "window")
    assert not list((tmp_path / "window").rglob("core*"))
