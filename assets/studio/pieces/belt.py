"""A coiled belt with a brass buckle at its outer end."""

import math

import numpy as np

from geometry import (
    box,
    circle,
    disc_profile,
    grid,
    group,
    lathe,
    place,
    resample_loop,
    rounded_rectangle,
    sweep,
)
from materials import brass, leather, plain

from .hide import Bend, slab

WIDE, THICK = 0.33, 0.036
TURNS, FIRST, GAP = 3.68, 0.30, 0.014
STRAIGHT, TAIL = 0.80, 0.46
BAR = 0.025  # radius of the buckle's wire
FRAME = (0.34, 0.40)  # along the belt and across it, from the middle of the wire
LIFT = FRAME[1] / 2 + BAR - WIDE / 2  # so that the buckle stands on the paper, too
SEAM_INSET = 0.046

END = TURNS * 2 * math.pi
AWAY = np.array([math.cos(END), math.sin(END), 0])
ALONG = np.array([-math.sin(END), math.cos(END), 0])
UP = np.array([0, 0, 1])


def belt(colour: str, seam: str = "#cdb48a") -> list:
    """It stands on its edge; the outer turn climbs a little to make room for the buckle."""
    hide = leather(colour, scale=2.8, grain=0.3)
    coil, radius = _coil()
    centre = AWAY * radius + ALONG * STRAIGHT
    line = np.r_[coil, _fold(centre)]
    # The strip is bent in the plane (x, -y) and then stood up.
    bend = Bend(line * np.array([1, -1]), THICK / 2, 4200)
    turned = bend.length - TAIL
    climb = 2 * math.pi * radius * 0.9

    def lift(s):
        share = np.clip((s - (turned - STRAIGHT - climb)) / climb, 0, 1)
        return LIFT * share**2 * (3 - 2 * share)

    strip = rounded_rectangle(bend.length, WIDE, WIDE * 0.40, 24) + np.array([bend.length / 2, 0])
    flat = slab(resample_loop(strip, 4400), THICK, reach=0.03, strip=True)
    bent = bend.points(flat[..., 0], flat[..., 1] + lift(flat[..., 0]), flat[..., 2])
    made = [grid("belt", bent, closed=True, material=hide)]
    for side in (-1, 1):
        across = side * (WIDE / 2 - SEAM_INSET)
        made += bend.seam(
            turned - STRAIGHT - climb * 1.1,
            turned - 0.10,
            lambda s, across=across: across + lift(s),
            seam,
            pitch=0.043,
            length=0.033,
            radius=0.0068,
        )
    made.append(_slot(bend, turned + 0.02))
    group(made, (0, 0, WIDE / 2), (90, 0, 0))
    return made + _hardware(centre + UP * (WIDE / 2 + LIFT), hide)


def _coil() -> tuple[np.ndarray, float]:
    """The middle line (x, y) from the inner tip to where the belt leaves the coil."""
    a = np.linspace(0, END, 1400)
    radius = FIRST + (THICK + GAP) / (2 * math.pi) * a
    return np.c_[radius * np.cos(a), radius * np.sin(a)], float(radius[-1])


def _fold(centre) -> np.ndarray:
    """Straight on, round the buckle's bar, back on the inside."""
    near, far = THICK / 2 + 0.0005, BAR + 0.002 + THICK / 2
    out = [(s, near) for s in np.linspace(-STRAIGHT + 0.05, -0.13, 30)]
    out += [(-0.075, near + 0.4 * (far - near))]
    a = np.linspace(math.radians(100), math.radians(-100), 40)
    out += list(zip(far * np.cos(a), far * np.sin(a), strict=True))
    out += [(-0.075, -near - 0.4 * (far - near))]
    out += [(s, -near) for s in np.linspace(-0.13, -TAIL, 20)]
    # The bar lies half a thickness inside the line that leaves the coil.
    start = centre - AWAY * near
    return np.array([(start + ALONG * s + AWAY * n)[:2] for s, n in out])


def _slot(bend: Bend, at: float):
    """The slot in the fold that the prong comes out of."""
    patch = rounded_rectangle(0.15, 0.056, 0.026, 10) + np.array([at, LIFT])
    flat = slab(resample_loop(patch, 160), 0.001, reach=0.012, strip=True)
    bent = bend.points(flat[..., 0], flat[..., 1], flat[..., 2] + THICK - 0.0004)
    return grid("slot", bent, closed=True, material=plain("#140b07", 0.9))


def _hardware(centre, hide) -> list:
    """Buckle and prong, the keeper, two screws; `centre` is the middle of the buckle's bar."""
    metal = brass("#c8a263", 0.18)
    centre = centre - AWAY * (THICK / 2)

    def at(along, away, up=0.0):
        return centre + ALONG * along + AWAY * away + UP * up

    loop = rounded_rectangle(*FRAME, 0.085, 12)
    frame = np.array([at(u + FRAME[0] / 2, 0, v) for u, v in resample_loop(loop, 160)])
    wire = circle(BAR, 20)
    made = [sweep("buckle", frame, wire, material=metal, up=AWAY, closed=True)]
    prong = [(0.050, 0.0), (0.066, 0.030), (0.10, 0.046), (0.20, 0.052), (0.31, 0.049)]
    prong += [(0.355, 0.044), (0.385, 0.030)]
    taper = np.array([1, 1, 1, 1, 0.96, 0.88, 0.62])
    knots, dense = np.linspace(0, 1, 7), np.linspace(0, 1, 60)
    bent = np.stack([np.interp(dense, knots, np.array(prong)[:, k]) for k in (0, 1)], -1)
    path = np.array([at(u, n) for u, n in _soften(bent)])
    sizes = np.interp(dense, knots, taper)
    made.append(sweep("prong", path, circle(0.0195, 18), material=metal, up=UP, taper=sizes))
    made += [_keeper(at, hide)]
    for along in (-0.135, -0.385):
        made += _screw(at(along, THICK), metal)
    return made


def _soften(points) -> np.ndarray:
    """A polyline without its corners, its ends kept."""
    for _ in range(20):
        points[1:-1] = (points[:-2] + 2 * points[1:-1] + points[2:]) / 4
    return points


def _keeper(at, hide):
    loop = rounded_rectangle(2 * THICK + 0.030, WIDE + 0.030, 0.026, 8)
    path = np.array([at(-0.265, n, z) for n, z in resample_loop(loop, 160)])
    strip = rounded_rectangle(0.024, 0.105, 0.010)
    return sweep("keeper", path, strip, material=hide, up=ALONG, closed=True)


def _screw(where, metal) -> list:
    head = lathe("screw", disc_profile(0.036, 0.013, bottom=0.003, top=0.007), material=metal)
    slot = box("slot", 0.050, 0.007, 0.002, bevel=0, material=plain("#2b1e0c", 0.6))
    place(slot, (0, 0, 0.012), (0, 0, 31))
    # Lying heads look along z: stand them up, then face them outwards.
    group([head, slot], tuple(where), (90, 0, math.degrees(END) + 90))
    return [head, slot]
