"""The house's square scarf: a rose window in a border of little arches."""

from functools import partial

import numpy as np

from .canvas import SERIF, Canvas

SIDE = 2048
HALF_TURN = np.pi
# Each colourway: ground, band, line, petal, accent, field.
COLOURWAYS = {
    "night": {
        "ground": "#1e2a44",
        "band": "#c65a3a",
        "line": "#f0e3cd",
        "petal": "#8fa6b8",
        "accent": "#d9a441",
        "field": "#31456b",
    },
    "earth": {
        "ground": "#efe4d2",
        "band": "#7a2e2a",
        "line": "#c4643a",
        "petal": "#e0b48b",
        "accent": "#3e4a3d",
        "field": "#d9c7ab",
    },
}


def square(colourway: str) -> np.ndarray:
    """A hemmed square of silk, seen flat."""
    colours = COLOURWAYS[colourway]
    canvas = Canvas(SIDE, SIDE, colours["band"])
    edge = SIDE * 0.042
    step = (SIDE - 2 * edge) / 22
    _frame(canvas, SIDE * 0.035, colours["line"])
    _frame(canvas, edge, colours["ground"])
    _arches(canvas, edge, step, colours)
    inner = edge + step * 1.35
    centre = inner + SIDE * 0.03
    for margin, name in (
        (inner, "line"),
        (inner + SIDE * 0.006, "field"),
        (centre, "line"),
        (centre + SIDE * 0.005, "ground"),
    ):
        _frame(canvas, margin, colours[name])
    _field(canvas, centre, colours)
    canvas.write(
        SIDE - centre - SIDE * 0.165,
        SIDE - centre - SIDE * 0.016,
        "Maison Lucarne",
        SERIF,
        30,
        colours["line"],
        "right",
    )
    return canvas.pixels()


def _frame(canvas: Canvas, margin: float, colour: str) -> None:
    canvas.rectangle(margin, margin, SIDE - 2 * margin, SIDE - 2 * margin, colour)


def _arches(canvas: Canvas, edge: float, step: float, colours: dict[str, str]) -> None:
    """Twenty arches on each side, a target in each corner."""
    pen = canvas.pen
    for side in range(4):
        pen.save()
        pen.translate(SIDE / 2, SIDE / 2)
        pen.rotate(side * HALF_TURN / 2)
        pen.translate(-SIDE / 2, -SIDE / 2)
        for i in range(1, 21):
            glass = colours["band" if i % 2 else "accent"]
            for colour, scale in ((colours["line"], 1), (glass, 0.72), (colours["ground"], 0.38)):
                _arch(canvas, edge, step, i, scale, colour)
        pen.restore()
    near, far = edge + step * 0.6, SIDE - edge - step * 0.6
    for x, y in ((near, near), (far, near), (near, far), (far, far)):
        for name, radius in (("line", 0.42), ("band", 0.30), ("accent", 0.15)):
            canvas.disc(x, y, step * radius, colours[name])


def _arch(canvas: Canvas, edge, step, index, scale, colour) -> None:
    pen = canvas.pen
    x, foot = edge + (index + 0.5) * step, edge + step * 1.12
    half = step * 0.36 * scale
    bottom = foot - (1 - scale) * step * 0.12
    canvas.ink(colour)
    pen.move_to(x - half, bottom)
    pen.line_to(x - half, foot - step * 0.5)
    pen.arc(x, foot - step * 0.5, half, HALF_TURN, 2 * HALF_TURN)
    pen.line_to(x + half, bottom)
    pen.close_path()
    pen.fill()


def _field(canvas: Canvas, margin: float, colours: dict[str, str]) -> None:
    """Quarter roses in the corners and the great rose in the middle."""
    pen, inset = canvas.pen, margin + SIDE * 0.005
    pen.save()
    pen.rectangle(inset, inset, SIDE - 2 * inset, SIDE - 2 * inset)
    pen.clip()
    quarter = (
        ("line", 0.15),
        ("band", 0.138),
        ("petal", 0.10),
        ("ground", 0.088),
        ("accent", 0.05),
        ("line", 0.02),
    )
    for x in (margin, SIDE - margin):
        for y in (margin, SIDE - margin):
            for name, radius in quarter:
                canvas.disc(x, y, SIDE * radius, colours[name])
    pen.translate(SIDE / 2, SIDE / 2)
    rose(canvas, SIDE * 0.335, colours)
    pen.restore()


def rose(canvas: Canvas, radius: float, colours: dict[str, str]) -> None:
    """The rose window round the pen's origin: a crown of beads, sixteen petals, an eye."""
    for name, share in (("line", 1), ("band", 0.975), ("line", 0.80), ("field", 0.785)):
        canvas.disc(0, 0, radius * share, colours[name])
    for i in range(48):
        a = i * 2 * HALF_TURN / 48
        x, y = (radius * 0.888 * f(a) for f in (np.cos, np.sin))
        canvas.disc(x, y, radius * 0.036, colours["line" if i % 2 else "accent"])
    for i in range(16):
        _petal(canvas, radius, i, colours)
    hub = (
        ("line", 0.30),
        ("band", 0.285),
        ("line", 0.20),
        ("ground", 0.19),
        ("accent", 0.10),
        ("line", 0.05),
    )
    for name, share in hub:
        canvas.disc(0, 0, radius * share, colours[name])


def _petal(canvas: Canvas, radius, index, colours) -> None:
    pen, odd = canvas.pen, index % 2
    pen.save()
    pen.rotate(index * 2 * HALF_TURN / 16)
    layers = (
        ("line", 0.115, 0.30, 0.765),
        ("ground" if odd else "band", 0.098, 0.315, 0.745),
        ("petal" if odd else "accent", 0.06, 0.42, 0.70),
        ("line", 0.028, 0.50, 0.66),
    )
    for name, half, start, end in layers:
        w, a, b = half * radius, start * radius, end * radius
        canvas.ink(colours[name])
        pen.move_to(a, 0)
        pen.curve_to(a + 0.1 * radius, -w * 0.6, b - w, -w, b - w, -w)
        pen.arc(b - w, 0, w, -HALF_TURN / 2, HALF_TURN / 2)
        pen.curve_to(a + 0.15 * radius, w, a + 0.1 * radius, w * 0.6, a, 0)
        pen.close_path()
        pen.fill()
    pen.restore()


DRAWN = {"scarf-night": partial(square, "night")}
