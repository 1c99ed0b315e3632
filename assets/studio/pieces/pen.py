"""The fountain pen: lacquered brass, a steel nib, a walnut rest."""

import math

import numpy as np

from art import printed
from geometry import (
    fillet,
    grid,
    group,
    lathe,
    place,
    rounded_rectangle,
    settle,
    spline,
    sweep,
    thicken,
)
from materials import brass, plain, steel, wood

TAIL, GRIP, MOUTH, TIP = 0.0, 0.70, 0.915, 1.13  # heights along the pen, tail down
BARREL, CAP_RADIUS, CAP_LENGTH = 0.062, 0.069, 0.635
FLAT = 90.0


def resting(colour: str):
    """The open pen across its rest, the cap lying before it."""
    pen = _open_pen(colour)
    slope = math.degrees(math.asin(0.118 / 0.80))
    group(pen, (-0.62, 0.12, BARREL * 0.93), (0, FLAT - slope, 0))
    cap = _cap(colour)
    group(cap, turn=(0, 0, 155))
    group(cap, (0.50, 0.44, CAP_RADIUS + 0.003), (0, FLAT, 172))
    rest = _rest()
    place(rest, (0.22, 0.12, 0))
    settle()
    return [*pen, *cap, rest]


def _open_pen(colour: str):
    lacquer, metal = plain(colour, 0.2, coat=0.7), brass("#cda963", 0.2)
    barrel = lathe("barrel", _barrel(), sides=128, material=lacquer)
    tail = lathe(
        "tail",
        fillet([(0.001, -0.012), (0.030, -0.012, 0.01), (0.036, 0.012), (0.001, 0.012)], 6),
        sides=96,
        material=metal,
    )
    ring = lathe("ring", _hoop(BARREL + 0.001, GRIP - 0.022, GRIP), sides=128, material=metal)
    thread = [
        lathe("thread", _hoop(0.0545, z, z + 0.009), sides=96, material=metal)
        for z in np.arange(GRIP + 0.008, GRIP + 0.045, 0.0115)
    ]
    grip = lathe("grip", _grip(), sides=128, material=plain("#121110", 0.22, coat=0.6))
    return [barrel, tail, ring, *thread, grip, *_nib()]


def _barrel() -> np.ndarray:
    return np.concatenate(
        [
            [(0.001, 0.004)],
            spline([(0.038, 0.006), (0.050, 0.08), (0.059, 0.30), (BARREL, GRIP - 0.02)], 60),
            [(BARREL, GRIP - 0.004), (0.001, GRIP - 0.004)],
        ]
    )


def _hoop(radius: float, low: float, high: float) -> np.ndarray:
    soft = (high - low) * 0.35
    return fillet(
        [(0.02, low), (radius, low, soft), (radius, high, soft), (0.02, high)],
        5,
    )


def _grip() -> np.ndarray:
    """Waisted where the fingers hold it, with a lip before the nib."""
    waist = spline(
        [(0.0525, GRIP - 0.004), (0.050, GRIP + 0.06), (0.0425, 0.84), (0.041, 0.882)], 40
    )
    lip = fillet([(0.041, 0.884), (0.0455, 0.897, 0.008), (0.044, MOUTH, 0.008), (0.001, MOUTH)], 6)
    return np.concatenate([waist, lip])


def _nib():
    """The nib arches over its feed; its upper side looks along -x."""
    v = np.linspace(0, 1, 70)[:, None]
    across = np.linspace(-1, 1, 41)[None]
    half = np.interp(v, *_nib_outline().T)
    y = half * across
    arch = 0.037 + 0.05 * v**3
    crown = 0.036 - 0.003 * v - 0.020 * v**2.2
    x = -crown + arch - np.sqrt(arch**2 - y**2)
    z = MOUTH - 0.03 + (TIP - MOUTH + 0.03) * (v + 0 * across)
    points = np.stack([x, y, z], -1)
    blade = grid("nib", points, material=steel(printed("nib")))
    thicken(blade, 0.0045, bevel=0.0015)
    tipping = lathe(
        "tipping",
        np.c_[0.0046 * np.sin(a := np.linspace(0.05, math.pi - 0.05, 16)), -0.007 * np.cos(a)],
        sides=24,
        material=steel(),
    )
    place(tipping, (-0.0115, 0, TIP - 0.004))
    feed = lathe(
        "feed",
        fillet(
            [
                (0.001, MOUTH - 0.02),
                (0.030, MOUTH - 0.02),
                (0.027, MOUTH + 0.09, 0.03),
                (0.001, 1.06),
            ],
            8,
        ),
        sides=64,
        material=plain("#0f0f0f", 0.4),
    )
    return [blade, tipping, place(feed, (-0.003, 0, 0))]


def _nib_outline() -> np.ndarray:
    """Half the nib's width (v, width) from the grip to the tip."""
    return spline(
        [(0, 0.031), (0.25, 0.0345), (0.42, 0.0335), (0.62, 0.020), (0.82, 0.0095), (1, 0.0048)], 60
    )


def _cap(colour: str):
    """Mouth at the origin; a brass band, a tapered clip, a brass button on top."""
    lacquer, metal = plain(colour, 0.2, coat=0.7), brass("#cda963", 0.2)
    radius, top = CAP_RADIUS, CAP_LENGTH - 0.03
    outside = np.concatenate(
        [
            [(radius, 0.012), (radius, 0.02)],
            spline([(radius, 0.03), (radius - 0.001, 0.3), (radius - 0.009, top - 0.02)], 40),
            fillet([(radius - 0.009, top - 0.019), (radius - 0.011, top, 0.01), (0.001, top)], 6)[
                1:
            ],
        ]
    )
    inside = fillet(
        [
            (0.001, 0.45),
            (radius - 0.010, 0.45, 0.02),
            (radius - 0.010, 0.004),
            (radius - 0.004, 0.0),
        ],
        5,
    )
    shell = lathe("cap", np.concatenate([inside, outside]), sides=128, material=lacquer)
    band = lathe(
        "band",
        fillet(
            [
                (radius - 0.01, -0.003),
                (radius + 0.003, -0.003, 0.003),
                (radius + 0.003, 0.05, 0.003),
                (radius - 0.004, 0.05),
            ],
            4,
        ),
        sides=128,
        material=metal,
    )
    button = lathe(
        "button",
        fillet(
            [
                (0.050, top),
                (0.050, top + 0.012, 0.006),
                (0.034, top + 0.03, 0.02),
                (0.001, top + 0.032),
            ],
            6,
        ),
        sides=96,
        material=metal,
    )
    return [shell, band, button, *_clip(radius, top, metal)]


def _clip(radius: float, top: float, metal):
    path = spline(
        [
            (radius - 0.02, top + 0.004),
            (radius + 0.012, top - 0.006),
            (radius + 0.019, top - 0.05),
            (radius + 0.013, top - 0.25),
            (radius + 0.006, top - 0.37),
            (radius + 0.016, top - 0.41),
        ],
        60,
    )
    taper = np.interp(np.linspace(0, 1, 60), [0, 0.12, 0.9, 1], [1.0, 1.0, 0.72, 0.6])
    section = rounded_rectangle(0.036, 0.010, 0.004)
    bar = sweep(
        "clip",
        np.c_[path[:, 0], 0 * path[:, 0], path[:, 1]],
        section,
        material=metal,
        up=(1, 0, 0.2),
        taper=taper,
    )
    return [bar]


def _rest():
    """A walnut block with a hollow for the pen."""
    hollow = np.radians(np.linspace(205, 335, 24))
    scoop = np.c_[0.072 * np.cos(hollow), 0.202 + 0.072 * np.sin(hollow)]
    half, high = 0.21, 0.165
    left = fillet([(0, 0), (-half, 0, 0.012), (-half + 0.025, high, 0.03), tuple(scoop[0])], 6)[1:]
    right = (left * (-1, 1))[::-1]
    outline = np.concatenate([left[:-1], scoop, right[1:]])
    ends = np.array([(-0.065, 0, 0), (0.065, 0, 0)])
    walnut = wood("#7a5336", "#4a2f1d", 0.42, axis="X", rings=6)
    rest = sweep("rest", ends, outline[::-1], material=walnut)
    edge = rest.modifiers.new("edge", "BEVEL")
    edge.width, edge.segments, edge.limit_method = 0.008, 3, "ANGLE"
    rest.modifiers.new("weighted", "WEIGHTED_NORMAL")
    return rest
