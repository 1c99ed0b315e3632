"""A dry olive branch for the vase in the hero."""

import math

import numpy as np

from geometry import circle, make, sweep
from materials import leaf, plain

STEM_POINTS, LEAF_POINTS = 40, 8


def olive_branch(at, *, seed: int = 4, stems: int = 5, length: float = 3.0):
    """Stems that lean out of a vase whose mouth is at `at`; returns the leaves."""
    rng = np.random.default_rng(seed)
    bark = plain("#6b5137", 0.8)
    vertices: list[np.ndarray] = []
    faces: list[tuple[int, ...]] = []
    for k in range(stems):
        path = _stem(rng, np.array(at, float), length, k)
        taper = np.linspace(1, 0.35, STEM_POINTS)
        sweep("stem", path, circle(0.022, 8), material=bark, up=(0, 1, 0), taper=taper)
        for share in np.arange(0.32, 1.0, 0.045):
            i = int(share * (STEM_POINTS - 1))
            along = path[min(i + 1, STEM_POINTS - 1)] - path[i - 1]
            along /= np.linalg.norm(along)
            for side in (-1, 1):
                _leaf(rng, path[i], along, side, share, vertices, faces)
    return make("leaves", vertices, faces, material=leaf())


def _stem(rng, foot, length: float, k: int) -> np.ndarray:
    a, lean = rng.uniform(0, 6.28), rng.uniform(0.25, 0.75)
    t = np.linspace(0, 1, STEM_POINTS)
    own = length * rng.uniform(0.75, 1.1)
    bend = rng.uniform(0.2, 0.6)
    out = lean * t**1.6 * own * 0.8
    x = foot[0] + np.cos(a) * out + 0.04 * np.sin(6 * t + k)
    y = foot[1] + np.sin(a) * 0.5 * out + 0.04 * np.cos(5 * t)
    return np.c_[x, y, foot[2] + own * t * (1 - 0.12 * bend * t) - 0.5]


def _unit(v):
    return v / np.linalg.norm(v)


def _leaf(rng, at, along, side: int, share: float, vertices, faces) -> None:
    """A narrow leaf, folded a little along its middle, drooping towards the tip."""
    turn = rng.uniform(0, 6.28)
    out = _unit(np.cross(along, [math.cos(turn), math.sin(turn), 0.2]))
    direction = _unit(along * rng.uniform(0.5, 0.9) + out * side * rng.uniform(0.6, 0.9))
    up = _unit(np.cross(direction, rng.normal(size=3)))
    across = np.cross(direction, up)
    length = rng.uniform(0.30, 0.46) * (1.1 - 0.4 * share)
    base = len(vertices)
    for u in np.linspace(0, 1, LEAF_POINTS):
        half = length * 0.15 * math.sin(math.pi * u) ** 0.75 + 0.002
        middle = at + direction * length * u - up * 0.10 * length * u * u
        edge_lift = up * 0.25 * half
        vertices += [middle - across * half + edge_lift, middle, middle + across * half + edge_lift]
    for q in range(LEAF_POINTS - 1):
        for r in (0, 1):
            a = base + 3 * q + r
            faces.append((a, a + 1, a + 4, a + 3))
