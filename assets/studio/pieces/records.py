"""Long-playing records: a folded card sleeve, open on the right, and what lies in it."""

import numpy as np

from art import printed
from geometry import box, fillet, group, lathe, place, quad, settle
from materials import black_vinyl, clear_vinyl, paper, record_label

SIDE, THICK, BOARD = 3.15, 0.045, 0.009
RADIUS, HOLE, DISC = 1.50, 0.037, 0.024
BACK = 90.0  # the turn that lays a standing sleeve on its back
# The card's own colour, which shows at the edges.
CARD = {
    "rue-du-midi": "#efe3cf",
    "nocturne": "#14161c",
    "canal": "#dfdccf",
    "jardin-d-hiver": "#ece5d3",
    "bal-des-toits": "#e3b11c",
    "sept-nuits": "#17173a",
}
# Pressings: what passes through the vinyl, and the deeper tone of its grooves.
CORAL, AMBER = ("#ff8d70", "#fb6c4e"), ("#ffbb55", "#f7a02c")


def record(
    title: str,
    *,
    out: float = 1.05,
    lean: float = 5.0,
    at=(0, 0, 0),
    turn: float = 0.0,
    pressing: tuple[str, str] | None = None,
    discs: int = 1,
):
    """Standing. `out`: how far the disc shows (10 cm); `lean`: backwards, in degrees."""
    depth = _depth(discs)
    made = sleeve(title, depth)
    for i in range(discs):
        y = (i - (discs - 1) / 2) * (DISC + 0.004)
        pulled = disc(title, pressing, f"disc {i}")
        group(pulled, (out - 0.42 * i, y, SIDE / 2), (90, 14 * i, 0))
        made += pulled
    group(made, at, (-lean, 0, turn))
    settle()
    return made


def record_flat(title: str, *, out: float = 1.2, pressing=None, spin: float = 0.0):
    """The sleeve on its back, the disc half out of it."""
    made = sleeve(title, THICK)
    pulled = group(disc(title, pressing), (out, 0, SIDE / 2), (90, spin, 0))
    made += pulled.children
    group(made, (0, 0, THICK / 2), (-BACK, 0, 0))
    settle()
    return made


def record_on_sleeve(title: str, places, *, pressing=None):
    """The sleeve on its back and discs on top; a disc's place is (x, y, spin in degrees)."""
    depth = _depth(len(places))
    cover = sleeve(title, depth)
    group(cover, (0, -SIDE / 2, depth / 2), (-BACK, 0, 0))
    made = list(cover)
    for i, (x, y, spin) in enumerate(places):
        laid = disc(title, pressing, f"disc {i}")
        group(laid, (x, y, depth + 0.004 + DISC / 2 + i * (DISC + 0.003)), (0, 0, spin))
        made += laid
    settle()
    return made


def _depth(discs: int) -> float:
    return THICK + (discs - 1) * (DISC + 0.008)


def sleeve(title: str, depth: float):
    """Two boards, a spine, closed above and below; the picture on the front board."""
    card = paper(None, CARD[title], 0.55)
    inner = SIDE - 0.03
    boards = [
        box("board", SIDE, BOARD, SIDE, bevel=0.003, steps=3, material=card, at=(0, y, 0))
        for y in (-(depth - BOARD) / 2, (depth - BOARD) / 2)
    ]
    spine = box(
        "spine",
        0.014,
        depth - 0.001,
        SIDE - 0.002,
        bevel=0.006,
        material=card,
        at=(0.007 - SIDE / 2, 0, 0.001),
    )
    ends = [
        box("fold", inner, depth - 0.004, 0.01, bevel=0.003, material=card, at=(-0.008, 0, z))
        for z in (0.001, SIDE - 0.011)
    ]
    cover = paper(printed(f"sleeve-{title}"), rough=0.42, grain=0.06, coat=0.12)
    front = quad("front", SIDE - 0.008, SIDE - 0.008, cover)
    place(front, (0, -depth / 2 - 0.0006, 0.004))
    return [*boards, spine, *ends, front]


def disc(title: str, pressing: tuple[str, str] | None = None, name: str = "disc"):
    """A disc and its label, lying round the origin, side A upwards."""
    half = DISC / 2
    profile = fillet(
        [
            (HOLE, half),
            (0.50, half),
            (0.52, half - 0.002),
            (1.44, half - 0.002),
            (1.465, half),
            (RADIUS, half - 0.006, 0.004),
            (RADIUS, 0.006 - half, 0.004),
            (1.465, -half),
            (1.44, 0.002 - half),
            (0.52, 0.002 - half),
            (0.50, -half),
            (HOLE, -half),
            (HOLE, half),
        ],
        4,
    )
    vinyl = clear_vinyl(*pressing) if pressing else black_vinyl()
    body = lathe(name, profile, sides=360, material=vinyl)
    ring = np.array([(HOLE, half + 0.0015), (0.497, half + 0.0015), (0.50, half + 0.0004)])
    label = record_label(printed(f"label-{title}"))
    return [body, lathe(f"{name} label", ring, sides=180, material=label)]
