"""A real window as a child process, seen from outside: what it says is written down and synced."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, NoReturn

from kiosk.ops.places import resources
from tests.faults.bench.journal import Journal
from tests.faults.bench.office import ROOT

BRAND = resources() / "assets" / "brand"
READY_S = 60
ANSWERS = ("ready", "played", "state", "stormed")


def faketime(clock: str) -> dict[str, str]:
    """The environment in which a program's clock stands elsewhere; monotonic time runs on."""
    library = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    return {
        "LD_PRELOAD": str(library),
        "FAKETIME": clock,
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_NO_CACHE": "1",
    }


def _children(pid: int) -> list[int]:
    try:
        return [int(c) for c in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


class Gone(Exception):
    """The window's process ended; the message holds its last words."""


class Window:
    """One box: its data folder and token, and its process while it runs."""

    def __init__(self, name: str, folder: Path, url: str, token: str, journal: Journal) -> None:
        self.name, self.folder, self.journal = name, folder, journal
        self.told: dict[str, Any] = {
            "base_url": url,
            "token": token,
            "data": str(folder),
            "brand": str(BRAND),
            "language": "fr",
        }
        self.marks: Path | None = None
        self.process: subprocess.Popen[bytes] | None = None
        self.clock = ""
        self.heard_clock = 0.0  # what its clock said when it was ready
        self._begun = self._ended_bursts = 0
        # So often has its glass said thanks, not accepted, and (before any typing) not here.
        self.thanked = self.refused = self.turned_away = 0
        self._heard: list[dict[str, Any]] = []
        self._news = threading.Condition()

    # ---- the process ---------------------------------------------------------------------------

    def start(
        self,
        prefix: tuple[str, ...] = (),
        *,
        wait: bool = True,
        clock: str = "",
        **environment: str,
    ) -> None:
        """`prefix` runs it under another program; `clock` with faketime's idea of the time."""
        self.clock, self._begun, self._ended_bursts = clock, 0, 0
        if clock:
            environment |= faketime(clock)
        read, self._to = os.pipe()
        self._from, write = os.pipe()
        told = json.dumps(self.told | {"read": read, "write": write})
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*prefix, sys.executable, "-m", "tests.faults.bench.glass", told],
                env=os.environ | {"FAULT_MARKS": str(self.marks or "")} | environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(read, write),
            )
        os.close(read)
        os.close(write)
        self._heard = []
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        if wait:
            self.heard_clock = float(self.wait_for("ready", READY_S)["clock"])

    @property
    def log(self) -> Path:
        return self.folder.with_name(self.folder.name + ".log")

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        if self.process is not None:
            # Under another program it is that one's child, which would outlive it.
            for pid in (*_children(self.process.pid), self.process.pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self.buried()

    def stop(self) -> None:
        """As a service ends it."""
        if self.running:
            self.tell("end")
            assert self.process is not None
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
        if self.process is not None:
            self.buried()

    def buried(self, seconds: float = 60) -> int:
        """Wait for its end; gives the exit code."""
        assert self.process is not None
        code = self.process.wait(seconds)
        self._listener.join(10)
        os.close(self._to)
        self.process = None
        return code

    # ---- the pipe ------------------------------------------------------------------------------

    def tell(self, do: str, **told: Any) -> None:
        try:
            os.write(self._to, json.dumps({"do": do, **told}).encode() + b"\n")
        except OSError:
            self._ended()

    def _ended(self) -> NoReturn:
        assert self.process is not None
        code = self.process.wait(30)
        raise Gone(f"{self.name} ended with {code}: {self.last_words()}")

    def orders(self, count: int, seconds: float = 120, **how: Any) -> int:
        """Play so many whole orders; gives how many came to their end on the glass."""
        self.begin_orders(count, **how)
        return int(self.wait_for("played", seconds)["count"])

    def begin_orders(self, count: int, **how: Any) -> None:
        self.tell("orders", count=count, **how)
        self._begun += 1

    def begin(self, count: int, **how: Any) -> None:
        """Begin orders that nobody waits for before `play_all`; none where it has just died."""
        with contextlib.suppress(Gone):
            self.begin_orders(count, **how)

    @property
    def played_all(self) -> bool:
        return self._ended_bursts >= self._begun

    def play_all(self, seconds: float) -> None:
        """Until all that was begun has ended, or it has."""
        until = time.monotonic() + seconds
        while not self.played_all and self.running:
            if time.monotonic() > until:
                raise AssertionError(f"{self.name} has not ended its orders: {self.last_words()}")
            time.sleep(0.02)
        with self._news:
            self._heard = [said for said in self._heard if said["kind"] != "played"]

    def state(self, seconds: float = 60) -> dict[str, Any]:
        self.tell("state")
        return self.wait_for("state", seconds)

    def wait_for(self, kind: str, seconds: float) -> dict[str, Any]:
        """The next thing of a kind that it says. Raises Gone where it ends before."""
        until = time.monotonic() + seconds
        with self._news:
            while True:
                for number, said in enumerate(self._heard):
                    if said["kind"] == kind:
                        return self._heard.pop(number)
                    if said["kind"] == "gone":
                        self._ended()
                left = until - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"{self.name} did not say {kind}: {self.last_words()}")
                self._news.wait(left)

    def last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])

    def _listen(self) -> None:
        source, rest = self._from, b""
        with os.fdopen(source, "rb", buffering=0) as pipe:
            while piece := pipe.read(65536):
                *lines, rest = (rest + piece).split(b"\n")
                for line in lines:
                    self._take(json.loads(line))
        self._take({"kind": "gone"})

    def _take(self, said: dict[str, Any]) -> None:
        kind = said["kind"]
        if kind not in ANSWERS:
            self.journal.note(window=self.name, **said)
        self.thanked += kind == "thanked"
        self.refused += kind == "refused"
        self.turned_away += kind == "turned_away"
        self._ended_bursts += kind == "played"
        if kind == "attempt":
            try:
                os.write(self._to, b'{"do": "go"}\n')
            except OSError:  # killed while it waited
                return
        elif kind in (*ANSWERS, "gone"):
            with self._news:
                self._heard.append(said)
                self._news.notify_all()
