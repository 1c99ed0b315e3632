"""Prints."""

from pieces import loose_prints, wall_art
from stage import Framing, Light

from .shot import Shot

FROM_ABOVE = Light(exposure=-0.7)  # the paper sends more light upwards than forwards


def _framed(name: str, timber: str, turn: float) -> Shot:
    framing = Framing(turn=turn, fill=(0.7, 0.7))
    return Shot(lambda: wall_art.framed_print(name, timber), framing)


def _loose(name: str, corner: str, turn: float) -> Shot:
    framing = Framing(turn=turn, elevation=52, fill=(0.9, 0.78))
    return Shot(lambda: loose_prints.loose_print(name, corner), framing, FROM_ABOVE)


SHOTS: dict[str, Shot] = {
    "affiche-vases": _framed("print-vases", "walnut", -15),
    "affiche-collines": _framed("print-hills", "oak", -16),
    "affiche-toits": _framed("print-roofs", "walnut", -15),
    "affiche-canal": _framed("print-footbridge", "oak", -16),
    "affiche-citrons": _framed("print-lemons", "walnut", -14),
    "affiche-lucarne": _framed("print-lucarne", "oak", -16),
    "affiche-collines-feuille": _loose("print-hills", "right", -16),
    "affiche-vases-feuille": _loose("print-vases", "left", 14),
    "affiche-toits-feuille": _loose("print-roofs", "left", 16),
    "affiche-canal-feuille": _loose("print-footbridge", "right", -14),
    "affiche-citrons-feuille": _loose("print-lemons", "right", -19),
    "affiche-lucarne-feuille": _loose("print-lucarne", "left", 13),
}
