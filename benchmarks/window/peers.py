"""What is compared: how each program is started, and where its parts are on the screen."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from benchmarks.window.eye import Box
from benchmarks.window.meter import size_mb
from benchmarks.window.office import Office
from benchmarks.window.stage import SIZE
from benchmarks.window.xlib import StageError

Place = tuple[float, float]
CHROMIUM_FLAGS = (
    "--kiosk", "--no-sandbox", "--test-type", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-default-browser-check", "--password-store=basic",
    "--noerrdialogs", f"--window-size={SIZE[0]},{SIZE[1]}", "--window-position=0,0",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Places:
    """Where a program is touched and watched, in pixels from the top left."""

    wake: Place
    wall: Box
    results: Box
    search: Place
    back: Place
    keys: dict[str, Place]
    columns: int = 2


class Peer(Protocol):
    name: str
    places: Places

    def start(self, display: str, profile: Path) -> "subprocess.Popen[bytes]":
        """The program on a display, with what it keeps in `profile`."""

    def kept(self, profile: Path) -> None:
        """Make `profile` one that has been used before, where that cannot come from a run."""

    def installed_mb(self) -> float: ...


class Vitrine:
    """`kiosk window`, as it is started on a box, on a back office on loopback."""

    name = "vitrine"

    def __init__(self, command: Sequence[str], office: Office, replica: Path, count: int) -> None:
        self._command, self._office, self._replica = command, office, replica
        self.places = self._survey(count)

    def _survey(self, count: int) -> Places:
        arguments = (self._office.url, str(self._office.token_file), str(self._replica), str(count))
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.window.survey", *arguments],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise StageError(f"the survey failed: {done.stderr.strip()[-600:]}")
        found = json.loads(done.stdout.splitlines()[-1])
        return Places(
            wake=tuple(found["wake"]),
            wall=Box(*found["wall"]),
            results=Box(*found["results"]),
            search=tuple(found["search"]),
            back=tuple(found["back"]),
            keys={key: tuple(place) for key, place in found["keys"].items()},
            columns=found["columns"],
        )

    def start(self, display: str, profile: Path) -> "subprocess.Popen[bytes]":
        environment = dict(
            os.environ, DISPLAY=display, SDL_VIDEODRIVER="x11", LIBGL_ALWAYS_SOFTWARE="1"
        )
        office = self._office
        return _started(
            [*self._command, "window", f"--url={office.url}", f"--token-file={office.token_file}",
             f"--data={profile}", "--speech=off"],
            environment, profile,
        )  # fmt: skip

    def kept(self, profile: Path) -> None:
        """A whole replica: a first start is measured long before it is complete."""
        shutil.rmtree(profile, ignore_errors=True)
        shutil.copytree(self._replica, profile, symlinks=True)

    def installed_mb(self) -> float:
        """The bundle's folder: `make package`. NaN where it has not been built."""
        bundle = Path(__file__).resolve().parents[2] / "dist" / "kiosk"
        return size_mb([bundle]) if bundle.is_dir() else float("nan")


class Chromium:
    """Debian's Chromium in kiosk mode on our own storefront page."""

    name = "chromium"

    def __init__(self, url: str) -> None:
        if shutil.which("chromium") is None:
            raise StageError("chromium is missing: apt-get install chromium, or --peers vitrine")
        self._url = url
        self.places = _storefront_places()

    def start(self, display: str, profile: Path) -> "subprocess.Popen[bytes]":
        command = ["chromium", *CHROMIUM_FLAGS, f"--user-data-dir={profile}", self._url]
        return _started(command, dict(os.environ, DISPLAY=display), profile)

    def kept(self, profile: Path) -> None:
        """The profile that its first start has left is one that was used before."""

    def installed_mb(self) -> float:
        """The two Debian packages of the browser alone, without what they depend on."""
        asked = subprocess.run(
            ["dpkg-query", "-L", "chromium", "chromium-common"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        return size_mb(
            [path for line in asked.stdout.splitlines() if (path := Path(line)).is_file()]
        )


def _storefront_places() -> Places:
    """As storefront.css has it at 1080x1920."""
    keys: dict[str, Place] = {}
    for row, letters in enumerate(("azertyuiop", "qsdfghjklm", "wxcvbn⌫")):
        left = (SIZE[0] - 102 * len(letters) + 8) / 2
        for number, letter in enumerate(letters):
            keys[letter] = (left + 102 * number + 47, 1446 + 100 * row)
    return Places(
        wake=(540, 576), wall=Box(57, 140, 966, 1560), results=Box(57, 140, 966, 1130),
        search=(207, 1764), back=(207, 1764), keys=keys,
    )  # fmt: skip


def _started(
    command: Sequence[str], environment: dict[str, str], profile: Path
) -> "subprocess.Popen[bytes]":
    profile.parent.mkdir(parents=True, exist_ok=True)
    with profile.with_suffix(".log").open("ab") as log:
        return subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
