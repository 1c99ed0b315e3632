"""Ceramics."""

from materials import satin_glaze
from pieces import bud_vases, ceramics, tableware
from stage import Framing

from .shot import Shot

CELADON = {"top": "#5f8675", "low": "#b9c9b8"}
NIGHT = {"top": "#243f68", "low": "#b9c3c8", "edge": "#7a6a58"}
OCHRE = {"top": "#9a4f22", "low": "#d8bf94", "edge": "#6d3c1c"}
CREAM = {"top": "#ddd5c6", "dip": None, "speck": 1.0, "rough": 0.45, "coat": 0}
COAL = {"colour": "#2b2623", "deep": "#191614", "clay": "#3a2f28", "grains": "#6d5f52"}
COAL |= {"rim": "#4a3c31", "rough": 0.52, "speck": 0.55}
CHALK_MOON = {"colour": "#e2dacb", "deep": "#cfc4b0", "pool": "#47565c"}
CELADON_MOON = {"colour": "#aebbae", "deep": "#93a797", "pool": "#264b42"}
CHALK = {"colour": "#e2dacb", "deep": "#cdc1ac", "speck": 0.9}
DARK_BLUE = {"colour": "#20354f", "deep": "#132136", "rim": "#80664c", "grains": "#10131c"}
DARK_BLUE |= {"coat": 0.35, "rough": 0.32}


def _vase(glaze: dict) -> Shot:
    return Shot(lambda: ceramics.vase("galbe", glaze))


def _plates(glaze: dict) -> Shot:
    framing = Framing(elevation=46, fill=(0.76, 0.6))
    return Shot(lambda: tableware.plate_pile(glaze), framing)


def _pitcher(glaze: dict) -> Shot:
    return Shot(lambda: tableware.pitcher(glaze), Framing(turn=14, elevation=14))


SHOTS: dict[str, Shot] = {
    "vase-galbe-celadon": _vase(CELADON),
    "vase-galbe-nuit": _vase(NIGHT),
    "vase-galbe-ocre": _vase(OCHRE),
    "vase-galbe-detail": Shot(
        lambda: ceramics.vase("galbe", CELADON),
        Framing(turn=130, elevation=26, fill=(1.22, 9), focus=(0.5, 0.66), aperture=5),
    ),
    "amphore": Shot(lambda: ceramics.vase("amphora", CREAM)),
    "amphore-charbon": Shot(lambda: ceramics.vase_of("amphora", satin_glaze(**COAL))),
    "amphore-detail": Shot(
        lambda: ceramics.vase("amphora", CREAM),
        Framing(turn=40, elevation=22, fill=(1.25, 9), focus=(0.5, 0.74), aperture=4),
    ),
    "bols-gigognes": Shot(ceramics.nested_bowls, Framing(elevation=20, fill=(0.74, 0.6))),
    "bols-gigognes-detail": Shot(ceramics.bowls_apart, Framing(elevation=58, fill=(0.84, 0.74))),
    "tasses-duo": Shot(ceramics.cups, Framing(elevation=15, fill=(0.86, 0.6))),
    "tasses-duo-detail": Shot(
        ceramics.cups,
        Framing(azimuth=38, elevation=30, fill=(1.12, 9), focus=(0.58, 0.46), aperture=8),
    ),
    "assiettes-lune-craie": _plates(CHALK_MOON),
    "assiettes-lune-celadon": _plates(CELADON_MOON),
    "assiettes-lune-detail": Shot(
        lambda: tableware.plates_side_by_side(CHALK_MOON),
        Framing(elevation=76, fill=(0.92, 0.9)),
    ),
    "pichet-verse-craie": _pitcher(CHALK),
    "pichet-verse-nuit": _pitcher(DARK_BLUE),
    "pichet-verse-detail": Shot(
        lambda: tableware.pitcher(CHALK),
        Framing(turn=46, elevation=30, fill=(1.0, 9), focus=(0.44, 0.74), aperture=7),
    ),
    "soliflores-trio": Shot(bud_vases.bud_vases, Framing(elevation=10, fill=(0.7, 0.66))),
    "soliflores-trio-detail": Shot(
        lambda: bud_vases.bud_vases(twig=False),
        Framing(azimuth=-20, elevation=24, fill=(0.96, 0.84), focus=(0.5, 0.5), aperture=8),
    ),
}
