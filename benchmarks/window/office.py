"""A real back office on loopback with one of the benchmark's catalogues."""

import contextlib
import json
import os
import sqlite3
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.window.catalogue import EDITION
from benchmarks.window.stage import stop
from benchmarks.window.xlib import StageError

DATABASE = "backoffice.sqlite3"
WINDOW = "benchmark"
PICTURES_S = 1800.0
_PENDING = "SELECT count(*) FROM catalogue_picture WHERE state = 'pending'"


@dataclass(frozen=True, slots=True)
class Office:
    url: str
    token_file: Path


@contextlib.contextmanager
def running(command: Sequence[str], data: Path, catalogue: Path) -> Iterator[Office]:
    """The back office of `data`, filled from `catalogue` on its first run. Raises StageError.

    `command` starts kiosk. Yields once every photograph has been cut to its sizes, so that
    nothing but answering is left to do.
    """
    data.mkdir(parents=True, exist_ok=True)
    token_file, done = data / "token", data / f"filled-{EDITION}"
    if not done.exists():
        _call(command, "catalogue", "import", str(catalogue), f"--data={data}")
        if not token_file.exists():
            token_file.write_text(_call(command, "backoffice", "device", "add", WINDOW,
                                        f"--data={data}"))  # fmt: skip
    with (data / "office.log").open("ab") as log:
        office = subprocess.Popen(
            [*command, "backoffice", "run", f"--data={data}", "--port=0"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log,
        )  # fmt: skip
    try:
        assert office.stdout is not None  # noqa: S101 (opened as a pipe above)
        line = office.stdout.readline()
        if not line:
            raise StageError(f"the back office did not start: see {data / 'office.log'}")
        _await_pictures(data / DATABASE)
        done.touch()
        yield Office(json.loads(line)["url"], token_file)
    finally:
        stop(office)


def _call(command: Sequence[str], *arguments: str) -> str:
    done = subprocess.run(
        [*command, *arguments], capture_output=True, text=True, env=os.environ, check=False
    )
    if done.returncode:
        raise StageError(f"{' '.join(arguments[:2])}: {done.stderr.strip()[-400:]}")
    return done.stdout


def _await_pictures(database: Path) -> None:
    deadline = time.monotonic() + PICTURES_S
    while time.monotonic() < deadline:
        with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as base:
            if not base.execute(_PENDING).fetchone()[0]:
                return
        time.sleep(1.0)
    raise StageError(f"the back office still cuts photographs after {PICTURES_S:.0f} s")
