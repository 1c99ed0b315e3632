"""`kiosk window --frames FILE`: a line of JSON for each stay on a screen."""

import json
import logging
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from kiosk.window.stage.framelog.figures import Figures
from kiosk.window.stage.framelog.meter import Meter
from kiosk.window.stage.handover import Workers
from kiosk.window.visit import Visit

log = logging.getLogger(__name__)


class FrameFile:
    """Writes {"at", "screen", …the names of Figures} whenever the screen changes, off the UI
    thread, and each minute of a longer stay (`tick`), so that a power cut costs no more.

    Says nothing of who stood there or what they did.
    """

    def __init__(
        self, path: Path, meter: Meter, workers: Workers, now: Callable[[], datetime]
    ) -> None:
        self._path, self._meter, self._workers, self._now = path, meter, workers, now
        self._screen = ""

    def start(self, screen: str) -> None:
        self._screen = screen
        self._meter.start()

    def stop(self) -> None:
        """The last stay is written at once: the workers are on their way out."""
        self._meter.stop()
        self._write(self._line(self._meter.take()))

    def moved(self, before: Visit, after: Visit) -> None:
        """Listens to the store."""
        if after.screen is not before.screen:
            self.tick()
            self._screen = after.screen.value

    def tick(self) -> None:
        line = self._line(self._meter.take())
        self._workers.submit(lambda: self._write(line))

    def _line(self, figures: Figures) -> str:
        at = self._now().isoformat(timespec="seconds")
        return json.dumps({"at": at, "screen": self._screen, **asdict(figures)}) + "\n"

    def _write(self, line: str) -> None:
        try:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(line)
        except OSError as error:
            log.warning("the frame log cannot be written: %s", error)
