"""A PostgreSQL server of one's own: Debian's programs, a throw-away cluster, no network."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

_PROGRAMS = Path("/usr/lib/postgresql")
START_S = 30
# PostgreSQL refuses to run as root: Debian's package brings this user.
_USER = "postgres"


class NoPostgres(Exception):
    """PostgreSQL is not installed; the message says what to do."""


def programs() -> Path:
    """The folder of the newest PostgreSQL's programs. Raises NoPostgres."""
    found = sorted(_PROGRAMS.glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if not found:
        raise NoPostgres("PostgreSQL is not installed: run .ci/system-packages test")
    return found[-1].parent


class Postgres:
    """One cluster in a folder, reached by a socket in it only. As durable as it comes:
    `fsync`, `synchronous_commit` and `full_page_writes` stand at their defaults (on).
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "cluster"
        self._programs = programs()

    def create(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(self.folder, _USER)
            self.folder.chmod(0o711)
            for parent in self.folder.parents:
                # Folders of tests are closed to others: the server must pass through.
                if not parent.stat().st_mode & 0o001:
                    parent.chmod(parent.stat().st_mode | 0o001)
        self._run("initdb", "-D", str(self.data), "-A", "trust", "-U", "shop", "-E", "UTF8")

    def start(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}'"
        self._run(
            *("pg_ctl", "start", "-w", "-t", str(START_S), "-D", str(self.data)),
            *("-l", str(self.folder / "postgres.log"), "-o", options),
        )

    def stop(self, how: str = "fast") -> None:
        """`how` is smart, fast, or immediate (no checkpoint: the next start recovers)."""
        self._run("pg_ctl", "stop", "-w", "-m", how, "-D", str(self.data))

    def kill(self) -> None:
        """SIGKILL to the server and all its children, as a power cut would end them."""
        note = self.data / "postmaster.pid"
        first = int(note.read_text().splitlines()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for pid in (first, *map(int, children)):
            os.kill(pid, signal.SIGKILL)
        while _alive(first):
            time.sleep(0.01)
        # Where nobody buries the dead, its number is still taken and would stop the next start.
        for left in (note, *self.folder.glob(".s.PGSQL.*")):
            left.unlink()

    def create_database(self, name: str) -> str:
        """A new empty database; gives its URL."""
        self._run("createdb", "-h", str(self.folder), "-U", "shop", name)
        return self.url(name)

    def url(self, name: str) -> str:
        """As KIOSK_DATABASE_URL takes it."""
        return f"postgres://shop@/{name}?host={quote(str(self.folder))}"

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), *arguments]
        if os.geteuid() == 0:
            command = ["setpriv", f"--reuid={_USER}", f"--regid={_USER}", "--init-groups", *command]
        done = subprocess.run(
            command, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr.strip() or done.stdout.strip()}")


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@contextmanager
def postgres(folder: Path) -> Iterator[Postgres]:
    """A running server until the block ends. Raises NoPostgres."""
    server = Postgres(folder)
    server.create()
    server.start()
    try:
        yield server
    finally:
        server.stop("immediate")
