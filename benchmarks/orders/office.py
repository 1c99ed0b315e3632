"""A real back office, filled, on SQLite or on a PostgreSQL of the benchmark's own."""

import contextlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from benchmarks.postgres import Postgres, postgres

DATABASES = ("sqlite", "postgres")
_FILE = "backoffice.sqlite3"
_COUNT = "SELECT count(*) FROM orders_order"


class BenchError(Exception):
    """A figure could not be taken; the message says why."""


@dataclass(frozen=True, slots=True)
class Office:
    """A running back office. `tokens` are those of its windows."""

    url: str
    pid: int
    tokens: tuple[str, ...]
    data: Path
    server: Postgres | None

    def orders(self) -> int:
        """How many orders lie in its database, asked past the back office."""
        if self.server is None:
            with contextlib.closing(sqlite3.connect(self.data / _FILE)) as base:
                return int(base.execute(_COUNT).fetchone()[0])
        with self._connected() as base:
            row = base.execute(_COUNT).fetchone()
            return int(row[0]) if row else 0

    def database(self) -> str:
        """Which database, and how durable, in words."""
        if self.server is None:
            return f"SQLite {sqlite3.sqlite_version}, WAL, synchronous=FULL"
        with self._connected() as base:
            shown = {
                name: (base.execute(f"SHOW {name}").fetchone() or ("",))[0]
                for name in ("server_version", "fsync", "synchronous_commit")
            }
        if shown["fsync"] != "on" or shown["synchronous_commit"] != "on":
            raise BenchError(f"this PostgreSQL does not wait for the disk: {shown}")
        version = shown["server_version"].split()[0]
        return f"PostgreSQL {version}, fsync=on, synchronous_commit=on"

    def memory_mib(self) -> float:
        """The back office's proportional set size (PSS)."""
        text = Path(f"/proc/{self.pid}/smaps_rollup").read_text()
        found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
        if found is None:
            raise BenchError("the kernel tells no PSS")
        return int(found[1]) / 1024

    def _connected(self) -> psycopg.Connection:
        assert self.server is not None  # noqa: S101
        return psycopg.connect(host=str(self.server.folder), user="shop", dbname="load")


@contextlib.contextmanager
def running(kind: str, work: Path, windows: int) -> Iterator[Office]:
    """A new back office under `work`, with that many windows. Raises BenchError, NoPostgres."""
    data = work / kind
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(postgres(data / "pg")) if kind == "postgres" else None
        url = server.create_database("load") if server else ""
        environment = os.environ | {"KIOSK_DATABASE_URL": url}
        tokens = _filled(data / "shop", windows, environment)
        log = stack.enter_context((data / "office.log").open("ab"))
        process = subprocess.Popen(
            [sys.executable, "-m", "kiosk", "backoffice", "run", "--with-parent", "--port=0",
             f"--data={data / 'shop'}"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, env=environment,
        )  # fmt: skip
        stack.callback(_end, process)
        assert process.stdout is not None  # noqa: S101 (opened as a pipe above)
        line = process.stdout.readline()
        if not line:
            raise BenchError(f"the back office did not start: see {data / 'office.log'}")
        ready = json.loads(line)["url"]
        yield Office(ready, process.pid, tokens, data / "shop", server)


def _filled(data: Path, windows: int, environment: dict[str, str]) -> tuple[str, ...]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.orders.fill", str(data), str(windows)],
        capture_output=True, text=True, env=environment, check=False,
    )  # fmt: skip
    if done.returncode:
        raise BenchError(f"the shop could not be filled: {done.stderr.strip()[-400:]}")
    return tuple(json.loads(done.stdout))


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    process.wait(10)
