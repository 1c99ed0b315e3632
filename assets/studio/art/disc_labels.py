"""The labels in the middle of the records: one layout, on each the sleeve's own idea."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from .canvas import on_paper
from .press import BOLD, MEDIUM, SERIF, WHITE, Face, Plate, Sheet, letter

SIDE, HALF = 1200, 600
Motif = Callable[[Sheet], None]


@dataclass(frozen=True)
class Side:
    """One side of a record: `tracks` are titles with their lengths."""

    artist: str
    title: str
    number: str
    tracks: tuple[tuple[str, str], ...]
    face: Face = SERIF


def disc_label(side: Side, ground: str, ink: str, motif: Motif, seed: int) -> np.ndarray:
    """The upper half belongs to the picture, the lower one to the words."""
    sheet = Sheet(SIDE, SIDE, ground, seed)
    motif(sheet)
    words = sheet.plate()
    letter(words, HALF - 112, HALF + 12, side.number, MEDIUM, 33, WHITE, "right", 3)
    letter(words, HALF + 112, HALF + 12, "FACE A", MEDIUM, 33, WHITE, "left", 3)
    letter(words, HALF - 112, HALF + 54, "33 tours", MEDIUM, 27, WHITE, "right", 1)
    letter(words, HALF + 112, HALF + 54, "Stéréo", MEDIUM, 27, WHITE, "left", 1)
    size = 132 if len(side.title) < 6 else 104 if len(side.title) < 13 else 92
    letter(words, HALF, SIDE * 0.675, side.title, side.face, size, WHITE, "centre")
    letter(words, HALF, SIDE * 0.722, side.artist, BOLD, 37, WHITE, "centre", 1)
    for i, (title, length) in enumerate(side.tracks):
        line = f"{i + 1}   {title}   {length}"
        letter(words, HALF, SIDE * (0.773 + 0.032 * i), line, MEDIUM, 29, WHITE, "centre", 0.5)
    letter(words, HALF, SIDE * 0.938, "LUCARNE DISQUES · PARIS", MEDIUM, 23, WHITE, "centre", 5)
    sheet.pull(words, ink)
    return on_paper(sheet.pixels, seed, 0.025)


def _ring(plate: Plate, x: float, y: float, radius: float, width: float) -> None:
    plate.pen.new_path()
    plate.pen.arc(x, y, radius, 0, 2 * np.pi)
    plate.pen.set_line_width(width)
    plate.ink(WHITE)
    plate.pen.stroke()


def _sun(sheet: Sheet) -> None:
    """Rue du Midi's arches round the spindle."""
    for i, colour in enumerate(("#1d3b4a", "#2f6f73", "#7fb0a0", "#f2cf83", "#eba24a", "#db6a35")):
        plate = sheet.plate()
        plate.pen.arc(HALF, HALF - 60, 470 - i * 66, np.pi, 2 * np.pi)
        plate.ink(WHITE)
        plate.pen.fill()
        sheet.pull(plate, colour)


def _rings(sheet: Sheet) -> None:
    """Nocturne's two sets of rings, above the spindle."""
    for x, y, colour, off in ((505, 300, "#12151c", 0), (695, 300, "#f0543a", 3)):
        plate = sheet.plate()
        for i in range(11):
            _ring(plate, x, y, 12 + i * 19, 7)
        sheet.pull(plate, colour, off=(off, -off), over=0.9)


def _water(sheet: Sheet) -> None:
    """The canal's bands, and the lamp."""
    rng = np.random.default_rng(12)
    for i in range(9):
        plate = sheet.plate()
        y, half = 235 + i * 34, 150 + 34 * i
        shift = rng.uniform(-70, 70)
        plate.pen.move_to(HALF - half + shift, y)
        plate.pen.curve_to(HALF - half / 2, y - 17, HALF + half / 2, y - 12, HALF + half + shift, y)
        plate.pen.curve_to(HALF + half / 2, y + 17, HALF - half / 2, y + 12, HALF - half + shift, y)
        plate.ink(WHITE)
        plate.pen.fill()
        sheet.pull(plate, ("#a9c8d2", "#6fa4ba", "#3f779d")[i % 3])
    lamp = sheet.plate()
    lamp.disc(HALF, 150, 54, WHITE)
    sheet.pull(lamp, "#ee7a2c")


def _fanlight(sheet: Sheet) -> None:
    """The winter garden's fanlight, two panes of it green."""
    centre = HALF - 50
    for start, end, colour in (
        (1.0, 7 / 6, "#86b595"),
        (8 / 6, 1.5, "#c3d39f"),
        (10 / 6, 11 / 6, "#5f9f80"),
    ):
        plate = sheet.plate()
        plate.pen.arc(HALF, centre, 460, start * np.pi, end * np.pi)
        plate.pen.arc_negative(HALF, centre, 170, end * np.pi, start * np.pi)
        plate.ink(WHITE)
        plate.pen.fill()
        sheet.pull(plate, colour, off=(4, -3))
    lines = sheet.plate()
    for radius in (170, 315, 460):
        lines.pen.new_path()
        lines.pen.arc(HALF, centre, radius, np.pi, 2 * np.pi)
        lines.pen.set_line_width(6)
        lines.ink(WHITE)
        lines.pen.stroke()
    for angle in np.linspace(np.pi, 2 * np.pi, 7):
        ends = [(HALF + r * np.cos(angle), centre + r * np.sin(angle)) for r in (170, 460)]
        lines.line(ends, 6)
    sheet.pull(lines, "#1f4a3c")


def _roofs(sheet: Sheet) -> None:
    """The ball's roofs, a red moon over them."""
    moon = sheet.plate()
    moon.disc(HALF + 150, 200, 92, WHITE)
    sheet.pull(moon, "#ea3a55", off=(4, 2))
    for top, colour, off in ((300, "#191511", 0), (405, "#ea3a55", 4), (478, "#f7c31d", 0)):
        plate = sheet.plate()
        ridge = [(i * 120, top + (90 if i % 2 else 0) * (1.3 - top / 800)) for i in range(11)]
        plate.polygon([*ridge, (SIDE, 545), (0, 545)])
        sheet.pull(plate, colour, off=(off, -off))


def _phases(sheet: Sheet) -> None:
    """Seven moons on an arc, from new to full."""
    for night in range(7):
        angle = np.pi * (1.12 + 0.76 * night / 6)
        x, y = HALF + 415 * np.cos(angle), HALF + 415 * np.sin(angle)
        rows, columns = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
        dx, dy = columns - x, rows - y
        disc = np.clip(62 - np.hypot(dx, dy), 0, 1)
        edge = np.cos(np.pi * night / 6) * np.sqrt(np.clip(62**2 - dy**2, 1, None))
        sheet.pull(disc, "#0b1030")
        sheet.pull(disc * np.clip(dx - edge, 0, 1), "#fdf0d2")


SIDES = {
    "rue-du-midi": (
        Side(
            "Odile Marans Quartet",
            "Rue du Midi",
            "LUC 017",
            (("Rue du Midi", "6’12"), ("Onze degrés", "7’40"), ("Le Marchand de couleurs", "5’08")),
        ),
        "#bf3b2b",
        "#f6e9d4",
        _sun,
    ),
    "nocturne": (
        Side(
            "Nocturne",
            "Lumière froide",
            "LUC 021",
            (
                ("Minuit dix", "4’31"),
                ("Lumière froide", "6’02"),
                ("Ligne occupée", "3’47"),
                ("Volets ouverts", "5’20"),
            ),
        ),
        "#e9e2d3",
        "#12151c",
        _rings,
    ),
    "canal": (
        Side(
            "Trio Écluse",
            "Canal",
            "LUC 024",
            (("Bief", "5’18"), ("Péniche à l’arrêt", "6’44"), ("Le Pont tournant", "4’55")),
        ),
        "#e9e6da",
        "#13294a",
        _water,
    ),
    "jardin-d-hiver": (
        Side(
            "Clémence Aubry",
            "Jardin d’hiver",
            "LUC 026",
            (("Buée", "4’10"), ("Palmes", "5’36"), ("L’Arrosoir", "3’22"), ("Givre", "6’01")),
        ),
        "#f2ecdb",
        "#1f4a3c",
        _fanlight,
    ),
    "bal-des-toits": (
        Side(
            "Les Zingueurs",
            "Bal des toits",
            "LUC 025",
            (("Bal des toits", "3’42"), ("Gouttière", "2’58"), ("Java du zinc", "4’05")),
            BOLD,
        ),
        "#f7c31d",
        "#191511",
        _roofs,
    ),
    "sept-nuits": (
        Side(
            "Ismène Vautrin",
            "Sept nuits",
            "LUC 028",
            (("Première nuit", "11’20"), ("Deuxième nuit", "9’48")),
        ),
        "#2a2052",
        "#f3c27a",
        _phases,
    ),
}
DRAWN = {
    f"label-{name}": partial(disc_label, *given, seed=500 + 10 * i)
    for i, (name, given) in enumerate(SIDES.items())
}
