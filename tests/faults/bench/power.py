"""Power cuts in the middle of orders, and the syncs before each confirmation (faults 3 and 4).

The real program takes real orders while strace writes down all its writes and syncs. A cut is a
place in that trace. What the disk then holds is made from a copy of the files before the trace: all
that was synced, and of the rest a random half, torn into pages of 4 KiB. On that the program starts
anew, and the orders are counted: each one whose confirmation had begun to go out before the cut
must be there.

Simulated is the disk, and nothing else. Taken as durable: the files before the trace, and that a
file made during it exists. Left out: SQLite's -shm, which is rebuilt from the log, and PostgreSQL's
caches and notes, which it writes anew (`_NOT_DATA`).
"""

import http.client
import json
import os
import random
import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import apsw

from benchmarks.postgres import Postgres, postgres, programs
from kiosk.window.replica import Outbox
from tests.faults.bench.count import Reckoning, reckon
from tests.faults.bench.office import ROOT, Office
from tests.faults.bench.recording import Found, Seen, Subject, merged

CLIENTS = 3
# So many orders fit into one trace, and into one segment of PostgreSQL's log.
BOUT = 200
_NOT_DATA = ("pg_internal.init", "/pg_logical/", "/pg_stat", "postmaster.pid", "postmaster.opts")


def power_cut(database: str, orders: int, seed: int, folder: Path, cuts: int = 6) -> Found:
    """Take so many orders and cut the power at so many places; `folder` is removed after.

    `database` is outbox (the window's), sqlite or postgresql (the back office's).
    """
    chance, found, bouts = random.Random(seed), [], -(-orders // BOUT)
    with SUBJECTS[database](folder) as subject:
        for number in range(bouts):
            some = orders * (number + 1) // bouts - orders * number // bouts
            each = cuts * (number + 1) // bouts - cuts * number // bouts
            found.append(subject.record(some).cut(chance.randrange(2**31), each))
    return merged(found)


class Box(Subject):
    """The window's outbox."""

    def begin(self) -> None:
        self.files = self.folder / "box"
        self._child: subprocess.Popen[str] | None = None

    def prepare(self, orders: int) -> None:
        self.end()
        self._child = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.bench.box", str(self._file), str(orders)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.before.add(self._line())

    @property
    def _file(self) -> Path:
        return self.files / "outbox.db"

    def _line(self) -> str:
        assert self._child is not None and self._child.stdout is not None
        return self._child.stdout.readline().strip()

    def end(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.communicate()

    def pids(self) -> list[int]:
        assert self._child is not None
        return [self._child.pid]

    def is_data(self, path: str) -> bool:
        return path.endswith((".db", ".db-wal"))

    def take(self, orders: int) -> tuple[set[str], set[str]]:
        assert self._child is not None and self._child.stdin is not None
        self._child.stdin.write("\n")
        self._child.stdin.flush()
        said = {self._line() for _ in range(orders)}
        return said, said

    def reckon(self, image: Path, seen: Seen) -> Reckoning:
        path = image / self._file.name
        with closing(Outbox(path)) as outbox:
            rows = [str(kept.intent_id) for kept in outbox.waiting()]
        known = {path.name + suffix for suffix in ("", "-wal", "-shm", ".lock")}
        amiss = [f"set aside: {p.name}" for p in image.glob("*.db*") if p.name not in known]
        with closing(apsw.Connection(str(path))) as connection:
            amiss += [row[0] for row in connection.execute("PRAGMA integrity_check")]
        stored = set(rows)
        return Reckoning(
            lost=len(seen.confirmed - stored),
            doubled=len(rows) - len(stored),
            recovered=len((stored & seen.attempted) - seen.confirmed),
            unexpected=len(stored - seen.attempted),
            amiss=[what for what in amiss if what != "ok"],
        )


class SqliteOffice(Subject):
    """The back office on SQLite."""

    server: Postgres | None = None

    def begin(self) -> None:
        self.office = Office(self.folder / "office", self.server)
        self.files = self.office.folder
        self.office.found()
        self._token = self.office.enrol("window")
        self.office.start()
        (self._piece,) = self.office.ask(
            "SELECT id, price_minor, currency FROM catalogue_variant WHERE stock > 0 LIMIT 1"
        )
        # Whatever a first order makes is made.
        self.before.add(self._place())

    def end(self) -> None:
        self.office.kill()

    def pids(self) -> list[int]:
        assert self.office.process is not None
        return [self.office.process.pid]

    def is_data(self, path: str) -> bool:
        return path.endswith((".sqlite3", ".sqlite3-wal"))

    def mark(self, intent: uuid.UUID) -> bytes:
        return intent.hex.encode()

    def take(self, orders: int) -> tuple[set[str], set[str]]:
        with ThreadPoolExecutor(CLIENTS) as clients:
            said = set(clients.map(lambda _: self._place(), range(orders)))
        return said, said

    def _place(self) -> str:
        """An order over HTTP; gives its intent."""
        body = self._order()
        headers = {
            "Authorization": f"Bearer {self._token}",
            "Content-Type": "application/json",
            "Kiosk-Contract": "1",
            "Idempotency-Key": str(uuid.uuid4()),
        }
        with closing(http.client.HTTPConnection("127.0.0.1", self.office.port, timeout=60)) as to:
            to.request("POST", "/api/v1/orders", json.dumps(body).encode(), headers)
            answer = to.getresponse()
            told = answer.read()
        assert answer.status == 201, told
        return str(body["intent_id"])

    def _order(self) -> dict[str, Any]:
        piece, price, currency = self._piece
        seen = {"minor": price, "currency": currency}
        return {
            "intent_id": str(uuid.uuid4()),
            "placed_at": datetime.now(UTC).isoformat(),
            "language": "fr",
            "lines": [{"variant_id": piece, "quantity": 1, "seen_unit": seen}],
            "fulfilment": "collect",
            "contact": {"name": "Inès Canari", "phone": "+33199001234"},
            "seen_total": seen,
        }

    def reckon(self, image: Path, seen: Seen) -> Reckoning:
        return self.reckon_in(Office(image), seen)

    def reckon_in(self, office: Office, seen: Seen) -> Reckoning:
        office.kiosk("backoffice", "migrate")
        found = reckon(seen, office)
        found.amiss.extend(self.damage(office))
        return found

    def damage(self, office: Office) -> list[str]:
        return [row[0] for row in office.ask("PRAGMA integrity_check") if row[0] != "ok"]


class PostgresOffice(SqliteOffice):
    """The back office on a PostgreSQL server of its own, which is what loses power."""

    def begin(self) -> None:
        with ExitStack() as stack:
            self.server = stack.enter_context(postgres(self.folder / "server"))
            super().begin()
            self.files = self.server.data
            self._stack = stack.pop_all()

    def prepare(self, orders: int) -> None:
        # A segment of 16 MiB lies ahead: none is made or renamed while orders come.
        self._tell("SELECT pg_switch_wal()")
        self._tell("CHECKPOINT")

    def end(self) -> None:
        super().end()
        self._stack.close()

    def pids(self) -> list[int]:
        first = int((self.files / "postmaster.pid").read_text().splitlines()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        return [first, *map(int, children), *super().pids()]

    def is_data(self, path: str) -> bool:
        return not any(name in path for name in _NOT_DATA)

    def is_log(self, path: str) -> bool:
        return "/pg_wal/" in path

    def mark(self, intent: uuid.UUID) -> bytes:
        return intent.bytes

    def take(self, orders: int) -> tuple[set[str], set[str]]:
        """With a checkpoint among them, so that a cut may fall into one."""
        with ThreadPoolExecutor(CLIENTS + 1) as clients:
            placed = [clients.submit(self._place) for _ in range(orders // 2)]
            checkpoint = clients.submit(self._tell, "CHECKPOINT")
            placed += [clients.submit(self._place) for _ in range(orders - orders // 2)]
            said = {order.result() for order in placed}
            checkpoint.result()
        return said, said

    def _tell(self, sql: str) -> None:
        with self.office.reading() as connection:
            connection.execute(sql)

    def reckon(self, image: Path, seen: Seen) -> Reckoning:
        assert self.server is not None
        owner = self.server.folder.stat()
        os.chown(image.parent, owner.st_uid, owner.st_gid)
        (image / "postmaster.pid").unlink()
        with (image / "postgresql.auto.conf").open("a") as settings:
            settings.write("fsync = off\n")  # this disk is cut once
        server = Postgres(image.parent)
        server.start()
        try:
            office = Office(image.parent / "office")
            office.url = server.url("shop")
            return self.reckon_in(office, seen)
        finally:
            server.stop("immediate")

    def damage(self, office: Office) -> list[str]:
        where = str(Path(office.folder).parent)
        command = [str(programs() / "pg_amcheck"), "--install-missing", "--heapallindexed"]
        command += ["-h", where, "-U", "shop", "-d", "shop"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return [(done.stdout + done.stderr).strip()] if done.returncode else []


SUBJECTS: dict[str, type[Subject]] = {
    "outbox": Box,
    "sqlite": SqliteOffice,
    "postgresql": PostgresOffice,
}
