"""What things are made of: procedural materials, plus pictures drawn by `art`."""

from .bath import soap
from .ceramic import dipped_glaze, speckled_stoneware, terrazzo
from .cloth import gilt_cloth, shade_cloth, silk, woven
from .glow import burning, emitter, lit_cloth, lit_opal, opal_glass
from .hard import brass, plain, steel, wood
from .leather import leather
from .paper import book_edge, paper, record_label
from .room import backdrop, leaf, plaster
from .stoneware import moon_glaze, satin_glaze
from .translucent import glass, pressed_glass, wax
from .vinyl import black_vinyl, clear_vinyl

__all__ = [
    "backdrop",
    "black_vinyl",
    "book_edge",
    "brass",
    "burning",
    "clear_vinyl",
    "dipped_glaze",
    "emitter",
    "gilt_cloth",
    "glass",
    "leaf",
    "leather",
    "lit_cloth",
    "lit_opal",
    "moon_glaze",
    "opal_glass",
    "paper",
    "plain",
    "plaster",
    "pressed_glass",
    "record_label",
    "satin_glaze",
    "shade_cloth",
    "silk",
    "soap",
    "speckled_stoneware",
    "steel",
    "terrazzo",
    "wax",
    "wood",
    "woven",
]
