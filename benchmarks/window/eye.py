"""Touching the screen and filming what it then shows, both through the X server alone."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.window import figures
from benchmarks.window.xlib import Display, Pixels

# A touch panel reports so often.
REPORTS_HZ = 120.0
HOLD_S = 0.06
QUIET_S = 0.5
# Every so many pixels of a large area are looked at, across and down.
COARSE = 3
PHOTO_SHARE = 0.05

Step = tuple[float, Callable[[], None]]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels from the top left."""

    x: int
    y: int
    width: int
    height: int

    def strip(self, share: float, width: int = 4) -> "Box":
        """An upright strip at a share of the width."""
        return Box(self.x + int(self.width * share), self.y, width, self.height)


Film = list[tuple[float, Pixels]]


def now() -> float:
    return time.perf_counter()


def filmed(
    display: Display, box: Box, steps: Sequence[Step], until: float, coarse: int = 1
) -> Film:
    """What was drawn in `box` until `until`, while `steps` are done at their moments."""
    film: Film = []
    for at, deed in (*steps, (until, None)):
        for seen in display.drawn(at):
            film.append((seen, _look(display, box, coarse)))
        if deed is not None:
            deed()
    return film


def _look(display: Display, box: Box, coarse: int = 1) -> Pixels:
    return display.grab(box.x, box.y, box.width, box.height, coarse)


def look(display: Display, box: Box) -> Pixels:
    return _look(display, box)


def changes(film: Film, before: Pixels | None = None) -> list[float]:
    """The moments at which a film shows something else than just before."""
    moments, last = [], before
    for at, pixels in film:
        if last is not None and not np.array_equal(pixels, last):
            moments.append(at)
        last = pixels
    return figures.frames(moments)


def rest(display: Display, seconds: float) -> None:
    """Stand still and look at nothing."""
    for _ in display.drawn(now() + seconds):
        pass


def tap(display: Display, place: tuple[float, float]) -> float:
    """Touch a place; the moment at which the finger left it."""
    display.move(*place)
    display.press(down=True)
    time.sleep(HOLD_S)
    display.press(down=False)
    return now()


def answer(display: Display, box: Box, place: tuple[float, float], share: float) -> float:
    """Seconds from lifting the finger until `share` of what changes in `box` stands; NaN: nothing.

    An answer that comes while the finger is still down is negative.
    """
    before = _look(display, box, COARSE)
    display.move(*place)
    start = now() + 0.05
    lifted = start + HOLD_S
    steps: list[Step] = [
        (start, lambda: display.press(down=True)),
        (lifted, lambda: display.press(down=False)),
    ]
    film = filmed(display, box, steps, lifted + QUIET_S, COARSE)
    # Whatever still moves is waited for, within reason.
    while film and now() - film[-1][0] < QUIET_S and now() - lifted < 4.0:
        film += filmed(display, box, (), now() + QUIET_S, COARSE)
    shown = [(at, picture) for at, picture in film if at >= start]
    return figures.answered(before, shown, share) - lifted


@dataclass(frozen=True, slots=True)
class Stroke:
    """A finger's way up the middle of a box: where it starts, how far and how fast it goes.

    `dwell` seconds at its end make it a drag; without them it is a fling.
    """

    x: float
    y: float
    pixels: float
    seconds: float
    dwell: float = 0.0

    def steps(self, display: Display, start: float) -> list[Step]:
        count = max(2, round(self.seconds * REPORTS_HZ))
        steps: list[Step] = [(start, lambda: display.press(down=True))]
        for number in range(1, count + 1):
            y = self.y - self.pixels * number / count
            at = start + self.seconds * number / count
            steps.append((at, lambda y=y: display.move(self.x, y)))  # type: ignore[misc]
        end = start + self.seconds + self.dwell
        steps.append((end, lambda: display.press(down=False)))
        return steps


def stroked(display: Display, box: Box, stroke: Stroke, after: float) -> tuple[Film, float, float]:
    """The film of a stroke and of `after` seconds more, its start and its end."""
    display.move(stroke.x, stroke.y)
    time.sleep(0.05)
    start = now()
    steps = stroke.steps(display, start)
    end = steps[-1][0]
    return filmed(display, box, steps, end + after), start, end


def first_photograph(display: Display, within: float) -> float:
    """The moment at which a photograph covers a part of the screen; NaN if it never does."""
    screen = Box(0, 0, display.width, display.height)
    strips = [screen.strip(share, 2) for share in (0.25, 0.5, 0.75)]
    for at in display.drawn(now() + within):
        share = np.mean([figures.coloured(_look(display, strip)).mean() for strip in strips])
        if share >= PHOTO_SHARE:
            return at
    return float("nan")
