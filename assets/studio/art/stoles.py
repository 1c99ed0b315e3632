"""Stoles, seen flat: Étole Marées with its tide lines, Étole Brandebourg with its braid."""

from functools import partial

import numpy as np

from .canvas import SERIF, Canvas
from .scarves import COLOURWAYS, rose

TURN = 2 * np.pi
TIDES = {
    "navy": {
        "band": "#172a45",
        "foam": "#f3ebdd",
        "spark": "#d9a24a",
        "waters": (
            "#1f3a5f", "#2d5680", "#5b8aa6", "#e9dfcb", "#8fb1bf", "#20416a",
            "#c9d6d3", "#37688f", "#16304f", "#7fa3b3", "#e3d3b4", "#2a4f79",
        ),
    },
    "earth": {
        "band": "#5c2a22",
        "foam": "#f7ecdb",
        "spark": "#2f5551",
        "waters": (
            "#8c3f2b", "#b9623d", "#d99a68", "#f0dfc4", "#e2b98d", "#7a3327",
            "#ead0ac", "#c57a4a", "#6a2b24", "#d8a27c", "#f1e4cd", "#a3502f",
        ),
    },
}  # fmt: skip
# How high each tide ran: the bands' heights as shares of the length, repeated.
HEIGHTS = (0.052, 0.031, 0.064, 0.022, 0.041, 0.083, 0.027, 0.049, 0.071, 0.019, 0.036, 0.058)


def tides(colourway: str) -> np.ndarray:
    """70 x 200 cm: bands of uneven height, each edge a line that the swash left behind."""
    width, length = 1400, 4000
    colours = TIDES[colourway]
    canvas = Canvas(width, length, colours["band"])
    pen, margin, end = canvas.pen, 46, 120
    pen.save()
    pen.rectangle(margin, end, width - 2 * margin, length - 2 * end)
    pen.clip()
    canvas.rectangle(0, 0, width, length, colours["waters"][5])
    x = np.linspace(0, width, 360)
    top, number = float(end), 0
    while top < length - end:
        rng = np.random.default_rng(40 + number)
        line = top + _swash(rng, x, width)
        colour = colours["waters"][number % len(colours["waters"])]
        _water(canvas, x, line, colour, length)
        _wake(canvas, x, line, number, colours, rng)
        top += HEIGHTS[number % len(HEIGHTS)] * length
        number += 1
    pen.restore()
    for inset, thick in ((margin - 5, 9), (margin - 20, 4)):
        canvas.ink(colours["foam"])
        pen.set_line_width(thick)
        pen.rectangle(
            inset, end - margin + inset, width - 2 * inset, length - 2 * (end - margin + inset)
        )
        pen.stroke()
    canvas.write(
        width - 70, length - 40, "Maison Lucarne", SERIF, 30, colours["foam"], "right", 1.5
    )
    return canvas.pixels()


def _swash(rng, x, width: float) -> np.ndarray:
    """The edge of spent waves on sand: broad lobes that cut into one another."""
    lobes = int(rng.integers(3, 6))
    edge = np.full_like(x, -1e9)
    for i in range(-1, lobes + 1):
        middle = (i + 0.5 + rng.uniform(-0.3, 0.3)) * width / lobes
        reach = width / lobes * rng.uniform(0.75, 1.15)
        run = rng.uniform(26, 62)
        edge = np.maximum(edge, run - 62 * ((x - middle) / reach) ** 2)
    swell = 9 * np.sin(x / width * 7 + rng.uniform(0, 6)) + 4 * np.sin(x / width * 19)
    return swell - edge


def _water(canvas: Canvas, x, line, colour: str, length: int) -> None:
    canvas.ink(colour)
    canvas.pen.move_to(x[0], length)
    for a, b in zip(x, line, strict=True):
        canvas.pen.line_to(a, b)
    canvas.pen.line_to(x[-1], length)
    canvas.pen.fill()


def _wake(canvas: Canvas, x, line, number: int, colours, rng) -> None:
    """Foam on the edge, thinner lines behind it, and one texture for each band."""
    _stroke(canvas, x, line, colours["foam"], 9)
    echo = colours["waters"][(number + 5) % len(colours["waters"])]
    for i, thick in enumerate((5.0, 3.2, 2.2)[: 1 + number % 3]):
        settle = line * (1 - 0.10 * (i + 1)) + line.mean() * 0.10 * (i + 1)
        _stroke(canvas, x, settle + 21 + 17 * i, echo, thick)
    texture = number % 4
    if texture == 1:
        for a, b in zip(x[4::9], line[4::9], strict=True):
            canvas.disc(a, b + 82, 6.5, colours["foam"])
            canvas.disc(a + 18, b + 104, 4.0, colours["foam"])
    elif texture == 2:
        for i in range(4):
            ripple = line * 0.3 + line.mean() * 0.7 + 120 + 26 * i
            _stroke(canvas, x, ripple + 5 * np.sin(x / 17 + i * 2.1), colours["foam"], 3)
    elif texture == 3:
        for _ in range(46):
            k = int(rng.integers(2, len(x) - 2))
            canvas.disc(x[k], line[k] + rng.uniform(50, 140), rng.uniform(2, 5), colours["spark"])
    if number % 5 == 0:
        _stroke(canvas, x, line - 17, colours["spark"], 5)


def _stroke(canvas: Canvas, x, y, colour: str, thick: float) -> None:
    canvas.ink(colour)
    canvas.pen.set_line_width(thick)
    for a, b in zip(x, y, strict=True):
        canvas.pen.line_to(a, b)
    canvas.pen.stroke()


def brandebourgs() -> np.ndarray:
    """65 x 200 cm, ivory: a rose in the middle, hussars' braid across, loops along the edges."""
    width, length = 1300, 4000
    colours = COLOURWAYS["earth"]
    canvas = Canvas(width, length, colours["band"])
    for inset, name in (
        (62, "line"),
        (72, "ground"),
        (196, "line"),
        (203, "band"),
        (214, "ground"),
    ):
        canvas.rectangle(inset, inset, width - 2 * inset, length - 2 * inset, colours[name])
    _edging(canvas, width, length, colours)
    pen = canvas.pen
    pen.save()
    pen.translate(width / 2, length / 2)
    rose(canvas, 405, colours)
    pen.restore()
    for way in (1, -1):
        pen.save()
        pen.translate(width / 2, length / 2)
        pen.scale(1, way)
        for i in range(5):
            pen.save()
            pen.translate(0, 590 + i * 258)
            pen.scale(1.16, 1.16)
            _frog(canvas, 0, colours, i)
            pen.restore()
        pen.restore()
    canvas.write(100, length - 24, "Maison Lucarne", SERIF, 30, colours["ground"], tracking=1.5)
    return canvas.pixels()


def _edging(canvas: Canvas, width: int, length: int, colours) -> None:
    """Trefoils in a row within the frame, and a button between two of them."""
    pen, middle = canvas.pen, 134
    for horizontal in (False, True):
        reach = (width if horizontal else length) - 2 * middle
        count = round(reach / 93)
        for side in (-1, 1):
            for i in range(count + 1):
                along = -reach / 2 + i * reach / count
                pen.save()
                pen.translate(width / 2, length / 2)
                if horizontal:
                    pen.translate(along, side * (length / 2 - middle))
                    pen.rotate(0 if side > 0 else TURN / 2)
                else:
                    pen.translate(side * (width / 2 - middle), along)
                    pen.rotate(-TURN / 4 * side)
                if i in (0, count):
                    for name, radius in (
                        ("band", 40),
                        ("ground", 29),
                        ("line", 22),
                        ("accent", 10),
                    ):
                        canvas.disc(0, 0, radius, colours[name])
                else:
                    _trefoil(canvas, 0.62, colours, "band" if i % 2 else "line")
                pen.restore()


def _trefoil(canvas: Canvas, scale: float, colours, name: str) -> None:
    """A loop of braid: three leaves of one cord, its foot at +y."""
    pen = canvas.pen
    pen.save()
    pen.scale(scale, scale)
    for thick, colour in ((19, colours[name]), (5, colours["petal"])):
        canvas.ink(colour)
        pen.set_line_width(thick)
        pen.move_to(-34, 62)
        pen.curve_to(0, 40, 14, 26, 26, 4)
        pen.curve_to(50, -36, 74, 22, 30, 20)
        pen.curve_to(4, 18, -34, -58, 0, -60)
        pen.curve_to(34, -58, -4, 18, -30, 20)
        pen.curve_to(-74, 22, -50, -36, -26, 4)
        pen.curve_to(-14, 26, 0, 40, 34, 62)
        pen.stroke()
    pen.restore()
    canvas.disc(0, 25 * scale, 9 * scale, colours["accent"])


def _frog(canvas: Canvas, y: float, colours, number: int) -> None:
    """One closure of a hussar's jacket: a double cord that ends in loops, a button between."""
    pen = canvas.pen
    name = "band" if number % 2 == 0 else "line"
    reach = 300 - 14 * number
    for thick, colour in ((46, colours[name]), (32, colours["petal"]), (19, colours[name])):
        canvas.ink(colour)
        pen.set_line_width(thick)
        pen.set_line_cap(1)
        pen.move_to(-reach + 60, y)
        pen.line_to(reach - 60, y)
        pen.stroke()
    for side in (-1, 1):
        pen.save()
        pen.translate(side * (reach - 12), y)
        pen.rotate(TURN / 4 * side)
        _trefoil(canvas, 1.28, colours, name)
        pen.restore()
        for radius, tone in ((40, "ground"), (33, name), (21, "petal"), (13, "accent")):
            canvas.disc(side * 118, y, radius, colours[tone])
    for radius, tone in ((62, "ground"), (53, name), (41, "ground"), (34, "accent"), (12, "petal")):
        canvas.disc(0, y, radius, colours[tone])
    for i in range(12):
        a = i * TURN / 12
        canvas.disc(23 * np.cos(a), y + 23 * np.sin(a), 4, colours["petal"])
    for side in (-1, 1) if number < 4 else ():
        for i in range(5):
            canvas.disc(side * (28 + 46 * i), y + 106, 7 - i * 0.7, colours["accent"])


DRAWN = {f"tides-{name}": partial(tides, name) for name in TIDES} | {"brandebourgs": brandebourgs}
