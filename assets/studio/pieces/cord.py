"""The cord of a lamp that has a plug."""

import numpy as np

from geometry import circle, sweep
from materials import plain


def cord(at, away: float, back: float, colour: str = "#6b5540") -> None:
    """Woven cord from the back of a foot out of the picture; not part of what is framed.

    It first runs `away` from the viewer, then bends `back`.
    """
    t = np.linspace(0, 1, 80)
    path = np.c_[at[0] + 14 * t**1.6, at[1] + away * t**0.8 - back * t**2, 0.03 + 0.02 * (1 - t)]
    sweep("cord", path, circle(0.026, 16), material=plain(colour, 0.9, grain=0.5))
