"""What a program and all its children take: memory and processor time, from /proc."""

import os
from pathlib import Path

_TICK_S = 1 / os.sysconf("SC_CLK_TCK")


def tree(root: int) -> list[int]:
    """`root` and all that descend from it and still run."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, left = [], [root]
    while left:
        process = left.pop()
        found.append(process)
        left += children.get(process, [])
    return found


def pss_mb(root: int) -> float:
    """Proportional set size of the tree in 10^6 bytes: shared pages counted by their share."""
    return sum(_pss_kb(process) for process in tree(root)) * 1024 / 1e6


def cpu_s(root: int) -> float:
    """User and system seconds of the tree, those of children that ended and were waited for too."""
    total = 0
    for process in tree(root):
        if fields := _stat(process):
            total += sum(int(field) for field in fields[11:15])
    return total * _TICK_S


def size_mb(folders: list[Path]) -> float:
    """Bytes of all files below `folders` as 10^6; each inode once."""
    seen: dict[tuple[int, int], int] = {}
    for folder in folders:
        paths = folder.rglob("*") if folder.is_dir() else [folder]
        for path in paths:
            if path.is_file() and not path.is_symlink():
                status = path.stat()
                seen[status.st_dev, status.st_ino] = status.st_size
    return sum(seen.values()) / 1e6


def _stat(process: int) -> list[str]:
    """The fields of /proc/PID/stat from the third (state) on; [] where it has ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _pss_kb(process: int) -> int:
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0
