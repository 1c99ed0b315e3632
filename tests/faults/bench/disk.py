"""What a disk holds after its power was cut: what was synced, and a random half of the rest.

Half of the pages of 4 KiB, that is: a write may be torn.
"""

import os
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tests.faults.bench.trace import Deed, Sync, Truncation, Write

PAGE = 4096


@dataclass
class Disk:
    """Files under `root` in the trace, and what is left of them in `image` (a copy from before).

    `obeys` is whether a sync does anything: a disk that obeys none shows what the syncs are for.
    """

    root: Path
    image: Path
    obeys: bool = True
    did: Counter[str] = field(default_factory=Counter)
    _waiting: dict[str, list[Write | Truncation]] = field(default_factory=dict)
    _open: dict[str, IO[bytes]] = field(default_factory=dict)

    def live(self, done: list[Deed], until: int, chance: random.Random) -> None:
        """Do all deeds before `until`, then lose the power."""
        for deed in done:
            if deed.at >= until:
                break
            if isinstance(deed, Write | Truncation):
                self.did["writes"] += 1
                self._waiting.setdefault(deed.path, []).append(deed)
            elif isinstance(deed, Sync):
                self.did["syncs"] += 1
                if self.obeys:
                    self._sync(deed)
        self._cut(chance)
        for file in self._open.values():
            file.close()

    def _sync(self, sync: Sync) -> None:
        waiting = self._waiting.pop(sync.path, [])
        for deed in waiting:
            if deed.at < sync.begun:
                self._do(deed)
        later = [deed for deed in waiting if deed.at >= sync.begun]
        if later:
            self._waiting[sync.path] = later

    def _cut(self, chance: random.Random) -> None:
        parts = [
            part
            for waiting in self._waiting.values()
            for deed in waiting
            for part in (_pages(deed) if isinstance(deed, Write) else (deed,))
        ]
        dropped = set(chance.sample(range(len(parts)), (len(parts) + 1) // 2))
        self.did["dropped"] += len(dropped)
        for number, part in enumerate(parts):
            if number not in dropped:
                self._do(part)

    def _do(self, deed: Write | Truncation) -> None:
        file = self._file(deed.path)
        if isinstance(deed, Truncation):
            file.truncate(deed.size)
        else:
            file.seek(deed.offset)
            file.write(deed.data)

    def _file(self, path: str) -> IO[bytes]:
        if path not in self._open:
            place = self.image / Path(path).relative_to(self.root)
            if not place.exists():
                place.touch(mode=0o600)
                owner = self.image.stat()
                os.chown(place, owner.st_uid, owner.st_gid)
            self._open[path] = place.open("r+b")
        return self._open[path]


def _pages(write: Write) -> Iterator[Write]:
    at, end = write.offset, write.offset + len(write.data)
    while at < end:
        until = min(end, (at // PAGE + 1) * PAGE)
        yield Write(write.at, write.path, at, write.data[at - write.offset : until - write.offset])
        at = until
