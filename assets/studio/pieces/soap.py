"""Three bars of soap with a stamp pressed into them."""

import math
from functools import cache

import numpy as np
from PIL import Image, ImageFilter

from art import printed
from geometry import grid, group, resample_loop, rounded_rectangle, settle
from materials import paper, soap

LENGTH, WIDTH, HEIGHT = 0.85, 0.55, 0.25
EDGE, CORNER, DEPTH = 0.060, 0.10, 0.026
SIDES = 1500
BAND = 0.0035  # thickness of the paper round a bar

IVORY = ("#e4d5b8", 0.12)
CLAY = ("#8d9c7c", 0.45)
TERRACOTTA = ("#b9694a", 0.35)


def soaps():
    """Three bars stacked, each a little turned; the middle one wears the band."""
    made, height = [], 0.0
    for k, ((colour, specks), turn, shift) in enumerate(
        (
            (TERRACOTTA, 4, (0.0, 0.0)),
            (CLAY, -3, (0.015, -0.01)),
            (IVORY, 7, (-0.01, 0.015)),
        )
    ):
        parts = [bar(soap(colour, specks), seed=k)]
        if k == 1:
            height += BAND
            parts.append(_band())
        group(parts, (*shift, height), (0, 0, turn))
        made += parts
        height += HEIGHT + (BAND if k == 1 else 0) - 0.002
    settle()
    return made


def soaps_apart():
    """The same three: two lie, one leans on them and shows its stamp."""
    made = []
    for k, ((colour, specks), at, turn) in enumerate(
        (
            (TERRACOTTA, (0.0, 0.18, 0.0), (0, 0, 2)),
            (CLAY, (0.025, 0.18, HEIGHT - 0.001), (0, 0, -2)),
            (IVORY, (-0.02, -0.228, 0.218), (61, 0, 0)),
        )
    ):
        part = bar(soap(colour, specks), seed=k)
        group([part], at, turn)
        made.append(part)
    settle()
    return made


def bar(material, seed: int = 0):
    """One bar that lies flat, its stamp on top."""
    outline = resample_loop(rounded_rectangle(LENGTH, WIDTH, CORNER, 16), SIDES)
    spine = np.c_[np.clip(outline[:, 0], *(_spine())), 0 * outline[:, 1]]
    rows = []
    for share, height, stamped in _rings():
        flat = outline + (spine - outline) * share
        z = np.full(SIDES, height)
        if stamped:
            z += _pillow(flat) - DEPTH * _pressed(flat)
        rows.append(np.c_[flat, z])
    points = np.stack(rows)
    points[..., :2] += _uneven(points, seed)
    return grid("soap", points, closed=True, material=material)


def _spine():
    half = (LENGTH - WIDTH) / 2
    return -half, half


def _rings():
    """From the middle of the underside to the middle of the top: (share inwards, z, stamped)."""
    half = WIDTH / 2
    low = [(s, 0.0, False) for s in np.linspace(1, EDGE / half, 8)[:-1]]
    turn = np.linspace(0, math.pi / 2, 10)
    under = [(EDGE * (1 - math.sin(a)) / half, EDGE * (1 - math.cos(a)), False) for a in turn]
    over = [
        (EDGE * (1 - math.cos(a)) / half, HEIGHT - EDGE * (1 - math.sin(a)), False) for a in turn
    ]
    top = [(s, HEIGHT, True) for s in np.linspace(EDGE / half, 1, 130)[1:]]
    return [*low, *under, *over, *top]


def _pillow(flat):
    """A bar is a little fuller in the middle than at its edges."""
    x, y = flat[:, 0] / (LENGTH / 2), flat[:, 1] / (WIDTH / 2)
    return -0.006 * np.clip(x**4 + y**4, 0, 1)


def _uneven(points, seed: int):
    """Cut and pressed by hand: the sides are not quite straight."""
    rng = np.random.default_rng(seed + 3)
    phase = rng.uniform(0, 6.28, 4)
    x, y, z = np.moveaxis(points, -1, 0)
    dx = 0.0022 * np.sin(5 * y + 3 * z + phase[0]) + 0.0012 * np.sin(13 * y + phase[1])
    dy = 0.0022 * np.sin(4 * x + 4 * z + phase[2]) + 0.0012 * np.sin(11 * x + phase[3])
    return np.stack([dx, dy], -1)


@cache
def _stamp() -> np.ndarray:
    """How deep the stamp is at each pixel, 0..1, its walls a little slanted."""
    with Image.open(printed("stamp-soap")) as picture:
        heavy = picture.convert("L").filter(ImageFilter.MinFilter(5))
        soft = heavy.filter(ImageFilter.GaussianBlur(3.5))
    return 1 - np.asarray(soft, float) / 255


def _pressed(flat):
    picture = _stamp()
    rows, columns = picture.shape
    u = np.clip((flat[:, 0] / LENGTH + 0.5) * columns, 0, columns - 1).astype(int)
    v = np.clip((0.5 - flat[:, 1] / WIDTH) * rows, 0, rows - 1).astype(int)
    return picture[v, u]


def _band():
    """A strip of paper round the middle of a bar, printed on the side that one sees."""
    loop = rounded_rectangle(WIDTH + 2 * BAND, HEIGHT + 2 * BAND, EDGE, 10)
    loop = resample_loop(loop, 300)
    low = np.argmin(np.abs(loop[:, 0]) + (loop[:, 1] > 0) * 9)
    loop = np.roll(loop, -low, 0)
    if loop[20, 0] > 0:
        loop = np.roll(loop[::-1], 1, 0)
    loop = np.r_[loop, loop[:1]]
    rows = [
        np.c_[np.full(len(loop), x), loop[:, 0], loop[:, 1] + HEIGHT / 2] for x in (-0.17, 0.17)
    ]
    return grid("band", np.stack(rows, 1), material=paper(printed("band-soap"), grain=0.25))
