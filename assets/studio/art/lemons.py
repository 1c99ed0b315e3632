"""A print in cut paper: lemons on a sheet of brushed blue."""

import numpy as np
from scipy.ndimage import gaussian_filter

from .canvas import mix, on_paper, rgb
from .press import WHITE, Plate, Sheet, hand_cut
from .prints import HEIGHT, WIDTH

W, H = WIDTH, HEIGHT

LEMONS = (
    # x, y (shares of the sheet), length (of its width), turn (radians)
    (0.27, 0.17, 0.34, -0.55),
    (0.78, 0.26, 0.33, 0.75),
    (0.40, 0.455, 0.36, 0.22),
    (0.86, 0.60, 0.34, -0.95),
    (0.16, 0.715, 0.33, -1.25),
    (0.54, 0.845, 0.35, 0.40),
)
HALVES = ((0.615, 0.640, 0.105, 0.3), (0.045, 0.395, 0.112, 0.0), (0.53, 0.040, 0.112, 0.2))
LOOSE_SPRIGS = ((0.585, 0.345, 0.20, -0.9), (0.10, 0.565, 0.20, -2.5), (0.90, 0.055, 0.20, 2.4))


def lemons() -> np.ndarray:
    """Lemons cut with scissors out of painted paper, on a sheet of brushed blue."""
    sheet = Sheet(W, H, "#f5eee0", 800)
    strokes = gaussian_filter(np.random.default_rng(4).normal(0, 1, (H, W)), (1.6, 190))
    strokes /= strokes.std()
    blue = mix(rgb("#1f4fa3"), rgb("#2f68bd"), np.clip(strokes * 0.22 + 0.4, 0, 1)[..., None])
    ground = sheet.plate()
    ground.rectangle(-20, -20, W + 40, H + 40, WHITE)
    sheet.pull(ground, blue, grain=0.03)
    for i, sprig in enumerate((*_stalks(), *LOOSE_SPRIGS)):
        colour = ("#2f6b4a", "#8fb04e", "#1c4a3c")[i % 3]
        _cut(sheet, lambda p, a=sprig: _sprig(p, *a), colour, 20 + i)
    for i, lemon in enumerate(LEMONS):
        _cut(
            sheet,
            lambda p, a=lemon: _lemon(p, *a),
            ("#f6cc2f", "#f9d84f", "#efbb20")[i % 3],
            40 + i,
        )
        _cut(sheet, lambda p, a=lemon: _lemon_shade(p, *a), "#e09f1b", 60 + i, flat=True)
    for i, half in enumerate(HALVES):
        _slice(sheet, *half, 80 + 4 * i)
    return on_paper(sheet.pixels, 43, 0.04)


def _stalks():
    """A pair of leaves at the stalk's end of each lemon."""
    for x, y, size, turn in LEMONS:
        back = 0.46 * size
        foot = (x - back * np.cos(turn), y - back * np.sin(turn) * W / H)
        yield (*foot, 0.21, turn + np.pi + 0.25)


def _cut(sheet: Sheet, draw, colour: str, seed: int, flat: bool = False) -> None:
    """One piece of painted paper, glued on: a thin shadow under its edge, brush marks in it."""
    plate = sheet.plate()
    draw(plate)
    mask = hand_cut(plate.coverage(), 5.5, seed * 3, 26)
    if not flat:
        soft = gaussian_filter(mask, 4)
        sheet.pull(soft, "#0d2450", off=(4, 6), cover=0.42, grain=0)
    rng = np.random.default_rng(seed)
    strokes = (
        gaussian_filter(rng.normal(0, 1, (H // 2, W // 2)), (1.2, 60)).repeat(2, 0).repeat(2, 1)
    )
    tone = rgb(colour) * (1 + 0.035 * (strokes / strokes.std())[..., None])
    sheet.pull(mask, np.clip(tone, 0, 1), grain=0.02)


def _lemon(plate: Plate, x, y, size, turn) -> None:
    pen, s = plate.pen, size * W
    pen.save()
    pen.translate(x * W, y * H)
    pen.rotate(turn)
    pen.move_to(-0.50 * s, 0.01 * s)
    pen.curve_to(-0.45 * s, -0.06 * s, -0.40 * s, -0.13 * s, -0.30 * s, -0.22 * s)
    pen.curve_to(-0.12 * s, -0.36 * s, 0.20 * s, -0.34 * s, 0.34 * s, -0.17 * s)
    pen.curve_to(0.40 * s, -0.10 * s, 0.43 * s, -0.08 * s, 0.50 * s, -0.065 * s)
    pen.curve_to(0.545 * s, -0.04 * s, 0.545 * s, 0.035 * s, 0.49 * s, 0.05 * s)
    pen.curve_to(0.42 * s, 0.07 * s, 0.38 * s, 0.12 * s, 0.31 * s, 0.19 * s)
    pen.curve_to(0.14 * s, 0.35 * s, -0.16 * s, 0.34 * s, -0.32 * s, 0.20 * s)
    pen.curve_to(-0.41 * s, 0.12 * s, -0.45 * s, 0.06 * s, -0.50 * s, 0.01 * s)
    plate.ink(WHITE)
    pen.fill()
    pen.restore()


def _lemon_shade(plate: Plate, x, y, size, turn) -> None:
    """A sliver of deeper yellow along the belly."""
    pen, s = plate.pen, size * W
    pen.save()
    pen.translate(x * W, y * H)
    pen.rotate(turn)
    pen.move_to(0.34 * s, 0.13 * s)
    pen.curve_to(0.14 * s, 0.335 * s, -0.16 * s, 0.325 * s, -0.33 * s, 0.175 * s)
    pen.curve_to(-0.14 * s, 0.225 * s, 0.12 * s, 0.235 * s, 0.34 * s, 0.13 * s)
    plate.ink(WHITE)
    pen.fill()
    pen.restore()


def _sprig(plate: Plate, x, y, size, turn) -> None:
    """Two leaves, scissors-cut, on one short stalk."""
    for side, length in ((-1, 1.0), (1, 0.82)):
        pen, s = plate.pen, size * W * length
        pen.save()
        pen.translate(x * W, y * H)
        pen.rotate(turn + side * 0.62)
        pen.move_to(0, 0)
        pen.curve_to(s * 0.22, -s * 0.24, s * 0.62, -s * 0.22, s * 0.86, 0)
        pen.curve_to(s * 0.60, s * 0.15, s * 0.24, s * 0.17, 0, 0)
        plate.ink(WHITE)
        pen.fill()
        pen.restore()


def _slice(sheet: Sheet, x, y, radius, turn, seed) -> None:
    """A lemon cut across: rind, pith, nine segments."""
    cx, cy, r = x * W, y * H, radius * W

    def segments(plate: Plate) -> None:
        for i in range(9):
            a = turn + i * 2 * np.pi / 9
            b = a + 2 * np.pi / 9
            gap = 0.055
            middle = (a + b) / 2
            tip = (cx + 0.11 * r * np.cos(middle), cy + 0.11 * r * np.sin(middle))
            rim = [
                (cx + 0.78 * r * np.cos(v), cy + 0.78 * r * np.sin(v))
                for v in np.linspace(a + gap, b - gap, 12)
            ]
            plate.polygon([tip, *rim])

    _cut(sheet, lambda p: p.disc(cx, cy, r, WHITE), "#f2c025", seed)
    _cut(sheet, lambda p: p.disc(cx, cy, r * 0.88, WHITE), "#fbf3dc", seed + 1, flat=True)
    _cut(sheet, segments, "#f7d75a", seed + 2, flat=True)
