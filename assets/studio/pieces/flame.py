"""A small flame and what it lights."""

import numpy as np

from geometry import circle, lathe, place, spline, sweep
from materials import burning, plain
from stage.light import bulb

GLOW = (1.0, 0.62, 0.30)


def flame(
    at, *, height: float = 0.24, watts: float = 1.0, lean: float = 3.0, strength: float = 3.6
):
    """A flame with its foot at `at`; the mesh is what one sees, the bulb what lights the room."""
    profile = spline(
        [
            (0.0005, 0),
            (0.085 * height, 0.04 * height),
            (0.165 * height, 0.24 * height),
            (0.130 * height, 0.52 * height),
            (0.050 * height, 0.82 * height),
            (0.0005, height),
        ],
        60,
    )
    body = lathe("flame", profile, sides=40, material=burning(height, strength))
    place(body, at, (0, lean, 0))
    body.visible_shadow = body.visible_diffuse = False
    light = bulb((at[0], at[1], at[2] + 0.5 * height), watts, GLOW, radius=0.16 * height)
    return [body, light]


def wick(at, length: float = 0.11, *, burnt: bool = False, bend: float = 0.02):
    """A cotton wick that stands in its wax, new or charred."""
    t = np.linspace(0, 1, 10)
    path = np.c_[at[0] + bend * t**2, at[1] + 0 * t, at[2] - 0.03 + (length + 0.03) * t]
    material = plain("#1a1310", 0.95) if burnt else plain("#efe6d2", 0.9)
    return sweep("wick", path, circle(0.010, 10), material=material, up=(0, 1, 0))
