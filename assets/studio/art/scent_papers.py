"""Round label of the second perfume, belly bands of soap and candles, the soap's stamp."""

from functools import partial

import numpy as np

from .canvas import SANS, SERIF, Canvas, on_paper
from .labels import INK, PAPER, draw_lucarne


def round_label(size: int = 1000) -> np.ndarray:
    canvas = Canvas(size, size, PAPER)
    pen, middle = canvas.pen, size / 2
    canvas.ink(INK)
    for radius, width in ((0.462, 0.0045), (0.446, 0.002)):
        pen.set_line_width(width * size)
        pen.arc(middle, middle, radius * size, 0, 2 * np.pi)
        pen.stroke()
    draw_lucarne(canvas, middle, size * 0.235, size * 0.062)
    for words, baseline, font, type_size, tracking in (
        ("Nº 7", 0.53, SERIF, 0.215, 0.0),
        ("COUR INTÉRIEURE", 0.645, SANS, 0.052, 0.013),
        ("eau de parfum", 0.735, SERIF, 0.066, 0.0),
        ("ORSEL · GRASSE", 0.83, SANS, 0.036, 0.010),
    ):
        canvas.write(
            middle, size * baseline, words, font, type_size * size, INK, "centre", tracking * size
        )
    return on_paper(canvas.pixels(), 3, 0.015)


def soap_band() -> np.ndarray:
    """Paper once round a bar, from the middle of its underside up its front: 34 x 150 mm."""
    width, height = 800, 3530
    canvas = Canvas(width, height, "#ece4d4")
    for x in (0, width - 30):
        canvas.rectangle(x, 0, 30, height, "#a2563a")
    front = height * 0.735  # the middle of the face that the viewer sees
    for words, below, font, size, tracking in (
        ("Trois savons", -20, SERIF, 132, 0),
        ("de cour", 100, SERIF, 132, 0),
        ("SAVONNERIE MARMONT", 195, SANS, 42, 9),
    ):
        canvas.write(width / 2, front + below, words, font, size, INK, "centre", tracking)
    return on_paper(canvas.pixels(), 5, 0.02)


def candle_band(ground: str, ink: str) -> np.ndarray:
    """One side of the band that holds four candles."""
    width, height = 900, 1300
    canvas = Canvas(width, height, ground)
    canvas.rectangle(0, 60, width, 8, ink)
    canvas.rectangle(0, height - 68, width, 8, ink)
    canvas.ink(ink)
    draw_lucarne(canvas, width / 2, height * 0.235, width * 0.105)
    for words, baseline, font, size, tracking in (
        ("Cierges", 0.485, SERIF, 0.215, 0.0),
        ("torsadés", 0.615, SERIF, 0.215, 0.0),
        ("CIERGERIE HAUTEROCHE", 0.745, SANS, 0.043, 0.008),
        ("quatre · 25 cm", 0.835, SERIF, 0.082, 0.0),
    ):
        canvas.write(
            width / 2, height * baseline, words, font, size * width, ink, "centre", tracking * width
        )
    return on_paper(canvas.pixels(), 7, 0.02)


def soap_stamp() -> np.ndarray:
    """Height of a soap's top: white stays, black is pressed in; 85 x 55 mm."""
    width, height = 1700, 1100
    canvas = Canvas(width, height, "#ffffff")
    pen, middle = canvas.pen, width / 2
    canvas.ink("#000000")
    pen.set_line_width(17)
    inset, corner = 150, 120
    for x, y, start in (
        (width - inset - corner, inset + corner, -0.5),
        (width - inset - corner, height - inset - corner, 0.0),
        (inset + corner, height - inset - corner, 0.5),
        (inset + corner, inset + corner, 1.0),
    ):
        pen.arc(x, y, corner, start * np.pi, (start + 0.5) * np.pi)
    pen.close_path()
    pen.stroke()
    draw_lucarne(canvas, middle, 400, 118, weight=2.0)
    for words, baseline, font, size, tracking in (
        ("SAVONNERIE MARMONT", 700, SANS, 92, 10),
        ("Marseille", 850, SERIF, 150, 5),
    ):
        canvas.write(middle, baseline, words, font, size, "#000000", "centre", tracking)
    return canvas.pixels()


DRAWN = {
    "label-perfume-court": round_label,
    "band-soap": soap_band,
    "band-candles-ivory": partial(candle_band, "#e9dfcb", "#5a2c1e"),
    "band-candles-brick": partial(candle_band, "#efe8da", "#23201c"),
    "stamp-soap": soap_stamp,
}
