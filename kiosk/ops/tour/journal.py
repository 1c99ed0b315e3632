"""What a tour leaves behind: numbered pictures and journey.json."""

import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

from PIL import Image, ImageStat

from kiosk.window.stage.framelog.figures import Figures

# A step is over when nothing has been painted for this long; or, where something moves on
# purpose (a courier), after at most SETTLE_S.
STILL_S = 0.35
SETTLE_S = 4.0

# Of which figures the journey names the worst step.
WORST = ("p95_ms", "draw_ms", "callback_ms", "upload_ms", "collection_ms")

# A picture whose lightest and darkest pixels differ by less (of 255) shows nothing.
BLANK = 40


class Eye(Protocol):
    """What the journal needs of the pilot."""

    def frames(self, count: int = 1) -> None: ...

    def image(self) -> Image.Image: ...


class Meter(Protocol):
    """What the journal needs of the stage's frame meter: the figures since the last call."""

    def take(self) -> Figures: ...


@dataclass(slots=True)
class Step:
    """`seconds` until it was seen; `screen` is where it ended; `cost` says what its frames cost
    until the glass was still again; `picture` is the PNG's name.
    """

    name: str
    seconds: float = 0.0
    screen: str = ""
    picture: str = ""
    errors: list[str] = field(default_factory=list)
    cost: Figures | None = None

    @property
    def frames(self) -> int:
        return self.cost.frames if self.cost else 0


class Journal(logging.Handler):
    """Collects steps, and the errors that the application logged during each."""

    def __init__(
        self, out: Path, eye: Eye, meter: Meter, screen: Callable[[], str], about: dict[str, Any]
    ) -> None:
        """`screen` names the one that shows."""
        super().__init__(logging.ERROR)
        self._out, self._eye, self._about = out, eye, about
        self._meter, self._screen = meter, screen
        self.steps: list[Step] = []
        self._now: Step | None = None
        self._last_paint = 0.0
        self._began = time.monotonic()

    # ---- what the application does meanwhile ---------------------------------------------------

    def flipped(self, *_: Any) -> None:
        """Bound to the window's flips: frames really painted."""
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
        began = time.monotonic()
        self._meter.take()
        try:
            yield step
            step.seconds = round(time.monotonic() - began, 3)
            self._settle()
        except Exception as error:
            step.seconds = round(time.monotonic() - began, 3)
            step.errors.append(f"{type(error).__name__}: {error}")
            raise
        finally:
            step.cost, step.screen = self._meter.take(), self._screen()
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

    def _worst(self) -> dict[str, dict[str, Any]]:
        """By figure: the step whose frames were slowest, whose callback was longest and so on."""
        worst: dict[str, dict[str, Any]] = {}
        for figure in WORST:
            costs = [(getattr(s.cost, figure), s.name, s.screen) for s in self.steps if s.cost]
            if costs:
                value, name, screen = max(costs)
                worst[figure] = {"step": name, "screen": screen, figure: value}
        return worst

    def save(self) -> None:
        """Write journey.json; called after every step, so that a crash leaves a log as well."""
        log = {
            **self._about,
            "seconds": round(time.monotonic() - self._began, 3),
            "frames": sum(step.frames for step in self.steps),
            "ok": not self.failed,
            "worst": self._worst(),
            "steps": [asdict(step) for step in self.steps],
        }
        text = json.dumps(log, indent=2, ensure_ascii=False)
        (self._out / "journey.json").write_text(text + "\n")
