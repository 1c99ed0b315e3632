"""Names the machine that figures were taken on, and what its disk takes to be sure."""

import os
import time
from importlib.metadata import version
from pathlib import Path

from benchmarks.window import machine

_BLOCK = b"\0" * 4096


def describe() -> dict[str, str]:
    """Processor, system and versions, in words."""
    known = machine.describe(len(os.sched_getaffinity(0)))
    kept = {name: known[name] for name in ("processor", "cores", "system", "python")}
    return kept | {"django": version("django"), "load": f"{machine.load():.2f}"}


def sync_ms(folder: Path, count: int = 200) -> list[float]:
    """Milliseconds of each of `count` appended blocks until the disk says that it has it."""
    took = []
    path = folder / "synced"
    with path.open("wb", buffering=0) as file:
        for _ in range(count):
            start = time.perf_counter()
            file.write(_BLOCK)
            os.fdatasync(file.fileno())
            took.append((time.perf_counter() - start) * 1000)
    path.unlink()
    return took
