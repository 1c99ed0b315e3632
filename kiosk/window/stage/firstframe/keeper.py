"""Writes the poster down that hangs now, for the first frame of the next start."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from kivy.core.window import Window

from kiosk.shop.catalogue import Picture
from kiosk.window.stage.firstframe import still
from kiosk.window.stage.handover import Workers
from kiosk.window.stage.textures import PictureSource, cover, key_of
from kiosk.window.stage.upright import Box

log = logging.getLogger(__name__)

# So far ahead it is looked whether the glass must be dark, in steps of so much.
AHEAD, STEP = timedelta(days=3), timedelta(minutes=15)


class Keeper:
    """One file in `folder`, replaced when another photograph hangs or hangs otherwise.

    `darkness` gives a function that says whether the glass must be dark at a time.
    """

    def __init__(
        self,
        folder: Path,
        files: PictureSource,
        workers: Workers,
        now: Callable[[], datetime],
        darkness: Callable[[], Callable[[datetime], bool]],
    ) -> None:
        self._folder, self._files, self._workers = folder, files, workers
        self._now, self._darkness = now, darkness
        self._kept: tuple[object, ...] = ()

    def keep(self, picture: Picture, box: Box, anchor: float, ground: str) -> None:
        """`picture` hangs in `box` (window pixels), cropped about `anchor`, before `ground`."""
        left, bottom, width, height = box
        key = key_of(picture, width, height, anchor)
        glass = (int(Window.system_size[0]), int(Window.system_size[1]))
        now, dark = self._now(), self._darkness()
        kept = (key, box, ground, glass, now.date())
        if key is None or kept == self._kept:
            return
        self._kept = kept

        def write() -> None:
            path = self._files.path(key.sha256)
            if path is None:
                return
            pixels = cover(path, width, height, anchor).convert("RGBA").tobytes()
            lit = _lit_until(now, dark)
            names = ground, key.sha256, anchor
            still.write(
                self._folder,
                still.Still(glass, (left, bottom), (width, height), *names, lit, pixels),
            )

        self._workers.submit(
            write, failed=lambda error: log.warning("no first frame is kept: %s", error)
        )


def _lit_until(now: datetime, dark: Callable[[datetime], bool]) -> datetime:
    at = now
    while at < now + AHEAD and not dark(at + STEP):
        at += STEP
    return at
