"""The goods themselves. Every builder returns the objects that the camera must frame.

1 unit is 10 cm; a piece stands on z = 0 and faces -y.
"""

from .bags import half_moon_bag, tote_bag
from .ceramics import bowl, cups, nested_bowls, vase
from .fire import candle, candlesticks
from .lamps import globe_lamp, mushroom_lamp
from .records import record
from .scarves import flat_scarf, folded_scarf, hung_scarf
from .scent import diffuser, perfume
from .small_leather import belt, card_holder
from .stationery import notebook, notebooks, pencils
from .wall_art import framed_print

__all__ = [
    "belt",
    "bowl",
    "candle",
    "candlesticks",
    "card_holder",
    "cups",
    "diffuser",
    "flat_scarf",
    "folded_scarf",
    "framed_print",
    "globe_lamp",
    "half_moon_bag",
    "hung_scarf",
    "mushroom_lamp",
    "nested_bowls",
    "notebook",
    "notebooks",
    "pencils",
    "perfume",
    "record",
    "tote_bag",
    "vase",
]
