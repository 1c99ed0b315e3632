"""Three bud vases and a dry twig."""

import math

import numpy as np

from geometry import circle, grid, make, settle, spline, sweep, throw, turned
from materials import plain, satin_glaze

from .ceramics import vessel_profile

BALL = spline(
    [
        (0.24, 0),
        (0.36, 0.12),
        (0.46, 0.36),
        (0.36, 0.62),
        (0.15, 0.745),
        (0.105, 0.81),
        (0.155, 0.90),
    ],
    110,
)
BOTTLE = spline(
    [
        (0.33, 0),
        (0.365, 0.08),
        (0.375, 0.40),
        (0.345, 0.68),
        (0.20, 0.86),
        (0.112, 0.97),
        (0.102, 1.14),
        (0.135, 1.30),
    ],
    130,
)
TALL = spline(
    [
        (0.25, 0),
        (0.30, 0.12),
        (0.315, 0.42),
        (0.235, 0.82),
        (0.13, 1.16),
        (0.094, 1.42),
        (0.112, 1.60),
        (0.165, 1.70),
    ],
    150,
)
OCHRE = {"colour": "#ab7c34", "deep": "#74491d", "rim": "#5e3518", "coat": 0.25, "rough": 0.34}
CHALK = {"colour": "#e2dacb", "deep": "#cbbfa9", "speck": 0.9}
CELADON = {"colour": "#95a698", "deep": "#6b8074", "rim": "#9a8465", "coat": 0.2, "rough": 0.36}


def bud_vases(*, twig: bool = True):
    """9, 13 and 17 cm, three glazes; with a dry twig in the tallest."""
    made = []
    for outer, glaze, seed, at in (
        (TALL, CELADON, 8, (-0.48, 0.20, 0)),
        (BOTTLE, CHALK, 5, (0.50, 0.12, 0)),
        (BALL, OCHRE, 3, (0.06, -0.62, 0)),
    ):
        profile = vessel_profile(outer, 0.045, 0.10)
        points = throw(turned(profile, 200), seed=seed, ridge=0.005, lean=0.012)
        pot = grid("bud vase", points, closed=True, material=satin_glaze(**glaze, foot=0.05))
        pot.location = at
        made.append(pot)
    if twig:
        made += _twig(np.array([-0.48, 0.20, 0.12]), 2.3)
    settle()
    return made


def _twig(foot: np.ndarray, length: float, seed: int = 11):
    """A bare twig: it kinks a little at every bud, as wood does."""
    rng = np.random.default_rng(seed)
    bark = plain("#5d4733", 0.85, grain=0.4)
    buds: list[np.ndarray] = []
    main = _branch(rng, foot, np.array([0.03, 0.0, 1.0]), length, 0.24, buds)
    made = [_wood(main, 0.022, bark)]
    for share, way in ((0.775, (0.75, -0.1, 0.8)), (0.86, (-0.6, 0.2, 0.9))):
        start = main[int(share * (len(main) - 1))]
        side = _branch(rng, start, np.array(way), length * 0.24, 0.10, buds)
        made.append(_wood(side, 0.013, bark))
    made.append(_buds(buds, plain("#7a5a3c", 0.7)))
    return made


def _branch(rng, start, way, length: float, bow: float, buds) -> np.ndarray:
    """Points of a twig; the place and direction (6 numbers) of the buds are added to `buds`."""
    knots = max(4, round(length / 0.22))
    way = way / np.linalg.norm(way)
    points, ways, side = [start], [], 1
    for k in range(knots):
        bent = way + np.array([bow * (k / knots) ** 2, 0, 0])
        # Inside the neck the twig runs straight.
        kink = 0.0 if points[-1][2] < 1.75 else 0.16
        bent = bent + kink * side * np.array([1, rng.uniform(-0.6, 0.6), 0])
        bent /= np.linalg.norm(bent)
        points.append(points[-1] + bent * length / knots)
        aside = 0 if k == knots - 1 else 0.7 * side
        ways.append(bent + np.array([aside, rng.uniform(-0.5, 0.5) * abs(aside), 0]))
        side = -side
    knees = np.array(points)
    at = np.linspace(0, len(knees) - 1, 12 * len(knees))
    line = np.stack([np.interp(at, np.arange(len(knees)), knees[:, k]) for k in range(3)], -1)
    weights = np.hanning(11) / np.hanning(11).sum()
    padded = np.concatenate([np.repeat(line[:1], 5, 0), line, np.repeat(line[-1:], 5, 0)])
    wood = np.stack([np.convolve(padded[:, k], weights, "valid") for k in range(3)], -1)
    for k, way in enumerate(ways, 1):
        at = wood[round(k * (len(wood) - 1) / knots)]
        if at[2] > 1.95:
            buds.append(np.r_[at, way])
    return wood


def _wood(path, thickness: float, bark):
    swell = np.linspace(1, 0.5, len(path)) * (1 + 0.10 * np.sin(np.arange(len(path)) * 0.52))
    return sweep("twig", path, circle(thickness, 10), material=bark, up=(0, 1, 0), taper=swell)


def _buds(buds, material, rings: int = 9, sides: int = 8):
    """Small pointed buds, half sunk in the wood."""
    vertices, faces = [], []
    for bud in buds:
        at, along = bud[:3], bud[3:] / np.linalg.norm(bud[3:])
        side = np.cross(along, [0, 1, 0.1])
        side /= np.linalg.norm(side)
        out = np.cross(side, along)
        base = len(vertices)
        for u in np.linspace(0, 1, rings):
            r = 0.018 * math.sin(math.pi * u**0.7) ** 0.8 + 1e-4
            for a in np.arange(sides) * 2 * math.pi / sides:
                vertices.append(
                    at + along * 0.075 * u + side * r * math.cos(a) + out * r * math.sin(a)
                )
        for i in range(rings - 1):
            for j in range(sides):
                k, a, b = (j + 1) % sides, base + i * sides, base + (i + 1) * sides
                faces.append((a + j, a + k, b + k, b + j))
    return make("buds", vertices, faces, material=material)
