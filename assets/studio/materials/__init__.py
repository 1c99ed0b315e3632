"""What things are made of: procedural materials, plus pictures drawn by `art`."""

from .ceramic import dipped_glaze, speckled_stoneware, terrazzo
from .cloth import shade_cloth, silk, woven
from .glow import emitter, opal_glass
from .hard import brass, plain, vinyl, wood
from .leather import leather
from .paper import book_edge, paper, record_label
from .room import backdrop, leaf, plaster
from .translucent import glass, wax

__all__ = [
    "backdrop",
    "book_edge",
    "brass",
    "dipped_glaze",
    "emitter",
    "glass",
    "leaf",
    "leather",
    "opal_glass",
    "paper",
    "plain",
    "plaster",
    "record_label",
    "shade_cloth",
    "silk",
    "speckled_stoneware",
    "terrazzo",
    "vinyl",
    "wax",
    "wood",
    "woven",
]
