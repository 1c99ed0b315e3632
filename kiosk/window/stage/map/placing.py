"""Which names are shown and where: along their streets, never one over another. No Kivy.

Works in pixels about the middle of the view, y upwards.
"""

import math
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from kiosk.contract.mapfile import UNIT_M, LabelKind, MapFile
from kiosk.window.stage.map.camera import Box, Camera

XY = tuple[float, float]

_CELL = 11.0  # the grid in which room is taken, design pixels
_REPEAT = 480.0  # the same name comes again no nearer than this
_SHARPEST = math.radians(26)  # a bend within a name, from one step to the next
_TURN = math.radians(70)  # and over the whole of it
_LEAN = 0.2  # how far back a letter may lean: the sine of its angle past upright
_STEP = 13.0
_SHARES = (0.5, 0.3, 0.7, 0.12, 0.88)  # where along its street a name is tried
_BESIDE = 11.0  # from the middle of the way to a name beside it
# A rank is shown from so many pixels a metre on.
_FROM_PPM = {0: 0.0, 1: 0.0, 2: 0.4, 3: 0.72, 4: 1.0, 5: 1.5}
_SPOT_PPM = 0.7  # churches and squares
_SHORT = (("boulevard ", "bd "), ("avenue ", "av. "), ("passage ", "pass. "), ("impasse ", "imp. "),
          ("passerelle ", "pass. "))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the map: along `line` (metres), or at it if it is one place."""

    text: str
    kind: LabelKind
    rank: int
    line: tuple[XY, ...]
    bounds: Box
    length: float


@dataclass(frozen=True, slots=True)
class Placed:
    """`path` runs under the middle of the text, from its first letter to its last."""

    name: Name
    text: str
    path: tuple[XY, ...]


def names_of(map_file: MapFile) -> list[Name]:
    """All names, the first to be placed first."""
    labels, found, start = map_file.labels, [], 0
    for k, count in enumerate(labels.parts):
        line = tuple(
            (labels.x[i] * UNIT_M, labels.y[i] * UNIT_M) for i in range(start, start + count)
        )
        start += count
        xs, ys = [p[0] for p in line], [p[1] for p in line]
        found.append(
            Name(
                map_file.names[labels.name[k]],
                LabelKind(labels.kind[k]),
                labels.rank[k],
                line,
                (min(xs), min(ys), max(xs), max(ys)),
                sum(math.dist(a, b) for a, b in pairwise(line)),
            )
        )
    return sorted(found, key=lambda n: (n.rank, -n.length))


@dataclass
class Placer:
    """One layout of one view. `extent` measures a text in pixels: (width, height)."""

    camera: Camera
    width: float
    height: float
    unit: float
    extent: Callable[[Name, str], tuple[float, float]]
    taken: set[tuple[int, int]] = field(default_factory=set)
    way: set[tuple[int, int]] = field(default_factory=set)
    _where: dict[str, list[XY]] = field(default_factory=dict)

    def keep_clear(self, x: float, y: float, radius: float) -> None:
        """Leave room for a marker."""
        self.taken.update(self._cells([(x, y)], radius, radius))

    def keep_way_clear(self, points: Sequence[XY], radius: float) -> None:
        """Set names beside a line, not on it."""
        side = _CELL * self.unit
        for (x0, y0), (x1, y1) in pairwise(points):
            if max(abs(x0), abs(x1)) > self.width or max(abs(y0), abs(y1)) > self.height:
                continue
            steps = max(1, round(math.hypot(x1 - x0, y1 - y0) / side))
            path = [(x0 + (x1 - x0) * k / steps, y0 + (y1 - y0) * k / steps)
                    for k in range(steps + 1)]  # fmt: skip
            self.way.update(self._cells(path, radius, radius))

    def place(self, names: Sequence[Name], most: int) -> Iterator[Placed | None]:
        """Tries one name after the other, `most` of which find room; None for each that does not.

        To be left and taken up again: a whole view takes some 30 ms.
        """
        found = 0
        for name in names:
            if found >= most:
                return
            if self.camera.ppm / self.unit < _from_ppm(name) or not self._near(name):
                continue
            placed = self._spot(name) if len(name.line) == 1 else self._along(name)
            if placed is not None:
                found += 1
                middle = placed.path[len(placed.path) // 2]
                self._where.setdefault(name.text, []).append(middle)
            yield placed

    def _near(self, name: Name) -> bool:
        x, y = (name.bounds[0] + name.bounds[2]) / 2, (name.bounds[1] + name.bounds[3]) / 2
        reach = math.hypot(name.bounds[2] - x, name.bounds[3] - y) * self.camera.ppm
        sx, sy = self.camera.to_screen(x, y)
        return abs(sx) < self.width / 2 + reach and abs(sy) < self.height / 2 + reach

    def _spot(self, name: Name) -> Placed | None:
        x, y = self.camera.to_screen(*name.line[0])
        text = capital(name.text)
        w, h = self.extent(name, text)
        steps = max(2, math.ceil(w / (_STEP * self.unit)))
        path = tuple((x - w / 2 + w * k / steps, y) for k in range(steps + 1))
        return self._take(name, text, path, h)

    def _along(self, name: Name) -> Placed | None:
        line = [self.camera.to_screen(*p) for p in name.line]
        at = list(accumulate((math.dist(a, b) for a, b in pairwise(line)), initial=0.0))
        for text in variants(name.text):
            w, h = self.extent(name, text)
            if w + h > at[-1]:
                continue
            room = at[-1] - w
            for share in _SHARES:
                start = room * share
                if not self._free(_at(line, at, start + w / 2), w):
                    continue
                path = self._stretch(line, at, start, w)
                placed = path and self._beside(name, text, path, h)
                if placed:
                    return placed
        return None

    def _free(self, middle: XY, width: float) -> bool:
        """A quick look before the work: in view, and nothing else in the middle."""
        x, y = middle
        if abs(x) > self.width / 2 - width * 0.2 or abs(y) > self.height / 2 - width * 0.2:
            return False
        side = _CELL * self.unit
        return (math.floor(x / side), math.floor(y / side)) not in self.taken

    def _beside(self, name: Name, text: str, path: tuple[XY, ...], height: float) -> Placed | None:
        """On its street; where the way runs along it, above or below the way."""
        on_it = any(c in self.way for c in self._cells(path, 0, 0))
        if not on_it:
            return self._take(name, text, path, height)
        for sign in (1.0, -1.0):
            moved = _shifted(path, sign * (height * 0.5 + _BESIDE * self.unit))
            placed = self._take(name, text, moved, height)
            if placed:
                return placed
        return None

    def _stretch(
        self, line: list[XY], at: list[float], start: float, width: float
    ) -> tuple[XY, ...] | None:
        """The path from `start` on, read from left to right; None where it bends too much."""
        steps = max(2, round(width / (_STEP * self.unit)))
        path = [_at(line, at, start + width * k / steps) for k in range(steps + 1)]
        path = [path[0], *_smoothed(path), path[-1]]
        turns = [_turn(a, b, c) for a, b, c in zip(path, path[1:], path[2:], strict=False)]
        if max(map(abs, turns), default=0) > _SHARPEST or abs(sum(turns)) > _TURN:
            return None
        if (path[-1][0] - path[0][0], path[0][1] - path[-1][1]) < (0.0, 0.0):
            path.reverse()
        if any(b[0] - a[0] < -_LEAN * math.dist(a, b) for a, b in pairwise(path)):
            return None
        return tuple(path)

    def _take(self, name: Name, text: str, path: tuple[XY, ...], height: float) -> Placed | None:
        half_w, half_h = self.width / 2 - 4, self.height / 2 - height / 2
        if not all(abs(x) < half_w and abs(y) < half_h for x, y in path):
            return None
        x, y = path[len(path) // 2]
        for ox, oy in self._where.get(name.text, ()):
            if math.hypot(x - ox, y - oy) < _REPEAT * self.unit:
                return None
        cells = set(self._cells(path, height * 0.55, height * 0.62))
        if cells & self.taken or any(c in self.way for c in self._cells(path, 0, 0)):
            return None
        self.taken |= cells
        return Placed(name, text, path)

    def _cells(self, path: Sequence[XY], rx: float, ry: float) -> Iterator[tuple[int, int]]:
        side = _CELL * self.unit
        for x, y in path:
            for i in range(math.floor((x - rx) / side), math.floor((x + rx) / side) + 1):
                for j in range(math.floor((y - ry) / side), math.floor((y + ry) / side) + 1):
                    yield i, j


def _from_ppm(name: Name) -> float:
    """Pixels a metre, on a common glass, from which a name is shown."""
    least = _FROM_PPM.get(name.rank, 9.0)
    small = len(name.line) == 1 and name.rank > 0
    return max(least, _SPOT_PPM) if small else least


def variants(text: str) -> Iterator[str]:
    """The name in full, then with its kind shortened."""
    yield capital(text)
    for long, short in _SHORT:
        if text.startswith(long):
            yield capital(short + text.removeprefix(long))


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _at(line: list[XY], at: list[float], s: float) -> XY:
    i = min(max(bisect_right(at, s) - 1, 0), len(at) - 2)
    span = at[i + 1] - at[i]
    u = (s - at[i]) / span if span > 0 else 0.0
    (x0, y0), (x1, y1) = line[i], line[i + 1]
    return x0 + (x1 - x0) * u, y0 + (y1 - y0) * u


def _smoothed(path: list[XY]) -> list[XY]:
    """The inner points, each drawn towards its neighbours: letters dislike corners."""
    for _ in range(3):
        path = [
            path[0],
            *(
                ((a[0] + 2 * b[0] + c[0]) / 4, (a[1] + 2 * b[1] + c[1]) / 4)
                for a, b, c in zip(path, path[1:], path[2:], strict=False)
            ),
            path[-1],
        ]
    return path[1:-1]


def _shifted(path: tuple[XY, ...], by: float) -> tuple[XY, ...]:
    """The path moved to its left."""
    out = []
    for k, (x, y) in enumerate(path):
        (ax, ay), (bx, by_) = path[max(k - 1, 0)], path[min(k + 1, len(path) - 1)]
        span = math.hypot(bx - ax, by_ - ay) or 1.0
        out.append((x - (by_ - ay) / span * by, y + (bx - ax) / span * by))
    return tuple(out)


def _turn(a: XY, b: XY, c: XY) -> float:
    before = math.atan2(b[1] - a[1], b[0] - a[0])
    after = math.atan2(c[1] - b[1], c[0] - b[0])
    return (after - before + math.pi) % (2 * math.pi) - math.pi
