"""Leather goods."""

from pieces import bags, belt, key_ring, small_leather, spectacle_case, wallet
from stage import Framing

from .shot import Shot


def _half_moon(colour: str, seam: str) -> Shot:
    framing = Framing(turn=-18, fill=(0.72, 0.7))
    return Shot(lambda: bags.half_moon_bag(colour, seam), framing)


def _wallet(colour: str, seam: str, tape: str, framing: Framing | None = None) -> Shot:
    framing = framing or Framing(turn=-27, elevation=16, fill=(0.72, 0.6))
    return Shot(lambda: wallet.zip_wallet(colour, seam, tape), framing)


def _case(colour: str, seam: str, framing: Framing | None = None) -> Shot:
    framing = framing or Framing(turn=-26, elevation=40, fill=(0.74, 0.6))
    return Shot(lambda: spectacle_case.spectacle_case(colour, seam), framing)


def _key_ring(colour: str, seam: str, framing: Framing | None = None) -> Shot:
    framing = framing or Framing(turn=-38, elevation=44, fill=(0.72, 0.6))
    return Shot(lambda: key_ring.key_ring(colour, seam), framing)


COGNAC = ("#8a4520", "#e2cfae", "#3a2114")
BURGUNDY = ("#4e141c", "#c99f8a", "#25090d")

SHOTS: dict[str, Shot] = {
    "sac-demi-lune-cognac": _half_moon("#7a3f22", "#e2cfae"),
    "sac-demi-lune-sapin": _half_moon("#1c3c30", "#d9c9a0"),
    "sac-demi-lune-encre": _half_moon("#171c2a", "#c3b89c"),
    "sac-demi-lune-detail": Shot(
        lambda: bags.half_moon_bag("#7a3f22", "#e2cfae"),
        Framing(turn=-26, elevation=24, fill=(2.2, 2.4), focus=(0.80, 0.46), aperture=4),
    ),
    "cabas-sapin": Shot(lambda: bags.tote_bag("#20302b"), Framing(turn=-24, fill=(0.70, 0.70))),
    "cabas-sapin-detail": Shot(
        lambda: bags.tote_bag("#20302b"),
        Framing(turn=-30, elevation=16, fill=(1.9, 2.2), focus=(0.44, 0.62), aperture=2.8),
    ),
    "porte-cartes-sapin": Shot(
        lambda: small_leather.card_holder("#1f3b33"),
        Framing(turn=-26, elevation=46, fill=(0.72, 0.6)),
    ),
    "porte-cartes-sapin-detail": Shot(
        lambda: small_leather.card_holder("#1f3b33"),
        Framing(turn=-22, elevation=40, fill=(1.6, 2.4), focus=(0.36, 0.66), aperture=9),
    ),
    "ceinture-havane": Shot(
        lambda: belt.belt("#3a2417"), Framing(turn=-8, elevation=28, fill=(0.76, 0.6))
    ),
    "ceinture-havane-detail": Shot(
        lambda: belt.belt("#3a2417"),
        Framing(turn=-12, elevation=22, fill=(1.6, 2.4), focus=(0.68, 0.40), aperture=8),
    ),
    "portefeuille-zip-cognac": _wallet(*COGNAC),
    "portefeuille-zip-bordeaux": _wallet(*BURGUNDY),
    "portefeuille-zip-detail": _wallet(
        *COGNAC, Framing(turn=-38, elevation=32, fill=(1.9, 2.2), focus=(0.66, 0.75), aperture=4)
    ),
    "etui-lunettes-encre": _case("#1a2233", "#c9bfa4"),
    "etui-lunettes-havane": _case("#5a3420", "#e0cca6"),
    "etui-lunettes-detail": _case(
        "#5a3420",
        "#e0cca6",
        Framing(turn=-22, elevation=30, fill=(1.9, 2.4), focus=(0.45, 0.68), aperture=6.3),
    ),
    "porte-cles-boucle-cognac": _key_ring("#8a4520", "#e2cfae"),
    "porte-cles-boucle-sapin": _key_ring("#1c3c30", "#d9c9a0"),
    "porte-cles-boucle-detail": _key_ring(
        "#8a4520",
        "#e2cfae",
        Framing(turn=-30, elevation=32, fill=(1.75, 2.2), focus=(0.57, 0.54), aperture=9),
    ),
}
