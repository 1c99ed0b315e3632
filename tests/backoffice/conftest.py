"""A real back office on a real SQLite file; one folder for the whole run, empty tables a test.

KIOSK_TEST_DATABASE_URL=postgres://… runs the same tests on that (empty) PostgreSQL database.
"""

import atexit
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pytest

_folder = tempfile.TemporaryDirectory(prefix="kiosk-backoffice-")
DATA = Path(_folder.name)
os.environ["KIOSK_DATA"] = str(DATA)
os.environ["KIOSK_DATABASE_URL"] = os.environ.get("KIOSK_TEST_DATABASE_URL", "")
# One window and one buyer of a test order as often as it likes; test_order_limits.py is about that.
for _limit in ("WINDOW", "BUYER"):
    os.environ[f"KIOSK_ORDERS_PER_{_limit}"] = "0"
os.environ["DJANGO_SETTINGS_MODULE"] = "kiosk.backoffice.settings"

from kiosk.backoffice.setup import prepare  # noqa: E402
from tests.once import in_turn  # noqa: E402


def _prepare() -> None:
    """To make the tables takes seconds: one worker of a run does it, and the others copy them."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", "")
    made = Path(tempfile.gettempdir()) / f"kiosk-tables-{run}"
    if not run or os.environ["KIOSK_DATABASE_URL"]:
        prepare(DATA)
        return
    with in_turn(made):
        if made.exists():
            shutil.copy(made, DATA / "backoffice.sqlite3")
        prepare(DATA)
        if not made.exists():
            with (
                closing(sqlite3.connect(DATA / "backoffice.sqlite3")) as tables,
                closing(sqlite3.connect(made.with_suffix(".begun"))) as copy,
            ):
                tables.backup(copy)
            made.with_suffix(".begun").rename(made)
            # All have collected their tests before any has run them all.
            for path in (made, made.with_name(f"{made.name}.lock")):
                atexit.register(path.unlink, missing_ok=True)


_prepare()

from backoffice_data import Window, make_product, make_shop  # noqa: E402
from django.core.signals import setting_changed  # noqa: E402
from django.test.client import ClientHandler  # noqa: E402

# Django builds the whole stack anew for each client, and there is one for each visitor of a test:
# among others every static file is looked up.
_load_middleware = ClientHandler.load_middleware
_stacks: list[Any] = []


def _load_once(handler: ClientHandler, is_async: bool = False) -> None:
    if not _stacks:
        _load_middleware(handler, is_async)
        _stacks.append(handler._middleware_chain)
    handler._middleware_chain = _stacks[0]


ClientHandler.load_middleware = _load_once
setting_changed.connect(lambda **_: _stacks.clear(), weak=False)


@pytest.fixture
def sqlite_files() -> None:
    """For tests about SQLite's own files: one database a folder."""
    if os.environ["KIOSK_DATABASE_URL"]:
        pytest.skip("about SQLite's own files, and this run is on PostgreSQL")


@pytest.fixture
def shared_database() -> None:
    """For tests of several back offices on one database: SQLite has one."""
    if not os.environ["KIOSK_DATABASE_URL"]:
        pytest.skip("about several back offices on PostgreSQL: see test_on_postgres.py")


@pytest.fixture
def database() -> Iterator[Path]:
    """Empty tables; the folder they lie in."""
    from django.db import connection

    if connection.vendor == "sqlite":
        _bring_back_empty(DATA / "backoffice.sqlite3")
    else:
        _empty()
    yield DATA
    connection.close()


@pytest.fixture
def new_data(database: Path, tmp_path: Path) -> Path:
    """Another shop's folder. What takes a program longest at first is done: tables and words."""
    made = tmp_path / "shop"
    shutil.copytree(DATA / "locale", made / "locale")
    if _empty_file:
        with closing(sqlite3.connect(made / "backoffice.sqlite3")) as file:
            _empty_file[0].backup(file)
    return made


def _empty() -> None:
    """No rows but the rights and roles that Django writes anew, which takes it a while."""
    from django.core.management import call_command

    call_command("flush", verbosity=0, interactive=False)


# The emptied file, once there is one.
_empty_file: list[sqlite3.Connection] = []


def _bring_back_empty(file: Path) -> None:
    with closing(sqlite3.connect(file)) as used:
        if not _empty_file:
            _empty()
            _empty_file.append(sqlite3.connect(":memory:"))
            used.backup(_empty_file[0])
        # What a test begins with need not outlive the machine.
        used.execute("PRAGMA synchronous=OFF")
        _empty_file[0].backup(used)


@pytest.fixture
def window(database: Path) -> Window:
    """Of a shop that has a hundred vases. A file whose shop is another one has its own."""
    make_shop()
    make_product(stock=100)
    return Window()


@pytest.fixture
def fast_passwords() -> Iterator[None]:
    """For tests that sign in often: Argon2 is slow on purpose. A server of its own keeps it."""
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@dataclass
class Server:
    url: str
    process: "subprocess.Popen[str]"
    ready: dict[str, str]

    def stop(self, how: int = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        code = self.process.wait(30)
        assert self.process.stdout
        self.process.stdout.close()
        return code


@pytest.fixture
def serve(database: Path) -> Iterator[Callable[..., Server]]:
    """Start `kiosk backoffice run` on the test's data, as often as wanted."""
    started: list[Server] = []

    def start(*arguments: str, data: Path = database, stderr: IO[str] | None = None) -> Server:
        command = [sys.executable, "-m", "kiosk", "backoffice", "run", "--with-parent"]
        command += [f"--data={data}", "--port=0", *arguments]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=stderr, text=True)
        assert process.stdout
        line = process.stdout.readline()
        assert line, "the server said nothing"
        ready = json.loads(line)
        started.append(Server(ready["url"], process, ready))
        return started[-1]

    yield start
    for server in started:
        if server.process.poll() is None:
            server.stop(signal.SIGKILL)


@pytest.fixture
def server(serve: Callable[..., Server]) -> Server:
    return serve()
