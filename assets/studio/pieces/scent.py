"""Perfume and reed diffuser."""

import math
import random

import numpy as np
from PIL import Image

from art import printed
from geometry import box, circle, disc_profile, fillet, grid, lathe, place, quad, sweep, thicken
from materials import brass, glass, paper, plain, pressed_glass, wood


def perfume(juice: str = "#e9c48a", *, opened: bool = False):
    """A square bottle of thick glass, black cap, paper label; opened, its cap stands beside it."""
    width, depth, height, wall = 1.20, 0.62, 1.30, 0.085
    body = box("bottle", width, depth, height, bevel=0.10, steps=8, material=glass("#eef3f0", 1.5))
    liquid = box(
        "perfume",
        width - 2 * wall,
        depth - 2 * wall,
        height - 0.26,
        bevel=0.07,
        steps=8,
        material=glass(juice, 1.36, density=1.15),
        at=(0, 0, 0.20),
    )
    neck = _stub("neck", 0.19, height - 0.02, height + 0.12, 0.0, 0.02, brass("#cdb07a", 0.22))
    lacquer = plain("#121110", 0.28, coat=0.4)
    cap = _stub("cap", 0.33, height + 0.09, height + 0.62, 0.012, 0.035, lacquer)
    label = quad("label", 0.62, 0.62, paper(printed("label-perfume"), grain=0.2))
    thicken(place(label, (0, -depth / 2 - 0.004, 0.30)), 0.006, offset=-1)
    made = [body, liquid, neck, cap, label]
    if opened:
        place(cap, (1.02, -0.30, 0.001))
        made += _atomiser(height + 0.11, lacquer)
    return made


def _atomiser(base: float, lacquer):
    """The pump on the neck, its nozzle to the front."""
    ring = brass("#cdb07a", 0.22)
    parts = [
        _stub("crimp", 0.165, base, base + 0.075, 0.006, 0.02, ring),
        _stub("stem", 0.075, base + 0.07, base + 0.12, 0.0, 0.004, ring),
        _stub("pump", 0.125, base + 0.11, base + 0.29, 0.012, 0.03, lacquer),
    ]
    eye = lathe("eye", disc_profile(0.026, 0.012, bottom=0.0, top=0.004), material=ring)
    return [*parts, place(eye, (0, -0.122, base + 0.215), (90, 0, 0))]


def _stub(name, radius, low, high, bottom, top, material):
    """A short solid cylinder between two heights."""
    profile = disc_profile(radius, high - low, bottom=bottom, top=top, steps=8)
    return place(lathe(name, profile, material=material), (0, 0, low))


def round_label(name: str, radius: float, half_angle: float, low: float):
    """A paper label wrapped round the front of a cylinder, its lower edge at `low`.

    Its width comes from the angle (radians), its height from the artwork's proportions.
    """
    picture = printed(name)
    width, height = Image.open(picture).size
    high = low + 2 * half_angle * radius * height / width
    a = np.linspace(-half_angle, half_angle, 40)
    out = radius + 0.004
    rows = [np.stack([out * np.sin(a), -out * np.cos(a), np.full(40, z)], -1) for z in (low, high)]
    return grid("label", np.stack(rows), material=paper(picture, grain=0.2))


def diffuser():
    """An apothecary bottle of brown glass with seven reeds."""
    radius, height = 0.40, 0.86
    bottle = lathe(
        "bottle",
        np.concatenate(
            [
                [(0.001, 0)],
                fillet(
                    [
                        (0.001, 0),
                        (radius, 0, 0.06),
                        (radius, height - 0.22, 0.18),
                        (0.15, height - 0.02, 0.06),
                        (0.15, height + 0.14, 0.015),
                        (0.11, height + 0.14, 0.01),
                        (0.11, height - 0.02, 0.05),
                        (radius - 0.045, height - 0.26, 0.15),
                        (radius - 0.045, 0.09, 0.05),
                        (0.001, 0.09),
                    ],
                    10,
                ),
            ]
        ),
        material=pressed_glass("#efc327", 20.0, haze=0.0),
    )
    inside = radius - 0.05
    liquid = lathe(
        "liquid",
        fillet([(0.001, 0.095), (inside, 0.095, 0.05), (inside, 0.44), (0.001, 0.44)], 8),
        sides=120,
        material=glass("#e8c38f", 1.36, density=0.6),
    )
    collar = lathe(
        "collar",
        fillet(
            [
                (0.10, height + 0.06),
                (0.175, height + 0.06, 0.01),
                (0.175, height + 0.17, 0.015),
                (0.10, height + 0.17),
            ],
            4,
        ),
        sides=96,
        material=brass(),
    )
    label = round_label("label-diffuser", radius, 0.46, 0.085)
    return [bottle, liquid, collar, *_reeds(height + 0.1), label]


def _reeds(neck: float):
    """Sticks that cross in the neck and lean out above it."""
    rng = random.Random(4)
    material, made = wood("#d9b98c", "#b58d5c", 0.7), []
    for k in range(7):
        a = k * 2 * math.pi / 7 + rng.uniform(-0.3, 0.3)
        out = 0.40 + rng.uniform(-0.1, 0.12)
        tip = np.array([out * math.cos(a), out * math.sin(a), 2.15 + rng.uniform(-0.1, 0.1)])
        middle = np.array([0.06 * math.cos(a), 0.06 * math.sin(a), neck])
        along = (tip - middle) / np.linalg.norm(tip - middle)
        path = np.linspace(middle - along * 0.9, tip, 8)
        made.append(sweep("reed", path, circle(0.022, 12), material=material, up=(0, 1, 0)))
    return made
