"""Table lamps."""

import math

import numpy as np

from geometry import circle, disc_profile, fillet, lathe, spline, sweep, thicken
from materials import (
    brass,
    dipped_glaze,
    emitter,
    lit_cloth,
    opal_glass,
    plain,
    shade_cloth,
    terrazzo,
)
from stage.light import bulb

from .ceramics import vessel

SHADE = ((1.02, 1.72), (0.58, 2.68))  # (radius, height) of the shade's lower and upper rim
TERRACOTTA = {
    "top": "#a8552f",
    "dip": None,
    "clay": "#c9a98a",
    "height": 1.6,
    "foot": 0.08,
    "speck": 0.8,
}
SAGE = {**TERRACOTTA, "top": "#7f8f76", "speck": 1.0}


def mushroom_lamp(glaze: dict = TERRACOTTA, *, watts=110.0, glow=(1.0, 0.74, 0.48), shine=1.0):
    """A glazed foot under a cone of cloth. With 0 watts the lamp is off.

    `shine` is light that the shade gives off by itself: in a bright studio a bulb strong enough
    to make the shade glow would tint the whole paper.
    """
    profile = spline(
        [(0.52, 0), (0.62, 0.12), (0.66, 0.45), (0.50, 0.95), (0.30, 1.35), (0.20, 1.62)], 100
    )
    foot = vessel(profile, sides=200, wobble=0.003, seed=5, material=dipped_glaze(**glaze))
    neck = lathe(
        "neck",
        fillet(
            [
                (0.001, 1.58),
                (0.15, 1.58, 0.01),
                (0.15, 1.72, 0.02),
                (0.05, 1.74, 0.01),
                (0.05, 2.4),
                (0.001, 2.4),
            ],
            5,
        ),
        sides=64,
        material=brass(),
    )
    made = [foot, neck, *_shade(shine if watts else 0.0), _glass_bulb(30.0 if watts else 0.0)]
    if watts:
        made.append(bulb((0, 0, 2.12), watts, glow))
    return made


def _shade(shine: float):
    (low_r, low_z), (high_r, high_z) = SHADE
    cloth = lit_cloth(shine, 2.12, 0.62) if shine else shade_cloth()
    cone = np.c_[np.linspace(low_r, high_r, 40), np.linspace(low_z, high_z, 40)]
    shade = thicken(lathe("shade", cone, sides=220, material=cloth), 0.012)
    tape, wire = plain("#e7d9c0", 0.8), brass()
    turn = np.linspace(0, 2 * math.pi, 12)
    rims = [
        lathe(
            "rim",
            np.c_[r + 0.002 + 0.012 * np.cos(turn), z + 0.016 * np.sin(turn)],
            sides=200,
            material=tape,
        )
        for r, z in SHADE
    ]
    spokes = []
    for a in (0.3, 2.4, 4.5):
        reach = high_r - 0.01
        path = np.array([(0, 0, 2.40), (reach * math.cos(a), reach * math.sin(a), 2.62)])
        spokes.append(sweep("spoke", path, circle(0.012, 10), material=wire))
    return [shade, *rims, *spokes]


def _glass_bulb(strength: float):
    """What one sees of the bulb; the light itself comes from a lamp that can be sampled."""
    profile = spline(
        [
            (0.001, 2.36),
            (0.13, 2.26),
            (0.17, 2.12),
            (0.13, 1.96),
            (0.09, 1.84),
            (0.08, 1.75),
        ],
        40,
    )
    glass = lathe("bulb", profile, sides=48, material=emitter("#ffdcb4", strength))
    glass.visible_shadow = glass.visible_diffuse = False
    return glass


def globe_lamp(strength: float = 1.5):
    """An opal globe on brass and terrazzo, lit."""
    metal = brass()
    base = lathe("base", disc_profile(0.62, 0.16, bottom=0.015), material=terrazzo())
    stem = lathe(
        "stem",
        fillet(
            [
                (0.001, 0.16),
                (0.16, 0.16, 0.01),
                (0.16, 0.22, 0.02),
                (0.045, 0.24, 0.02),
                (0.045, 1.22),
                (0.001, 1.22),
            ],
            6,
        ),
        sides=64,
        material=metal,
    )
    dish = lathe(
        "dish",
        fillet(
            [
                (0.045, 1.18),
                (0.36, 1.20, 0.02),
                (0.40, 1.30, 0.015),
                (0.385, 1.31, 0.005),
                (0.34, 1.22, 0.02),
                (0.045, 1.2),
            ],
            6,
        ),
        sides=120,
        material=metal,
    )
    radius = 0.74
    a = np.linspace(-math.pi / 2 + 0.46, math.pi / 2, 90)
    sphere = np.c_[np.maximum(radius * np.cos(a), 0.001), 1.27 + radius * 0.90 + radius * np.sin(a)]
    globe = lathe("globe", sphere, sides=180, material=opal_glass(strength=strength))
    return [base, stem, dish, globe]
