"""Small silk, seen flat: Pochette Losange, Bandeau Passage."""

from functools import partial

import numpy as np

from .canvas import Canvas

TURN = 2 * np.pi
LOZENGES = {
    "navy": {
        "band": "#1a2b4a",
        "ground": "#24395f",
        "pale": "#e8decb",
        "mid": "#7d97b3",
        "spark": "#d08a3e",
    },
    "bordeaux": {
        "band": "#551a26",
        "ground": "#6d2430",
        "pale": "#f0e0cc",
        "mid": "#c78c82",
        "spark": "#d9a441",
    },
}
PASSAGE = {
    "ink": "#1d3b38",
    "pale": "#f2e8d5",
    "ochre": "#d49b3a",
    "clay": "#c05a3a",
    "water": "#a7c1b6",
    "deep": "#3f6b64",
}


def lozenges(colourway: str) -> np.ndarray:
    """33 x 33 cm: a plain band, two lines, small lozenges in a half-drop."""
    side, colours = 2000, LOZENGES[colourway]
    canvas = Canvas(side, side, colours["band"])
    for inset, name in ((128, "pale"), (137, "band"), (166, "mid"), (171, "ground")):
        canvas.rectangle(inset, inset, side - 2 * inset, side - 2 * inset, colours[name])
    pen, inset = canvas.pen, 171
    pen.save()
    pen.rectangle(inset, inset, side - 2 * inset, side - 2 * inset)
    pen.clip()
    columns, rows = 16, 12
    wide, high = (side - 2 * inset) / columns, (side - 2 * inset) / rows
    for row in range(2 * rows + 1):
        for column in range(columns + 1):
            x = inset + (column + 0.5 * (row % 2)) * wide
            _lozenge(canvas, x, inset + row * high / 2, wide / 2, high / 2, row, column, colours)
    pen.restore()
    for x in (147, side - 147):
        for y in (147, side - 147):
            _diamond(canvas, x, y, 34, 34, colours["band"])
            _diamond(canvas, x, y, 22, 22, colours["spark"])
    return canvas.pixels()


def _diamond(canvas: Canvas, x, y, half_width, half_height, colour: str) -> None:
    canvas.ink(colour)
    canvas.pen.move_to(x, y - half_height)
    canvas.pen.line_to(x + half_width, y)
    canvas.pen.line_to(x, y + half_height)
    canvas.pen.line_to(x - half_width, y)
    canvas.pen.fill()


def _lozenge(canvas: Canvas, x, y, half_width, half_height, row, column, colours) -> None:
    def draw(share: float, name: str) -> None:
        _diamond(canvas, x, y, half_width * share, half_height * share, colours[name])

    if row % 2:
        draw(0.90, "mid")
        draw(0.76, "band")
        draw(0.30, "pale")
    else:
        draw(0.90, "pale")
        draw(0.78, "ground")
        if (row // 2 + column) % 3 == 0:
            draw(0.50, "spark")
            draw(0.26, "band")
        else:
            draw(0.50, "mid")
            draw(0.34, "ground")
            draw(0.16, "pale")


def passage() -> np.ndarray:
    """8 x 120 cm: the floors of a covered passage, and its glass roof between."""
    length, width = 7200, 480
    canvas = Canvas(length, width, PASSAGE["ink"])
    canvas.rectangle(0, 34, length, width - 68, PASSAGE["pale"])
    canvas.rectangle(0, 40, length, width - 80, PASSAGE["ink"])
    canvas.rectangle(0, 58, length, width - 116, PASSAGE["pale"])
    for start in (0, length - 120):
        canvas.rectangle(start, 0, 120, width, PASSAGE["ink"])
    pen = canvas.pen
    pen.save()
    pen.rectangle(420, 64, length - 840, width - 128)
    pen.clip()
    floors = (_cubes, _cabochons, _fans)
    start, number, span = 420, 0, 530
    while start < length - 420:
        pen.save()
        pen.rectangle(start, 0, span, width)
        pen.clip()
        floors[number % 3](canvas, start, span, width)
        pen.restore()
        for at, thick, name in ((0, 26, "pale"), (4, 18, "ink"), (9, 8, "ochre")):
            canvas.rectangle(start + at - 13, 0, thick, width, PASSAGE[name])
        start, number = start + span, number + 1
    pen.restore()
    for side in (0, 1):
        for k, name in enumerate(("clay", "pale", "deep", "pale", "ochre", "pale")):
            at = 250 + 24 * k
            canvas.rectangle(
                at if side == 0 else length - at - 18, 64, 18, width - 128, PASSAGE[name]
            )
    # Drawn lying, handed over hanging.
    return np.rot90(canvas.pixels()).copy()


def _cubes(canvas: Canvas, start: float, span: float, width: float) -> None:
    """Floor of lozenges in three stones: it rises or sinks as one looks."""
    canvas.rectangle(start, 0, span, width, PASSAGE["pale"])
    r = 62.0
    h = r * np.sqrt(3) / 2
    for row in range(-1, 6):
        for column in range(-1, 7):
            x = start + column * 2 * h + (row % 2) * h
            y = width / 2 + (row - 2) * 1.5 * r
            spokes = [
                (x + r * np.sin(k * TURN / 6), y - r * np.cos(k * TURN / 6)) for k in range(6)
            ]
            for k, name in ((0, "water"), (2, "ink"), (4, "ochre")):
                canvas.ink(PASSAGE[name])
                canvas.pen.move_to(x, y)
                for corner in (k - 1, k, k + 1):
                    canvas.pen.line_to(*spokes[corner % 6])
                canvas.pen.fill()


def _cabochons(canvas: Canvas, start: float, span: float, width: float) -> None:
    """Pale octagons, dark squares set between their corners."""
    canvas.rectangle(start, 0, span, width, PASSAGE["pale"])
    step = (width - 128) / 4
    for row in range(-1, 6):
        for column in range(-1, 8):
            x, y = start + column * step + span / 2 % step, 64 + row * step
            _diamond(canvas, x, y, step * 0.36, step * 0.36, PASSAGE["ink"])
            _diamond(canvas, x, y, step * 0.20, step * 0.20, PASSAGE["clay"])
            canvas.disc(x + step / 2, y + step / 2, step * 0.12, PASSAGE["deep"])
            canvas.disc(x + step / 2, y + step / 2, step * 0.06, PASSAGE["pale"])


def _fans(canvas: Canvas, start: float, span: float, width: float) -> None:
    """Two fanlights foot to foot, as the glass roof ends over each door."""
    canvas.rectangle(start, 0, span, width, PASSAGE["deep"])
    pen, middle = canvas.pen, start + span / 2
    for way in (-1, 1):
        foot = width / 2 + way * 168
        pen.save()
        pen.translate(middle, foot)
        pen.scale(1, -way)
        for name, radius in (("pale", 164), ("ink", 157), ("pale", 136), ("water", 130)):
            _half_disc(canvas, radius, PASSAGE[name])
        for k in range(1, 12):
            pen.save()
            pen.rotate(k * TURN / 24)
            if k % 2 == 0:
                canvas.rectangle(48, -3, 84, 6, PASSAGE["pale"])
            canvas.disc(146.5, 0, 5, PASSAGE["ochre"])
            pen.restore()
        for name, radius in (("pale", 62), ("clay", 55), ("pale", 31), ("ochre", 25)):
            _half_disc(canvas, radius, PASSAGE[name])
        pen.restore()
    for side in (-1, 1):
        _diamond(canvas, middle + side * 214, width / 2, 30, 74, PASSAGE["ochre"])
        _diamond(canvas, middle + side * 214, width / 2, 16, 44, PASSAGE["ink"])


def _half_disc(canvas: Canvas, radius: float, colour: str) -> None:
    canvas.ink(colour)
    canvas.pen.arc(0, 0, radius, 0, TURN / 2)
    canvas.pen.fill()


DRAWN = {f"lozenges-{name}": partial(lozenges, name) for name in LOZENGES} | {"passage": passage}
