"""Posters: hills at dusk, a still life in cut paper."""

import numpy as np
from scipy.interpolate import CubicSpline

from .canvas import Canvas, clouds, mix, on_paper, rgb

WIDTH, HEIGHT = 1400, 1800


def hills() -> np.ndarray:
    """Six ridges of screen-print ink, each paler towards its foot, under a low sun."""
    rng = np.random.default_rng(5)
    y = np.linspace(0, 1, HEIGHT, dtype=np.float32)[:, None]
    x = np.linspace(0, 1, WIDTH, dtype=np.float32)[None]
    sky = mix(rgb("#f3d9b8"), rgb("#f0b48a"), np.clip(y * 1.6, 0, 1)[..., None])
    out = sky * np.ones((HEIGHT, WIDTH, 1), np.float32)
    from_sun = np.hypot((x - 0.64) * WIDTH, (y - 0.34) * HEIGHT)
    out = mix(out, rgb("#d9573c"), np.clip((WIDTH * 0.135 - from_sun) / 2, 0, 1)[..., None])
    rows = np.arange(HEIGHT, dtype=np.float32)[:, None]
    ridges = ("#e3a184", "#c98678", "#a06a70", "#74566a", "#4b4560", "#2f3350")
    for i, colour in enumerate(ridges):
        swell = np.zeros(WIDTH, np.float32)
        for k in range(1, 7):
            height = rng.normal() * 0.055 / k**1.1
            swell += height * np.sin(2 * np.pi * (k * 0.55) * x[0] + rng.uniform(0, 6.3))
        below = rows - ((0.46 + 0.085 * i + swell) * HEIGHT)[None]
        fade = np.clip(below / (HEIGHT * 0.30), 0, 1)[..., None]
        grain = 1 + 0.10 * (clouds(HEIGHT, WIDTH, 30, 4, 20 + i) - 0.5)
        ink = mix(rgb(colour), rgb(colour) * 1.12 + 0.03, fade) * grain[..., None]
        out = mix(out, ink, np.clip(below / 1.5, 0, 1)[..., None])
    return on_paper(out, 9, 0.05)


LEAVES = (
    # x, y (shares of the sheet), length (of the width), turn (radians), colour
    (0.355, 0.36, 0.13, -2.6, "#4d6b57"),
    (0.345, 0.33, 0.12, -0.55, "#3a5546"),
    (0.31, 0.265, 0.13, -2.9, "#3a5546"),
    (0.295, 0.24, 0.12, -0.75, "#6c8a6f"),
    (0.268, 0.18, 0.11, -2.5, "#4d6b57"),
    (0.25, 0.13, 0.11, -1.6, "#3a5546"),
    (0.40, 0.32, 0.12, -0.2, "#6c8a6f"),
    (0.425, 0.285, 0.11, -2.2, "#4d6b57"),
    (0.447, 0.23, 0.12, -0.4, "#3a5546"),
    (0.46, 0.17, 0.11, -1.2, "#6c8a6f"),
)
STEMS = (
    ((0.37, 0.47), (0.36, 0.34), (0.30, 0.25), (0.25, 0.13)),
    ((0.37, 0.47), (0.38, 0.35), (0.43, 0.28), (0.46, 0.17)),
)
RED_POT = ((0.10, 0), (0.165, 0.06), (0.19, 0.14), (0.14, 0.24), (0.055, 0.30), (0.075, 0.335))
BLUE_POT = ((0.125, 0), (0.155, 0.06), (0.152, 0.13), (0.115, 0.19), (0.098, 0.22), (0.112, 0.25))
FRUIT = (
    (0.20, 0.845, 0.055, "#e0843e"),
    (0.29, 0.86, 0.05, "#c9662c"),
    (0.49, 0.855, 0.06, "#dfa63f"),
)


def vases() -> np.ndarray:
    """Two pots, a branch, three fruits and a pale sun, in cut paper."""
    canvas = Canvas(WIDTH, HEIGHT, "#eadfcd")
    canvas.rectangle(0, HEIGHT * 0.66, WIDTH, HEIGHT * 0.34, "#d9b99b")
    canvas.disc(WIDTH * 0.70, HEIGHT * 0.27, WIDTH * 0.17, "#e9c46a")
    _stems(canvas)
    for leaf in LEAVES:
        _leaf(canvas, *leaf)
    _pot(canvas, 0.37, 0.80, RED_POT, "#b5482f")
    _pot(canvas, 0.66, 0.83, BLUE_POT, "#22364f")
    for x, y, radius, colour in FRUIT:
        canvas.disc(x * WIDTH, y * HEIGHT, radius * WIDTH, colour)
    pixels = canvas.pixels() * (1 + 0.07 * (clouds(HEIGHT, WIDTH, 60, 4, 8) - 0.5))[..., None]
    return on_paper(pixels, 6, 0.05)


def _stems(canvas: Canvas) -> None:
    canvas.pen.set_line_width(9)
    canvas.ink("#2f3e34")
    for start, *rest in STEMS:
        canvas.pen.move_to(start[0] * WIDTH, start[1] * HEIGHT)
        canvas.pen.curve_to(*(value for x, y in rest for value in (x * WIDTH, y * HEIGHT)))
        canvas.pen.stroke()


def _leaf(canvas: Canvas, x, y, length, turn, colour) -> None:
    pen, size = canvas.pen, length * WIDTH
    pen.save()
    pen.translate(x * WIDTH, y * HEIGHT)
    pen.rotate(turn)
    canvas.ink(colour)
    pen.move_to(0, 0)
    pen.curve_to(size * 0.3, -size * 0.32, size * 0.75, -size * 0.26, size, 0)
    pen.curve_to(size * 0.75, size * 0.22, size * 0.3, size * 0.26, 0, 0)
    pen.fill()
    pen.restore()


def _pot(canvas: Canvas, x, foot, profile, colour) -> None:
    """`profile`: (half width of the sheet's width, height above the foot of its height)."""
    points = np.array(profile)
    up = np.linspace(points[0, 1], points[-1, 1], 200)
    half = CubicSpline(points[:, 1], points[:, 0])(up)
    canvas.ink(colour)
    for side, order in ((1, slice(None)), (-1, slice(None, None, -1))):
        for r, z in zip(half[order], up[order], strict=True):
            canvas.pen.line_to((x + side * r) * WIDTH, (foot - z) * HEIGHT)
    canvas.pen.close_path()
    canvas.pen.fill()


DRAWN = {"print-hills": hills, "print-vases": vases}
