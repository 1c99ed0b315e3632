"""The ink bottle: thick glass with cut corners, a ribbed black cap."""

import math

import numpy as np

from art import printed
from art.stationery import INKS
from geometry import box, disc_profile, fillet, grid, group, lathe, place, quad, settle, thicken
from materials import glass, paper, plain

HALF, CUT, WALL = 0.275, 0.325, 0.045  # half the width, middle to cut corner, glass
NECK = 0.155
TURN = np.linspace(0, 2 * math.pi, 240, endpoint=False)
OUTSIDE = fillet(
    [
        (0.001, 0.012),
        (0.20, 0.012, 0.01),
        (0.215, 0, 0.01),
        (HALF, 0, 0.03),
        (HALF, 0.335, 0.03),
        (NECK + 0.02, 0.435, 0.05),
        (NECK + 0.005, 0.475, 0.01),
        (NECK + 0.005, 0.60, 0.012),
        (NECK - 0.035, 0.60, 0.012),
    ],
    8,
)
INSIDE = fillet(
    [
        (NECK - 0.035, 0.46, 0.03),
        (HALF - WALL, 0.335, 0.06),
        (HALF - WALL, 0.066, 0.05),
        (0.001, 0.055),
    ],
    8,
)


def ink_bottle(name: str):
    """A closed bottle, its label to the front; 50 ml."""
    made = [*_bottle(name), *_cap()]
    settle()
    return made


def with_card(name: str):
    """The bottle open on a trial card, its cap beside it."""
    made = _bottle(name)
    group(made, (-0.02, 0.32, 0), (0, 0, -14))
    cap = _cap()
    group(cap, (0.54, 0.06, 0.704), (180, 0, 20))
    card = _sheet("card", 1.08, 0.72, f"swatch-{name}", 0.005)
    place(card, (0.0, -0.88, 0.006), (-90, 0, 4))
    settle()
    return [*made, *cap, card]


def _bottle(name: str):
    body = np.concatenate([OUTSIDE, INSIDE])
    made = [_faceted("bottle", body, glass("#f2f6f4", 1.5))]
    made.append(_faceted("ink", _filled(), plain(INKS[name], 0.06, specular=0.6, coat=0.3)))
    label = _sheet("label", 0.335, 0.268, f"ink-{name}", 0.003)
    return [*made, place(label, (0, -HALF - 0.003, 0.04))]


def _sheet(name: str, width: float, height: float, picture: str, thickness: float):
    """A printed card, flat to its edges."""
    card = quad(name, width, height, paper(printed(picture), rough=0.8, grain=0.15))
    card.data.shade_flat()
    return thicken(card, thickness, offset=-1)


def _filled() -> np.ndarray:
    """The ink: just inside the glass, level at 0.30."""
    wall = HALF - WALL - 0.002
    return fillet([(0.001, 0.058), (wall, 0.069, 0.05), (wall, 0.30, 0.008), (0.001, 0.298)], 8)


def _faceted(name: str, profile: np.ndarray, material):
    """A profile (half width, z) carried round a square with cut corners; round at the neck."""
    cos, sin = np.abs(np.cos(TURN)), np.abs(np.sin(TURN))
    sharp = 26

    def octagon(half):
        cut = CUT - (HALF - half)
        corner = (cos + sin) / (math.sqrt(2) * max(cut, 1e-3))
        return ((cos / half) ** sharp + (sin / half) ** sharp + corner**sharp) ** (-1 / sharp)

    rings = []
    for half, z in profile:
        share = np.clip((half - 0.19) / 0.06, 0, 1)
        share = share * share * (3 - 2 * share)
        radius = share * octagon(max(half, 0.05)) + (1 - share) * half
        rings.append(np.stack([radius * np.cos(TURN), radius * np.sin(TURN), 0 * TURN + z], -1))
    made = grid(name, np.stack(rings), closed=True, material=material)
    made.modifiers.new("weighted", "WEIGHTED_NORMAL")
    return made


def _cap():
    """Bakelite, ribbed for the fingers, with a plain bevelled top."""
    lacquer, low, high, radius = plain("#131211", 0.3, coat=0.35), 0.472, 0.70, 0.208
    profile = fillet(
        [(radius - 0.02, low), (radius, low, 0.01), (radius, high, 0.03), (0.001, high + 0.004)], 8
    )
    inner = fillet(
        [(0.001, high - 0.03), (radius - 0.03, high - 0.03, 0.01), (radius - 0.02, low)], 4
    )
    shell = lathe("cap", np.concatenate([profile[::-1], inner[::-1]]), sides=200, material=lacquer)
    ribs = []
    for a in np.linspace(0, 2 * math.pi, 56, endpoint=False):
        at = (radius * math.cos(a), radius * math.sin(a), low + 0.02)
        rib = box("rib", 0.013, 0.012, high - low - 0.07, bevel=0.005, steps=3, material=lacquer)
        ribs.append(place(rib, at, (0, 0, math.degrees(a))))
    liner = lathe("liner", disc_profile(radius - 0.035, 0.01), sides=64, material=plain("#cfc6b4"))
    return [shell, *ribs, place(liner, (0, 0, high - 0.045))]
