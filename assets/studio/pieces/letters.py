"""Writing paper: a banded pile of sheets, envelopes lined with marbled paper."""

import numpy as np

from art import printed
from geometry import box, grid, group, make, place, quad, settle, thicken
from materials import paper

SHEET, LEAF, LEAVES = (1.50, 2.10), 0.0018, 30
ENVELOPE, FOLD = (1.62, 1.14), 0.0105  # width and height, thickness of a closed envelope
IVORY = "#f1e9d8"
LINING = "marbled-blue"


def writing_paper():
    """Envelopes on the sheets, the uppermost open."""
    sheets, high = _sheets()
    sheets += _band(high)
    group(sheets, (0, 0, 0), (0, 0, 4))
    envelopes, low = _envelopes(19), high + 0.001
    envelopes += _open_envelope(19 * FOLD, flap=42)
    group(envelopes, (0.13, 0.12, low), (0, 0, -9))
    settle()
    return [*sheets, *envelopes]


def _sheets():
    """Thirty sheets, squared up by hand; their height."""
    rng, stock, made = np.random.default_rng(4), paper(None, IVORY, 0.8, grain=0.15), []
    for k in range(LEAVES):
        x, y, turn = rng.normal(0, (0.004, 0.005, 0.12))
        leaf = box("sheet", *SHEET, LEAF * 0.92, bevel=0, material=stock, at=(x, y, k * LEAF))
        made.append(place(leaf, (x, y, k * LEAF), (0, 0, turn)))
    return made, LEAVES * LEAF


def _band(high: float):
    """A printed paper band round the sheets, near their foot."""
    wide, at = 0.40, -0.77
    half, gap = SHEET[0] / 2 + 0.012, 0.003
    ring = np.array(
        [(half, -0.0005), (half, high + gap), (-half, high + gap), (-half, -0.0005)], float
    )
    rows = [np.c_[ring[:, 0], np.full(4, at + y), ring[:, 1]] for y in (-wide / 2, wide / 2)]
    sleeve = grid("band", np.stack(rows), material=paper(None, "#1f3a5f", 0.75), smooth=False)
    thicken(sleeve, 0.003)
    label = quad("band label", 2 * half - 0.004, wide, paper(printed("letter-band"), grain=0.1))
    return [sleeve, place(label, (0, at - wide / 2, high + gap + 0.0022), (-90, 0, 0))]


def _envelopes(count: int):
    """A pile of closed envelopes, their backs up."""
    rng, made = np.random.default_rng(9), []
    for k in range(count):
        x, y, turn = rng.normal(0, (0.006, 0.006, 0.25))
        stock = paper(None, IVORY, 0.78, grain=0.15)
        body = box("envelope", *ENVELOPE, FOLD * 0.86, bevel=0.003, steps=2, material=stock)
        made.append(place(body, (x, y, k * FOLD), (0, 0, turn)))
    return made


def _open_envelope(z: float, flap: float):
    """Seen from the back: the lining in the throat and on the raised flap."""
    width, height = ENVELOPE
    half, foot = width / 2, -height / 2
    lined, stock = paper(printed(LINING), rough=0.6), paper(None, IVORY, 0.78, grain=0.15)
    front = [(-half, foot), (half, foot), (half, -foot), (-half, -foot)]
    throat = _pointed(half, -foot, -0.36, 0.05)
    sides = [(-half, foot), (half, foot), (half, -foot), *throat[1:-1], (-half, -foot)]
    bottom = [(half, foot), *_pointed(half, foot, 0.66, 0.05)[1:-1], (-half, foot)]
    made = [
        _cut(front, stock, z + 0.0015),
        _cut([(x * 0.985, y * 0.985) for x, y in front], lined, z + 0.0035, solid=False),
        _cut(sides, stock, z + 0.0075),
        _cut(bottom[::-1], stock, z + 0.0135),
    ]
    tip = _pointed(half, 0, 0.66, 0.06)
    inner = _pointed(half - 0.075, 0.0, 0.58, 0.05)
    leaf = [_cut(tip[::-1], stock, 0), _cut(inner[::-1], lined, 0.0022, solid=False)]
    group(leaf, (0, -foot, z + 0.004), (flap, 0, 0))
    return made + leaf


def _pointed(half: float, base: float, rise: float, blunt: float):
    """A flap's outline from its right corner over a rounded tip to its left corner."""
    corner, tip = np.array([half, base]), np.array([0, base + rise])
    along = (tip - corner) / np.linalg.norm(tip - corner)
    start = tip - along * blunt * 2
    end = start * (-1, 1)
    bow = [(1 - t) ** 2 * start + 2 * t * (1 - t) * tip + t**2 * end for t in np.linspace(0, 1, 12)]
    return [tuple(p) for p in (corner, *bow, corner * (-1, 1))]


def _cut(outline, material, z: float, solid: bool = True):
    """A piece of paper cut to an outline, counter-clockwise; a print covers 17 by 22.7 cm."""
    points = np.array([(x, y, z) for x, y in outline])
    uv = [[(x / 1.7 + 0.5, y / 2.27 + 0.5) for x, y in outline]]
    piece = make("cut paper", points, [range(len(outline))], uv, material, smooth=False)
    return thicken(piece, 0.003) if solid else piece
