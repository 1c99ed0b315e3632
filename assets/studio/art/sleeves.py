"""Record sleeves, for records that nobody ever cut."""

import numpy as np

from .canvas import SANS, SERIF, Canvas, mix, on_paper, rgb

SIDE = 1600
CREAM, NAVY, RED = "#f1e4cf", "#1d3b4a", "#bf3b2b"


def rue_du_midi() -> np.ndarray:
    """Odile Marans Quartet: a sixties sun over the sea."""
    canvas = Canvas(SIDE, SIDE, CREAM)
    x, horizon, radius = SIDE * 0.5, SIDE * 0.70, SIDE * 0.60
    arches = (NAVY, "#2f6f73", "#7fb0a0", "#f2cf83", "#eba24a", "#db6a35", RED)
    for i, colour in enumerate(arches):
        _arch(canvas, x, horizon, radius * (1 - i * 0.125), colour)
    _arch(canvas, x, horizon, radius * 0.125 * 0.95, CREAM)
    waves = (NAVY, "#2f6f73", "#7fb0a0", "#eba24a", "#db6a35", RED, RED)
    for i, colour in enumerate(waves):
        half = radius * (1 - i * 0.085)
        top = horizon + SIDE * 0.012 + i * SIDE * 0.026
        canvas.rectangle(x - half, top, 2 * half, SIDE * 0.013 * (1 - i * 0.05), colour)
    line = SIDE * 0.085
    canvas.write(SIDE * 0.075, line, "ODILE MARANS QUARTET", SANS, 40, NAVY, tracking=7)
    canvas.write(SIDE * 0.925, line, "LUC 017 · STÉRÉO", SANS, 28, NAVY, "right", 5)
    canvas.write(SIDE * 0.071, SIDE * 0.960, "Rue du Midi", SERIF, 86, RED)
    return on_paper(canvas.pixels(), 1)


def _arch(canvas: Canvas, x, y, radius, colour) -> None:
    canvas.ink(colour)
    canvas.pen.arc(x, y, radius, np.pi, 2 * np.pi)
    canvas.pen.fill()


def nocturne() -> np.ndarray:
    """Lumière froide: two sets of rings in two inks, knocked out where they meet."""
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32) / SIDE
    bone, coral = "#e9e2d3", "#ff6a4d"

    def rings(cx: float, cy: float) -> np.ndarray:
        distance = np.hypot(x - cx, y - cy)
        return np.clip(np.sin(distance * 330) * 6 + 0.5, 0, 1) * (distance < 0.33)

    first, second = rings(0.40, 0.405), rings(0.60, 0.525)
    pixels = np.zeros((SIDE, SIDE, 3), np.float32) + rgb("#12151c")
    pixels = mix(pixels, rgb(bone), first[..., None])
    apart = np.where((first > 0.5) & (second > 0.5), 0, second)
    canvas = Canvas.over(mix(pixels, rgb(coral), apart[..., None]))
    canvas.write(SIDE * 0.06, SIDE * 0.93, "NOCTURNE", SANS, 58, bone, tracking=16)
    canvas.write(SIDE * 0.94, SIDE * 0.93, "LUMIÈRE FROIDE", SANS, 58, coral, "right", 16)
    return on_paper(canvas.pixels(), 2, 0.02)


DRAWN = {
    "sleeve-rue-du-midi": rue_du_midi,
    "sleeve-nocturne": nocturne,
}
