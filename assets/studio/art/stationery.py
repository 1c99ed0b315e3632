"""What is printed on stationery: the diary's gilding and weeks, bands, ink labels, swatches."""

from functools import partial

import numpy as np

from .canvas import SANS, SERIF, Canvas, clouds, mix, on_paper, rgb
from .labels import HOUSE, INK, PAPER, draw_lucarne

COVER = (2.86, 2.10)  # the diary's cloth, opened flat: width and height in units of 10 cm
PIXELS = 700  # for each unit of 10 cm
LEFT_DAYS = ("Lundi 4", "Mardi 5", "Mercredi 6", "Jeudi 7")
RIGHT_DAYS = ("Vendredi 8", "Samedi 9", "Dimanche 10")
LINE, FAINT, RED = "#8f8474", "#c3b8a5", "#a5391c"
INKS = {"nuit": "#17264f", "brique": "#8c2f19"}


def diary_gilding() -> np.ndarray:
    """White where the foil goes: front board on the right, spine in the middle."""
    width, height = (round(side * PIXELS) for side in COVER)
    canvas = Canvas(width, height, "#000000")
    front = width - 0.63 * PIXELS
    canvas.write(front, height * 0.47, "2027", SERIF, 0.46 * PIXELS, "#ffffff", "centre", 4)
    canvas.ink("#ffffff")
    draw_lucarne(canvas, front, height * 0.66, 0.052 * PIXELS)
    canvas.pen.set_line_width(3.5)
    for inset in (0.075, 0.095):
        canvas.pen.rectangle(
            width - (1.24 - inset) * PIXELS,
            inset * PIXELS,
            (1.28 - 2 * inset - 0.04) * PIXELS,
            height - 2 * inset * PIXELS,
        )
        canvas.pen.stroke()
    canvas.pen.save()
    canvas.pen.translate(width / 2, height * 0.16)
    canvas.pen.rotate(np.pi / 2)
    canvas.write(0, 0.026 * PIXELS, "2027", SERIF, 0.10 * PIXELS, "#ffffff", "centre", 4)
    canvas.pen.restore()
    return canvas.pixels()


def week(days: tuple[str, ...], heading: str, side: str) -> np.ndarray:
    """One page of the diary, ruled; the gutter is on the other side of `side`."""
    width, height = 1300, 2160
    canvas = Canvas(width, height, "#f7f2e7")
    outer, inner = 90, 150
    left, right = (outer, width - inner) if side == "left" else (inner, width - outer)
    edge = left if side == "left" else right
    canvas.write(edge, 150, heading, SERIF, 92, INK, side)
    other = right if side == "left" else left
    words, align = ("2027", "right") if side == "left" else ("semaine 1", "left")
    canvas.write(other, 146, words, SANS, 38, RED, align, 3)
    rows = 4
    tall = (height - 330) / rows
    for row in range(rows):
        top = 230 + row * tall
        canvas.rectangle(left, top, right - left, 4, INK if row == 0 else LINE)
        if row < len(days):
            name, number = days[row].split()
            canvas.write(left + 4, top + 82, number, SERIF, 84, INK)
            canvas.write(left + 110, top + 78, name.upper(), SANS, 34, INK, tracking=5)
        else:
            canvas.write(left + 4, top + 78, "À NOTER", SANS, 34, RED, tracking=5)
        for k in range(1, 5):
            canvas.rectangle(left, top + 82 + k * (tall - 82) / 5, right - left, 3, FAINT)
    return on_paper(canvas.pixels(), 7, 0.015)


def letter_band() -> np.ndarray:
    width, height = 1500, 420
    canvas = Canvas(width, height, "#1f3a5f")
    canvas.ink("#efe6d4")
    draw_lucarne(canvas, width * 0.5, height * 0.24, 46)
    canvas.write(width / 2, height * 0.66, "Papier à lettres", SERIF, 132, "#f4ecdb", "centre")
    small = "30 FEUILLES · 20 ENVELOPPES DOUBLÉES"
    canvas.write(width / 2, height * 0.86, small, SANS, 34, "#efe6d4", "centre", 7)
    return on_paper(canvas.pixels(), 9, 0.02)


def ink_label(name: str) -> np.ndarray:
    """The ink's name under a brush mark of the ink itself."""
    width, height = 900, 720
    canvas = Canvas(width, height, PAPER)
    margin = 34
    canvas.ink(INK)
    canvas.pen.set_line_width(5)
    canvas.pen.rectangle(margin, margin, width - 2 * margin, height - 2 * margin)
    canvas.pen.stroke()
    canvas.write(width / 2, 138, HOUSE, SANS, 46, INK, "centre", 14)
    canvas.write(width / 2, 480, f"Encre {name}", SERIF, 168, INK, "centre")
    canvas.write(width / 2, 606, "50 ml · Paris", SANS, 48, INK, "centre", 7)
    mark = _brushed(height, width, (0.24, 0.76), (0.27, 0.37), 5)
    return on_paper(mix(canvas.pixels(), rgb(INKS[name]), mark), 2, 0.015)


def swatch(name: str) -> np.ndarray:
    """A trial card: one broad stroke that dries paler, the name in the ink."""
    width, height = 1500, 1000
    canvas = Canvas(width, height, "#f7f3ea")
    canvas.write(width * 0.09, height * 0.86, f"Encre {name}", SERIF, 150, INKS[name])
    canvas.write(width * 0.91, height * 0.85, "ESSAI", SANS, 40, INKS[name], "right", 10)
    paper, ink = canvas.pixels(), rgb(INKS[name])
    mark = _brushed(height, width, (0.09, 0.91), (0.14, 0.60), 8)
    pale = mix(ink, rgb("#ffffff"), 0.34)
    pool = np.clip(clouds(height, width, 3, 4, 12) * 1.9 - 0.55, 0, 1)[..., None]
    across = np.linspace(0, 1, width)[None, :, None]
    tone = mix(ink, pale, np.clip(pool * 0.75 + across * 0.3, 0, 1))
    return on_paper(mix(paper, tone, mark * 0.96), 3, 0.02)


def _brushed(height, width, across, down, seed: int) -> np.ndarray:
    """A flat brush's stroke as a mask (height, width, 1); the ends are ragged."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = x / width, y / height
    bristles = clouds(height, 64, 60, 3, seed)[:, 32]
    wave = clouds(64, width, 5, 4, seed + 1)[32]
    top = down[0] + (wave[None] - 0.5) * 0.03
    low = down[1] + (wave[None, ::-1] - 0.5) * 0.03
    start = across[0] + (bristles[:, None] - 0.5) * 0.02
    end = across[1] + (bristles[:, None] - 0.5) * 0.11
    inside = np.minimum(np.minimum(x - start, end - x), np.minimum(y - top, low - y))
    return np.clip(inside * width / 2.5, 0, 1)[..., None]


def nib() -> np.ndarray:
    """A steel nib from its base (bottom) to its tip: slit, breather, an engraved border."""
    width, height = 600, 1200
    canvas = Canvas(width, height, "#d8d8d6")
    pen = canvas.pen
    canvas.ink("#8f8f8d")
    pen.set_line_width(9)
    pen.move_to(70, height)
    pen.curve_to(70, 700, 130, 560, 210, 420)
    pen.move_to(530, height)
    pen.curve_to(530, 700, 470, 560, 390, 420)
    pen.stroke()
    canvas.rectangle(width / 2 - 8, 0, 16, 640, "#121212")
    canvas.ink("#0d0d0d")
    pen.save()
    pen.translate(width / 2, 660)
    pen.scale(1, 0.75)
    pen.arc(0, 0, 42, 0, 2 * np.pi)
    pen.restore()
    pen.fill()
    canvas.write(width / 2, 880, "VIGIE", SANS, 74, "#5a5a58", "centre", 8)
    canvas.ink("#5a5a58")
    canvas.write(width / 2, 1010, "M", SERIF, 100, "#5a5a58", "centre")
    return canvas.pixels()


DRAWN = {
    "diary-gilding": diary_gilding,
    "diary-left": partial(week, LEFT_DAYS, "Janvier", "left"),
    "diary-right": partial(week, RIGHT_DAYS, "Janvier", "right"),
    "letter-band": letter_band,
    "ink-nuit": partial(ink_label, "nuit"),
    "ink-brique": partial(ink_label, "brique"),
    "swatch-nuit": partial(swatch, "nuit"),
    "swatch-brique": partial(swatch, "brique"),
    "nib": nib,
}
