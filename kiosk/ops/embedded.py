"""The embedded back office of the demo: a child process on loopback that ends with its parent."""

import json
import os
import selectors
import subprocess
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from kiosk.ops.daytime import zone_where_it_is
from kiosk.ops.errors import CommandError
from kiosk.ops.places import own_command

START_SECONDS = 60
STOP_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Address:
    """Where the demo's back office answers, and the keys to it (throw-away ones)."""

    url: str
    device_token: str
    staff_url: str


class EmbeddedBackOffice:
    """`with EmbeddedBackOffice(...) as office: office.wait()` — starts at once, answers later.

    The start is split from the wait so that the window's own start runs beside it. `hour` (0 to
    23) moves the shop to where that is the time of day now.
    """

    def __init__(
        self,
        data: Path,
        catalogue: Path,
        *,
        port: int = 0,
        pace: float = 6.0,
        hour: int | None = None,
        brand: Path | None = None,
    ) -> None:
        self._data = data
        self._command = [
            *own_command(),
            "backoffice",
            "run",
            "--demo",
            "--with-parent",
            f"--data={data}",
            f"--catalogue={catalogue}",
            f"--port={port}",
            f"--pace={pace}",
            *([] if brand is None else [f"--brand={brand}"]),
            *([] if hour is None else [f"--timezone={zone_where_it_is(hour, datetime.now(UTC))}"]),
        ]
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._data.mkdir(parents=True, exist_ok=True)
        with (self._data / "backoffice.log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def wait(self, seconds: float = START_SECONDS) -> Address:
        """Until it is ready to answer. Raises CommandError with the log's last words."""
        line = self._first_line(seconds)
        try:
            said = json.loads(line)
            return Address(said["url"], said["device_token"], said["staff_url"])
        except (ValueError, KeyError, TypeError):
            raise CommandError(self._why()) from None

    def _first_line(self, seconds: float) -> bytes:
        process = self._running()
        assert process.stdout is not None  # noqa: S101 (opened as a pipe above)
        os.set_blocking(process.stdout.fileno(), False)
        deadline, line = time.monotonic() + seconds, b""
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while b"\n" not in line:
                left = deadline - time.monotonic()
                if left <= 0 or not selector.select(left):
                    raise CommandError(f"the back office was not ready in {seconds:.0f} s")
                piece = process.stdout.read(65536)
                if not piece:
                    raise CommandError(self._why())
                line += piece
        return line.split(b"\n", 1)[0]

    def _why(self) -> str:
        log = self._data / "backoffice.log"
        lines = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
        reason = lines[-1].removeprefix("kiosk: ") if lines else "it said nothing"
        return f"the back office did not start: {reason} (log: {log})"

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise CommandError("the back office was never started")
        return self._process

    @property
    def pid(self) -> int:
        return self._running().pid

    def stop(self) -> None:
        """End it, kindly first."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()
