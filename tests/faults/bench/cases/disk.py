"""Disks that refuse, fill up or forget (5, 6, 27)."""

import contextlib
import random
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.faults.bench.cases.case import Case
from tests.faults.bench.failpoints import fill
from tests.faults.bench.proxy import Weather
from tests.faults.bench.stand import Stand

TMPFS = "48m"
# Less than a window wants to be free before it takes orders.
LITTLE = 1024 * 1024


def disk_errors(stand: Stand, orders: int, seed: int) -> None:
    """Every sync of the outbox's log fails: nothing is accepted, and the glass says so."""
    window = stand.window
    window.orders(1, seed=seed)
    stand.drain()
    window.stop()
    trace = stand.folder / f"injected-{seed}.txt"
    window.start(
        (
            *("strace", "-f", "--seccomp-bpf", "-qq", "-o", str(trace)),
            *("-P", str(window.folder / "outbox.db-wal")),
            *("-e", "trace=fdatasync,fsync", "-e", "inject=fdatasync,fsync:error=EIO"),
        )
    )
    thanked = window.thanked
    window.orders(orders, seed=seed + 1)
    stand.proof["refused"] += window.refused
    stand.proof["injected"] += trace.read_text().count("INJECTED")
    assert window.thanked == thanked, "thanked for what no disk has taken"
    window.kill()
    window.start()
    window.orders(2, seed=seed + 2)


def disk_full(stand: Stand, orders: int, seed: int) -> None:
    """Turned away before anything is typed; refused where it fills up in between."""
    window, each = stand.window, max(1, orders // 4)
    window.stop()
    with _small_disk(window.folder):
        filler = window.folder / "filler"
        window.start(FAULT_FILL=str(filler))
        window.orders(each, seed=seed)
        stand.marks.arm("window.before_commit", 1, "fill")
        window.orders(each, seed=seed + 1)
        filler.unlink(missing_ok=True)
        fill(filler, LITTLE)
        window.stop()
        window.start(FAULT_FILL=str(filler))
        thanked = window.thanked
        window.orders(each, seed=seed + 2)
        assert window.thanked == thanked
        stand.proof["turned away"] += window.turned_away
        filler.unlink()
        window.stop()
        window.start()
        window.orders(each, seed=seed + 3)
        stand.drain()
        window.stop()
    window.start()


@contextmanager
def _small_disk(folder: Path) -> Iterator[None]:
    """A small disk of memory in the place of a folder, with its content. Needs root."""
    aside = folder.with_name(folder.name + "-aside")
    folder.rename(aside)
    folder.mkdir()
    _run("mount", "-t", "tmpfs", "-o", f"size={TMPFS}", "none", str(folder))
    try:
        shutil.copytree(aside, folder, dirs_exist_ok=True)
        yield
        shutil.rmtree(aside)
        shutil.copytree(folder, aside)
    finally:
        with contextlib.suppress(OSError):
            _run("umount", "-l", str(folder))
        shutil.rmtree(folder, ignore_errors=True)
        aside.rename(folder)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def damaged(stand: Stand, orders: int, seed: int) -> None:
    """A byte of many pages flips: set aside, saved from, fetched again; nothing waits in vain."""
    chance, window, each = random.Random(seed), stand.window, max(1, orders // 3)
    stand.proxy.set(Weather(cut=True))
    window.orders(each, seed=seed)
    window.stop()
    outbox = window.folder / "outbox.db"
    _flip(outbox, _roots(outbox, but="kept_order"), chance)
    window.start()
    stand.proxy.mend()
    window.orders(each, seed=seed + 1)
    stand.drain()
    window.stop()
    for name in ("outbox.db", "catalogue.db"):
        path = window.folder / name
        _flip(path, range(2, path.stat().st_size // 4096 + 1), chance)
    window.start()
    window.orders(each, seed=seed + 2)
    stand.proof["set aside"] += len(list(window.folder.glob("*.damaged-*")))


def _roots(path: Path, but: str) -> list[int]:
    """The first pages of all tables and indexes but those of one table, whose rows lie there."""
    with closing(sqlite3.connect(path)) as connection:
        asked = "SELECT rootpage FROM sqlite_schema WHERE rootpage > 0 AND name != ?"
        return [int(row[0]) for row in connection.execute(asked, (but,))]


def _flip(path: Path, pages: "list[int] | range", chance: random.Random) -> None:
    """Another first byte (the kind of page it is) or another count of cells, on each page."""
    with path.open("r+b") as file:
        for page in pages:
            at = (page - 1) * 4096 + chance.choice((0, 3))
            file.seek(at)
            byte = file.read(1)[0]
            file.seek(at)
            file.write(bytes([byte ^ 0x55]))


DISKS = (
    Case(5, "disk errors", disk_errors, ("refused", "injected")),
    Case(6, "disk full", disk_full, ("turned away", "window.before_commit")),
    Case(27, "databases damaged", damaged, ("set aside",)),
)
