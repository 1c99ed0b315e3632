"""The movement of the hand that invites to touch: comes, taps, lets two rings go, leaves."""

from dataclasses import dataclass
from math import cos, pi

GESTURE_S = 3.0
RINGS = 2
_COMES = (0.0, 0.8)
_TAPS = (0.8, 1.1)
_LEAVES = (1.5, 2.4)
_RINGS = ((0.95, 2.35), (1.25, 2.75))


@dataclass(frozen=True, slots=True)
class Pose:
    """All shares from 0 to 1: how far `away` the hand is, how much it presses, and how far each
    of `rings` has spread (0: not there).
    """

    away: float = 0.0
    press: float = 0.0
    rings: tuple[float, ...] = (0.0,) * RINGS


# What shows where nothing may move: the hand on the glass, and one ring around its finger.
STILL = Pose(rings=(0.45, 0.0))
REST = Pose(away=1.0)


def pose(at: float) -> Pose:
    """The hand, `at` seconds after its gesture began."""
    away = 1 - _eased(at, *_COMES) + _eased(at, *_LEAVES)
    down = _eased(at, *_TAPS)
    press = 4 * down * (1 - down)
    rings = tuple(_eased(at, *span) for span in _RINGS)
    return Pose(away, press, tuple(0.0 if ring >= 1 else ring for ring in rings))


def _eased(at: float, begins: float, ends: float) -> float:
    share = min(1.0, max(0.0, (at - begins) / (ends - begins)))
    return (1 - cos(pi * share)) / 2
