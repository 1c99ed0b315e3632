"""Marbled endpapers: combed bands of colour, veins and spatter."""

from functools import partial

import numpy as np
from PIL import Image, ImageDraw

from .canvas import clouds, mix, on_paper, rgb

WIDTH, HEIGHT = 1200, 1600


def marbled(colours: tuple[str, ...], seed: int) -> np.ndarray:
    """The first colour veins the paper, the last one spatters it."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32) / WIDTH
    inks = np.array([rgb(c) for c in colours])

    def drift(base: int, offset: int) -> np.ndarray:
        return clouds(HEIGHT, WIDTH, base, 4, seed + offset) - 0.5

    across = x + 0.22 * drift(3, 0) + 0.07 * drift(9, 1)
    down = y + 0.22 * drift(3, 2) + 0.07 * drift(9, 3)
    comb = 0.035 * np.sin(across * 2 * np.pi * 11 + 3 * drift(2, 7))
    bands = 3 * ((down + comb) * 6.0 + drift(4, 4))
    index = np.floor(bands).astype(int)
    within = bands - index
    rng = np.random.default_rng(seed)
    order = rng.integers(0, len(colours), 4000)
    soft = np.clip((within - 0.93) / 0.07, 0, 1)[..., None]
    out = mix(inks[order[index + 2000]], inks[order[index + 2001]], soft)
    vein = np.clip(1 - np.abs(within - 0.97) / 0.03, 0, 1)[..., None]
    out = mix(out, inks[0], vein * 0.9)
    out = mix(out, inks[-1], _spatter(rng) * 0.85)
    return on_paper(out, seed, 0.03)


def _spatter(rng) -> np.ndarray:
    image = Image.new("L", (WIDTH, HEIGHT), 0)
    draw = ImageDraw.Draw(image)
    for _ in range(500):
        x, y, r = rng.integers(0, WIDTH), rng.integers(0, HEIGHT), rng.gamma(1.5, 2.2)
        draw.ellipse([x - r, y - r, x + r, y + r], fill=255)
    return np.asarray(image, np.float32)[..., None] / 255


DRAWN = {
    "marbled-blue": partial(marbled, ("#f1e9da", "#1f3a5f", "#2f5d86", "#c9a24b", "#7fa3b8"), 3),
    "marbled-red": partial(marbled, ("#f3e8d6", "#7d1f2a", "#b5462f", "#d9a441", "#e7c9a9"), 11),
    "marbled-green": partial(marbled, ("#efe8d8", "#20443a", "#4f7a63", "#c7a86a", "#a9bfa5"), 23),
}
