"""One run of one program: started twice, watched at rest, then used for a minute."""

import math
import random
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from benchmarks.window import catalogue, eye, figures, meter
from benchmarks.window.eye import Box, Stroke, now
from benchmarks.window.peers import Peer
from benchmarks.window.stage import stop
from benchmarks.window.xlib import Display, StageError

# A first start may have a whole catalogue to fetch, and is to be seen even if it is slow.
START_NEW_S, START_KEPT_S = 1200.0, 60.0
# What a start still does once the first photograph is there: pictures, connections, caches.
SETTLE_S = 6.0
USE_S = 60.0
STILL_AFTER_S, STILL_S = 2.0, 8.0
PAUSE_S = 1.2
DRAGS, FLINGS, TAPS = 3, 5, 6
# A fourth letter seldom changes what a small shop has found.
WORDS, LETTERS = 4, 3
DRAG_PX_S, DWELL_S = 600.0, 0.2
FLING_PX, FLING_S = 600.0, 0.12
AFTER_FLING_S = 0.9
# How much of what changes must stand for the screen to count as changed, and for results as there.
CHANGED, RESULTS = 0.25, 0.5

Rows = dict[str, float]


class Session:
    """Measures rows of `peer` on `display`, whose name is `name`.

    `attract_s` is how long the posters are watched, `folder` where the program may keep things,
    `album` where pictures of what was seen go.
    """

    def __init__(
        self,
        peer: Peer,
        display: Display,
        name: str,
        folder: Path,
        *,
        wanted: Collection[str],
        attract_s: float,
        seed: int,
        album: Path | None = None,
    ) -> None:
        self._peer, self._display, self._name = peer, display, name
        self._profile = folder / peer.name
        self._attract_s, self._wanted = attract_s, frozenset(wanted)
        self._album = album and album / f"{peer.name}-{seed}"
        self._places = peer.places
        self._rng = random.Random(seed)  # noqa: S311
        self._strip = self._places.wall.strip(0.5 / self._places.columns)
        self._screen = Box(0, 0, display.width, display.height)

    def rows(self) -> Rows:
        """The wanted rows but the installed size; what none of them needs is left out.

        Raises StageError where the program never shows up.
        """
        rows: Rows = {}
        shutil.rmtree(self._profile, ignore_errors=True)
        with self._running(START_NEW_S) as (_, took):
            rows["start_new_s"] = took
            eye.rest(self._display, SETTLE_S)
        self._peer.kept(self._profile)
        with self._running(START_KEPT_S) as (process, took):
            rows["start_kept_s"] = took
            eye.rest(self._display, SETTLE_S)
            self._keep("attract")
            if self._wants("attract", "fade"):
                rows |= self._attract(process)
            if any(self._wants(*parts) for parts in USE):
                rows |= self._use(process)
        return {key: value for key, value in rows.items() if key in self._wanted}

    def _wants(self, *parts: str) -> bool:
        return any(part in key for key in self._wanted for part in parts)

    @contextmanager
    def _running(self, within: float) -> Iterator[tuple[int, float]]:
        """The program's process, and the seconds until it showed a photograph."""
        self._display.move(self._display.width - 1, self._display.height - 1)
        start = now()
        process = self._peer.start(self._name, self._profile)
        try:
            took = eye.first_photograph(self._display, within) - start
            if math.isnan(took):
                raise StageError(
                    f"{self._peer.name} showed no photograph in {within:.0f} s: "
                    f"see {self._profile.with_suffix('.log')}"
                )
            yield process.pid, took
        finally:
            stop(process)

    def _attract(self, process: int) -> Rows:
        spent, start = meter.cpu_s(process), now()
        film = eye.filmed(self._display, self._screen.strip(0.5), (), start + self._attract_s)
        cores = (meter.cpu_s(process) - spent) / (now() - start)
        spans = [
            span
            for burst in figures.bursts(eye.changes(film))
            for span in figures.intervals(figures.middle(burst))
        ]
        return {
            "pss_attract_mb": meter.pss_mb(process),
            "cpu_attract": cores,
            "fade_fps": figures.rate(spans) or math.nan,
        }

    # ---- a minute of use -------------------------------------------------------------------------

    def _use(self, process: int) -> Rows:
        start, rows = now(), Rows()
        eye.tap(self._display, self._places.wake)
        eye.rest(self._display, 3.0)
        self._keep("wall")
        for parts, use in USE.items():
            if self._wants(*parts):
                rows |= use(self, process)
        while self._wants("minute") and now() - start < USE_S:
            self._stroke(self._fling())
        return rows | {"pss_minute_mb": meter.pss_mb(process)}

    def _scroll(self, _process: int) -> Rows:
        """Drags and flings down the wall."""
        resting: list[figures.Mask] = []
        films: list[eye.Film] = []
        drag: list[float] = []
        fling: list[float] = []
        for _ in range(DRAGS):
            film, start, end = self._stroke(self._drag())
            resting.append(figures.photographed(eye.look(self._display, self._strip)))
            drag += _moving(film, start, end - DWELL_S)
        for _ in range(FLINGS):
            film, start, end = self._stroke(self._fling())
            resting.append(figures.photographed(eye.look(self._display, self._strip)))
            fling += _moving(film, start, end + AFTER_FLING_S)
            films.append([(at, strip) for at, strip in film if at <= end + AFTER_FLING_S])
        self._keep("scrolled")
        return {
            "drag_fps": figures.rate(drag),
            "drag_p95_ms": 1000 * figures.percentile(drag, 0.95),
            "fling_fps": figures.rate(fling),
            "fling_p95_ms": 1000 * figures.percentile(fling, 0.95),
            "fling_blank_pct": 100 * _blank(films, resting),
        }

    def _still(self, process: int) -> Rows:
        eye.rest(self._display, STILL_AFTER_S)
        spent, start = meter.cpu_s(process), now()
        eye.rest(self._display, STILL_S)
        return {"cpu_still": (meter.cpu_s(process) - spent) / (now() - start)}

    def _open_pieces(self, _process: int) -> Rows:
        wall, taken = self._places.wall, []
        for _ in range(TAPS):
            x = wall.x + wall.width * self._rng.choice((0.25, 0.75))
            y = wall.y + wall.height * self._rng.uniform(0.4, 0.8)
            taken.append(eye.answer(self._display, self._screen, (x, y), CHANGED))
            eye.rest(self._display, PAUSE_S)
            self._keep("piece")
            eye.tap(self._display, self._places.back)
            eye.rest(self._display, PAUSE_S)
        return _answers("tap", taken)

    def _search(self, _process: int) -> Rows:
        places, taken = self._places, []
        eye.tap(self._display, places.search)
        eye.rest(self._display, 2 * PAUSE_S)
        for word in self._rng.sample(catalogue.words(200), WORDS):
            for letter in word[:LETTERS]:
                key = places.keys[letter]
                taken.append(eye.answer(self._display, places.results, key, RESULTS))
            self._keep("found")
            for _ in word[:LETTERS]:
                eye.tap(self._display, places.keys["⌫"])
                eye.rest(self._display, 0.3)
            eye.rest(self._display, PAUSE_S)
        return _answers("key", taken)

    def _keep(self, name: str) -> None:
        """A picture of the screen, to see by that what was measured is what was meant."""
        if self._album is None:
            return
        self._album.mkdir(parents=True, exist_ok=True)
        pixels = eye.look(self._display, self._screen)
        Image.fromarray(pixels[..., 2::-1].copy()).save(self._album / f"{name}.png")

    # ---- strokes ---------------------------------------------------------------------------------

    def _drag(self) -> Stroke:
        box = self._places.results
        x, y, way = box.x + box.width * 0.7, box.y + box.height * 0.9, box.height * 0.8
        return Stroke(x, y, way, way / DRAG_PX_S, DWELL_S)

    def _fling(self) -> Stroke:
        box = self._places.results
        return Stroke(box.x + box.width * 0.7, box.y + box.height * 0.85, FLING_PX, FLING_S)

    def _stroke(self, stroke: Stroke) -> tuple[eye.Film, float, float]:
        after = PAUSE_S if stroke.dwell else 3.0
        return eye.stroked(self._display, self._strip, stroke, after)


# What a minute of use is made of, by what its rows' keys have in them.
USE = {
    ("drag", "fling"): Session._scroll,
    ("still",): Session._still,
    ("tap",): Session._open_pieces,
    ("key",): Session._search,
    ("minute",): lambda *_: {},
}


def _moving(film: eye.Film, start: float, end: float) -> list[float]:
    """The intervals of a stroke's frames, from the first that moved until `end`."""
    return figures.intervals([at for at in eye.changes(film) if start <= at <= end])


def _blank(films: list[eye.Film], resting: list[figures.Mask]) -> float:
    """The mean share of a fling's frames that is blank; NaN where no grid was seen at rest."""
    column = figures.grid(resting)
    strips = [strip for film in films for _, strip in film]
    if column is None or not strips:
        return math.nan
    shares = [figures.blank_share(figures.photographed(strip), column) for strip in strips]
    return sum(shares) / len(shares)


def _answers(name: str, taken: list[float]) -> Rows:
    """Median and p95 in milliseconds; NaN where more than a few touches brought nothing."""
    known = [seconds for seconds in taken if not math.isnan(seconds)]
    if len(known) < 0.9 * len(taken) - 1:
        known = []
    return {
        f"{name}_median_ms": 1000 * figures.median(known),
        f"{name}_p95_ms": 1000 * figures.percentile(known, 0.95),
    }
