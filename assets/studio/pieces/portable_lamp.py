"""A portable lamp: a column of opal glass on a turned wooden base."""

import numpy as np

from geometry import fillet, lathe, place
from materials import brass, lit_opal, wood

BASE, GLASS, HEIGHT = 0.47, 0.425, 2.8  # radius of the wood, of the glass, the lamp's height
WOOD_TOP, RING_TOP = 0.66, 0.73


def column_lamp(light: str = "#8a5c3c", dark: str = "#4d2f1c"):
    """A lit column; `light` and `dark` are the tones of the wood's grain."""
    timber = wood(light, dark, 0.42, rings=7, coat=0.12)
    metal = brass("#c9a765", 0.22)
    return [_base(timber), _ring(metal), _glass(), *_button(metal)]


def _base(material):
    profile = fillet(
        [
            (0.001, 0.022),
            (BASE - 0.075, 0.022),
            (BASE - 0.075, 0.0),
            (BASE - 0.055, 0.0),
            (BASE - 0.050, 0.022, 0.008),
            (BASE - 0.012, 0.034, 0.022),
            (BASE, 0.10, 0.04),
            (BASE, WOOD_TOP - 0.02, 0.012),
            (BASE - 0.022, WOOD_TOP, 0.012),
            (0.001, WOOD_TOP),
        ],
        8,
    )
    # Turned larger and scaled down: the grain of a small piece is fine.
    return place(lathe("base", profile / 0.5, sides=220, material=material), scale=0.5)


def _ring(metal):
    low, high = WOOD_TOP - 0.01, RING_TOP
    profile = fillet(
        [
            (GLASS - 0.06, low),
            (GLASS + 0.022, low),
            (GLASS + 0.022, high, 0.012),
            (GLASS + 0.004, high, 0.004),
            (GLASS + 0.002, high - 0.02),
        ],
        5,
    )
    return lathe("ring", profile, sides=220, material=metal)


def _glass():
    low, shoulder = RING_TOP - 0.02, HEIGHT - 0.40
    wall = np.c_[np.full(30, GLASS), np.linspace(low, shoulder, 30)]
    a = np.linspace(0, np.pi / 2, 60)[1:]
    dome = np.c_[np.maximum(GLASS * np.cos(a), 0.001), shoulder + 0.40 * np.sin(a)]
    material = lit_opal(RING_TOP, HEIGHT + 0.3)
    return lathe("glass", np.r_[wall, dome], sides=200, material=material)


def _button(metal):
    """The touch key in the front of the wood, in a shallow ring."""
    key = fillet([(0.001, 0.014), (0.048, 0.012, 0.008), (0.050, -0.03)], 5)
    rim = fillet([(0.056, -0.03), (0.056, 0.007, 0.003), (0.070, 0.006, 0.003), (0.072, -0.03)], 4)
    parts = [lathe("key", p, sides=64, material=metal) for p in (key, rim)]
    return [place(part, (0, -BASE, 0.36), (90, 0, 0)) for part in parts]
