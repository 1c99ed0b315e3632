"""What an outside observer wrote down: every attempt, and every answer seen on the screen.

A line is synced before whoever is watched may go on, so that the journal outlives any kill and
any power cut of what it observes.
"""

import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class Journal:
    """Appends JSON lines, each synced. Safe from any thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._lock = threading.Lock()

    def note(self, kind: str, **told: Any) -> None:
        line = json.dumps({"kind": kind, "at": time.time(), **told}) + "\n"
        with self._lock:
            os.write(self._file, line.encode())
            os.fsync(self._file)

    def close(self) -> None:
        os.close(self._file)

    def lines(self) -> Iterator[dict[str, Any]]:
        with self.path.open(encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)

    def intents(self, kind: str, **told: Any) -> set[str]:
        """The intents of the lines of a kind that say all of `told`."""
        return {
            line["intent"]
            for line in self.lines()
            if line["kind"] == kind and all(line.get(k) == v for k, v in told.items())
        }
