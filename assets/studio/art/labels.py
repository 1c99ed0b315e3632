"""The house's labels: one frame, one round window, two typefaces."""

from functools import partial

import numpy as np

from .canvas import SANS, SERIF, Canvas, on_paper

PAPER, INK = "#f4efe6", "#23201c"
HOUSE = "MAISON LUCARNE"
# A line of type: words, baseline (share of the height), font, size and tracking (of the width).
Line = tuple[str, float, str, float, float]


def label(width: int, height: int, lines: list[Line], emblem: bool = True) -> np.ndarray:
    canvas = Canvas(width, height, PAPER)
    pen, margin = canvas.pen, width * 0.035
    canvas.ink(INK)
    pen.set_line_width(max(2, width * 0.004))
    pen.rectangle(margin, margin, width - 2 * margin, height - 2 * margin)
    pen.stroke()
    if emblem:
        draw_lucarne(canvas, width / 2, height * 0.20, width * 0.075)
    for words, baseline, font, size, tracking in lines:
        canvas.write(
            width / 2, height * baseline, words, font, size * width, INK, "centre", tracking * width
        )
    return on_paper(canvas.pixels(), 2, 0.015)


def draw_lucarne(canvas: Canvas, x: float, y: float, radius: float, weight: float = 1) -> None:
    """The house's mark: a round attic window with its glazing bars."""
    pen = canvas.pen
    pen.new_path()
    pen.set_line_width(radius * 0.12 * weight)
    pen.arc(x, y, radius, 0, 2 * np.pi)
    pen.stroke()
    pen.set_line_width(radius * 0.08 * weight)
    pen.move_to(x, y - radius)
    pen.line_to(x, y + radius)
    pen.move_to(x - radius, y)
    pen.line_to(x + radius, y)
    pen.stroke()


CANDLE: list[Line] = [
    (HOUSE, 0.40, SANS, 0.052, 0.016),
    ("Figuier noir", 0.57, SERIF, 0.135, 0),
    ("bougie parfumée", 0.67, SERIF, 0.062, 0),
    ("220 g · 50 h", 0.86, SANS, 0.046, 0.008),
]
PERFUME: list[Line] = [
    ("Nº 4", 0.50, SERIF, 0.20, 0),
    ("RUE DES LUCARNES", 0.66, SANS, 0.056, 0.016),
    ("eau de parfum · 50 ml", 0.80, SANS, 0.044, 0.006),
]
DIFFUSER: list[Line] = [
    ("Thé fumé", 0.50, SERIF, 0.16, 0),
    ("diffuseur", 0.60, SERIF, 0.085, 0),
    ("200 ml", 0.86, SANS, 0.055, 0.01),
]
NOTEBOOK: list[Line] = [
    ("Carnet", 0.52, SERIF, 0.16, 0),
    (f"{HOUSE} · PARIS", 0.74, SANS, 0.045, 0.014),
]

DRAWN = {
    "label-candle": partial(label, 900, 1000, CANDLE),
    "label-perfume": partial(label, 900, 900, PERFUME),
    "label-diffuser": partial(label, 700, 1000, DIFFUSER),
    "label-notebook": partial(label, 900, 600, NOTEBOOK, emblem=False),
}
