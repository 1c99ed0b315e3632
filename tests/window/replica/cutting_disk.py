"""A disk under SQLite that counts syncs, refuses to write on demand, and loses power.

Only what was synced is sure to outlive a power cut; of the rest a random half does.
"""

import random
from pathlib import Path

import apsw


class CuttingDisk(apsw.VFS):
    """The default disk until the `with` block ends."""

    def __init__(self) -> None:
        self.syncs = 0
        self.refusing = False
        self.unsynced: dict[str, list[tuple[int, bytes, bytes]]] = {}
        super().__init__("cutting", base="unix", makedefault=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        apsw.set_default_vfs("unix")
        self.unregister()

    def xOpen(self, name, flags):
        return _File(self, name, flags)

    def cut_power(self, seed: int) -> None:
        """Undo a random half of the writes that nothing has synced, the last one first."""
        chance = random.Random(seed)
        for name, writes in self.unsynced.items():
            if not Path(name).exists():
                continue
            with Path(name).open("r+b") as file:
                for offset, before, after in reversed(writes):
                    if chance.random() < 0.5:
                        file.seek(offset)
                        file.write(before.ljust(len(after), b"\0"))


class _File(apsw.VFSFile):
    def __init__(self, disk, name, flags):
        self.disk = disk
        self.name = name.filename() if isinstance(name, apsw.URIFilename) else name
        super().__init__("unix", name, flags)

    def xWrite(self, data, offset):
        if self.disk.refusing:
            raise apsw.FullError("disk full")
        if self.name:
            end = self.xFileSize()
            have = max(0, min(len(data), end - offset))
            before = self.xRead(have, offset) if have else b""
            self.disk.unsynced.setdefault(self.name, []).append((offset, before, bytes(data)))
        super().xWrite(data, offset)

    def xSync(self, flags):
        if self.disk.refusing:
            raise apsw.IOError("cannot sync")
        self.disk.syncs += 1
        self.disk.unsynced.pop(self.name, None)
        super().xSync(flags)
