"""Prints."""

from pieces import wall_art
from stage import Framing

from .shot import Shot

SHOTS: dict[str, Shot] = {
    "affiche-vases": Shot(
        lambda: wall_art.framed_print("print-vases", "walnut"), Framing(turn=-15, fill=(0.7, 0.7))
    ),
    "affiche-collines": Shot(
        lambda: wall_art.framed_print("print-hills", "oak"), Framing(turn=-16, fill=(0.7, 0.7))
    ),
}
