"""The outbox's disk in a box whose power fails: what was not synced survives by chance.

While a window runs, the bytes that each unsynced write has overwritten go into a file beside its
folder. Killing the process is then a power cut, once `lose` has taken a random half of those
writes back. What a file was cut to is taken as durable, as is that it exists.
"""

import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import apsw

ENVIRONMENT = "FAULT_POWER"
_LOST = ("outbox.db", "outbox.db-wal")


class LosingDisk(apsw.VFS):
    """SQLite's disk from now on. `undo` is the file that the overwritten bytes are noted in;
    `before_sync` is called when all of a commit is written, and none of it sure to last.
    """

    def __init__(self, undo: Path, before_sync: Callable[[], None]) -> None:
        self.before_sync = before_sync
        self._undo = os.open(undo, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        super().__init__("losing", base="unix", makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        if path is None or Path(path).name not in _LOST:
            return apsw.VFSFile("unix", name, flags)
        return _File(self, path, name, flags)

    def note(self, **told: Any) -> None:
        os.write(self._undo, json.dumps(told).encode() + b"\n")


class _File(apsw.VFSFile):
    def __init__(self, disk: LosingDisk, path: str, name: Any, flags: list[int]) -> None:
        self._disk, self._path = disk, path
        super().__init__("unix", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        have = max(0, min(len(data), self.xFileSize() - offset))
        before = self.xRead(have, offset) if have else b""
        self._disk.note(path=self._path, at=offset, size=len(data), before=before.hex())
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:
        self._disk.before_sync()
        super().xSync(flags)
        self._disk.note(path=self._path, synced=True)


def lose(undo: Path, seed: int) -> int:
    """Take back a random half of what was written and not synced; how many writes that were."""
    chance, lost = random.Random(seed), 0
    unsynced: dict[str, list[dict[str, Any]]] = {}
    for line in undo.read_text().splitlines() if undo.exists() else ():
        told = json.loads(line)
        if told.get("synced"):
            unsynced.pop(told["path"], None)
        else:
            unsynced.setdefault(told["path"], []).append(told)
    undo.unlink(missing_ok=True)
    for path, writes in unsynced.items():
        if not Path(path).exists():
            continue
        with Path(path).open("r+b") as file:
            for write in reversed(writes):
                if chance.random() < 0.5:
                    file.seek(write["at"])
                    file.write(bytes.fromhex(write["before"]).ljust(write["size"], b"\0"))
                    lost += 1
    return lost
