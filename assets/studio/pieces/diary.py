"""The diary: a clothbound book with a round back, closed or open at a week."""

import math

import numpy as np

from art import printed
from geometry import box, circle, fillet, grid, group, settle, spline, sweep, thicken
from materials import book_edge, gilt_cloth, paper, plain, woven

WIDTH, HEIGHT, PAGES, BOARD = 1.30, 2.10, 0.125, 0.024
TOP = PAGES / 2 + BOARD / 2  # from the middle of the book to the middle of a board
CORNER = 0.035


def standing(colour: str, ribbon: str):
    """The closed diary on its tail, its back on the left, the ribbon out on the table."""
    made = [_case(colour), *_block()]
    group(made, (0, 0, HEIGHT / 2), (90, 0, 0))
    made.append(_loose_ribbon(ribbon))
    settle()
    return made


def _case(colour: str):
    """Both boards and the round back in one piece of cloth, a groove along each joint."""
    half, middle = WIDTH / 2, -WIDTH / 2 + 0.005
    joint = [
        (half, TOP),
        (0.085 - half, TOP, 0.02),
        (0.055 - half, TOP - 0.028, 0.02),
        (0.022 - half, TOP + 0.004, 0.02),
    ]
    a = np.linspace(math.radians(78), math.radians(-78), 24)
    back = np.c_[middle - 0.055 * np.cos(a) + 0.012, (TOP + 0.006) * np.sin(a) / math.sin(a[0])]
    front = fillet([*joint, tuple(back[0])], 6)
    curve = np.concatenate([front[:-1], back, front[-2::-1] * (1, -1)])
    curve = _even(curve, 420)[::-1]
    inset = np.clip(CORNER - (half - curve[:, 0]), 0, CORNER)
    y = HEIGHT / 2 - CORNER + np.sqrt(CORNER**2 - inset**2)
    rows = [np.stack([curve[:, 0], side * y, curve[:, 1]], -1) for side in (-1, 1)]
    case = grid("case", np.stack(rows), material=gilt_cloth(colour, printed("diary-gilding")))
    thicken(case, BOARD, bevel=0.006)
    case.modifiers.new("weighted", "WEIGHTED_NORMAL")
    return case


def _even(curve: np.ndarray, count: int) -> np.ndarray:
    """The same line with points at even distances."""
    length = np.r_[0, np.cumsum(np.linalg.norm(np.diff(curve, axis=0), axis=1))]
    at = np.linspace(0, length[-1], count)
    return np.c_[np.interp(at, length, curve[:, 0]), np.interp(at, length, curve[:, 1])]


def _block():
    """The pages, 3 mm shorter than the boards, with a headband at either end of the back."""
    pages = box(
        "pages",
        WIDTH - 0.05,
        HEIGHT - 0.06,
        PAGES,
        bevel=0.004,
        steps=1,
        material=book_edge("#f0e9da"),
        at=(-0.022, 0, -PAGES / 2),
    )
    bands = []
    for side in (-1, 1):
        y = side * (HEIGHT / 2 - 0.026)
        x = -WIDTH / 2 + 0.004
        path = np.array([(x, y, z) for z in np.linspace(-PAGES / 2, PAGES / 2, 12)])
        silk = plain("#c9a24b", 0.6, sheen=0.3)
        bands.append(sweep("headband", path, circle(0.014, 12), material=silk, up=(0, 1, 0)))
    return [pages, *bands]


def _ribbon(path, colour: str, up=(0, 0, 1)):
    """Satin 6 mm wide along a path."""
    section = np.array([(-0.03, -0.002), (0.03, -0.002), (0.03, 0.002), (-0.03, 0.002)])
    satin = woven(colour, (2400, 14), relief=0.12, depth=0.06, sheen=0.6)
    return sweep("ribbon", path, section, material=satin, up=up)


def _loose_ribbon(colour: str):
    """From under the pages at the fore-edge, out over the table in one soft curve."""
    t = np.linspace(0, 1, 60)
    plan = spline([(0.34, 0), (0.62, -0.005), (0.82, -0.08), (0.96, -0.26), (0.92, -0.50)], 60)
    lift = 0.007 + 0.035 * np.exp(-(((t - 0.62) / 0.16) ** 2))
    return _ribbon(np.c_[plan, lift], colour)


def opened(colour: str, ribbon: str):
    """Open flat at the first week of January."""
    made = []
    cloth = woven(colour, (300, 480), relief=0.2)
    for side in (-1, 1):
        at = (side * (WIDTH / 2 + 0.045), 0, 0)
        made.append(box("board", WIDTH, HEIGHT, BOARD, bevel=0.008, material=cloth, at=at))
        made += _half(side)
    made.append(box("back", 0.2, HEIGHT, 0.012, bevel=0.004, material=cloth))
    made.append(_marker(ribbon))
    settle()
    return made


def _leaf_curve() -> np.ndarray:
    """A half of the open pages from the gutter to the fore-edge: (x, z)."""
    points = [(0.0, 0.062), (0.05, 0.110), (0.20, 0.142), (0.62, 0.122), (1.25, 0.098)]
    return _even(spline(points, 160), 160)


def _half(side: int):
    """The pages on one side of the gutter with the printed week on top."""
    curve, tall = _leaf_curve(), HEIGHT - 0.06
    floor = [(curve[-1, 0] + 0.012, BOARD), (0.0, BOARD)]
    outline = np.concatenate([curve - (0, 0.002), floor]) * (side, 1)
    ends = np.array([(0, -tall / 2, 0), (0, tall / 2, 0)])
    block = sweep("pages", ends, outline[::side], material=book_edge("#f0e9da"))
    for face in block.data.polygons:
        face.use_smooth = False
    across = (curve * (side, 1))[::side]
    rows = [np.stack([across[:, 0], 0 * across[:, 0] + y, across[:, 1]], -1) for y in ends[:, 1]]
    name = "diary-right" if side == 1 else "diary-left"
    page = grid("page", np.stack(rows), material=paper(printed(name), rough=0.8, grain=0.08))
    return [block, page]


def _marker(colour: str):
    """The ribbon down the right-hand page and over its tail on to the table."""
    curve, tail = _leaf_curve(), HEIGHT / 2 - 0.03
    y = np.linspace(tail - 0.01, -tail, 70)
    x = 0.035 + 0.11 * ((tail - y) / (2 * tail)) ** 2
    z = np.interp(x, curve[:, 0], curve[:, 1]) + 0.004
    over = spline([(y[-1], z[-1]), (-tail - 0.035, z[-1] - 0.03), (-tail - 0.06, 0.04)], 16)
    over = np.concatenate([over, spline([(-tail - 0.07, 0.02), (-tail - 0.2, 0.006)], 10)])
    out = np.c_[x[-1] + np.linspace(0, 0.05, len(over)), over]
    return _ribbon(np.concatenate([np.c_[x, y, z], out[1:]]), colour)
