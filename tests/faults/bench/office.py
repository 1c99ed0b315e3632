"""The real back office as a process that can be killed, hung and set back; and its rows."""

import atexit
import csv
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.postgres import Postgres, programs
from kiosk.ops.places import resources

ROOT = Path(__file__).resolve().parents[3]
AMPLE = 900_000
_PICTURED = ("[[heroes", "[heroes", "[[lookbooks", "[lookbooks", "[[windows", "[windows")
START_S = 60


def goods(folder: Path) -> Path:
    """The demo shop's catalogue without its photographs, and with pieces enough for every order."""
    source = resources() / "catalog"
    folder.mkdir(parents=True)
    with (source / "products.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row |= {k: "" for k in row if k in ("Image Src", "Image Position", "Variant Image")}
        if row["Variant Inventory Qty"]:
            row["Variant Inventory Qty"] = str(AMPLE)
    with (folder / "products.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    words = (source / "shop.toml").read_text(encoding="utf-8")
    (folder / "shop.toml").write_text(_without(words, _PICTURED))
    return folder


def _without(toml: str, tables: tuple[str, ...]) -> str:
    kept, dropping = [], False
    for line in toml.splitlines():
        if line.startswith("["):
            dropping = line.startswith(tables)
        if not dropping:
            kept.append(line)
    return "\n".join(kept) + "\n"


@cache
def _founded() -> Path:
    """A shop on SQLite that nobody has been in: copied, since to found one takes seconds."""
    folder = Path(tempfile.mkdtemp(prefix="kiosk-founded-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    found_below(folder)
    return folder / "office"


def found_below(folder: Path) -> None:
    """Found a shop on SQLite; its data is in `folder`/office."""
    Office(folder / "office").import_from(goods(folder / "goods"))


class Office:
    """`folder` is its data; `server` keeps its database where that is not SQLite."""

    def __init__(self, folder: Path, server: Postgres | None = None, name: str = "shop") -> None:
        self.folder, self.server, self.name = folder, server, name
        self.url = server.create_database(name) if server else ""
        self.marks = folder.with_name("marks")
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None

    # ---- the shop ------------------------------------------------------------------------------

    def found(self, like: Path | None = None) -> None:
        """A new shop with the demo's goods; on SQLite a copy of `like`, where there is one."""
        catalogue = goods(self.folder.with_name(self.folder.name + "-goods"))
        if self.server is None:
            shutil.copytree(like or _founded(), self.folder, dirs_exist_ok=True)
        else:
            self.import_from(catalogue)

    def import_from(self, catalogue: Path) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.kiosk("catalogue", "import", str(catalogue))

    def enrol(self, name: str) -> str:
        """Let a window in; gives its token."""
        return self.kiosk("backoffice", "device", "add", name).strip()

    def kiosk(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "kiosk", *arguments, "--data", str(self.folder)],
            env=self.environment(),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"kiosk {' '.join(arguments)}: {done.stderr or done.stdout}")
        return done.stdout

    def environment(self) -> dict[str, str]:
        told = {k: v for k, v in os.environ.items() if not k.startswith("KIOSK_")}
        # One window places more orders here than any night's.
        limits = {f"KIOSK_ORDERS_{name}": "0" for name in ("PER_WINDOW", "PER_BUYER", "FLOOD")}
        return told | limits | {"KIOSK_DATABASE_URL": self.url, "FAULT_MARKS": str(self.marks)}

    # ---- the process ---------------------------------------------------------------------------

    def start(self, prefix: tuple[str, ...] = (), **environment: str) -> None:
        """Run it, on the same port as before. `prefix` runs it under another program."""
        command = [*prefix, sys.executable, "-m", "tests.faults.bench.launch", "backoffice", "run"]
        command += ["--data", str(self.folder), "--port", str(self.port), "--with-parent"]
        with (self.folder.with_name(self.folder.name + ".log")).open("ab") as log:
            self.process = subprocess.Popen(
                command,
                env=self.environment() | environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
            )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the back office did not start: {self.last_words()}")
        self.port = int(json.loads(line)["port"])

    def last_words(self) -> str:
        log = self.folder.with_name(self.folder.name + ".log")
        return "\n".join(log.read_text(errors="replace").splitlines()[-12:])

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        if self.process is not None:
            with_it = self.process
            if with_it.poll() is None:
                with_it.send_signal(signal.SIGKILL)
            self.wait()

    def wait(self, seconds: float = 30) -> int:
        """Until it has ended; its exit code."""
        assert self.process is not None and self.process.stdout is not None
        code = self.process.wait(seconds)
        self.process.stdout.close()
        self.process = None
        return code

    def stop(self) -> None:
        if self.process is not None:
            if self.process.poll() is None:
                self.process.terminate()
            try:
                self.wait(5)
            except subprocess.TimeoutExpired:
                self.kill()

    def hang(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    # ---- its memory ----------------------------------------------------------------------------

    @property
    def database(self) -> Path:
        return self.folder / "backoffice.sqlite3"

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """A connection of one's own to its database."""
        if self.url:
            import psycopg

            with psycopg.connect(self.url, autocommit=True) as connection:
                yield connection
        else:
            with closing(
                sqlite3.connect(self.database, timeout=20, isolation_level=None)
            ) as connection:
                yield connection

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        with self.reading() as connection:
            return [tuple(row) for row in connection.execute(sql).fetchall()]

    def keep_a_copy(self) -> None:
        """A backup, made while it runs: of SQLite by the back office's own command."""
        if self.server is None:
            self._copy.unlink(missing_ok=True)
            self.kiosk("backoffice", "backup", str(self._copy))
        else:
            dump = subprocess.run(
                [str(programs() / "pg_dump"), "-Fc", "-f", str(self._copy), self._libpq],
                capture_output=True,
                text=True,
                check=False,
            )
            assert not dump.returncode, dump.stderr

    def put_back(self) -> None:
        """Put the last copy back in the place of its database; it must not run."""
        if self.server is None:
            for suffix in ("-wal", "-shm", ""):
                self.database.with_name(self.database.name + suffix).unlink(missing_ok=True)
            shutil.copy(self._copy, self.database)
            return
        import psycopg

        with psycopg.connect(self.server.url("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {self.name} WITH (FORCE)")  # type: ignore[arg-type]
        self.server.create_database(self.name)
        done = subprocess.run(
            [str(programs() / "pg_restore"), "-d", self._libpq, str(self._copy)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert not done.returncode, done.stderr

    @property
    def _copy(self) -> Path:
        return self.folder.with_name("copy")

    @property
    def _libpq(self) -> str:
        return self.url.replace("postgres://", "postgresql://")


def eventually(check: Any, what: str, seconds: float = 30.0) -> Any:
    """Ask until `check()` is true."""
    until = time.monotonic() + seconds
    while not (found := check()):
        if time.monotonic() > until:
            raise AssertionError(f"{what} did not happen in {seconds:.0f} s")
        time.sleep(0.02)
    return found
