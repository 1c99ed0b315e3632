"""The prints as they come off the press: the picture, its margins, a number in pencil."""

from collections.abc import Callable
from functools import partial

import numpy as np

from . import print_designs, prints
from .canvas import on_paper
from .press import ITALIC, WHITE, Sheet, letter

WIDTH, HEIGHT = 1720, 2293  # 30 x 40 cm
TOP = 175
GRAPHITE = "#6d6963"


def loose(draw: Callable[[], np.ndarray], title: str, number: str, seed: int) -> np.ndarray:
    """`number` of the edition and `title`, written under the picture's corners."""
    sheet = Sheet(WIDTH, HEIGHT, "#faf6ec", seed)
    sheet.pixels = on_paper(sheet.pixels, seed, 0.012)
    side = (WIDTH - prints.WIDTH) // 2
    sheet.pixels[TOP : TOP + prints.HEIGHT, side : side + prints.WIDTH] = draw()
    pencil, base = sheet.plate(), TOP + prints.HEIGHT + 92
    letter(pencil, side + 6, base, number, ITALIC, 58)
    letter(pencil, WIDTH - side - 6, base, title, ITALIC, 58, WHITE, "right")
    sheet.pull(pencil, GRAPHITE, cover=0.88, grain=0.7)
    return sheet.pixels


EDITIONS = {
    "print-hills": (prints.hills, "Collines", "61/200"),
    "print-vases": (prints.vases, "Deux vases", "18/200"),
    "print-roofs": (print_designs.roofs, "Toits", "37/200"),
    "print-footbridge": (print_designs.footbridge, "Canal", "104/200"),
    "print-lemons": (print_designs.lemons, "Citrons", "52/200"),
    "print-lucarne": (print_designs.lucarne, "Lucarne", "9/200"),
}
DRAWN = {
    f"{name}-sheet": partial(loose, *given, seed=1000 + 20 * i)
    for i, (name, given) in enumerate(EDITIONS.items())
}
