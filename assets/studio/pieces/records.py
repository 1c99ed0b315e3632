"""A long-playing record, half out of its sleeve."""

import numpy as np

from art import printed
from geometry import box, fillet, group, lathe, place, quad, settle
from materials import paper, record_label, vinyl

SIDE, THICK = 3.15, 0.045


def record(title: str, *, out: float = 1.05, lean: float = 5.0, at=(0, 0, 0), turn: float = 0.0):
    """`out`: how far the disc shows (10 cm); `lean`: backwards, in degrees."""
    sleeve = box(
        "sleeve",
        SIDE,
        THICK,
        SIDE,
        bevel=0.012,
        steps=3,
        material=paper(None, "#efe9de", 0.55),
    )
    cover = paper(printed(f"sleeve-{title}"), rough=0.42, grain=0.06, coat=0.12)
    front = quad("front", SIDE - 0.016, SIDE - 0.016, cover)
    place(front, (0, -THICK / 2 - 0.0015, 0.008))
    groove = fillet(
        [
            (0.037, 0.012),
            (0.50, 0.012),
            (0.52, 0.010),
            (1.46, 0.010),
            (1.50, 0.006, 0.004),
            (1.50, -0.006, 0.004),
            (0.037, -0.012),
        ],
        4,
    )
    disc = lathe("disc", groove, sides=256, material=vinyl())
    ring = np.array([(0.037, 0.0135), (0.50, 0.0135)])
    label = lathe("label", ring, sides=128, material=record_label(printed(f"label-{title}")))
    pulled = group([disc, label], (out, 0, SIDE / 2), (90, 0, 0))
    group([sleeve, front, pulled], at, (-lean, 0, turn))
    settle()
    return [sleeve, front, disc, label]
