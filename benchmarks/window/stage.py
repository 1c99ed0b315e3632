"""The stage: an X server of its own with nothing on it, and the load that competes for it."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.window.xlib import Display, StageError

SIZE = (1080, 1920)


@contextlib.contextmanager
def x_server(size: tuple[int, int] = SIZE) -> Iterator[str]:
    """An Xvfb of `size` pixels; yields its display's name. Raises StageError."""
    if shutil.which("Xvfb") is None:
        raise StageError("Xvfb is missing: apt-get install xvfb")
    reader, writer = os.pipe()
    command = [
        "Xvfb", "-displayfd", str(writer), "-screen", "0", f"{size[0]}x{size[1]}x24",
        "-nolisten", "tcp", "-noreset", "-dpi", "96", "+extension", "GLX",
        "+extension", "DAMAGE", "+extension", "XTEST", "-s", "0",
    ]  # fmt: skip
    server = subprocess.Popen(
        command, pass_fds=(writer,), stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(writer)
    try:
        with os.fdopen(reader) as told:
            number = told.readline().strip()
        if not number:
            raise StageError("Xvfb did not start: run it by hand to see why")
        yield f":{number}"
    finally:
        stop(server)


@contextlib.contextmanager
def opened(name: str) -> Iterator[Display]:
    display = Display(name)
    try:
        yield display
    finally:
        display.close()


@contextlib.contextmanager
def busy(wanted: bool) -> Iterator[None]:
    """Something that would like one core for itself, all the time."""
    if not wanted:
        yield
        return
    load = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        yield
    finally:
        stop(load)


def stop(process: "subprocess.Popen[bytes]", seconds: float = 8.0) -> None:
    """End a process, kindly first."""
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
