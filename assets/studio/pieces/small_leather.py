"""Card holder and belt."""

import math

import numpy as np

from geometry import box, circle, group, rounded_rectangle, settle, stitches, sweep
from materials import brass, leather, paper


def card_holder(colour: str, seam: str = "#d8c7a0"):
    """Three panels leaning back, two cards in them."""
    width, height = 1.02, 0.72
    hide = leather(colour, scale=5.5, grain=0.3)
    made = [
        box(
            "panel", width, 0.022, height * share, bevel=0.009, steps=3, material=hide, at=(0, y, 0)
        )
        for share, y in ((1, 0), (0.80, -0.026), (0.60, -0.052))
    ]
    margin, top, y = 0.045, height * 0.60 - 0.01, -0.0645
    side = width / 2 - margin
    seam_path = [(-side, y, top), (-side, y, margin), (side, y, margin), (side, y, top)]
    made.append(stitches(seam_path, 62, 0.034, 0.0065, seam))
    for tint, x, y, z in (("#f2ede2", 0, -0.013, 0.33), ("#c9573a", 0.012, -0.039, 0.185)):
        card = paper(None, tint, 0.5)
        made.append(
            box("card", width - 0.16, 0.008, 0.5, bevel=0.003, steps=2, material=card, at=(x, y, z))
        )
    group(made, turn=(-12, 0, 0))
    settle()
    return made


def belt(colour: str, turns: float = 3.4):
    """A coiled belt with a brass buckle at its outer end."""
    height, thickness, gap = 0.34, 0.04, 0.012
    a = np.linspace(0, turns * 2 * math.pi, 520)
    radius = 0.30 + (thickness + gap) / (2 * math.pi) * a
    path = np.c_[radius * np.cos(a), radius * np.sin(a), np.full_like(a, height / 2)]
    hide = leather(colour, scale=2.6, grain=0.25)
    strap = sweep("belt", path, rounded_rectangle(thickness, height, 0.014), material=hide)
    outer = a > (turns - 1.05) * 2 * math.pi
    made = [strap]
    for z in (height / 2 - 0.125, height / 2 + 0.125):
        out = radius[outer] + thickness / 2 + 0.001
        seam = np.c_[out * np.cos(a[outer]), out * np.sin(a[outer]), np.full(outer.sum(), z)]
        made += _round_seam(seam, z)
    return made + _buckle(a[-1], radius[-1] + 0.01, height / 2)


def _round_seam(path, z: float):
    """The seam in eight pieces, since the leather's outside turns with the coil."""
    made, count = [], len(path)
    for k in range(8):
        piece = path[k * count // 8 : (k + 1) * count // 8 + 1]
        out = piece.mean(0) - np.array([0, 0, z])
        made.append(stitches(piece, 13, 0.034, 0.007, "#cdb48a", up=out / np.linalg.norm(out)))
    return made


def _buckle(angle: float, radius: float, z: float):
    out = np.array([math.cos(angle), math.sin(angle), 0])
    along = np.array([-math.sin(angle), math.cos(angle), 0])
    centre = out * radius + along * 0.15 + np.array([0, 0, z])
    metal = brass("#c8a263", 0.18)
    loop = rounded_rectangle(0.34, 0.46, 0.10, 10)
    ring = np.array([centre + along * u + np.array([0, 0, v]) for u, v in loop])
    prong = np.array([centre + along * u + out * 0.028 for u in np.linspace(-0.17, 0.20, 12)])
    return [
        sweep("buckle", ring, circle(0.027, 16), material=metal, up=out, closed=True),
        sweep("prong", prong, circle(0.02, 12), material=metal),
    ]
