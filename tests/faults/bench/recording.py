"""A program's orders with the trace of its disk, and what is left of them at a cut of the power."""

import random
import shutil
import sqlite3
import subprocess
import uuid
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import apsw
import psycopg

from tests.faults.bench.count import Reckoning
from tests.faults.bench.disk import Disk
from tests.faults.bench.trace import Deed, Said, Sync, Write, deeds, recorded

# What a program or a database ends with that cannot make anything of what is left.
DEAD = (RuntimeError, sqlite3.DatabaseError, apsw.Error, psycopg.Error)


@dataclass(frozen=True)
class Found:
    """`reckoning` counts each order once as attempted and confirmed, and what is wrong with it at
    every cut. `proof` has cuts, and of these writes, syncs and dropped pages; and synced_orders,
    whose row was written, then synced, then confirmed.
    """

    reckoning: Reckoning
    proof: Counter[str]


def merged(found: list[Found]) -> Found:
    """The sum of several bouts."""
    sums, proof = Counter[str](), Counter[str]()
    amiss: list[str] = []
    for one in found:
        proof.update(one.proof)
        told = one.reckoning.told()
        amiss += told.pop("amiss")
        sums.update(told)
    return Found(Reckoning(**sums, amiss=amiss), proof)


@dataclass
class Recording:
    """A trace of some orders, which can be cut at any place and as often as wanted."""

    subject: "Subject"
    done: list[Deed]
    attempted: set[str]
    before: frozenset[str]  # intents that were confirmed before the trace
    confirmed: dict[str, int]  # intent → where in the trace its confirmation began to go out

    def cut(self, seed: int, cuts: int, *, obeys: bool = True) -> Found:
        """Every second cut falls right after a confirmation, the others between a write and its
        sync, after the first confirmation: as often in the log as in the files that a checkpoint
        brings up to date. `obeys`: see Disk.
        """
        chance = random.Random(seed)
        said = sorted(self.confirmed.values())
        writes = self._writes(said[0], said[-1])
        wrong, proof = Counter[str](), Counter[str]()
        amiss: list[str] = []
        for number in range(cuts):
            until = chance.choice(said if number % 2 else chance.choice(writes)) + 1
            found, did = self._cut(until, chance, obeys=obeys)
            proof.update(did)
            proof["cuts"] += 1
            for key in ("lost", "doubled", "recovered", "unexpected"):
                wrong[key] += getattr(found, key)
            amiss += [f"cut at {until}: {what}" for what in found.amiss]
        proof["synced_orders"] = self.synced_orders()
        told = {"attempts": len(self.attempted), "confirmed": len(self.confirmed), **wrong}
        return Found(Reckoning(**told, amiss=amiss), proof)

    def _writes(self, first: int, last: int) -> list[list[int]]:
        """Where in the trace the log was written, and where other files were, if they were."""
        places: dict[bool, list[int]] = {}
        for deed in self.done:
            if isinstance(deed, Write) and first < deed.at < last:
                places.setdefault(self.subject.is_log(deed.path), []).append(deed.at)
        return list(places.values())

    def synced_orders(self) -> int:
        """Orders of which the log held a trace, that was synced before it was confirmed."""
        return sum(self._synced(intent, at) for intent, at in self.confirmed.items())

    def _synced(self, intent: str, said: int) -> bool:
        mark = self.subject.mark(uuid.UUID(intent))
        logs = (d for d in self.done if isinstance(d, Write) and self.subject.is_log(d.path))
        row = next((d for d in logs if mark in d.data), None)
        return row is not None and any(
            isinstance(d, Sync) and d.path == row.path and row.at < d.begun and d.at < said
            for d in self.done
        )

    def _cut(
        self, until: int, chance: random.Random, *, obeys: bool
    ) -> tuple[Reckoning, Counter[str]]:
        subject = self.subject
        image = subject.new_image()
        try:
            disk = Disk(subject.files, image, obeys)
            disk.live(self.done, until, chance)
            confirmed = {intent for intent, at in self.confirmed.items() if at < until}
            seen = Seen(self.attempted | self.before, confirmed | self.before)
            try:
                found = subject.reckon(image, seen)
            except DEAD as error:
                found = Reckoning(lost=len(confirmed), amiss=[f"does not start: {error}"])
            return found, disk.did
        finally:
            shutil.rmtree(image.parent)


@dataclass(frozen=True)
class Seen:
    """What an observer of a cut run knew, in the journal's shape."""

    attempted: set[str]
    confirmed: set[str]

    def intents(self, kind: str) -> set[str]:
        return {"attempt": self.attempted, "thanked": self.confirmed}.get(kind, set())


class Subject:
    """A running program whose files are `files`; `folder` is its and the images' place."""

    files: Path

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.base = folder / "base"
        self.before: set[str] = set()
        self._images = 0

    def __enter__(self) -> "Subject":
        self.folder.mkdir(parents=True)
        self.begin()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()
        shutil.rmtree(self.folder)

    def record(self, orders: int) -> Recording:
        """Take so many orders under observation. An earlier recording cannot be cut any more."""
        trace = self.folder / "trace"
        shutil.rmtree(self.base, ignore_errors=True)
        self.prepare(orders)
        with recorded(self.pids(), trace, self.copy_to_base):
            attempted, answered = self.take(orders)
        done = deeds(trace, self.kept)
        confirmed = {i: at for i in attempted if (at := _said(done, i)) is not None}
        if missing := answered - set(confirmed):
            raise AssertionError(f"the trace misses {len(missing)} confirmations")
        before = frozenset(self.before)
        self.before |= set(confirmed)
        return Recording(self, done, attempted, before, confirmed)

    def new_image(self) -> Path:
        self._images += 1
        image = self.folder / f"image-{self._images}" / self.files.name
        image.parent.mkdir()
        shutil.copymode(self.folder, image.parent)
        subprocess.run(["cp", "-a", str(self.base), str(image)], check=True)
        return image

    def copy_to_base(self) -> None:
        subprocess.run(["cp", "-a", str(self.files), str(self.base)], check=True)
        for left in self.base.glob("*-shm"):
            left.unlink()

    def kept(self, path: str) -> bool:
        return Path(path).is_relative_to(self.files) and self.is_data(path)

    def mark(self, intent: uuid.UUID) -> bytes:
        """What is found in the log for an order."""
        return str(intent).encode()

    def is_log(self, path: str) -> bool:
        return path.endswith("-wal")

    def is_data(self, path: str) -> bool:
        raise NotImplementedError

    def begin(self) -> None:
        raise NotImplementedError

    def prepare(self, orders: int) -> None:
        """What must be there before the trace."""

    def end(self) -> None:
        raise NotImplementedError

    def pids(self) -> list[int]:
        raise NotImplementedError

    def take(self, orders: int) -> tuple[set[str], set[str]]:
        """Intents that were attempted, and those of which a confirmation was received."""
        raise NotImplementedError

    def reckon(self, image: Path, seen: Seen) -> Reckoning:
        """Start the program on what a cut has left, and count."""
        raise NotImplementedError


def _said(done: list[Deed], intent: str) -> int | None:
    mark = intent.encode()
    return next((d.at for d in done if isinstance(d, Said) and mark in d.data), None)
