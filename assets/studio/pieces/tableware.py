"""Thrown for the table: plates with a moon in them, a pitcher with a pulled spout."""

import math

import numpy as np

from geometry import fuse, grid, place, settle, spline, strap, throw, turned
from materials import moon_glaze, satin_glaze

from .ceramics import vessel_profile

PLATE_STEP = 0.105  # how much higher each plate of a pile sits
PHASES = (0.45, 0.0, -0.66, -1.0)
PLATE = spline(
    [
        (0.79, 0.035),
        (0.93, 0.048),
        (1.06, 0.088),
        (1.145, 0.165),
        (1.185, 0.25),
    ],
    60,
)
PITCHER_HEIGHT = 2.12
PITCHER = spline(
    [
        (0.44, 0),
        (0.58, 0.18),
        (0.715, 0.58),
        (0.69, 0.96),
        (0.50, 1.36),
        (0.40, 1.62),
        (0.405, 1.88),
        (0.445, PITCHER_HEIGHT),
    ],
    150,
)


def _plate_profile() -> np.ndarray:
    """Section of a plate 24 cm wide: foot ring, underside, rounded lip, inside."""
    along = np.gradient(PLATE, axis=0)
    along /= np.linalg.norm(along, axis=1)[:, None]
    # Thick in the well, thinner towards the lip.
    thickness = np.linspace(0.07, 0.048, len(PLATE))[:, None]
    inside = PLATE + np.c_[-along[:, 1], along[:, 0]] * thickness
    middle, half = (PLATE[-1] + inside[-1]) / 2, (PLATE[-1] - inside[-1]) / 2
    turn = np.linspace(0, math.pi, 11)[1:-1][:, None]
    lip = middle + half * np.cos(turn) + along[-1] * np.linalg.norm(half) * np.sin(turn)
    a = np.linspace(0, math.pi, 9)
    foot = np.c_[0.735 - 0.035 * np.cos(a), 0.03 - 0.03 * np.sin(a)]
    well = spline([inside[0], (0.60, 0.100), (0.30, 0.094), (0.001, 0.092)], 30)[1:]
    return np.concatenate(
        [[(0.001, 0.045), (0.4, 0.042), (0.66, 0.040)], foot, PLATE, lip, inside[::-1], well]
    )


def plate(material, seed: int = 1):
    """One plate, its rim a little warped by the kiln."""
    points = turned(_plate_profile(), 300)
    rng = np.random.default_rng(seed)
    x, y, z = np.moveaxis(points, -1, 0)
    angle, out = np.arctan2(y, x), np.hypot(x, y) / 1.2
    warp = sum(0.007 / k * np.cos((k + 1) * angle + rng.uniform(0, 6)) for k in (1, 2))
    oval = 1 + 0.004 * np.cos(2 * angle + rng.uniform(0, 6)) * out
    ridges = 0.0008 * np.sin(out * 62 + angle + rng.uniform(0, 6)) * (out < 0.86)
    points = np.stack([x * oval, y * oval, z + warp * out**3 + ridges * (z > 0.06)], -1)
    return grid("plate", points, closed=True, material=material)


def plate_pile(glaze: dict, phases=(-1.0, -1.0, -1.0, PHASES[0])):
    """Four plates one in the other, each set down by hand; `glaze`: of `moon_glaze`."""
    made = []
    for i, phase in enumerate(phases):
        dish = plate(moon_glaze(**glaze, phase=phase), seed=i + 2)
        shift = (0.012 * math.sin(2.4 * i), 0.012 * math.cos(1.7 * i), i * PLATE_STEP)
        place(dish, shift if i else (0, 0, 0), (0, 0, 24 if i == 3 else 71 * i))
        made.append(dish)
    settle()
    return made


def plates_side_by_side(glaze: dict, apart: float = 2.62):
    """The four phases of the moon, seen from above."""
    made = []
    spots = ((-0.5, 0.5), (0.5, 0.56), (-0.46, -0.5), (0.54, -0.46))
    for i, (phase, (x, y)) in enumerate(zip(PHASES, spots, strict=True)):
        dish = plate(moon_glaze(**glaze, phase=phase), seed=i + 2)
        made.append(place(dish, (x * apart, y * apart, 0), (0, 0, (-24, -20, -27, 0)[i])))
    settle()
    return made


def pitcher(glaze: dict, seed: int = 4):
    """A round pitcher of 1.1 l, the spout to -x, the handle to +x; `glaze`: of `satin_glaze`."""
    body = throw(
        turned(vessel_profile(PITCHER, 0.068, 0.12), 260), seed=seed, ridge=0.006, lean=0.004
    )
    ends = ((0.41, 0, 1.80), (0.66, 0, 0.76))
    handle = strap(*_handle(), across=(0, 1, 0), groove=0.22)
    rng = np.random.default_rng(seed)
    handle[:, :, 1] += 0.012 * np.sin(np.linspace(0, 5, len(handle)) + rng.uniform(0, 6))[:, None]
    joints = [(ends[0], 0.24), (ends[1], 0.26)]
    return [
        fuse(
            "pitcher",
            [_pull_spout(body), handle],
            voxel=0.011,
            joints=joints,
            material=satin_glaze(**glaze),
        )
    ]


def _handle():
    """Path, width and thickness of an ear: thick where it was pulled from, flat at the end."""
    bend = [
        (0.37, 1.80),
        (0.52, 1.875),
        (0.74, 1.90),
        (0.93, 1.77),
        (1.01, 1.50),
        (0.96, 1.20),
        (0.85, 0.94),
        (0.72, 0.80),
        (0.64, 0.73),
    ]
    line = spline(bend, 90)
    t = np.linspace(0, 1, len(line))
    width = 0.29 + 0.10 * np.exp(-t / 0.10) + 0.09 * np.exp((t - 1) / 0.07)
    thickness = 0.135 + 0.07 * np.exp(-t / 0.10) - 0.012 * t
    return np.c_[line[:, 0], 0 * t, line[:, 1]], width, thickness


def _pull_spout(points: np.ndarray) -> np.ndarray:
    """The lip drawn out towards -x between two fingers, the throat pinched behind it."""
    x, y, z = np.moveaxis(points, -1, 0)
    angle, radius = np.abs(np.arctan2(y, -x)), np.hypot(x, y)
    rise = np.clip((z - 1.50) / (PITCHER_HEIGHT - 1.50), 0, 1.05)
    beak = np.exp(-((angle / 0.40) ** 2.6))
    pinch = np.exp(-(((angle - 0.72) / 0.34) ** 2))
    pulled = radius + 0.21 * rise**2.0 * beak - 0.062 * rise**1.4 * pinch
    share = pulled / np.maximum(radius, 1e-6)
    lift = 0.06 * rise**2 * np.exp(-((angle / 0.5) ** 2)) - 0.06 * rise**8 * beak
    return np.stack([x * share, y * share, z + lift], -1)
