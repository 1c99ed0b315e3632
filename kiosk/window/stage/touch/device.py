"""Finds the touch screen among the kernel's input devices, reads it, and reads it again when it
was unplugged and is back, under whatever number. No Kivy.
"""

import logging
import struct
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from kiosk.window.stage.touch.evdev import (
    ABS_MT_POSITION_X,
    Device,
    DeviceGone,
    EventDevice,
    Finger,
    Slots,
)

log = logging.getLogger(__name__)

INPUT_PROP_DIRECT = 1  # linux/input-event-codes.h: a screen, not a touchpad
AGAIN_S = 1.0
LOOK_S = 1.0


class TouchScreens:
    """The touch screens of this machine. `sys` and `dev` are where the kernel shows them."""

    def __init__(self, sys: Path = Path("/sys/class/input"), dev: Path = Path("/dev/input")):
        self._sys, self._dev = sys, dev

    def find(self, name: str = "") -> tuple[Path, str] | None:
        """The node and name of a touch screen; the one of that name where there are several."""
        found = [
            (self._dev / event.name, _read(event / "device" / "name"))
            for event in sorted(self._sys.glob("event*"), key=lambda e: (len(e.name), e.name))
            if _has(event / "device" / "capabilities" / "abs", ABS_MT_POSITION_X)
            and _has(event / "device" / "properties", INPUT_PROP_DIRECT)
        ]
        found = [screen for screen in found if screen[0].exists()]
        return next((s for s in found if name and s[1] == name), found[0] if found else None)


class TouchScreen:
    """Reads the touch screen on a thread of its own; `taken()` gives what has come since.

    `present` is whether it is there. A device that vanishes lifts all its fingers. `heard` is
    called on that thread when something has come.
    """

    def __init__(
        self,
        screens: TouchScreens | None = None,
        opened: Callable[[Path], Device] = EventDevice,
        again_s: float = AGAIN_S,
        heard: Callable[[], None] = lambda: None,
    ) -> None:
        self._heard = heard
        self._screens, self._open, self._again_s = screens or TouchScreens(), opened, again_s
        self._fingers: deque[Finger] = deque()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="touch-screen", daemon=True)
        self._told: bool | None = None
        self.present = False

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ask it to end; it does within a second."""
        self._stopping.set()

    def taken(self) -> list[Finger]:
        fingers = []
        while self._fingers:
            fingers.append(self._fingers.popleft())
        return fingers

    def _run(self) -> None:
        name = ""
        while not self._stopping.is_set():
            found = self._screens.find(name)
            if found is None:
                self._tell(present=False)
            else:
                name = found[1]
                try:
                    self._read(*found)
                except OSError as error:
                    self._tell(present=False, why=error.strerror or "")
                except Exception:
                    log.exception("the touch screen failed and is tried again")
            self.present = False
            self._stopping.wait(self._again_s)

    def _read(self, path: Path, name: str) -> None:
        device = self._open(path)
        slots: Slots | None = None
        try:
            slots = Slots(device.facts())
            node = path.stat().st_ino
            self._tell(present=True, why=f"{name} ({path.name})")
            while not self._stopping.is_set():
                data = device.read(LOOK_S)
                if data:
                    self._fingers.extend(slots.feed(data))
                    self._heard()
                elif path.stat().st_ino != node:
                    raise DeviceGone(0, "another device took its place")
        finally:
            if slots is not None:
                self._fingers.extend(slots.lift(time.time()))
                self._heard()
            device.close()

    def _tell(self, *, present: bool, why: str = "") -> None:
        """Log a change once: a device may be away for days."""
        self.present = present
        if present is self._told:
            return
        self._told = present
        if present:
            log.info("the touch screen answers: %s", why)
        else:
            log.warning("no touch screen (%s): it is looked for each second", why or "none found")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _has(path: Path, bit: int) -> bool:
    """Whether a bitmap of sysfs, words of a machine's `long` with the highest first, has a bit."""
    words = _read(path).split()[::-1]
    word, place = divmod(bit, 8 * struct.calcsize("l"))
    return word < len(words) and bool(int(words[word], 16) >> place & 1)
