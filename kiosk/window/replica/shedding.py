"""The one place where the box gives disk back: what can be had again leaves, in order.

Never an order, nor a damaged file that may still hold one.
"""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

log = logging.getLogger(__name__)

# Asked for so many bytes, gives how many have left.
Shed = Callable[[int], int]


class Shedder:
    """What may leave when the disk is nearly full, what is missed least first.

    Safe to call from any thread.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sheds: list[tuple[str, Shed]] = []

    def add(self, name: str, shed: Shed, *, first: bool = False) -> None:
        """Name something that may leave, after what was named before it, or before it all."""
        with self._lock:
            self._sheds.insert(0 if first else len(self._sheds), (name, shed))

    def shed(self, wanted_bytes: int) -> int:
        """Give up to `wanted_bytes` of disk back, and say what left; gives what it was."""
        given = 0
        with self._lock:
            for name, shed in self._sheds:
                if given >= wanted_bytes:
                    break
                try:
                    left = shed(wanted_bytes - given)
                except OSError as error:
                    log.warning("the disk is nearly full, and %s did not leave: %s", name, error)
                    continue
                if left:
                    log.warning("the disk is nearly full: %s left (%d KiB)", name, left // 1024)
                given += left
        return given


def shed_files(folder: Path, pattern: str) -> Shed:
    """Sheds the files of `folder` that match, oldest first."""

    def shed(wanted_bytes: int) -> int:
        given = 0
        for path in sorted(folder.glob(pattern), key=lambda p: p.stat().st_mtime_ns):
            if given >= wanted_bytes:
                break
            size = path.stat().st_size
            path.unlink()
            given += size
        return given

    return shed
