"""A framed print, leaning on nothing."""

import math

from art import printed
from art.prints import HEIGHT as PRINT_HEIGHT
from art.prints import WIDTH as PRINT_WIDTH
from geometry import box, group, make, place, quad, settle
from materials import paper, plain, wood

WIDTH, HEIGHT = 3.0, 3.72
BAR, DEEP = 0.11, 0.16
WOODS = {"oak": ("#cfa878", "#a07848", 0.5), "walnut": ("#6f4a31", "#43291a", 0.45)}


def framed_print(name: str, timber: str, lean: float = 4.0):
    """A mitred frame, a passe-partout with a bevelled window, the print behind it."""
    made = [
        _bar(length, other, turn, timber)
        for length, other, turn in (
            (WIDTH, HEIGHT, 0),
            (WIDTH, HEIGHT, 180),
            (HEIGHT, WIDTH, 90),
            (HEIGHT, WIDTH, -90),
        )
    ]
    width, height = WIDTH - 2 * BAR, HEIGHT - 2 * BAR
    picture_width = width - 0.72
    picture_height = picture_width * PRINT_HEIGHT / PRINT_WIDTH
    made.append(_passe_partout(width, height, picture_width, picture_height))
    sheet = quad(
        "print", picture_width, picture_height, paper(printed(name), rough=0.75, grain=0.12)
    )
    made.append(place(sheet, (0, 0.01, -picture_height / 2)))
    made.append(
        box(
            "back",
            width,
            0.02,
            height,
            bevel=0,
            material=plain("#8d7f6c"),
            at=(0, 0.06, -height / 2),
        )
    )
    group(made, (0, 0, HEIGHT / 2 * math.cos(math.radians(lean))), (-lean, 0, 0))
    settle()
    return made


def _bar(length: float, other: float, turn: float, timber: str):
    """One side of the frame, cut at 45 degrees; the grain runs along it."""
    a, b = length / 2, other / 2
    vertices = [
        corner
        for y in (-DEEP / 2, DEEP / 2)
        for corner in ((-a, y, -b), (a, y, -b), (a - BAR, y, BAR - b), (BAR - a, y, BAR - b))
    ]
    faces = [(0, 1, 2, 3), (7, 6, 5, 4), (0, 4, 5, 1), (1, 5, 6, 2), (2, 6, 7, 3), (3, 7, 4, 0)]
    bar = make("bar", vertices, faces, material=wood(*WOODS[timber], axis="X"))
    edge = bar.modifiers.new("edge", "BEVEL")
    edge.width, edge.segments = 0.008, 2
    bar.modifiers.new("weighted", "WEIGHTED_NORMAL")
    return place(bar, turn=(0, turn, 0))


def _passe_partout(width, height, inner_width, inner_height):
    y, bevel = -0.02, 0.02
    rings = (
        (width / 2, height / 2, y),
        (inner_width / 2, inner_height / 2, y),
        (inner_width / 2 - bevel, inner_height / 2 - bevel, y + 0.028),
    )
    vertices = [
        corner
        for a, b, depth in rings
        for corner in ((-a, depth, -b), (a, depth, -b), (a, depth, b), (-a, depth, b))
    ]
    faces = [
        (4 * ring + i, 4 * ring + (i + 1) % 4, 4 * ring + 4 + (i + 1) % 4, 4 * ring + 4 + i)
        for ring in (0, 1)
        for i in range(4)
    ]
    card = paper(None, "#f3eee4", 0.9, grain=0.15)
    return make("passe-partout", vertices, faces, material=card, smooth=False)
