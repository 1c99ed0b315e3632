"""Four prints from the Imprimerie du Puits: roofs, a footbridge, lemons, the house's window."""

from itertools import pairwise

import cairo
import numpy as np
from scipy.ndimage import map_coordinates

from .canvas import clouds, on_paper
from .lemons import lemons
from .press import SERIF, WHITE, Plate, Sheet, hand_cut, letter, stipple
from .prints import HEIGHT, WIDTH

W, H = WIDTH, HEIGHT


def roofs() -> np.ndarray:
    """Dusk over zinc: three depths of roofs in flat inks, one round window lit."""
    sheet = Sheet(W, H, "#f4ead9", 600)
    y = np.linspace(0, 1, H, dtype=np.float32)[:, None] * np.ones((1, W), np.float32)
    sheet.pull(np.ones((H, W)), "#f3b79a", grain=0.03)
    sheet.pull(stipple(np.clip(0.95 - y * 2.1, 0, 1), 61, 0.9), "#7d86b8", over=0.25, grain=0.03)
    sheet.pull(
        stipple(np.clip(1.0 - np.abs(y - 0.50) * 6, 0, 0.85), 62, 0.9), "#f7d3a1", grain=0.02
    )
    moon = sheet.plate()
    moon.disc(W * 0.27, H * 0.155, W * 0.050, WHITE)
    sheet.pull(moon, "#fbf0da", off=(2, 1))
    far, middle = sheet.plate(), sheet.plate()
    _skyline(far, 0.47, 9, 0.060, 5)
    sheet.pull(far, "#a98aa6", off=(-2, 1))
    _skyline(middle, 0.565, 6, 0.085, 11)
    sheet.pull(middle, "#6d6a94", off=(2, -1))
    _pots(sheet)
    _near_roof(sheet)
    return on_paper(sheet.pixels, 41, 0.035)


def _skyline(plate: Plate, top: float, count: int, height: float, seed: int) -> None:
    """A street of mansards seen from above the gutters: slopes, flats, party walls."""
    rng = np.random.default_rng(seed)

    cuts = np.linspace(-0.08, 1.08, count + 1) + np.r_[0, rng.uniform(-0.03, 0.03, count - 1), 0]
    for left, right in pairwise(cuts):
        up = top - rng.uniform(0, height)
        slope = (right - left) * rng.uniform(0.16, 0.34)
        eaves = up + height * 0.95
        plate.polygon(
            [
                (x * W, v * H)
                for x, v in (
                    (left, 1),
                    (left, eaves),
                    (left + slope, up),
                    (right - slope, up),
                    (right, eaves),
                    (right, 1),
                )
            ]
        )
        wall = right - slope * rng.uniform(0.1, 0.5)
        stack = rng.uniform(0.030, 0.050)
        rise = height * rng.uniform(0.30, 0.55)
        plate.rectangle((wall - stack) * W, (up - rise) * H, stack * W, (rise + height) * H, WHITE)
        for k in range(rng.integers(2, 4)):
            pot = stack * 0.22
            x = wall - stack * (0.86 - 0.30 * k)
            plate.rectangle(x * W, (up - rise - 0.017) * H, pot * W, 0.018 * H, WHITE)


def _pots(sheet: Sheet) -> None:
    """The nearest chimney: a plastered wall with six clay pots in a row."""
    wall, pots, shade = sheet.plate(), sheet.plate(), sheet.plate()
    wall.polygon(
        [(x * W, y * H) for x, y in ((0.06, 0.505), (0.335, 0.505), (0.335, 0.9), (0.06, 0.9))]
    )
    wall.rectangle(0.048 * W, 0.495 * H, 0.299 * W, 0.016 * H, WHITE)
    shade.polygon(
        [(x * W, y * H) for x, y in ((0.285, 0.511), (0.335, 0.511), (0.335, 0.9), (0.285, 0.9))]
    )
    for i in range(6):
        x, tall = 0.068 + i * 0.0455, 0.050 if i % 3 else 0.066
        foot = 0.495 * H
        pots.polygon(
            (
                (x * W, foot),
                (x * W + 7, foot - tall * H),
                ((x + 0.031) * W - 7, foot - tall * H),
                ((x + 0.031) * W, foot),
            )
        )
        pots.rectangle(x * W + 2, foot - tall * H - 5, 0.031 * W - 4, 13, WHITE)
    sheet.pull(wall, "#d8a58c", off=(-2, 2))
    sheet.pull(shade, "#8b6f8c", off=(2, 0), over=0.55)
    sheet.pull(pots, "#c2512f", off=(3, -1))


def _near_roof(sheet: Sheet) -> None:
    """A zinc slope with standing seams, a dormer in it, its round window lit."""
    zinc, dark, lamp = "#39456b", "#222a49", "#ffc53d"
    slope, flat, seams = sheet.plate(), sheet.plate(), sheet.plate()
    slope.polygon(
        [(x * W, y * H) for x, y in ((0, 0.735), (0.20, 0.665), (1, 0.665), (1, 1), (0, 1))]
    )
    flat.polygon(
        [(x * W, y * H) for x, y in ((0.185, 0.645), (1, 0.645), (1, 0.672), (0.19, 0.672))]
    )
    for i in range(16):
        x = 0.22 + i * 0.062
        seams.line(((x * W, 0.672 * H), ((x - 0.055 + i * 0.0042) * W, H)), 4.5)
    sheet.pull(slope, zinc, off=(0, 1), grain=0.09)
    sheet.pull(seams, "#6f7aa3", off=(2, 0))
    sheet.pull(flat, dark, off=(-1, 1))
    _dormer(sheet, 0.635 * W, 0.690 * H, 0.175 * W, dark, zinc, lamp)
    foot = sheet.plate()
    foot.rectangle(0, 0.955 * H, W, 0.05 * H, WHITE)
    sheet.pull(foot, dark, off=(-1, 1))


def _dormer(sheet: Sheet, x, y, radius, dark, zinc, lamp) -> None:
    """A round-headed dormer, `x` and `y` the window's centre, `radius` its outer arch."""

    def arch(plate: Plate, r: float, foot: float) -> None:
        plate.pen.arc(x, y, r, np.pi, 2 * np.pi)
        plate.pen.line_to(x + r, foot)
        plate.pen.line_to(x - r, foot)
        plate.pen.close_path()
        plate.ink(WHITE)
        plate.pen.fill()

    shadow, cheek, face, glass, bars = (sheet.plate() for _ in range(5))
    shadow.polygon(
        (
            (x + radius, y),
            (x + radius * 1.5, y + radius * 0.9),
            (x + radius * 1.5, y + radius * 1.45),
            (x + radius, y + radius * 1.45),
        )
    )
    arch(cheek, radius * 1.09, y + radius * 1.45)
    arch(face, radius * 0.93, y + radius * 1.40)
    sheet.pull(shadow, dark, cover=0.8)
    sheet.pull(cheek, dark, off=(-1, 1))
    sheet.pull(face, "#8a93b8", off=(2, 1))
    rim = sheet.plate()
    rim.disc(x, y + radius * 0.18, radius * 0.70, WHITE)
    sheet.pull(rim, dark, off=(-1, 1))
    glass.disc(x, y + radius * 0.18, radius * 0.60, WHITE)
    sheet.pull(glass, lamp, off=(2, -1))
    rows, columns = np.mgrid[0:H, 0:W].astype(np.float32)
    hot = np.exp(-((np.hypot(columns - x, rows - y - radius * 0.45) / (radius * 0.45)) ** 2))
    sheet.pull(stipple(hot * 0.8, 66, 0.9) * glass.coverage(), "#fff0b8", off=(2, -1))
    middle = y + radius * 0.18
    bars.line(((x, middle - radius * 0.62), (x, middle + radius * 0.62)), 13)
    bars.line(((x - radius * 0.62, middle), (x + radius * 0.62, middle)), 13)
    sheet.pull(bars, dark, off=(-1, 1))


def footbridge() -> np.ndarray:
    """An iron footbridge and its reflection close into one eye round the low sun."""
    green, coral, paper = "#1d4a44", "#e8603c", "#f3ecdc"
    sheet = Sheet(W, H, paper, 700)
    line = 0.565 * H
    rows, columns = np.mgrid[0:H, 0:W].astype(np.float32)
    sheet.pull(rows < line, "#f0dfbd", off=(0, 0), grain=0.03)
    sun = sheet.plate()
    sun.disc(W * 0.5, line - 0.085 * H, W * 0.150, WHITE)
    above = (rows < line).astype(np.float32)
    sheet.pull(sun.coverage() * above, coral, off=(3, -2))
    leaves = []
    for odd, colour in ((1, "#b3cdb0"), (0, "#7fab98")):
        trees = sheet.plate()
        _trees(trees, line, odd)
        leaves.append(hand_cut(trees.coverage(), 4, 72 + odd, 40) * above)
        sheet.pull(leaves[-1], colour, off=(-3, 2), over=0.55, grain=0.10)
    quay = sheet.plate()
    quay.rectangle(0, line - 0.030 * H, W, 0.030 * H, WHITE)
    sheet.pull(quay, "#c9b08b", off=(1, 0))
    bridge, outline = sheet.plate(), sheet.plate()
    _bridge(bridge, line)
    _bridge(outline, line, bare=True)
    sheet.pull(bridge, green, off=(2, 0))
    seen = (sun.coverage() * above, np.maximum(*leaves), outline.coverage() * above)
    _mirror(sheet, line, rows, columns, seen)
    return on_paper(sheet.pixels, 42, 0.035)


def _trees(plate: Plate, line: float, odd: int) -> None:
    """Clipped planes on both quays, every second one in its own ink, taller to the sides."""
    for side in (-1, 1):
        for i in range(odd, 6, 2):
            x = (0.5 + side * (0.245 + 0.062 * i)) * W
            half, tall = (0.044 + 0.002 * i) * W, (0.085 + 0.052 * i - (0.012 if odd else 0)) * H
            plate.pen.arc(x, line - tall, half, np.pi, 2 * np.pi)
            plate.pen.line_to(x + half, line)
            plate.pen.line_to(x - half, line)
            plate.pen.close_path()
            plate.ink(WHITE)
            plate.pen.fill()


def _bridge(plate: Plate, line: float, bare: bool = False) -> None:
    """Deck and railing on one arch; the stairs run down to both quays. `bare`: as water sees it."""
    t = np.linspace(-1, 1, 241)
    deck = line - (0.030 + 0.150 * np.cos(t * np.pi / 2) ** 1.15) * H
    arch = line + 4 - 0.150 * np.sqrt(np.clip(1 - (t / 0.86) ** 2, 0, 1)) * H
    x = (0.5 + t * 0.475) * W
    plate.line(list(zip(x, deck, strict=True)), 17)
    keep = np.abs(t) < 0.86
    plate.line(list(zip(x[keep], arch[keep], strict=True)), 12)
    rail = deck - 0.055 * H
    plate.line(list(zip(x, rail, strict=True)), 8)
    if bare:
        return
    plate.line(list(zip(x, deck - 0.010 * H, strict=True)), 4)
    for i in range(0, 241, 6):
        plate.line(((x[i], rail[i]), (x[i], deck[i])), 10 if i % 60 == 0 else 3.2)
    for i in range(24, 217, 12):
        plate.line(((x[i], deck[i]), (x[i], max(arch[i], deck[i]))), 4)
    for i in range(24, 205, 12):
        plate.line(((x[i], deck[i]), (x[i + 12], arch[i + 12])), 3)
    for side in (0, 240):
        plate.disc(x[side], rail[side] - 9, 13, WHITE)


def _mirror(sheet: Sheet, line, rows, columns, seen) -> None:
    """Water: two inks in flat strips, and what stands above, broken by them."""
    below = rows >= line
    depth = np.clip((rows - line) / (H - line), 0, 1)
    sheet.pull(below, "#9cc4be", grain=0.04)
    sway = np.sin(np.sqrt(depth) * 95 + np.sin(columns * 0.006) * 0.9) * (2 + depth * 30)
    at = (2 * line - rows, columns + sway)
    strips = np.sin(np.sqrt(depth) * 120 + np.sin(columns * 0.0045 + 1) * 1.3)
    strips += 0.5 * np.sin(np.sqrt(depth) * 71 + columns * 0.004)
    solid = np.clip((strips + 0.95 - depth * 0.5) * 14, 0, 1) * below
    sun, leaves, iron = (map_coordinates(plate, at, order=1) for plate in seen)
    sheet.pull(leaves * solid, "#5f9a8d", off=(-3, 2), cover=0.9)
    sheet.pull(sun * solid, "#e8603c", off=(3, -2))
    waves = np.clip((strips - 0.55 + depth * 0.95) * 14, 0, 1) * below * (1 - sun * solid)
    sheet.pull(waves, "#2f7776", off=(-2, 1), grain=0.06)
    sheet.pull(iron * np.clip(solid, 0, 1), "#1d4a44", off=(2, 0))


def lucarne() -> np.ndarray:
    """The house's mark as a room at night: a quarter of the window lit, its light on the floor."""
    night, deep, lamp = "#16362c", "#0c231c", "#f2b04a"
    sheet = Sheet(W, H, "#f3ead8", 900)
    rows, columns = np.mgrid[0:H, 0:W].astype(np.float32)
    x, y, radius = W * 0.5, H * 0.375, W * 0.335
    sheet.pull(np.ones((H, W)), night, grain=0.07)
    floor = 0.775 * H
    far = np.hypot(columns - x, rows - y) / W
    sheet.pull(stipple(np.clip(far * 0.9 - 0.30, 0, 0.7), 91, 0.9), deep, grain=0.03)
    sheet.pull(rows > floor, "#0b1f19", off=(0, 1), grain=0.06)
    window = sheet.plate()
    window.disc(x, y, radius, WHITE)
    sheet.pull(window, "#2d5c4c", off=(-2, 1))
    inside = window.coverage()
    fade = np.clip((rows - y + radius) / (2 * radius), 0, 1)
    sheet.pull(stipple(np.clip(fade * 1.0 - 0.15, 0, 0.8), 92, 0.9) * inside, "#173d33")
    lit = inside * (columns > x) * (rows < y)
    sheet.pull(lit, lamp, off=(3, -2))
    warm = np.exp(
        -((np.hypot(columns - x - radius * 0.30, rows - y + radius * 0.28) / (radius * 0.42)) ** 2)
    )
    sheet.pull(stipple(warm * 0.85, 93, 0.9) * lit, "#fbdc9a", off=(3, -2))
    _patch(sheet, x, floor, radius, lamp)
    bars = sheet.plate()
    bars.line(((x, y - radius), (x, y + radius)), 17)
    bars.line(((x - radius, y), (x + radius, y)), 17)
    bars.pen.new_path()
    bars.pen.arc(x, y, radius, 0, 2 * np.pi)
    bars.pen.set_line_width(30)
    bars.ink(WHITE)
    bars.pen.stroke()
    sheet.pull(bars, "#f3ead8", off=(1, 1))
    words = sheet.plate()
    letter(words, W * 0.068, H * 0.958, "Maison Lucarne", SERIF, 54)
    sheet.pull(words, "#f3ead8", off=(1, 1))
    return on_paper(sheet.pixels, 44, 0.035)


def _patch(sheet: Sheet, x, floor, radius, lamp) -> None:
    """The lit quarter thrown on the floor: its bar near the wall, its arc towards the room."""
    plate = sheet.plate()
    plate.pen.save()
    plate.pen.translate(x + radius * 0.02, floor + 0.040 * H)
    plate.pen.transform(cairo.Matrix(1.0, 0, -0.22, 0.58, 0, 0))
    plate.pen.move_to(0, 0)
    plate.pen.arc(0, 0, radius, 0, np.pi / 2)
    plate.pen.close_path()
    plate.ink(WHITE)
    plate.pen.fill()
    plate.pen.restore()
    spread = plate.coverage()
    soft = clouds(H, W, 5, 3, 95) * 0.12 + 0.86
    sheet.pull(stipple(soft, 94, 0.9) * spread, lamp, off=(3, -2), cover=0.95)


DRAWN = {
    "print-roofs": roofs,
    "print-footbridge": footbridge,
    "print-lemons": lemons,
    "print-lucarne": lucarne,
}
