"""A zip-around wallet."""

import numpy as np

from geometry import box, fillet, grid, resample_loop, stitches
from materials import brass, leather, plain

from .hide import gilt_mark, groove, inward, slab
from .zipper import hanging_pull, slider, teeth

WIDTH, HEIGHT, GAP, THICK = 1.9, 1.0, 0.17, 0.030
MARGIN = 0.062  # from the edge to the seam


def zip_wallet(colour: str, seam: str, tape: str) -> list:
    """It stands on its spine; the zip runs up one side, over the top and down the other."""
    hide = leather(colour, scale=2.9, grain=0.42)
    metal = brass("#c8a263", 0.2)
    loop = _outline()
    made = [_face(loop, side, hide) for side in (1, -1)]
    made += _spine(hide) + _inner(loop, tape, metal)
    p = inward(loop, MARGIN)
    y = -(GAP / 2 + THICK + _swell(p) - 0.001)
    path = np.stack([p[:, 0], y, p[:, 1]], -1)
    made.append(stitches(np.r_[path, path[:1]], 132, 0.033, 0.0062, seam))
    made += slider(0.46, HEIGHT + 0.004, metal)
    made += hanging_pull(0.46, HEIGHT + 0.004, GAP / 2 + THICK + 0.022, metal)
    spot = np.array([[0.66, 0.155]])
    front = -(GAP / 2 + THICK + float(_swell(spot)[0]) + 0.0005)
    gilt = brass("#d9b56a", 0.3)
    return made + gilt_mark((0.66, front, 0.155), 0.040, (1, 0, 0), (0, 0, 1), gilt)


def _outline() -> np.ndarray:
    half, low = WIDTH / 2, 0.07
    corners = fillet(
        [
            (0, 0),
            (half, 0, low),
            (half, HEIGHT, 0.15),
            (-half, HEIGHT, 0.15),
            (-half, 0, low),
            (0, 0),
        ],
        14,
    )
    return resample_loop(corners[:-1], 420)


def _swell(points) -> np.ndarray:
    """A filled wallet: fuller in the middle, a little off centre."""
    x = np.clip(np.abs(points[:, 0] + 0.04) / (WIDTH / 2), 0, 1)
    z = np.clip(np.abs(points[:, 1] - HEIGHT * 0.46) / (HEIGHT * 0.54), 0, 1)
    return 0.045 * (1 - x**3.2) * (1 - z**2.6)


def _face(loop, side: int, material):
    def rise(points, distance):
        return _swell(points) + groove(distance, MARGIN)

    points = slab(loop, THICK, rise=rise, reach=0.11 if side > 0 else 0.09)
    upright = np.stack(
        [points[..., 0], -side * (GAP / 2 + points[..., 2]), points[..., 1]],
        -1,
    )
    return grid("face", upright, closed=True, material=material, flip=side < 0)


def _spine(material) -> list:
    return [
        box(
            "spine",
            WIDTH - 0.03,
            GAP + THICK,
            0.13,
            bevel=0.03,
            material=material,
            at=(0, 0, 0.004),
        )
    ]


def _inner(loop, tape: str, metal) -> list:
    """The tape, and on it the teeth, from the spine on one side to the spine on the other."""
    floor = inward(loop, 0.034)
    rows = [
        np.stack([floor[:, 0], np.full(len(floor), y), floor[:, 1]], -1)
        for y in np.linspace(-GAP / 2 - 0.01, GAP / 2 + 0.01, 5)
    ]
    cloth = grid("tape", np.stack(rows), closed=True, material=plain(tape, 0.85, grain=0.3))
    start = int(np.argmin(np.hypot(loop[:, 0] - WIDTH / 2, loop[:, 1] - 0.16)))
    end = int(np.argmin(np.hypot(loop[:, 0] + WIDTH / 2, loop[:, 1] - 0.16)))
    line = inward(loop, 0.016)[start:end]
    away = line - inward(loop, 0.034)[start:end]
    away /= np.linalg.norm(away, axis=1)[:, None]
    path, out = (np.stack([p[:, 0], 0 * p[:, 0], p[:, 1]], -1) for p in (line, away))
    return [cloth, teeth(path, out, metal)]
