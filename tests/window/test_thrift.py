"""What the window lets go of is the box's again."""

import subprocess
import sys

import pytest

FREED = """
import os, threading
from kiosk.window.thrift import give_back

give_back()
MEGABYTE = 1024 * 1024

def held():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / MEGABYTE

def use():
    del pictures[:]
    bytearray(8 * MEGABYTE)  # from this one glibc would learn
    # Something small that stays lies behind each of them.
    for _ in range(64):
        pictures.append(bytearray(MEGABYTE))
        pinned.append(bytearray(2000))

pictures, pinned = [], []
before = held()
for _ in range(3):
    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
full = held()
del pictures[:]
print(full - before, held() - before)
"""


SCATTERED = """
import os
from kiosk.window.thrift import tidy

MEGABYTE = 1024 * 1024

def held():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / MEGABYTE

before = held()
pieces, pinned = [], []
for _ in range(1024):  # none is large
    pieces.append(bytearray(64 * 1024))
    pinned.append(bytearray(2000))
del pieces[:]
scattered = held()
tidy()
print(scattered - before, held() - before)
"""


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="glibc's own ways")


def run(program: str) -> tuple[float, float]:
    """What a program held before and after, in MB more than at its beginning."""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    before, after = map(float, done.stdout.split())
    return before, after


def test_what_lies_free_between_what_is_needed_is_given_back():
    scattered, left = run(SCATTERED)
    assert scattered > 60
    assert left < 12


def test_pictures_that_are_let_go_of_leave_no_holes_behind():
    full, left = run(FREED)
    assert full > 60
    assert left < 6
