"""Thrown pots: vases, bowls, cups."""

import math

import numpy as np

from geometry import (
    fillet,
    fuse,
    group,
    inset,
    lathe,
    settle,
    spline,
    strap,
    throw,
    turned,
)
from materials import dipped_glaze

GALBE = spline(
    [(0.60, 0), (0.80, 0.25), (1.06, 0.85), (0.98, 1.45), (0.50, 1.97), (0.31, 2.25), (0.40, 2.56)],
    120,
)
AMPHORA = spline(
    [
        (0.42, 0),
        (0.60, 0.5),
        (0.82, 1.25),
        (0.80, 1.8),
        (0.42, 2.25),
        (0.27, 2.55),
        (0.31, 2.95),
        (0.42, 3.12),
    ],
    130,
)
SHAPES = {"galbe": GALBE, "amphora": AMPHORA}


def vessel(outer, wall=0.05, *, floor=0.12, **thrown):
    """A pot with a turned foot, a rounded lip and an inside, from its outer profile."""
    return lathe("pot", vessel_profile(outer, wall, floor), **thrown)


def vessel_profile(outer, wall: float, floor: float):
    """The whole section of a pot (radius, z): under the foot, up, over the lip, down inside."""
    inner = inset(outer, wall)
    inner = inner[inner[:, 1] > floor]
    base = outer[0, 0]
    foot = base * 0.78
    ring = fillet([(foot - 0.06, 0.03), (foot, 0, 0.02), (base, 0, 0.025), tuple(outer[2])], 6)[
        1:-1
    ]
    return np.concatenate(
        [
            [(0.001, 0.03), (foot - 0.06, 0.03)],
            ring,
            outer[2:],
            _lip(outer, inner[-1]),
            inner[::-1],
            [(max(0.001, inner[0, 0] - 0.08), floor), (0.001, floor - 0.01)],
        ]
    )


def _lip(outer, inside):
    """Half a circle from the outer wall over to the inner one."""
    middle = (outer[-1] + inside) / 2
    half = outer[-1] - middle
    onward = outer[-1] - outer[-3]
    onward /= np.linalg.norm(onward)
    return [
        middle + half * math.cos(a) + onward * np.linalg.norm(half) * math.sin(a)
        for a in np.linspace(0, math.pi, 9)[1:-1]
    ]


def vase(shape: str, glaze: dict, seed: int = 3):
    """`glaze`: arguments of `dipped_glaze`, without the height."""
    return vase_of(shape, dipped_glaze(**glaze, height=SHAPES[shape][-1, 1]), seed)


def vase_of(shape: str, material, seed: int = 3):
    """A vase in any glaze."""
    return [vessel(SHAPES[shape], 0.055, sides=220, wobble=0.0035, seed=seed, material=material)]


def bowl(radius: float, height: float, material, seed: int = 1):
    foot = 0.36
    outer = spline(
        [
            (foot, 0),
            (foot + 0.02, 0.05),
            (radius * 0.74, height * 0.36),
            (radius * 0.95, height * 0.75),
            (radius, height),
        ],
        70,
    )
    return vessel(outer, 0.045, sides=180, wobble=0.004, seed=seed, material=material)


def nested_bowls():
    """Three bowls, the largest outside."""
    return _three_bowls(((0, 0, 0), (0, 0, 0.17), (0, 0, 0.34)))


def bowls_apart():
    """The three bowls side by side."""
    return _three_bowls(((-0.42, 0.62, 0), (0.52, -0.92, 0), (-1.08, -1.16, 0)))


def _three_bowls(spots):
    made = []
    sizes, colours = (0.95, 0.82, 0.69), ("#26374f", "#7f9c8f", "#e4dccd")
    for i, (radius, colour, at) in enumerate(zip(sizes, colours, spots, strict=True)):
        glaze = dipped_glaze(colour, height=0.6, dip=None, speck=0.8, foot=0.05)
        made.append(bowl(radius, 0.725 * radius, glaze, seed=i + 2))
        made[-1].location = at
    settle()
    return made


def straight(profile, steps: int):
    """The last stretch of a profile again, with more points for the glaze to follow."""
    start, end = profile[-2], profile[-1]
    wall = np.c_[np.linspace(start[0], end[0], steps), np.linspace(start[1], end[1], steps)]
    return np.concatenate([profile[:-1], wall[1:]])


def tumbler(radius: float, height: float, material, *, belly=0.22, seed=1):
    """A straight cup with a rounded bottom."""
    outer = _cup_side(radius, height, belly)
    return [vessel(outer, 0.035, floor=0.07, sides=160, wobble=0.003, seed=seed, material=material)]


def _cup_side(radius: float, height: float, belly: float):
    profile = fillet([(radius * 0.72, 0), (radius * 0.98, 0.10, belly), (radius, height)], 12)
    return straight(profile, 24)


def cup(radius: float, height: float, material, seed: int = 1):
    """A cup with a pulled handle towards +x: thick above, thinner below, worked into the wall."""
    section = vessel_profile(_cup_side(radius, height, 0.22), 0.042, 0.07)
    body = throw(turned(section, 200), seed=seed, ridge=0.004, lean=0.003)
    bend = [(-0.03, 0.80), (0.09, 0.84), (0.24, 0.79), (0.31, 0.60), (0.25, 0.40), (-0.02, 0.24)]
    line = spline([(radius + x, height * z) for x, z in bend], 60)
    t = np.linspace(0, 1, len(line))
    width = 0.15 + 0.05 * np.exp(-t / 0.10) + 0.045 * np.exp((t - 1) / 0.08)
    path = np.c_[line[:, 0], 0.006 * np.sin(5 * t + seed), line[:, 1]]
    handle = strap(path, width, 0.088 + 0.03 * np.exp(-t / 0.10), (0, 1, 0), groove=0.2)
    joints = [(path[1], 0.12), (path[-2], 0.13)]
    return [fuse("cup", [body, handle], voxel=0.0065, joints=joints, material=material)]


def cups():
    """Two cups, one pale, one deep blue, handles apart."""
    made = []
    for colour, speck, seed, at, turn in (
        ("#e6dfd0", 1.0, 2, (-0.36, 0.22, 0), -165),
        ("#3d5a66", 0.5, 5, (0.36, -0.30, 0), -20),
    ):
        glaze = dipped_glaze(
            colour,
            height=0.78,
            dip=None,
            speck=speck,
            clay="#b58e68",
            foot=0.07,
            rough=0.3,
            coat=0.25,
        )
        parts = cup(0.40, 0.78, glaze, seed=seed)
        group(parts, at, (0, 0, turn))
        made += parts
    settle()
    return made
