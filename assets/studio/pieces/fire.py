"""Candles and candlesticks."""

import numpy as np

from geometry import circle, fillet, lathe, place, sweep
from materials import brass, dipped_glaze, glass, plain, wax

from .ceramics import straight, vessel
from .flame import flame
from .scent import round_label

RADIUS, HEIGHT = 0.46, 1.02


def candle(glaze: dict | None = None, *, lit: bool = False):
    """A scented candle in glass or (with a glaze) in stoneware; 220 g."""
    profile = fillet([(RADIUS - 0.05, 0), (RADIUS, 0.0, 0.06), (RADIUS, HEIGHT)], 8)
    outer = straight(profile, 20)
    if glaze is None:
        jar, inside, low, high = _glass_jar(outer), RADIUS - 0.029, 0.115, HEIGHT * 0.78
    else:
        jar = vessel(outer, 0.05, sides=180, wobble=0.003, material=dipped_glaze(**glaze))
        inside, low, high = RADIUS - 0.052, 0.1, HEIGHT * 0.82
    label = round_label("label-candle", RADIUS, 0.62, 0.15)
    made = [jar, _wax(inside, low, high, 0.2 if lit else 0.6), _wick(high), label]
    if lit:
        made += [_melt(high), *flame((0.016, 0, high + 0.07), height=0.25, watts=3)]
    return made


def _melt(high: float):
    """The pool of molten wax round a burning wick."""
    profile = fillet(
        [
            (0.001, high - 0.030),
            (0.27, high - 0.030, 0.02),
            (0.30, high - 0.022, 0.02),
            (0.31, high - 0.04),
        ],
        6,
    )
    return lathe("melt", profile, sides=140, material=wax("#e9d6ab", 0.05, depth=0.1))


def _glass_jar(outer):
    wall, inner = 0.035, RADIUS - 0.035
    rim = HEIGHT + 0.018
    profile = np.concatenate(
        [
            [(0.001, 0)],
            outer,
            fillet(
                [
                    (RADIUS, HEIGHT),
                    (RADIUS, rim, 0.012),
                    (inner, rim, 0.012),
                    (inner, HEIGHT - 0.02),
                ],
                5,
            )[1:-1],
            fillet([(inner, HEIGHT - 0.02), (inner, 0.085 + wall, 0.08), (0.001, 0.12)], 8),
        ]
    )
    return lathe("jar", profile, material=glass("#f4f6f2", 1.5))


def _wax(radius: float, low: float, high: float, depth: float):
    profile = fillet(
        [
            (0.001, low),
            (radius, low, 0.07),
            (radius, high, 0.02),
            (radius * 0.80, high - 0.02, 0.05),
            (0.06, high - 0.045, 0.02),
            (0.001, high - 0.04),
        ],
        8,
    )
    return lathe("wax", profile, sides=120, material=wax("#f3e9d6", depth=depth))


def _wick(base: float):
    t = np.linspace(0, 1, 12)
    path = np.c_[0.02 * t**2, 0 * t, base - 0.05 + 0.17 * t]
    return sweep("wick", path, circle(0.012, 10), material=plain("#2b211a", 0.9), up=(0, 1, 0))


def candlesticks(*, lit: bool = False):
    """Three turned brass sticks of three heights, tapers in three colours."""
    metal, thread, made = brass("#c9a05a", 0.2), plain("#2b211a" if lit else "#efe6d2", 0.9), []
    for x, y, height, colour in (
        (-0.85, 0.15, 1.25, "#7d2b26"),
        (0.02, -0.25, 0.85, "#d9c9a8"),
        (0.86, 0.18, 1.6, "#2d3f38"),
    ):
        stick = lathe("stick", _turned(height), sides=120, material=metal)
        profile = fillet(
            [
                (0.079, height - 0.1),
                (0.079, height),
                (0.062, height + 1.75, 0.02),
                (0.03, height + 1.83, 0.02),
                (0.001, height + 1.85),
            ],
            6,
        )
        taper = lathe("taper", profile, sides=64, material=wax(colour))
        top = height + 1.84
        path = np.array([(0, 0, top), (0.005, 0, top + 0.06), (0.012, 0, top + 0.11)])
        wick = sweep("wick", path, circle(0.01, 8), material=thread, up=(0, 1, 0))
        made += [place(part, (x, y, 0)) for part in (stick, taper, wick)]
        if lit:
            made += flame((x + 0.006, y, top + 0.035), height=0.34, watts=9)
    return made


def _turned(height: float):
    return fillet(
        [
            (0.001, 0),
            (0.38, 0, 0.01),
            (0.38, 0.045, 0.02),
            (0.10, 0.10, 0.12),
            (0.055, 0.35, 0.05),
            (0.085, height * 0.5, 0.05),
            (0.05, height * 0.62, 0.06),
            (0.06, height - 0.18, 0.03),
            (0.17, height - 0.08, 0.03),
            (0.17, height - 0.03, 0.01),
            (0.105, height - 0.02, 0.01),
            (0.105, height, 0.008),
            (0.08, height, 0.006),
            (0.08, height - 0.1),
            (0.001, height - 0.1),
        ],
        8,
    )
