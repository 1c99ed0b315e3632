"""Card holder."""

import math

import numpy as np

from geometry import fillet, grid, group, place, resample_loop, rounded_rectangle, stitches
from materials import brass, leather, paper

from .hide import gilt_mark, groove, inward, slab

WIDTH, HEIGHT, THICK = 1.0, 0.75, 0.020
SLOTS = ((0.665, 0.575), (0.505, 0.415))  # a slanted opening's height on the left, on the right
CARD, CARD_THICK = (0.856, 0.54), 0.008
MARGIN = 0.046


def card_holder(colour: str, seam: str = "#d8c7a0") -> list:
    """It lies on its back: two slanted slots, a card in each."""
    hide = leather(colour, scale=4.6, grain=0.34)
    made = [_layer(_panel(HEIGHT, HEIGHT), 0.0, hide, swell=0.0)]
    level = THICK
    for (left, right), tint, at, turn in zip(
        SLOTS, ("#f2ede2", "#c9573a"), ((0.006, 0.275), (-0.008, 0.128)), (0.6, -0.9), strict=True
    ):
        made.append(_card(tint, at, turn, level))
        level += CARD_THICK * 0.6
        made.append(_layer(_panel(left, right), level, hide, swell=0.006))
        level += THICK
    made += _seam(level, seam)
    mark = (WIDTH / 2 - 0.135, 0.135, level + 0.0072)
    made += gilt_mark(mark, 0.030, (1, 0, 0), (0, 1, 0), brass("#d9b56a", 0.3))
    group(made, turn=(0, 0, 2))
    return made


def _panel(left: float, right: float) -> np.ndarray:
    """A panel's outline (x, y) whose upper edge falls from left to right."""
    half, low = WIDTH / 2, 0.065
    top = low if left > HEIGHT - 0.05 else 0.012
    corners = [(0, 0), (half, 0, low), (half, right, top), (-half, left, top), (-half, 0, low)]
    return resample_loop(fillet([*corners, (0, 0)], 12)[:-1], 420)


def _layer(loop, level: float, material, *, swell: float):
    def rise(points, distance):
        x = points[:, 0] / (WIDTH / 2 - 0.05)
        cards = np.clip(1 - np.abs(x) ** 10, 0, 1) * np.clip((points[:, 1] - 0.05) / 0.06, 0, 1)
        return swell * cards + (groove(distance, MARGIN, 0.004, 0.010) if swell else 0.0)

    points = slab(loop, THICK, rise=rise, reach=0.010 if not swell else 0.012)
    return grid("panel", points + np.array([0, 0, level]), closed=True, material=material)


def _card(tint: str, at, turn: float, level: float):
    loop = resample_loop(rounded_rectangle(*CARD, 0.032, 8), 200)
    points = slab(loop, CARD_THICK, reach=0.02)
    card = grid("card", points, closed=True, material=paper(None, tint, 0.5))
    return place(card, (at[0], at[1] + CARD[1] / 2 - 0.10, level), (0, 0, turn))


def _seam(level: float, seam: str) -> list:
    """Up both sides and along the bottom of the front panel, through all of them."""
    left, right = SLOTS[-1]
    loop = inward(_panel(left, right), MARGIN)
    slope = left + (right - left) * (loop[:, 0] / WIDTH + 0.5)
    keep = loop[:, 1] < slope - MARGIN - 0.012
    angle = np.arctan2(loop[:, 0], -(loop[:, 1] - 0.2))
    line = loop[keep][np.argsort(angle[keep])]
    path = np.c_[line, np.full(len(line), level + 0.002)]
    length = float(np.linalg.norm(np.diff(path, axis=0), axis=1).sum())
    return [stitches(path, math.floor(length / 0.034), 0.027, 0.0056, seam, up=(0, 0, 1))]
