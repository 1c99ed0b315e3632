"""Marbled papers: drops of colour on the bath, drawn out by a fine comb."""

from functools import partial

import numpy as np

from .canvas import clouds, mix, on_paper, rgb

WIDTH, HEIGHT = 1200, 1600
TINES, BANDS = 30, 58  # to a width


def marbled(colours: tuple[str, ...], seed: int) -> np.ndarray:
    """The first colour also runs as a thin vein between the others."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32) / WIDTH

    def drift(base: int, offset: int) -> np.ndarray:
        return clouds(HEIGHT, WIDTH, base, 4, seed + offset) - 0.5

    across = x + 0.045 * drift(4, 0) + 0.008 * drift(24, 1)
    down = y + 0.16 * drift(4, 2) + 0.030 * drift(16, 3)
    rng = np.random.default_rng(seed)
    bands = (down + _combed(across, rng)) * BANDS + 1.4 * drift(9, 4)
    index = np.floor(bands).astype(int)
    within = (bands - index)[..., None]
    inks = np.array([rgb(c) for c in colours])
    order = _order(len(colours), rng)
    own, following = inks[order[index + 500]], inks[order[index + 501]]
    out = mix(own, following, np.clip((within - 0.86) / 0.14, 0, 1))
    changes = (order[index + 500] != order[index + 501])[..., None]
    vein = np.clip(1 - np.abs(within - 0.93) / 0.07, 0, 1) * changes
    out = mix(out, inks[0], vein * 0.55)
    shade = clouds(HEIGHT, WIDTH, 60, 2, seed + 9)[..., None] - 0.5
    return on_paper(out * (1 + 0.10 * shade), seed, 0.03)


def _combed(across: np.ndarray, rng) -> np.ndarray:
    """How far the colour is carried along by tines, each drawn a little deeper or less deep."""
    place = across * TINES
    tine = np.round(place).astype(int)
    depth = 0.040 * (1 + 0.22 * rng.standard_normal(TINES + 40))[np.clip(tine + 20, 0, TINES + 39)]
    return depth * np.exp(-np.abs(place - tine) * 3.6)


def _order(colours: int, rng) -> np.ndarray:
    """The colours as they were dropped: no two alike in a row, the dark ground most often."""
    order = [0]
    weights = np.array([0.7, 1.6, 1.2, 0.8, 1.0][:colours])
    for _ in range(1000):
        chances = weights * (np.arange(colours) != order[-1])
        order.append(int(rng.choice(colours, p=chances / chances.sum())))
    return np.array(order)


DRAWN = {
    "marbled-blue": partial(marbled, ("#f1e9da", "#1f3a5f", "#2f5d86", "#c9a24b", "#7fa3b8"), 3),
    "marbled-red": partial(marbled, ("#f3e8d6", "#7d1f2a", "#b5462f", "#d9a441", "#e7c9a9"), 11),
    "marbled-green": partial(marbled, ("#efe8d8", "#20443a", "#4f7a63", "#c7a86a", "#a9bfa5"), 23),
}
