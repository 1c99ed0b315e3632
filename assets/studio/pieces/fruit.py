"""Lemons."""

import numpy as np

from geometry import grid, place
from materials.room import peel


def lemon(seed: int = 0):
    """A lemon that lies on its side, its ends along x; 7 cm long."""
    rng = np.random.default_rng(seed)
    t = np.linspace(0, np.pi, 90)[:, None]
    turn = np.linspace(0, 2 * np.pi, 96, endpoint=False)[None]
    along = -np.cos(t)
    radius = 0.27 * np.sin(t) ** 0.86
    bump = 0.10 * np.exp(-(((along - 1) / 0.10) ** 2)) + 0.05 * np.exp(-(((along + 1) / 0.09) ** 2))
    x = 0.335 * along + bump * np.sign(along) * 0.5
    swell = 1 + 0.02 * np.cos(2 * turn + rng.uniform(0, 6)) + 0.015 * np.cos(3 * turn + 2 * along)
    y, z = radius * swell * np.cos(turn), radius * swell * np.sin(turn)
    points = np.stack([x + 0 * y, y, z], -1)
    body = grid("lemon", points, closed=True, material=peel("#f9c717", "#eda60c"), flip=True)
    return [place(body, (0, 0, 0.268), (rng.uniform(0, 360), 4, 0))]
