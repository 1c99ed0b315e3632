"""Leather goods."""

from pieces import bags, small_leather
from stage import Framing

from .shot import Shot


def _half_moon(colour: str, seam: str) -> Shot:
    framing = Framing(turn=-18, fill=(0.72, 0.7))
    return Shot(lambda: bags.half_moon_bag(colour, seam), framing)


SHOTS: dict[str, Shot] = {
    "sac-demi-lune-cognac": _half_moon("#7a3f22", "#e2cfae"),
    "sac-demi-lune-sapin": _half_moon("#1c3c30", "#d9c9a0"),
    "sac-demi-lune-encre": _half_moon("#171c2a", "#c3b89c"),
    "cabas-sapin": Shot(lambda: bags.tote_bag("#20302b"), Framing(turn=-24, fill=(0.70, 0.70))),
    "porte-cartes-sapin": Shot(
        lambda: small_leather.card_holder("#1f3b33"), Framing(turn=-20, elevation=12)
    ),
    "ceinture-havane": Shot(
        lambda: small_leather.belt("#3a2417"), Framing(elevation=30, fill=(0.74, 0.6))
    ),
}
