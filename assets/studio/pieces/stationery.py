"""Notebooks and pencils."""

import math

import numpy as np

from art import printed
from geometry import (
    box,
    circle,
    fillet,
    grid,
    group,
    lathe,
    place,
    quad,
    settle,
    sweep,
    thicken,
)
from materials import book_edge, brass, paper, plain, speckled_stoneware, wood, woven

from .ceramics import tumbler

WIDTH, HEIGHT, THICK, BOARD = 1.3, 1.9, 0.14, 0.022


def notebook(cover: str, spine: str, label: bool = False):
    """A book lying flat, cloth spine on its left (-x)."""
    printed_cover = paper(printed(cover), rough=0.5, grain=0.15, coat=0.1)
    made = [_board(z, printed_cover) for z in (BOARD / 2, THICK - BOARD / 2)]
    made.append(
        box(
            "pages",
            WIDTH - 0.05,
            HEIGHT - 0.06,
            THICK - 2 * BOARD,
            bevel=0.004,
            steps=1,
            material=book_edge(),
            at=(0, 0, BOARD),
        )
    )
    made.append(_spine(spine))
    if label:
        tag = quad("label", 0.62, 0.41, paper(printed("label-notebook"), grain=0.2))
        made.append(place(tag, (0.12, HEIGHT * 0.16, THICK + 0.003), (-90, 0, 0)))
    return made


def _board(z: float, material):
    x, y = np.meshgrid((-WIDTH / 2, WIDTH / 2), (-HEIGHT / 2, HEIGHT / 2))
    sheet = grid("board", np.stack([x, y, 0 * x], -1), material=material)
    return place(thicken(sheet, BOARD, bevel=0.006), (0, 0, z))


def _spine(colour: str):
    """Bookcloth round the back, 2.6 cm on to each board."""
    reach, top = 0.26 - WIDTH / 2, THICK + 0.003
    bow = np.linspace(math.pi / 2, -math.pi / 2, 12)
    back = [
        (
            -WIDTH / 2 - 0.012 - THICK * 0.175 * math.cos(a),
            THICK / 2 + (top - THICK / 2) * math.sin(a),
        )
        for a in bow
    ]
    curve = np.array([(reach, top), *back, (reach, 0)])
    rows = [
        np.stack([curve[:, 0], np.full(len(curve), y), curve[:, 1]], -1)
        for y in (-HEIGHT / 2 - 0.002, HEIGHT / 2 + 0.002)
    ]
    cloth = woven(colour, (150, 520))
    return thicken(grid("spine", np.stack(rows), material=cloth), 0.008)


def notebooks():
    """A loose pile of three, the label on the uppermost."""
    made, z = [], 0.0
    pile = (
        ("marbled-green", "#22382f", -14, 0.05),
        ("marbled-red", "#5c1f22", -6, -0.06),
        ("marbled-blue", "#1e2f4a", -22, 0.03),
    )
    for cover, spine, turn, x in pile:
        book = notebook(cover, spine, label=cover == "marbled-blue")
        group(book, (x, 0, z), (0, 0, turn))
        made += book
        z += THICK + 0.007
    settle()
    return made


def pencil(colour: str, length: float = 1.75, radius: float = 0.037):
    """Six-sided and lacquered, sharpened, with a brass cap below."""
    hexagon = circle(radius, 6)
    shaft = np.array([(0, 0, 0), (0, 0, length - 0.16)])
    body = sweep("lacquer", shaft, hexagon, material=plain(colour, 0.3, coat=0.5), up=(1, 0, 0))
    for face in body.data.polygons:
        face.use_smooth = False
    cone = lathe(
        "cone",
        np.array([(radius * 0.93, length - 0.165), (0.012, length - 0.03)]),
        sides=24,
        material=wood("#e3c596", "#cba26a", 0.6),
    )
    lead = lathe(
        "lead",
        np.array([(0.0125, length - 0.032), (0.0005, length)]),
        sides=16,
        material=plain("#26262a", 0.4),
    )
    cap = lathe(
        "cap",
        fillet([(0.001, -0.02), (radius * 0.96, -0.02, 0.01), (radius * 0.96, 0.05)], 4),
        sides=24,
        material=brass(),
    )
    return [body, cone, lead, cap]


def pencils():
    """Six pencils in a stoneware cup."""
    made = tumbler(0.40, 0.95, speckled_stoneware("#d9cfbf"))
    for k, colour in enumerate(("#b5402f", "#1f3b5c", "#e0a83f", "#2f5a48", "#1c1b1a", "#d98f6e")):
        a = k * 1.05 + 0.3
        parts = pencil(colour)
        foot = (0.16 * math.cos(a + 3.1), 0.16 * math.sin(a + 3.1), 0.1)
        group(parts, foot, (-9 * math.sin(a), 9 * math.cos(a), math.degrees(a)))
        made += parts
    settle()
    return made
