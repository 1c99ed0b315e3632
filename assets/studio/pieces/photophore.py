"""A fluted tumbler of pressed glass with a tealight burning in it."""

import numpy as np

from geometry import fillet, grid, lathe, spline
from materials import brass, pressed_glass, wax

from .flame import flame, wick

RADIUS, HEIGHT, FLUTES, DEPTH = 0.43, 1.0, 24, 0.030
FLOOR = 0.13


def photophore(tint: str = "#fcd268", density: float = 7.0, watts: float = 6.5):
    """`tint` is what ten centimetres of the glass let through at density 1."""
    return [_tumbler(pressed_glass(tint, density)), *_tealight(watts)]


def _tumbler(material):
    """Scallops outside, plain inside; they run out below a smooth rim."""
    outer = spline(
        [(0.335, 0), (0.362, 0.035), (0.392, 0.25), (0.418, 0.62), (RADIUS, HEIGHT - 0.02)], 140
    )
    inner_low = fillet([(0.001, FLOOR), (0.315, FLOOR, 0.07), (0.355, 0.55)], 10)
    inner = np.r_[inner_low[:-1], spline([(0.355, 0.55), (0.372, 0.8), (0.388, HEIGHT - 0.02)], 30)]
    middle, half = (RADIUS + 0.388) / 2, (RADIUS - 0.388) / 2
    a = np.linspace(0, np.pi, 14)[1:-1]
    lip = np.c_[middle + half * np.cos(a), HEIGHT - 0.02 + half * np.sin(a)]
    base = fillet([(0.001, 0.022), (0.27, 0.018, 0.02), (0.295, 0, 0.015), (0.335, 0)], 6)
    profile = np.r_[base[:-1], outer, lip, inner[::-1]]
    deep = np.r_[np.zeros(len(base) - 1), _fade(outer[:, 1]), np.zeros(len(lip) + len(inner))]
    sides = FLUTES * 56
    turn = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    # Ridges are narrow and valleys wide, as a press makes them.
    wave = 1 - np.abs(np.sin(FLUTES * turn / 2)) ** 1.3
    radius = profile[:, :1] - DEPTH * deep[:, None] * (1 - wave)[None]
    points = np.stack(
        [radius * np.cos(turn), radius * np.sin(turn), np.repeat(profile[:, 1:], sides, 1)], -1
    )
    return grid("tumbler", points, closed=True, material=material)


def _fade(height):
    """How deep the flutes are at a height, 0..1."""
    rise = np.clip((height - 0.02) / 0.05, 0, 1)
    end = np.clip((HEIGHT - 0.10 - height) / 0.06, 0, 1)
    return rise * np.sqrt(1 - (1 - end) ** 2)


def _tealight(watts: float):
    radius, low = 0.19, FLOOR
    high = low + 0.15
    cup = fillet(
        [
            (0.001, low + 0.002),
            (radius - 0.008, low + 0.002, 0.012),
            (radius, high, 0.004),
            (radius + 0.009, high + 0.004, 0.004),
            (radius + 0.007, high + 0.011, 0.003),
            (radius - 0.006, high + 0.003),
            (radius - 0.012, low + 0.02),
        ],
        5,
    )
    pool = fillet(
        [(radius - 0.01, low + 0.03), (radius - 0.005, high - 0.018), (0.001, high - 0.026)], 5
    )
    tin = brass("#c9cacb", 0.3)
    return [
        lathe("cup", cup, sides=140, material=tin),
        lathe("wax", pool, sides=140, material=wax("#f6efe0")),
        wick((0, 0, high - 0.03), 0.065, burnt=True, bend=0.012),
        *flame((0.006, 0, high + 0.012), height=0.28, watts=watts, lean=2, strength=6),
    ]
