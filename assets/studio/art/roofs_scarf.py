"""Carré Toits: the sky of a courtyard, three rings of Paris roofs round it, one window lit.

Drawn once as a quarter and turned three times; the hips of the roofs cover the diagonals. Lengths
are shares of half the side: 0 is the scarf's centre, 1 its hem. In a quarter, y points to the hem.
"""

from collections.abc import Callable
from functools import partial

import numpy as np

from .canvas import SERIF, Canvas

SIDE = 2800
TURN = 2 * np.pi
# Each ring of roofs: foot and ridge (shares of half the side), dormers, their spacing.
RINGS = ((0.835, 0.60, 7, 0.196), (0.60, 0.425, 7, 0.130), (0.425, 0.305, 5, 0.118))
COLOURWAYS = {
    "zinc": {
        "band": "#22344e",
        "line": "#f4ecdd",
        "zinc": "#8fa4b1",
        "zinc2": "#a9bac3",
        "slate": "#506a80",
        "slate2": "#5f7a8f",
        "wall": "#efe3cd",
        "shade": "#d5c6ac",
        "dark": "#1b2940",
        "pot": "#c8653f",
        "pot2": "#dd9a62",
        "lit": "#f6b92c",
        "sky": "#dfe5e2",
        "sky2": "#c9d4d6",
    },
    "brick": {
        "band": "#93382a",
        "line": "#f8ecd9",
        "zinc": "#d9896a",
        "zinc2": "#e4a384",
        "slate": "#b4533a",
        "slate2": "#c26147",
        "wall": "#f5e3ca",
        "shade": "#e3c4a2",
        "dark": "#4b1d23",
        "pot": "#2f5652",
        "pot2": "#6f958a",
        "lit": "#fbc545",
        "sky": "#f6dfc2",
        "sky2": "#efcba6",
    },
}


def roofs(colourway: str) -> np.ndarray:
    """A hemmed square of silk, seen flat."""
    colours = COLOURWAYS[colourway]
    canvas = Canvas(SIDE, SIDE, colours["band"])
    pen = canvas.pen
    pen.translate(SIDE / 2, SIDE / 2)
    pen.scale(SIDE / 2, SIDE / 2)
    canvas.rectangle(-0.905, -0.905, 1.81, 1.81, colours["line"])
    canvas.rectangle(-0.895, -0.895, 1.79, 1.79, colours["slate"])
    _quarters(canvas, partial(_scales, canvas, colours), 0.9)
    canvas.rectangle(-0.845, -0.845, 1.69, 1.69, colours["line"])
    canvas.rectangle(-0.836, -0.836, 1.672, 1.672, colours["sky"])
    _sky(canvas, colours)
    for number in reversed(range(len(RINGS))):
        _quarters(canvas, partial(_ring, canvas, colours, number), RINGS[number][0])
        _hips(canvas, colours, *RINGS[number][:2])
    _corners(canvas, colours)
    pen.identity_matrix()
    foot = SIDE * 0.975
    canvas.write(SIDE * 0.945, foot, "Maison Lucarne", SERIF, 38, colours["line"], "right", 1.5)
    canvas.write(SIDE * 0.055, foot, "Les toits", SERIF, 38, colours["line"], "left", 1.5)
    return canvas.pixels()


def _quarters(canvas: Canvas, draw: Callable[[int], None], foot: float) -> None:
    """Four times the same quarter, each within its own triangle."""
    pen = canvas.pen
    for quarter in range(4):
        pen.save()
        pen.rotate(quarter * TURN / 4)
        pen.move_to(0, 0)
        pen.line_to(foot, foot)
        pen.line_to(-foot, foot)
        pen.clip()
        draw(quarter)
        pen.restore()


def _polygon(canvas: Canvas, points, colour: str) -> None:
    canvas.ink(colour)
    for x, y in points:
        canvas.pen.line_to(x, y)
    canvas.pen.close_path()
    canvas.pen.fill()


def _line(canvas: Canvas, start, end, width: float, colour: str) -> None:
    canvas.ink(colour)
    canvas.pen.set_line_width(width)
    canvas.pen.move_to(*start)
    canvas.pen.line_to(*end)
    canvas.pen.stroke()


def _scales(canvas: Canvas, colours: dict[str, str], _quarter: int) -> None:
    """The border: two rows of zinc scales, as on a dome."""
    step, top = 0.0447, 0.848
    for row, names in ((1, ("slate2", "zinc")), (0, ("zinc", "zinc2"))):
        for i in range(-21, 22):
            x = (i + 0.5 * row) * step
            for name, radius in (("line", 0.0218), (names[i % 2], 0.0188), ("slate", 0.0085)):
                canvas.ink(colours[name])
                canvas.pen.arc(x, top + row * 0.0215, radius, 0, TURN / 2)
                canvas.pen.fill()


def _sky(canvas: Canvas, colours: dict[str, str]) -> None:
    """Rings of air, a weathercock's rose, swallows."""
    for i, radius in enumerate((0.40, 0.335, 0.27, 0.205)):
        canvas.disc(0, 0, radius, colours["sky2" if i % 2 == 0 else "sky"])
    pen = canvas.pen
    for i in range(7):
        pen.save()
        pen.rotate(i * TURN / 7 + 0.25)
        pen.translate(0, -0.185 - 0.025 * (i % 2))
        pen.rotate(0.5 + 0.4 * (i % 3))
        _swallow(canvas, 0.042, colours["dark"])
        pen.restore()
    for size, names in ((0.070, ("slate", "zinc2")), (0.118, ("dark", "zinc"))):
        for i in range(4):
            pen.save()
            pen.rotate(i * TURN / 4 + (TURN / 8 if size < 0.1 else 0))
            _polygon(canvas, ((0, 0), (size * 0.2, -size * 0.2), (0, -size)), colours[names[0]])
            _polygon(canvas, ((0, 0), (-size * 0.2, -size * 0.2), (0, -size)), colours[names[1]])
            pen.restore()
    for name, radius in (("line", 0.021), ("dark", 0.016), ("lit", 0.010)):
        canvas.disc(0, 0, radius, colours[name])


def _swallow(canvas: Canvas, size: float, colour: str) -> None:
    pen = canvas.pen
    canvas.ink(colour)
    pen.move_to(-size, -0.30 * size)
    pen.curve_to(-0.5 * size, -0.55 * size, -0.15 * size, -0.2 * size, 0, -0.34 * size)
    pen.curve_to(0.15 * size, -0.2 * size, 0.5 * size, -0.55 * size, size, -0.30 * size)
    pen.curve_to(0.5 * size, -0.30 * size, 0.2 * size, 0.05 * size, 0.1 * size, 0.18 * size)
    pen.line_to(0.24 * size, 0.72 * size)
    pen.line_to(0, 0.34 * size)
    pen.line_to(-0.24 * size, 0.72 * size)
    pen.line_to(-0.1 * size, 0.18 * size)
    pen.curve_to(-0.2 * size, 0.05 * size, -0.5 * size, -0.30 * size, -size, -0.30 * size)
    pen.fill()


def _ring(canvas: Canvas, colours: dict[str, str], number: int, quarter: int) -> None:
    """One tier of roofs: cornice, steep slope with dormers, flat slope with seams, chimneys."""
    foot, ridge, dormers, spacing = RINGS[number]
    height = foot - ridge

    def at(share: float) -> float:
        return foot - share * height

    _chimneys(canvas, colours, number, at(0.96), height)
    seams = (18, 16, 12)[number]
    _slope(canvas, at(0.66), at(1.0), seams, (colours["zinc"], colours["zinc2"]), colours["line"])
    _line(canvas, (-1, at(1.0)), (1, at(1.0)), height * 0.035, colours["line"])
    _line(canvas, (-1, at(0.985)), (1, at(0.985)), height * 0.012, colours["dark"])
    pair = (colours["slate"], colours["slate2"])
    _slope(canvas, at(0.15), at(0.64), dormers * 4, pair, None)
    _line(canvas, (-1, at(0.65)), (1, at(0.65)), height * 0.05, colours["line"])
    _line(canvas, (-1, at(0.65)), (1, at(0.65)), height * 0.014, colours["dark"])
    canvas.rectangle(-1, at(0.16), 2, height * 0.16, colours["wall"])
    for i in range(-40, 41):
        x = (i + 0.5) * spacing / 8
        canvas.rectangle(x - spacing / 34, at(0.11), spacing / 17, height * 0.05, colours["shade"])
    _line(canvas, (-1, at(0.155)), (1, at(0.155)), height * 0.02, colours["dark"])
    _line(canvas, (-1, at(0.02)), (1, at(0.02)), height * 0.04, colours["dark"])
    for i in range(dormers):
        x = (i - (dormers - 1) / 2) * spacing
        middle = i == dormers // 2
        lit = middle and number == 1 and quarter == 0
        kind = "round" if middle else ("arch" if (i + number) % 2 else "gable")
        _dormer(canvas, colours, x, at(0.16), height * 0.50, kind, lit)


def _slope(canvas: Canvas, low: float, high: float, count: int, pair, seam) -> None:
    """Strips of zinc that run towards the centre, in two tones, a seam between them."""
    for i in range(-count, count):
        a, b = i / count, (i + 1) / count
        strip = ((a * low, low), (b * low, low), (b * high, high), (a * high, high))
        _polygon(canvas, strip, pair[i % 2])
        if seam:
            _line(canvas, (a * low, low), (a * high, high), 0.0028, seam)


def _dormer(canvas: Canvas, colours, x: float, foot: float, height: float, kind, lit) -> None:
    """A dormer window that stands on the cornice, its top towards the centre."""
    pen = canvas.pen
    pen.save()
    pen.translate(x, foot)
    pen.scale(height, -height)
    if kind == "round":
        _round_window(canvas, colours, lit)
        pen.restore()
        return
    half = 0.27
    if kind == "gable":
        _polygon(canvas, ((-half - 0.1, 0.62), (half + 0.1, 0.62), (0, 1.0)), colours["dark"])
        _polygon(canvas, ((-half, 0.65), (half, 0.65), (0, 0.90)), colours["line"])
        _polygon(canvas, ((-half * 0.6, 0.68), (half * 0.6, 0.68), (0, 0.82)), colours["pot2"])
    else:
        canvas.ink(colours["dark"])
        pen.arc(0, 0.58, half + 0.09, 0, TURN / 2)
        pen.fill()
        canvas.ink(colours["line"])
        pen.arc(0, 0.58, half, 0, TURN / 2)
        pen.fill()
    canvas.rectangle(-half - 0.03, 0, 2 * half + 0.06, 0.62, colours["line"])
    _panes(canvas, colours, kind)
    canvas.rectangle(-half - 0.1, -0.04, 2 * half + 0.2, 0.07, colours["dark"])
    pen.restore()


def _panes(canvas: Canvas, colours, kind: str) -> None:
    pen = canvas.pen
    canvas.rectangle(-0.18, 0.08, 0.36, 0.50, colours["dark"])
    if kind == "arch":
        canvas.ink(colours["dark"])
        pen.arc(0, 0.575, 0.18, 0, TURN / 2)
        pen.fill()
    top = 0.74 if kind == "arch" else 0.58
    canvas.rectangle(-0.022, 0.08, 0.044, top - 0.08, colours["line"])
    canvas.rectangle(-0.18, 0.34, 0.36, 0.035, colours["line"])
    for i in range(-3, 4):
        canvas.rectangle(i * 0.055 - 0.008, 0.06, 0.016, 0.15, colours["pot2"])
    canvas.rectangle(-0.2, 0.2, 0.4, 0.022, colours["pot2"])


def _round_window(canvas: Canvas, colours, lit: bool) -> None:
    """The attic window that gave the house its name."""
    y = 0.47
    _polygon(canvas, ((-0.46, -0.03), (0.46, -0.03), (0.36, 0.2), (-0.36, 0.2)), colours["line"])
    for name, radius in (("dark", 0.49), ("line", 0.45), ("pot", 0.385), ("line", 0.335)):
        canvas.disc(0, y, radius, colours[name])
    canvas.disc(0, y, 0.29, colours["lit" if lit else "dark"])
    bar = colours["pot" if lit else "line"]
    canvas.rectangle(-0.29, y - 0.017, 0.58, 0.034, bar)
    canvas.rectangle(-0.017, y - 0.29, 0.034, 0.58, bar)


def _chimneys(canvas: Canvas, colours, number: int, foot: float, height: float) -> None:
    """Stacks behind the ridge, each with its row of pots; they stand between the next dormers."""
    rng = np.random.default_rng(11 + number)
    last = number == len(RINGS) - 1
    spacing = 0.098 if last else RINGS[number + 1][3]
    for i in range(-3, 3):
        x = (i + 0.5) * spacing
        pots = (3, 4, 2, 5, 3, 4)[(i * 5 + number * 2) % 6]
        unit = min(height * 0.095, spacing * 0.6 / (pots + 0.6))
        tall = height * rng.uniform(0.17, 0.25)
        _stack(canvas, colours, rng, (x, foot, tall), unit, pots)


def _stack(canvas: Canvas, colours, rng, place, unit: float, pots: int) -> None:
    x, foot, tall = place
    width, lip = unit * (pots + 0.6), unit * 0.36
    x -= width / 2
    canvas.rectangle(x, foot - tall, width, tall, colours["wall"])
    canvas.rectangle(x + width * 0.68, foot - tall, width * 0.32, tall, colours["shade"])
    canvas.rectangle(x - lip * 0.6, foot - tall - lip, width + lip * 1.2, lip, colours["dark"])
    for i in range(pots):
        pot = x + unit * (0.45 + i)
        name = "pot" if rng.random() < 0.65 else "pot2"
        tip = unit * rng.uniform(0.95, 1.5)
        top = foot - tall - lip - tip
        canvas.rectangle(pot, top, unit * 0.7, tip, colours[name])
        canvas.rectangle(pot - unit * 0.08, top, unit * 0.86, unit * 0.2, colours["dark"])


def _hips(canvas: Canvas, colours, foot: float, ridge: float) -> None:
    """The rolled lead that covers the edge between two slopes, on the diagonals."""
    for sx in (-1, 1):
        for sy in (-1, 1):
            start, end = (sx * foot, sy * foot), (sx * ridge, sy * ridge)
            _line(canvas, start, end, 0.020, colours["line"])
            _line(canvas, start, end, 0.011, colours["dark"])
            canvas.disc(*end, 0.020, colours["line"])
            canvas.disc(*end, 0.014, colours["pot"])


def _corners(canvas: Canvas, colours) -> None:
    for x in (-0.870, 0.870):
        for y in (-0.870, 0.870):
            canvas.rectangle(x - 0.035, y - 0.035, 0.07, 0.07, colours["line"])
            canvas.rectangle(x - 0.026, y - 0.026, 0.052, 0.052, colours["dark"])
            for name, radius in (("line", 0.020), ("pot", 0.016), ("line", 0.009)):
                canvas.disc(x, y, radius, colours[name])


DRAWN = {f"roofs-{name}": partial(roofs, name) for name in COLOURWAYS}
