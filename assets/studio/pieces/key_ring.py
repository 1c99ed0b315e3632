"""A strap of bridle leather folded into a loop, a ring, a small key."""

import math

import numpy as np

from geometry import (
    box,
    circle,
    disc_profile,
    fillet,
    grid,
    group,
    lathe,
    place,
    resample_loop,
    rounded_rectangle,
    spline,
    sweep,
)
from materials import brass, leather, plain

from .hide import Bend, slab

WIDE, THICK = 0.18, 0.034
RING, WIRE = 0.165, 0.0125
RING_CENTRE, RING_HEIGHT = 0.129, 0.050
STUD = -0.175
BOW, ROLL = 0.115, 20.0


def key_ring(colour: str, seam: str) -> list:
    """It lies on the paper along x: the loop on the left, the key on the right."""
    metal = brass("#c8a263", 0.2)
    hide = leather(colour, scale=4.0, grain=0.2, smooth=True)
    bend = Bend(_fold(), THICK / 2)
    strip = rounded_rectangle(bend.length, WIDE, WIDE * 0.48, 24) + np.array([bend.length / 2, 0])
    flat = slab(resample_loop(strip, 1600), THICK, reach=0.03, strip=True)
    bent = bend.points(flat[..., 0], flat[..., 1], flat[..., 2])
    made = [grid("strap", bent, closed=True, material=hide)]
    for t in (-WIDE * 0.36, WIDE * 0.36):
        made += bend.seam(0.08, bend.length - 0.34, t, seam)
    return made + _stud(metal) + _ring(metal) + _key(metal)


def _fold() -> np.ndarray:
    """The strap's middle line: a tongue on top, the eye, the paper, the loop, back underneath."""
    half = THICK / 2
    low, mid, top = half, half + THICK, half + 2 * THICK
    tongue = np.c_[np.linspace(-0.36, -0.005, 40), np.full(40, top + 0.001)]
    a = np.linspace(math.pi / 2, -math.pi / 2, 30)
    eye = np.c_[np.cos(a) * THICK, mid + np.sin(a) * THICK]
    floor = np.c_[np.linspace(-0.005, -0.60, 40), np.full(40, low)]
    loop = spline(
        [
            (-0.60, low),
            (-0.72, low + 0.0005),
            (-0.86, low + 0.006),
            (-0.985, 0.066),
            (-1.010, 0.150),
            (-0.955, 0.222),
            (-0.83, 0.243),
            (-0.66, 0.205),
            (-0.50, 0.125),
            (-0.38, 0.066),
            (-0.29, mid + 0.001),
            (-0.20, mid),
            (-0.065, mid),
        ],
        160,
    )
    return np.r_[tongue, eye, floor, loop[1:]]


def _stud(metal) -> list:
    """A screw stud through three layers, its slot a little askew."""
    height = 3 * THICK
    head = lathe("stud", disc_profile(0.050, 0.017, bottom=0.003, top=0.009), material=metal)
    slot = box("slot", 0.070, 0.009, 0.002, bevel=0, material=plain("#2b1e0c", 0.6))
    return [
        place(head, (STUD, 0, height)),
        place(slot, (STUD, 0, height + 0.0158), (0, 0, 24)),
    ]


def _ring(metal) -> list:
    t = np.linspace(0, 2 * math.pi, 120, endpoint=False)
    path = np.c_[RING_CENTRE + RING * np.cos(t), RING * np.sin(t), np.full(120, RING_HEIGHT)]
    return [sweep("ring", path, circle(WIRE, 18), material=metal, closed=True)]


def _key(metal) -> list:
    """A key whose bow is the house's round window; the ring passes through it.

    It is rolled about its shaft: one side of the bow lies under the ring, the other over it.
    """
    t = np.linspace(0, 2 * math.pi, 96, endpoint=False)
    bow = np.c_[BOW * np.cos(t), BOW * np.sin(t), 0 * t]
    made = [sweep("bow", bow, circle(0.0145, 16), material=metal, closed=True)]
    for a in np.radians((45, 135)):
        bar = np.outer(np.linspace(-BOW, BOW, 12), (math.cos(a), math.sin(a), 0))
        made.append(sweep("bar", bar, circle(0.0078, 12), material=metal))
    made.append(place(lathe("shaft", _shaft(), sides=40, material=metal), turn=(0, 90, 0)))
    made += _bit(metal)
    angle = math.radians(-38)
    away = RING + 0.06
    at = (RING_CENTRE + away * math.cos(angle), away * math.sin(angle), RING_HEIGHT + 0.003)
    group(made, at, (ROLL, 1.2, math.degrees(angle)))
    return made


def _shaft() -> np.ndarray:
    return fillet(
        [
            (0.001, BOW - 0.004),
            (0.020, BOW - 0.004),
            (0.024, BOW + 0.016, 0.006),
            (0.034, BOW + 0.022, 0.005),
            (0.034, BOW + 0.036, 0.005),
            (0.022, BOW + 0.042, 0.004),
            (0.020, BOW + 0.058, 0.004),
            (0.028, BOW + 0.064, 0.004),
            (0.028, BOW + 0.074, 0.004),
            (0.0195, BOW + 0.080, 0.004),
            (0.0180, BOW + 0.365, 0.008),
            (0.001, BOW + 0.367),
        ],
        6,
    )


def _bit(metal) -> list:
    """Two wards and the web between them, on the side that lies lower."""
    start = BOW + 0.245
    parts = ((0.000, 0.030, 0.100), (0.028, 0.022, 0.052), (0.048, 0.042, 0.100))
    made = []
    for along, wide, deep in parts:
        ward = box("ward", wide, deep, 0.020, bevel=0.003, steps=2, material=metal)
        made.append(place(ward, (start + along + wide / 2, -deep / 2 - 0.006, -0.010)))
    return made
