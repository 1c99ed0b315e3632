"""A brass reading lamp with an enamelled half-dome on a hinge."""

import math

import numpy as np

from geometry import circle, disc_profile, fillet, grid, group, lathe, place, settle, sweep
from materials import brass, emitter, plain
from stage.light import bulb

from .cord import cord

STEM_X, KNUCKLE = -0.34, 4.22  # where the stem stands on the foot, the height of its joint
HINGE = (0.66, 0.0, 4.47)
RADIUS, DEPTH, CROWN = 0.60, 0.50, -0.20  # the shade, below its hinge
TILT = 30


def reading_lamp(enamel: str = "#1f4536", *, watts: float = 48.0):
    """The lamp, lit; without watts it is off."""
    metal = brass("#c9a561", 0.2)
    still = [*_foot(metal), _stem(metal), *_joint(metal), _arm(metal)]
    shade = _shade(enamel, metal, watts)
    group(shade, HINGE, (0, -TILT, 0))
    cord((-0.2, 0.70), 3.4, 1.2)
    settle()
    return [*still, *shade]


def _foot(metal):
    plate = fillet(
        [
            (0.001, 0),
            (0.70, 0, 0.01),
            (0.72, 0.03, 0.02),
            (0.72, 0.095, 0.03),
            (0.64, 0.125, 0.05),
            (0.001, 0.15),
        ],
        8,
    )
    collar = fillet(
        [(0.05, 0.30), (0.075, 0.28, 0.01), (0.085, 0.20, 0.03), (0.15, 0.13, 0.02), (0.15, 0.10)],
        8,
    )
    disc = lathe("foot", plate, sides=240, material=metal)
    return [disc, place(lathe("collar", collar, sides=80, material=metal), (STEM_X, 0, 0))]


def _stem(metal):
    profile = fillet([(0.046, 0.1), (0.046, KNUCKLE), (0.001, KNUCKLE)], 4)
    return place(lathe("stem", profile, sides=64, material=metal), (STEM_X, 0, 0))


def _joint(metal):
    """The block at the top of the stem, and the milled screw that holds the arm."""
    sleeve = fillet(
        [(0.046, -0.22), (0.064, -0.21, 0.008), (0.064, -0.07), (0.001, -0.07)],
        5,
    )
    drum = disc_profile(0.105, 0.17, bottom=0.02, top=0.02)
    lower = place(lathe("sleeve", sleeve, sides=64, material=metal), (STEM_X, 0, KNUCKLE))
    block = place(
        lathe("block", drum, sides=96, material=metal), (STEM_X, 0.085, KNUCKLE), (90, 0, 0)
    )
    return [lower, block, *_screw(metal, (STEM_X, -0.085, KNUCKLE), 0.062)]


def _screw(metal, at, radius):
    """A milled knob that points to the viewer."""
    turn = np.linspace(0, 2 * math.pi, 216, endpoint=False)
    edge = radius * (1 + 0.035 * np.cos(36 * turn))
    rows = [(0.45, 0.0), (0.45, 0.03), (0.96, 0.035), (1, 0.045), (1, 0.095), (0.94, 0.105)]
    ring = np.c_[edge * np.cos(turn), edge * np.sin(turn), 0 * turn]
    points = [ring * r + (0, 0, z) for r, z in rows]
    points.append(points[-1] * (0.01, 0.01, 1))
    knob = grid("knob", np.stack(points), closed=True, material=metal)
    return [place(knob, at, (90, 0, 0))]


def _arm(metal):
    joint, hinge = np.array((STEM_X, 0, KNUCKLE)), np.array(HINGE)
    along = (hinge - joint) / np.linalg.norm(hinge - joint)
    path = np.linspace(joint - along * 0.42, hinge, 24)
    return sweep("arm", path, circle(0.034, 32), material=metal, up=(0, 1, 0))


def _shade(enamel: str, metal, watts: float):
    """The half-dome below its hinge, which is the origin."""
    a = np.linspace(0.22, math.pi / 2, 60)
    outer = np.c_[RADIUS * np.sin(a), CROWN - DEPTH * (1 - np.cos(a))]
    lip = outer[-1] - (0, 0.05)
    inner = np.c_[(RADIUS - 0.022) * np.sin(a), CROWN - 0.022 - (DEPTH - 0.022) * (1 - np.cos(a))]
    skin = np.r_[outer, [lip]]
    lining = np.r_[[lip - (0.022, 0)], inner[::-1]]
    turn = np.linspace(0, 2 * math.pi, 16)
    bead = np.c_[lip[0] - 0.011 + 0.017 * np.cos(turn), lip[1] + 0.017 * np.sin(turn)]
    paint = plain(enamel, 0.22, coat=0.5)
    parts = [
        lathe("shade", skin, sides=240, material=paint),
        lathe("lining", lining, sides=240, material=plain("#f3eee2", 0.45)),
        lathe("bead", bead, sides=240, material=metal),
        *_cap(metal),
        _socket(metal),
        _frosted(14.0 if watts else 0.0),
    ]
    if watts:
        parts.append(bulb((0, 0, CROWN - 0.34), watts, (1.0, 0.76, 0.50), radius=0.12))
    return parts


def _cap(metal):
    """The cup on the crown of the dome, its neck, and the hinge's pin."""
    cup = fillet(
        [
            (0.20, CROWN - 0.035),
            (0.185, CROWN - 0.005, 0.012),
            (0.11, CROWN + 0.03, 0.03),
            (0.055, CROWN + 0.06, 0.02),
            (0.050, -0.03),
            (0.001, -0.03),
        ],
        6,
    )
    pin = disc_profile(0.072, 0.15, bottom=0.015, top=0.015)
    drum = place(lathe("pin", pin, sides=80, material=metal), (0, 0.075, 0), (90, 0, 0))
    return [lathe("cup", cup, sides=96, material=metal), drum, *_screw(metal, (0, -0.075, 0), 0.04)]


def _socket(metal):
    """What holds the bulb under the crown."""
    profile = fillet(
        [
            (0.001, CROWN - 0.02),
            (0.19, CROWN - 0.03),
            (0.19, CROWN - 0.06, 0.01),
            (0.10, CROWN - 0.075, 0.02),
            (0.095, CROWN - 0.20, 0.01),
            (0.001, CROWN - 0.20),
        ],
        5,
    )
    return lathe("socket", profile, sides=80, material=metal)


def _frosted(strength: float):
    a = np.linspace(-math.pi / 2, math.pi / 2 - 0.3, 40)
    sphere = np.c_[np.maximum(0.17 * np.cos(a), 0.001), CROWN - 0.34 + 0.17 * np.sin(a)]
    glass = lathe("bulb", sphere, sides=64, material=emitter("#ffdcb0", strength))
    glass.visible_shadow = glass.visible_diffuse = False
    return glass
