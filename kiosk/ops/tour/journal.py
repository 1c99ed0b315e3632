"""What a tour leaves behind: numbered pictures and journey.json."""

import json
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

from PIL import Image, ImageStat

# A step is over when nothing has been painted for this long; or, where something moves on
# purpose (a courier), after at most SETTLE_S.
STILL_S = 0.35
SETTLE_S = 4.0

# A picture whose lightest and darkest pixels differ by less (of 255) shows nothing.
BLANK = 40


class Eye(Protocol):
    """What the journal needs of the pilot."""

    def frames(self, count: int = 1) -> None: ...

    def image(self) -> Image.Image: ...


@dataclass(slots=True)
class Step:
    """`seconds` until it was seen; `frames` painted meanwhile; `picture` is the PNG's name."""

    name: str
    seconds: float = 0.0
    frames: int = 0
    picture: str = ""
    errors: list[str] = field(default_factory=list)


class Journal(logging.Handler):
    """Collects steps, and the errors that the application logged during each."""

    def __init__(self, out: Path, eye: Eye, about: dict[str, Any]) -> None:
        super().__init__(logging.ERROR)
        self._out, self._eye, self._about = out, eye, about
        self.steps: list[Step] = []
        self._now: Step | None = None
        self.painted = 0
        self._last_paint = 0.0
        self._began = time.monotonic()

    # ---- what the application does meanwhile ---------------------------------------------------

    def flipped(self, *_: Any) -> None:
        """Bound to the window's flips: frames really painted."""
        self.painted += 1
        self._last_paint = time.monotonic()

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            text += f" ({type(record.exc_info[1]).__name__}: {record.exc_info[1]})"
        if self._now is not None:
            self._now.errors.append(text)

    # ---- steps ---------------------------------------------------------------------------------

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        """One step: what happens in the block, then a picture once the glass is still.

        An error in the block is recorded, pictured, and ends the tour.
        """
        step = self._now = Step(name)
        self.steps.append(step)
        began, painted = time.monotonic(), self.painted
        try:
            yield step
            step.seconds = round(time.monotonic() - began, 3)
            self._settle()
        except Exception as error:
            step.seconds = round(time.monotonic() - began, 3)
            step.errors.append(f"{type(error).__name__}: {error}")
            raise
        finally:
            step.frames = self.painted - painted
            self._picture(step)
            self._now = None
            self.save()

    def _picture(self, step: Step) -> None:
        step.picture = f"{len(self.steps):02d}-{step.name}.png"
        image = self._eye.image()
        image.save(self._out / step.picture)
        lowest, highest = ImageStat.Stat(image.convert("L")).extrema[0]
        if highest - lowest < BLANK:
            step.errors.append("the glass is blank")

    def _settle(self) -> None:
        until = time.monotonic() + SETTLE_S
        self._last_paint = time.monotonic()
        while time.monotonic() < until and time.monotonic() - self._last_paint < STILL_S:
            self._eye.frames(1)

    # ---- the log -------------------------------------------------------------------------------

    @property
    def failed(self) -> bool:
        return any(step.errors for step in self.steps) or not self.steps

    def save(self) -> None:
        """Write journey.json; called after every step, so that a crash leaves a log as well."""
        log = {
            **self._about,
            "seconds": round(time.monotonic() - self._began, 3),
            "frames": self.painted,
            "ok": not self.failed,
            "steps": [asdict(step) for step in self.steps],
        }
        text = json.dumps(log, indent=2, ensure_ascii=False)
        (self._out / "journey.json").write_text(text + "\n")
