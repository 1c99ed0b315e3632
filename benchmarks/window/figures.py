"""From what was seen to figures. Pure: times in seconds, pixels as arrays of `xlib.Pixels`."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from benchmarks.window.photographs import LEAST_EXCESS

Mask = NDArray[np.bool_]

# One frame may reach the screen in several pieces; two frames are never so near.
ONE_FRAME_S = 0.004
# Longer without a change, and nothing moves.
REST_S = 0.5
# A photograph's bands are nowhere so high; a flat stand-in is.
FLAT_PX = 64
# Less than this between two parts of a photograph is an edge that the scaling made.
HOLE_PX = 8
# A pixel that differs by less is the same: a dither, a rounding.
SAME = 6


def frames(changes: Sequence[float]) -> list[float]:
    """The moments of whole frames: of changes nearer than ONE_FRAME_S the last counts."""
    seen: list[float] = []
    for at in changes:
        if seen and at - seen[-1] < ONE_FRAME_S:
            seen[-1] = at
        else:
            seen.append(at)
    return seen


def bursts(moments: Sequence[float], least: int = 8) -> list[list[float]]:
    """Runs of at least `least` frames without a rest between them."""
    runs: list[list[float]] = []
    for at in moments:
        if runs and at - runs[-1][-1] <= REST_S:
            runs[-1].append(at)
        else:
            runs.append([at])
    return [run for run in runs if len(run) >= least]


def middle(burst: Sequence[float]) -> list[float]:
    """A burst without its first and last tenth, where an eased fade moves less than a shade."""
    edge = (burst[-1] - burst[0]) / 10
    return [at for at in burst if burst[0] + edge <= at <= burst[-1] - edge]


def intervals(moments: Sequence[float]) -> list[float]:
    return [after - before for before, after in pairwise(moments)]


def rate(spans: Sequence[float]) -> float:
    """Frames a second of these intervals; 0 for none."""
    return len(spans) / sum(spans) if spans else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """The least value that `share` of them do not exceed (nearest rank); NaN for none."""
    if not values:
        return math.nan
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def median(values: Sequence[float]) -> float:
    known = [value for value in values if not math.isnan(value)]
    return statistics.median(known) if known else math.nan


# ---- photographs ---------------------------------------------------------------------------------


def coloured(pixels: NDArray[np.uint8]) -> Mask:
    """Which pixels have a photograph's colour."""
    parts = pixels[..., :3].astype(np.int16)
    blue, green, red = parts[..., 0], parts[..., 1], parts[..., 2]
    return (red - green >= LEAST_EXCESS) & (blue - green >= LEAST_EXCESS)


def photographed(strip: NDArray[np.uint8]) -> Mask:
    """Which rows of an upright strip (height x width x 4) show a photograph.

    Colour alone is no photograph: a flat stretch of FLAT_PX is a stand-in.
    """
    mean = strip[..., :3].mean(axis=1)
    seen = coloured(mean.round().astype(np.uint8))
    flat = np.abs(np.diff(mean, axis=0)).max(axis=1) <= 1.0
    for start, end in _runs(np.append(flat, False)):
        if end - start >= FLAT_PX:
            seen[start : end + 1] = False
    for start, end in _runs(~seen):
        if end - start < HOLE_PX and start > 0 and end < len(seen):
            seen[start:end] = True
    return seen


def _runs(mask: Mask) -> list[tuple[int, int]]:
    """Where a mask is true: first row and the row after the last."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.astype(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


@dataclass(frozen=True, slots=True)
class Grid:
    """A column of cards: the height of a photograph and of what lies between two, in pixels."""

    photo: int
    gap: int


def grid(strips: Sequence[Mask]) -> Grid | None:
    """The grid that resting strips show; None where no strip shows two photographs."""
    photo = gap = 0
    for mask in strips:
        runs = _runs(mask)
        photo = max([photo, *(end - start for start, end in runs)])
        gap = max([gap, *(b[0] - a[1] for a, b in pairwise(runs))])
    return Grid(photo, gap) if photo and gap else None


def blank_share(mask: Mask, column: Grid) -> float:
    """The share of the photographs' area in a strip that shows none yet."""
    there = int(mask.sum())
    share = column.photo / (column.photo + column.gap)
    excess = (max(0, end - start - column.gap) for start, end in _runs(~mask))
    missing = sum(excess) * share
    return missing / (there + missing) if there + missing else 0.0


# ---- answers -------------------------------------------------------------------------------------

Picture = NDArray[np.uint8]


def differing(before: Picture, after: Picture) -> Mask:
    """Which pixels differ, by more than SAME in any colour."""
    apart = np.abs(before[..., :3].astype(np.int16) - after[..., :3].astype(np.int16))
    mask: Mask = apart.max(axis=-1) > SAME
    return mask


def answered(before: Picture, film: Sequence[tuple[float, Picture]], share: float) -> float:
    """When `share` of the pixels that finally differ had their final value; NaN if none differ.

    `film` is every frame after the touch with its moment; the last is what came to stand. A
    key's flash or a caret, which come and go, are no answer.
    """
    if not film:
        return math.nan
    final = film[-1][1]
    changes = differing(before, final)
    wanted = share * changes.sum()
    if not wanted:
        return math.nan
    for at, picture in film:
        right = changes & ~differing(picture, final)
        if right.sum() >= wanted:
            return at
    return film[-1][0]
