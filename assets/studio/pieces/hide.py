"""Cut leather: sheets with rounded edges, and the lines that run beside them."""

import itertools
import math
from collections.abc import Callable

import numpy as np

from geometry import circle, stitches, sweep

Rise = Callable[[np.ndarray, float], np.ndarray]


def inward(loop: np.ndarray, distance: float) -> np.ndarray:
    """A counter-clockwise loop (n, 2) moved inwards; keep below its tightest radius."""
    along = np.roll(loop, -1, 0) - np.roll(loop, 1, 0)
    along /= np.linalg.norm(along, axis=1)[:, None] + 1e-12
    return loop + np.c_[-along[:, 1], along[:, 0]] * distance


def slab(
    loop, thickness: float, *, rise: Rise | None = None, reach: float = 0.1, strip: bool = False
) -> np.ndarray:
    """Rows of points (rows, n, 3) of a sheet that lies on w = 0, its edge rounded off.

    They run from the middle of the underside over the edge to the middle of the upper side.
    `rise(points, distance)` lifts the upper side, `distance` being how far a row is from the edge.
    As far as `reach` rows follow the edge; further in they shrink to the middle, or to the middle
    line along x of a `strip` that is going to be bent.
    """
    middle, radius = (loop.max(0) + loop.min(0)) / 2, thickness / 2
    if strip:
        half = np.ptp(loop[:, 1]) / 2
        along = np.clip(loop[:, 0], loop[:, 0].min() + half, loop[:, 0].max() - half)
        middle = np.c_[along, np.full(len(loop), middle[1])]
    rows = [(middle + (inward(loop, radius) - middle) * k, 0.0) for k in (0.001, 0.5, 1)]
    for a in np.radians(np.linspace(-90, 90, 9))[1:]:
        offset = inward(loop, radius * (1 - math.cos(a)))
        rows.append((offset, radius + radius * math.sin(a)))
    made = [np.c_[p, np.full(len(p), w)] for p, w in rows]
    upper = [(inward(loop, d), d) for d in np.linspace(radius, reach, 14)[1:]]
    last = upper[-1][0]
    for k in np.linspace(1, 0.001, 26)[1:]:
        upper.append((middle + (last - middle) * k, reach + (1 - k)))
    for p, d in upper:
        lift = rise(p, d) if rise else 0.0
        made.append(np.c_[p, thickness + lift + np.zeros(len(p))])
    return np.stack(made)


def groove(distance: float, at: float, depth: float = 0.005, width: float = 0.011) -> float:
    """How deep a seam pulls the leather in, `distance` from the edge."""
    return -depth * math.exp(-(((distance - at) / width) ** 2))


class Bend:
    """A middle line (x, z) that a flat strip is bent along; its upper side comes out on the left.

    `half` is half the strip's thickness: the line runs through the middle of the leather.
    """

    def __init__(self, line: np.ndarray, half: float, count: int = 900) -> None:
        length = np.r_[0, np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))]
        self.at = np.linspace(0, length[-1], count)
        even = np.stack([np.interp(self.at, length, line[:, k]) for k in (0, 1)], -1)
        window = np.hanning(25)[:, None] / np.hanning(25).sum()
        padded = np.r_[np.repeat(even[:1], 12, 0), even, np.repeat(even[-1:], 12, 0)]
        soft = np.stack([np.convolve(padded[:, k], window[:, 0], "valid") for k in (0, 1)], -1)
        soft[[0, -1]] = even[[0, -1]]
        self.line, self.half, self.length = soft, half, float(length[-1])
        along = np.gradient(soft, axis=0)
        along /= np.linalg.norm(along, axis=1)[:, None] + 1e-12
        self.out = np.c_[-along[:, 1], along[:, 0]]

    def points(self, s, t, w) -> np.ndarray:
        """Where (s along, t across, w over the underside) comes to lie, (…, 3)."""
        x, z = (np.interp(s, self.at, self.line[:, k]) for k in (0, 1))
        u, v = (np.interp(s, self.at, self.out[:, k]) for k in (0, 1))
        lift = w - self.half
        return np.stack([x + u * lift, np.broadcast_to(t, np.shape(x)), z + v * lift], -1)

    def seam(self, start, end, t, colour: str, *, pitch=0.038, length=0.029, radius=0.006):
        """Stitches on the upper side from `start` to `end` along, in runs that turn with it.

        `t` is how far across they lie, or a function of how far along.
        """
        count, made = max(1, round((end - start) / pitch)), []
        runs = max(1, count // 4)
        edges = np.round(np.linspace(0, count, runs + 1)).astype(int)
        for first, last in itertools.pairwise(edges):
            s = start + (end - start) * np.linspace(first, last, 6) / count
            across = t(s) if callable(t) else t
            path = self.points(s, across, np.full(6, 2 * self.half + 0.0005))
            out = self.points(s, across, np.ones(6)) - self.points(s, across, np.zeros(6))
            up = out.mean(0) / np.linalg.norm(out.mean(0))
            made.append(stitches(path, last - first, length, radius, colour, up=up))
        return made


def gilt_mark(centre, radius: float, across, up, material) -> list:
    """The house's round window, pressed in gold: a ring and two bars at `centre` (3,)."""
    centre, across, up = (np.asarray(v, float) for v in (centre, across, up))
    out = np.cross(across, up)
    thread = circle(radius * 0.085, 8)
    turn = np.linspace(0, 2 * math.pi, 48, endpoint=False)[:, None]
    ring = centre + radius * (np.cos(turn) * across + np.sin(turn) * up)
    made = [sweep("mark", ring, thread, material=material, up=out, closed=True)]
    for bar in (across, up):
        made.append(
            sweep(
                "mark",
                centre + np.linspace(-radius, radius, 8)[:, None] * bar,
                thread * 0.8,
                material=material,
                up=out,
            )
        )
    return made
