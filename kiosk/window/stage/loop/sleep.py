"""Ways of waiting for a finger, a key, or another thread."""

import ctypes
import logging
import threading
from typing import Any, Protocol

from kiosk.window.stage.environment import offscreen
from kiosk.window.stage.sdl import library

log = logging.getLogger(__name__)

# SDL 2 (SDL_events.h). On these drivers a wait with a timeout sleeps on the display's socket;
# on others SDL itself looks a thousand times a second.
SDL_ADDEVENT, EVENT_BYTES = 0, 56
SDL_MOUSEBUTTONDOWN, SDL_MOUSEBUTTONUP = 0x401, 0x402
SLEEPY_DRIVERS = (b"x11", b"wayland")
# Where nobody wakes us for a finger we must look for it.
LOOK_S = 1 / 60


class Sleeper(Protocol):
    @property
    def touched(self) -> bool:
        """Whether a finger that has come or gone waits to be heard."""

    def sleep(self, seconds: float) -> None:
        """Return after so many seconds, or as soon as something has happened."""

    def wake(self) -> None:
        """End the sleep that is under way, or about to be. From any thread."""


class SdlSleeper:
    """Sleeps inside SDL, so that its events end it; they stay in its queue."""

    def __init__(self, sdl: Any) -> None:
        self._sdl = sdl
        self._event = (ctypes.c_uint32 * (EVENT_BYTES // 4))(sdl.SDL_RegisterEvents(1))

    @property
    def touched(self) -> bool:
        return bool(self._sdl.SDL_HasEvents(SDL_MOUSEBUTTONDOWN, SDL_MOUSEBUTTONUP))

    def sleep(self, seconds: float) -> None:
        self._sdl.SDL_WaitEventTimeout(None, max(1, round(seconds * 1000)))

    def wake(self) -> None:
        # Not SDL_PushEvent: it asks Kivy's event filter, which takes the interpreter's lock while
        # it holds SDL's.
        self._sdl.SDL_PeepEvents(ctypes.byref(self._event), 1, SDL_ADDEVENT, 0, 0)


class Nap:
    """Sleeps on an event of this process; at most `most` seconds where SDL must be asked."""

    touched = False

    def __init__(self, most: float) -> None:
        self._most, self._event = most, threading.Event()

    def sleep(self, seconds: float) -> None:
        self._event.wait(min(seconds, self._most))
        self._event.clear()

    def wake(self) -> None:
        self._event.set()


def sleeper() -> Sleeper:
    """The best way of waiting on the driver that the window is on."""
    if offscreen():
        return Nap(most=3600.0)  # no finger ever comes by SDL
    sdl = library()
    if sdl is None:
        log.warning("SDL's library was not found: the window looks for fingers at 60 Hz")
        return Nap(LOOK_S)
    sdl.SDL_GetCurrentVideoDriver.restype = ctypes.c_char_p
    if sdl.SDL_GetCurrentVideoDriver() in SLEEPY_DRIVERS:
        return SdlSleeper(sdl)
    return Nap(LOOK_S)
