"""A thread that plays one camera: the latest picture wins, and a feed that ends is tried again."""

import logging
import threading
import time
from collections.abc import Callable

from kiosk.window.stage.camera.source import Picture, Source
from kiosk.window.stage.starter import start_thread
from kiosk.window.visit.camera import Feed, Tries

log = logging.getLogger(__name__)


class Player:
    """`show` is called on the UI thread with the newest picture, by way of `post`.

    `feed` tells how the feed stands, from any thread: it decides how soon to try again.
    """

    def __init__(
        self,
        source: Source,
        post: Callable[[Callable[[], None]], None],
        show: Callable[[Picture], None],
        feed: Callable[[], Feed],
    ) -> None:
        self.source = source
        self._post, self._show, self._feed = post, show, feed
        self._stop = threading.Event()
        self._hurried = threading.Event()
        self._lock = threading.Lock()
        self._latest: Picture | None = None
        self._posted = False

    def start(self) -> None:
        """Returns at once."""
        start_thread("camera", self._run)

    def stop(self) -> None:
        """Returns at once; the thread ends by itself, and shows nothing more."""
        self._stop.set()
        self._hurried.set()

    def hurry(self, source: Source | None = None) -> None:
        """The camera is said to be there: try now, from `source` if that is another one."""
        if source is not None:
            self.source = source
        self._hurried.set()

    def _run(self) -> None:
        tries = Tries()
        while not self._stop.is_set():
            self._hurried.clear()
            try:
                for picture in self.source.pictures(self._stop):
                    if self._stop.is_set():
                        return
                    tries.reached()
                    self._offer(picture)
            except Exception as error:
                # Its message has the address in it, which lets in.
                log.info("the courier's camera: %s", type(error).__name__)
            wait = tries.wait_s(self._feed(), time.monotonic())
            if not self._stop.is_set() and self._hurried.wait(wait):
                tries.hurry(time.monotonic())

    def _offer(self, picture: Picture) -> None:
        with self._lock:
            self._latest = picture
            if self._posted:
                return
            self._posted = True
        self._post(self._take)

    def _take(self) -> None:
        with self._lock:
            picture, self._latest, self._posted = self._latest, None, False
        if picture is not None and not self._stop.is_set():
            self._show(picture)
