"""Gives memory that is no longer needed back to the box.

What it saves is measured in docs/decisions/0010-frames.md.
"""

import ctypes
import sys

# malloc.h
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
# A card's pixels are some hundred times larger, a widget's a thousand times smaller.
LARGE_BYTES = 256 * 1024


def tidy() -> None:
    """Give back what lies free between what is still needed; some milliseconds, on any thread.

    Software GL draws with many small pieces that it lets go of after each frame.
    """
    if sys.platform != "linux":
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def give_back() -> None:
    """From here on what is large is given back to the box as soon as it is let go of.

    glibc learns from the first picture that is let go of to cut the next ones out of its heap,
    where a hole is of use to nobody else, and each thread has a heap of its own. Before the first
    thread is started.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # another C library knows other ways
    if mallopt is None:
        return
    mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)
    mallopt(M_TRIM_THRESHOLD, LARGE_BYTES)
    mallopt(M_ARENA_MAX, 1)
