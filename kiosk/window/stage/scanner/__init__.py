"""The window's own camera, while somebody holds a phone's code up to it.

A thread looks a few times a second and keeps the last picture only, in memory; nothing of a picture
leaves it but what a code says. It ends by itself after LONGEST_S, whatever becomes of the page.
"""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import closing

from kiosk.window.stage.starter import get_ready, start_thread
from kiosk.window.visit.scan import CodeRead, Saw, ScanAction, Sight

log = logging.getLogger(__name__)

# Shorter than a visit without a touch lasts: a hand that holds a phone touches nothing.
LONGEST_S = 45.0
# A code that comes back is told again once it was out of sight for so long.
AGAIN_S = 3.0
# So many looks in a row make a state: a hand that moves past is not worth a word.
NEARLY_LOOKS, DARK_LOOKS = 3, 8


class Scanner:
    """`send` gets what the camera sees, on the UI thread, by way of `post`. UI thread only."""

    def __init__(
        self,
        address: str,
        post: Callable[[Callable[[], None]], None],
        send: Callable[[ScanAction], None],
    ) -> None:
        self._address, self._post, self._send = address, post, send
        self._stop = threading.Event()
        get_ready()

    def open(self) -> None:
        """Returns at once."""
        self.close()
        stop = self._stop = threading.Event()

        def tell(action: ScanAction) -> None:
            if not stop.is_set():
                self._post(lambda: None if stop.is_set() else self._send(action))

        start_thread("scanner", _Look(self._address, stop, tell).run)

    def close(self) -> None:
        """Returns at once; the thread ends by itself, and tells nothing more."""
        self._stop.set()


class _Look:
    """One stay of the page, on its thread."""

    def __init__(
        self, address: str, stop: threading.Event, tell: Callable[[ScanAction], None]
    ) -> None:
        self._address, self._stop, self._tell = address, stop, tell
        self._sight: Sight | None = None
        self._nearly = self._dark = 0
        self._read, self._read_at = "", 0.0

    def run(self) -> None:
        until, sight = time.monotonic() + LONGEST_S, Sight.AWAY
        try:
            # Only now: what reads pictures is large, and most visits need none of it.
            from kiosk.window.stage.scanner.frames import pictures
            from kiosk.window.stage.scanner.reading import read

            with closing(pictures(self._address, self._stop)) as seen:
                for picture in seen:
                    if self._stop.is_set():
                        return
                    if time.monotonic() >= until:
                        sight = Sight.TIME
                        break
                    self._saw(*read(picture))
        except Exception as error:
            # Its message has the address in it, which may let in.
            log.info("the window's camera: %s", type(error).__name__)
        self._tell(Saw(sight))

    def _saw(self, text: str | None, nearly: bool, dark: bool) -> None:
        self._nearly = self._nearly + 1 if nearly else 0
        self._dark = self._dark + 1 if dark else 0
        if text is not None:
            now = time.monotonic()
            if text != self._read or now - self._read_at >= AGAIN_S:
                self._tell(CodeRead(text))
            self._read, self._read_at, self._sight = text, now, None
            return
        sight = Sight.SEES
        if self._nearly >= NEARLY_LOOKS:
            sight = Sight.NEARLY
        elif self._dark >= DARK_LOOKS:
            sight = Sight.DARK
        if sight is not self._sight:
            self._sight = sight
            self._tell(Saw(sight))
