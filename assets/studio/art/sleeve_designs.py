"""Four sleeves: a canal, a winter garden, a ball on the roofs, seven nights."""

import numpy as np
from scipy.ndimage import map_coordinates

from .canvas import clouds, mix, on_paper, rgb
from .press import BOLD, ITALIC, MEDIUM, SANS, SERIF, WHITE, Sheet, letter, stipple

SIDE = 2000


LAMP = (0.662, 0.262, 0.088)  # x, y, radius


def canal() -> np.ndarray:
    """Trio Écluse: the title stands on the quay, the water gives it back in bands."""
    sheet = Sheet(SIDE, SIDE, "#e9e6da", 100)
    line = SIDE * 0.50
    rows, columns = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    depth = np.sqrt(np.clip(rows - line, 0, None) / (SIDE - line))
    water = (rows >= line).astype(np.float32)
    sheet.pull(water, "#b3cdd2", grain=0.04)
    swell = depth * 1.25 + _ripples(depth, columns, 41) * 0.30 * (1.15 - depth)
    for i, colour in enumerate(("#7fabbb", "#42779a", "#21496f", "#13294a")):
        edge = np.clip((swell - (0.44 + 0.19 * i)) * 160, 0, 1)
        sheet.pull(edge * water, colour, off=(2 - i, i - 1), grain=0.05)
    _canal_words(sheet, line, rows, columns, depth)
    return on_paper(sheet.pixels, 31, 0.03)


def _ripples(depth, columns, seed: int) -> np.ndarray:
    """Long flat waves, wider towards the viewer; about -1..1."""
    rng = np.random.default_rng(seed)
    out = np.zeros_like(depth)
    for k in range(6):
        across = rng.uniform(0.5, 1.9) * 2 * np.pi / SIDE
        bend = np.sin(columns * across + rng.uniform(0, 6.3)) * rng.uniform(0.4, 1.2)
        out += np.sin(depth * (24 + 11 * k) + bend + rng.uniform(0, 6.3))
    return out / 3.6


def _canal_words(sheet: Sheet, line: float, rows, columns, depth) -> None:
    ink, lamp, paper = "#13294a", "#ee7a2c", "#e9e6da"
    words = sheet.plate()
    letter(words, SIDE * 0.055, line, "Canal", SERIF, SIDE * 0.463, tracking=-6)
    standing = words.coverage()
    light = sheet.plate()
    light.disc(SIDE * LAMP[0], SIDE * LAMP[1], SIDE * LAMP[2], WHITE)
    sheet.pull(light, lamp, off=(-3, 2))
    sheet.pull(standing, ink, off=(2, 0))
    below = np.clip(rows - line, 0, None)
    sway = np.sin(depth * 60 + np.sin(columns * 0.003)) * (4 + below * 0.045)
    at = (2 * line - rows, columns + sway)
    broken = np.clip(_ripples(depth, columns, 77) * 40 + 16, 0, 1) * (rows > line + 5)
    mirrored = map_coordinates(standing, at, order=1) * broken
    sheet.pull(mirrored * np.clip((1.9 * line - rows) / 60, 0, 1), paper, cover=0.95)
    glints = np.clip(_ripples(depth, columns, 91) * 40 - 2, 0, 1) * (rows > line + 12)
    aside = np.abs(columns + sway * 1.5 - SIDE * LAMP[0])
    half = SIDE * (0.035 + 0.055 * np.sin(np.pi * np.clip(depth, 0, 1)))
    path = np.clip((half - aside) / 2, 0, 1) * glints * (rows < SIDE * 0.86)
    sheet.pull(path, lamp, off=(-3, 2), cover=0.98)
    small = sheet.plate()
    letter(small, SIDE * 0.062, SIDE * 0.095, "Trio Écluse", MEDIUM, 62)
    sheet.pull(small, ink)
    foot = sheet.plate()
    base = SIDE * 0.953
    letter(foot, SIDE * 0.062, base, "PIANO · CONTREBASSE · BATTERIE", MEDIUM, 31, tracking=6)
    letter(foot, SIDE * 0.938, base, "LUC 024", MEDIUM, 31, WHITE, "right", 6)
    sheet.pull(foot, paper)


def winter_garden() -> np.ndarray:
    """Clémence Aubry: leaves behind old panes, each pane moving them a little."""
    sheet = Sheet(SIDE, SIDE, "#f2ecdb", 200)
    house, bars = _glasshouse(sheet)
    jump = _pane_jumps()
    rng = np.random.default_rng(8)
    plants = (
        ("#c3d39f", _fronds, (0.33, 0.87, 0.70, -1.42)),
        ("#e6c45c", _blades, (0.71, 0.87, 0.47, -1.62)),
        ("#86b595", _blades, (0.29, 0.87, 0.56, -1.66)),
        ("#5f9f80", _fronds, (0.66, 0.88, 0.68, -1.60)),
        ("#2f6b55", _blades, (0.50, 0.87, 0.35, -1.50)),
    )
    for colour, draw, where in plants:
        plate = sheet.plate()
        draw(plate, *where, rng)
        seen = map_coordinates(plate.coverage(), jump, order=1) * house
        off = tuple(rng.uniform(-4, 4, 2))
        sheet.pull(seen, colour, off=off, cover=0.93, over=0.85, grain=0.10)
    sheet.pull(bars, "#f2ecdb")
    frame = sheet.plate()
    _house_path(frame, 0)
    frame.pen.set_line_width(13)
    frame.ink(WHITE)
    frame.pen.stroke()
    sheet.pull(frame, "#1f4a3c", off=(3, -2))
    words, margin = sheet.plate(), SIDE * 0.062
    letter(words, margin, SIDE * 0.095, "Clémence Aubry", MEDIUM, 58)
    letter(words, SIDE - margin, SIDE * 0.095, "PIANO SEUL", MEDIUM, 31, WHITE, "right", 6)
    letter(words, margin + 14, SIDE * 0.948, "Jardin d’hiver", ITALIC, 176)
    letter(words, SIDE - margin, SIDE * 0.948, "LUC 026", MEDIUM, 31, WHITE, "right", 6)
    sheet.pull(words, "#1f4a3c", off=(3, -2))
    return on_paper(sheet.pixels, 32, 0.035)


HOUSE = (0.155, 0.845, 0.845, 0.485)  # left, right, foot, springing of the arch


def _house_path(plate, inset: float) -> None:
    left, right, foot, spring = (v * SIDE for v in HOUSE)
    middle, radius = (left + right) / 2, (right - left) / 2 - inset
    plate.pen.move_to(left + inset, foot - inset)
    plate.pen.arc(middle, spring, radius, np.pi, 2 * np.pi)
    plate.pen.line_to(right - inset, foot - inset)
    plate.pen.close_path()


def _glasshouse(sheet: Sheet) -> tuple[np.ndarray, np.ndarray]:
    """What lies behind the glass, and the glazing bars; coverages."""
    house = sheet.plate()
    _house_path(house, 0)
    house.ink(WHITE)
    house.pen.fill()
    bars = sheet.plate()
    left, right, foot, spring = (v * SIDE for v in HOUSE)
    middle, radius = (left + right) / 2, (right - left) / 2
    for i in range(1, 6):
        x = left + i * (right - left) / 6
        bars.line(((x, spring), (x, foot)), 15 if i == 3 else 9)
    for i in range(4):
        y = spring + i * (foot - spring) / 4
        bars.line(((left, y), (right, y)), 15 if i == 0 else 9)
    for angle in np.linspace(np.pi, 2 * np.pi, 7)[1:-1]:
        inner = radius * 0.36
        ends = [(middle + r * np.cos(angle), spring + r * np.sin(angle)) for r in (inner, radius)]
        bars.line(ends, 9)
    for share in (0.36, 0.69):
        bars.pen.new_sub_path()
        bars.pen.arc(middle, spring, radius * share, np.pi, 2 * np.pi)
        bars.pen.set_line_width(9)
        bars.ink(WHITE)
        bars.pen.stroke()
    return house.coverage(), bars.coverage()


def _pane_jumps() -> tuple[np.ndarray, np.ndarray]:
    """Where each point's colour comes from: every pane refracts by its own few pixels."""
    rows, columns = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    left, right, foot, spring = (v * SIDE for v in HOUSE)
    middle, radius = (left + right) / 2, (right - left) / 2
    angle = np.arctan2(spring - rows, columns - middle)
    out = np.hypot(rows - spring, columns - middle) / radius
    ring = (out > 0.36).astype(int) + (out > 0.69)
    fan = 100 + ring * 10 + np.where(ring > 0, np.clip(angle / np.pi * 6, 0, 5.99), 0).astype(int)
    square = np.clip((columns - left) / (right - left) * 6, 0, 5.99).astype(int)
    square += 6 * np.clip((rows - spring) / (foot - spring) * 4, 0, 3.99).astype(int)
    pane = np.where(rows < spring, fan, square)
    moves = np.random.default_rng(4).normal(0, 8.5, (140, 2)).astype(np.float32)
    return rows + moves[pane, 0], columns + moves[pane, 1]


def _leaf(plate, x, y, length, turn, width) -> None:
    pen = plate.pen
    pen.save()
    pen.translate(x, y)
    pen.rotate(turn)
    pen.move_to(0, 0)
    pen.curve_to(length * 0.25, -width, length * 0.75, -width * 0.85, length, 0)
    pen.curve_to(length * 0.75, width * 0.85, length * 0.25, width, 0, 0)
    plate.ink(WHITE)
    pen.fill()
    pen.restore()


def _fronds(plate, x, y, size, turn, rng) -> None:
    """Three feathered fronds from one root."""
    for spread in (-0.40, 0.02, 0.42):
        length = size * SIDE * rng.uniform(0.92, 1.06)
        count = 30
        t = np.linspace(0, 1, count)
        heading = turn + spread + spread * 1.3 * t
        stem = np.cumsum(np.c_[np.cos(heading), np.sin(heading)] * length / count, 0)
        stem += (x * SIDE, y * SIDE)
        plate.line(stem, 9)
        for i in range(8, count):
            leaf = length * 0.20 * np.sin(np.pi * (0.05 + 0.9 * (t[i] - t[8]) / (1 - t[8]))) ** 0.7
            for side in (-1, 1):
                _leaf(plate, *stem[i], leaf, heading[i] + side * (1.0 - 0.45 * t[i]), leaf * 0.075)


def _blades(plate, x, y, size, turn, rng) -> None:
    """Four broad leaves from one root, as of a strelitzia."""
    for spread in (-0.46, -0.14, 0.15, 0.48):
        length = size * SIDE * rng.uniform(0.78, 1.12)
        heading = turn + spread
        stalk = length * 0.40
        root = (x * SIDE, y * SIDE)
        tip = (root[0] + stalk * np.cos(heading), root[1] + stalk * np.sin(heading))
        plate.line((root, tip), 11)
        _leaf(plate, *tip, length * 0.66, heading + spread * 0.35, length * 0.125)


EDGES = (0.300, 0.548, 0.782, 1.0)  # the bands' upper edges and the last one's foot
FOLDS = (0.105, 0.088, 0.044, 0.0)  # how far each edge rises from valley to peak


def roof_ball() -> np.ndarray:
    """Les Zingueurs: the title folded like an accordion's bellows, or like roofs."""
    yellow, black, pink = "#f7c31d", "#191511", "#ea3a55"
    sheet = Sheet(SIDE, SIDE, yellow, 300)
    columns = np.arange(SIDE, dtype=np.float32)
    fold = 0.5 - np.abs(((columns / SIDE * 3 + 0.5) % 1) - 0.5) * 2
    edges = [SIDE * (top + rise * fold) for top, rise in zip(EDGES, FOLDS, strict=True)]
    moon = sheet.plate()
    moon.disc(SIDE * 0.735, SIDE * 0.170, SIDE * 0.092, WHITE)
    sheet.pull(moon, pink, off=(4, 3), over=0.25)
    chimneys = sheet.plate()
    for x, foot, width in ((0.105, 0.36, 0.058), (0.43, 0.36, 0.07), (0.905, 0.36, 0.05)):
        _chimney(chimneys, x * SIDE, foot * SIDE, width * SIDE)
    sheet.pull(chimneys, black, off=(-2, 1))
    rows = np.arange(SIDE, dtype=np.float32)[:, None]
    for i, ink in enumerate((black, pink, black)):
        last = edges[i + 1] if i < 2 else edges[i + 1] + 9
        band = np.clip(rows - edges[i], 0, 1) * np.clip(last - rows, 0, 1)
        sheet.pull(band, ink, off=(4, -3) if ink == pink else (-2, 1), grain=0.05)
    for i, (word, ink) in enumerate((("BAL", yellow), ("DES", black), ("TOITS", yellow))):
        down = (rows - edges[i]) / (edges[i + 1] - edges[i])
        sheet.pull(_folded(sheet, word, down, columns), ink, off=(-2, 1), grain=0.04)
    words = sheet.plate()
    letter(words, SIDE * 0.045, SIDE * 0.085, "Les Zingueurs", BOLD, 84, tracking=-1)
    letter(words, SIDE * 0.957, SIDE * 0.068, "LUC 025", BOLD, 31, WHITE, "right", 5)
    sheet.pull(words, black, off=(-2, 1))
    return on_paper(sheet.pixels, 33, 0.035)


def _chimney(plate, x, foot, width) -> None:
    height = SIDE * 0.105
    plate.rectangle(x - width / 2, foot - height, width, height, WHITE)
    plate.rectangle(x - width * 0.58, foot - height, width * 1.16, SIDE * 0.012, WHITE)
    for share in (-0.27, 0.27):
        plate.rectangle(
            x + share * width - width * 0.15, foot - height * 1.3, width * 0.3, height * 0.32, WHITE
        )


def _folded(sheet: Sheet, word: str, down: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """The word as wide as the sleeve, bent into its band; `down` runs from 0 to 1 across it.

    Three letters take a roof each; more stand shoulder to shoulder.
    """
    plate, margin, tall = sheet.plate(), SIDE * 0.045, 400
    cells = list(word) if len(word) == 3 else [word]
    room = SIDE / len(cells)
    plate.pen.select_font_face(*BOLD[:2])
    plate.pen.set_font_size(400)
    plate.ink(WHITE)
    for i, letters in enumerate(cells):
        left, up, width, height = plate.pen.text_extents(letters)[:4]
        plate.pen.save()
        plate.pen.translate(i * room + margin, 0)
        plate.pen.scale((room - 2 * margin) / width, tall / height)
        plate.pen.move_to(-left, -up)
        plate.pen.show_text(letters)
        plate.pen.restore()
    at = ((down - 0.165) / 0.67 * tall, np.broadcast_to(columns, down.shape))
    return map_coordinates(plate.coverage(), at, order=1)


NIGHTS = ("#0b1030", "#1b1b4b", "#3a2760", "#6a3263", "#a4444f", "#d8722f", "#f3a838")
STEPS = (0, 2, 1, 4, 3, 5, 6)  # the moon's place each night, of seven: a sequence


def seven_nights() -> np.ndarray:
    """Ismène Vautrin: seven bands, seven phases, placed like the steps of a sequencer."""
    band = SIDE / 7
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    out = np.zeros((SIDE, SIDE, 3), np.float32)
    for night, colour in enumerate(NIGHTS):
        rows = slice(round(night * band), round((night + 1) * band))
        cx, cy = (STEPS[night] + 0.5) * band, (night + 0.5) * band
        far = np.hypot(x[rows] - cx, (y[rows] - cy) * 1.6)
        glow = np.exp(-far / (band * 1.5)) * 0.9
        above = rgb(NIGHTS[min(night + 1, 6)]) if night < 6 else rgb("#ffd98a")
        grain = stipple(glow, 60 + night, 0.5)[..., None]
        ground = mix(rgb(colour) * 0.93, rgb(colour), (far / SIDE)[..., None])
        out[rows] = mix(ground, mix(ground, above, 0.85), grain)
        _moon(out[rows], x[rows] - cx, y[rows] - cy, band * 0.36, night)
    _steps(out, x, y, band)
    sheet = Sheet(SIDE, SIDE, "#000000", 400)
    sheet.pixels = out
    words = sheet.plate()
    letter(words, SIDE - band * 0.32, band * 0.60, "Ismène Vautrin", MEDIUM, 58, WHITE, "right")
    sheet.pull(words, "#f3c27a")
    words, foot = sheet.plate(), SIDE - band * 0.33
    letter(words, band * 0.30, foot, "Sept nuits", SERIF, 176)
    sheet.pull(words, NIGHTS[0])
    words = sheet.plate()
    letter(words, SIDE - band * 0.32, band * 0.60 + 48, "LUC 028", SANS, 27, WHITE, "right", 5)
    sheet.pull(words, "#f3c27a", cover=0.8)
    return on_paper(sheet.pixels, 34, 0.03)


def _moon(pixels, dx, dy, radius, night) -> None:
    """Phase `night` of seven (0 is new), grain along the terminator; paints in place."""
    inside = np.clip(radius - np.hypot(dx, dy), 0, 1)
    half = np.sqrt(np.clip(radius**2 - dy**2, 1, None))
    terminator = np.cos(np.pi * night / 6) * half
    lit = np.clip((dx - terminator) / (radius * 0.30) + 0.35, 0, 1) if night else 0 * dx
    seas = 0.88 + 0.24 * clouds(*dx.shape, 9, 4, 80 + night)
    lit = stipple(lit * seas * 1.5 - 0.26 if night < 6 else seas * 1.15 - 0.20, 90 + night, 0.45)
    dark, bright = rgb("#060919" if night < 2 else "#0e0d28"), rgb("#fdf0d2")
    shade = mix(dark, bright, np.broadcast_to(lit, dx.shape)[..., None])
    pixels[:] = mix(pixels, shade, (inside * (1.0 if night else 0.85))[..., None])


def _steps(out, x, y, band) -> None:
    """The steps that stay silent: a small dot in every empty cell."""
    fx, fy = (x % band) - band / 2, (y % band) - band / 2
    dot = np.clip(6.5 - np.hypot(fx, fy), 0, 1)
    row, column = (y // band).astype(int).clip(0, 6), (x // band).astype(int).clip(0, 6)
    free = column != np.array(STEPS)[row]
    free &= ~((row == 0) & (column > 3)) & ~((row == 6) & (column < 4))
    out[:] = mix(out, rgb("#fdf0d2"), (dot * free * 0.55)[..., None])


DRAWN = {
    "sleeve-canal": canal,
    "sleeve-jardin-d-hiver": winter_garden,
    "sleeve-bal-des-toits": roof_ball,
    "sleeve-sept-nuits": seven_nights,
}
