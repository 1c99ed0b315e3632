"""A spectacle case of leather moulded while wet."""

import math

import numpy as np

from geometry import disc_profile, grid, lathe, place, resample_loop, rounded_rectangle, stitches
from materials import brass, leather

from .hide import groove, inward, slab

WIDTH, DEPTH, THICK = 1.72, 0.74, 0.030
FLANGE, HEIGHT, WALL = 0.092, 0.215, 0.20
MARGIN = 0.048  # from the edge to the seam
FLAP_HALF = 0.60


def spectacle_case(colour: str, seam: str) -> list:
    """It lies on its back; the flap comes over from the far side and closes on a stud."""
    hide = leather(colour, scale=4.2, grain=0.34)
    loop = resample_loop(rounded_rectangle(WIDTH, DEPTH, 0.30, 24), 480)
    back = grid(
        "back", slab(inward(loop, 0.004), 0.032, reach=0.1), closed=True, material=hide, flip=True
    )

    def rise(points, distance):
        return 0.032 + _moulded(points) + groove(distance, MARGIN)

    front = _front(loop, rise)
    body = grid("front", front, closed=True, material=hide)
    line = inward(loop, MARGIN)
    path = np.c_[line, np.full(len(line), 0.032 + THICK + 0.001)]
    thread = stitches(np.r_[path, path[:1]], 118, 0.031, 0.0062, seam, up=(0, 0, 1))
    return [back, body, thread, *_flap(hide, seam), *_stud()]


def _front(loop, rise) -> np.ndarray:
    """The moulded front: finer rows where it rises from its flange."""
    points = slab(loop, THICK, rise=rise, reach=0.26)
    points[..., 2] = np.where(
        np.arange(len(points))[:, None] < 11, points[..., 2] + 0.032, points[..., 2]
    )
    return points


def _distance(points) -> np.ndarray:
    """From the edge of the outline inwards, over a rounded rectangle."""
    q = np.abs(points) - (np.array([WIDTH, DEPTH]) / 2 - 0.30)
    outside = np.linalg.norm(np.maximum(q, 0), axis=1)
    return 0.30 - outside - np.minimum(q.max(1), 0)


def _moulded(points) -> np.ndarray:
    """How high the leather stands over its flange: a firm shoulder, then a gentle crown."""
    t = np.clip((_distance(points) - FLANGE) / WALL, 0, 1)
    shoulder = np.sqrt(1 - (1 - t) ** 2) * np.clip(t / 0.12, 0, 1) ** 0.5
    x, y = points[:, 0] / (WIDTH / 2), points[:, 1] / (DEPTH / 2)
    return HEIGHT * shoulder * (0.90 + 0.10 * (1 - x**2) * (1 - y**2))


def _hem(x) -> np.ndarray:
    """How far down the flap reaches at x."""
    a = np.clip(np.abs(x) / FLAP_HALF, 0, 1)
    tongue = np.exp(-((x / 0.20) ** 2))
    round_off = 0.10 * np.clip((a - 0.86) / 0.14, 0, 1) ** 2
    return 0.035 - 0.07 * (1 - a**2) - 0.105 * tongue + round_off


def _flap(hide, seam: str) -> list:
    outline = _flap_outline()
    gap = 0.014

    def rise(points, distance):
        return groove(distance, 0.042)

    flat = slab(outline, 0.028, rise=rise, reach=0.09)
    points = flat.copy()
    for row, level in zip(points, flat[..., 2], strict=True):
        row[:] = _bend(row[:, 0], row[:, 1], level + gap)
    made = [grid("flap", points, closed=True, material=hide)]
    line = inward(outline, 0.042)
    line = line[line[:, 1] < 0.30]
    line = line[np.argsort(line[:, 0])]
    seam_path = _bend(line[:, 0], line[:, 1], np.full(len(line), gap + 0.029))
    made.append(stitches(seam_path, 50, 0.031, 0.0062, seam, up=(0, 0, 1)))
    return made


def _flap_outline() -> np.ndarray:
    """The flap laid out flat as a loop (x, v); v is y on the front, longer behind the crown."""
    x = np.linspace(-FLAP_HALF, FLAP_HALF, 120)
    top = 0.50
    low = np.c_[x, _hem(x)]
    loop = np.r_[low, [[FLAP_HALF, top]], [[-FLAP_HALF, top]]]
    return resample_loop(loop, 420)


def _bend(x, v, level) -> np.ndarray:
    """The flap laid over the body: as far as the hinge it follows the front, then it turns down.

    `level` is the height over the moulded front.
    """
    start = 0.19
    on = np.minimum(v, start)
    surface = 0.062 + _moulded(np.c_[x, on])
    beyond = np.maximum(v - start, 0) / (0.50 - start)
    angle = beyond * math.pi / 2
    y = on + np.sin(angle) * (0.135 + level)
    drop = (1 - np.cos(angle)) * (surface - 0.03)
    return np.stack([x, y, surface - drop + level * np.cos(angle)], -1)


def _stud() -> list:
    metal = brass("#c8a263", 0.18)
    y = float(_hem(np.array([0.0]))[0]) + 0.075
    z = float(_bend(np.array([0.0]), np.array([y]), np.array([0.042]))[0, 2])
    dome = disc_profile(0.052, 0.026, bottom=0.005, top=0.024, steps=16)
    collar = disc_profile(0.062, 0.008, bottom=0.003, top=0.004)
    return [
        place(lathe("stud", profile, sides=64, material=metal), (0, y, z + lift))
        for profile, lift in ((collar, -0.004), (dome, 0.003))
    ]
