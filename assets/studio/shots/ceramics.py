"""Ceramics."""

from pieces import ceramics
from stage import Framing

from .shot import Shot

CELADON = {"top": "#5f8675", "low": "#b9c9b8"}
NIGHT = {"top": "#243f68", "low": "#b9c3c8", "edge": "#7a6a58"}
OCHRE = {"top": "#9a4f22", "low": "#d8bf94", "edge": "#6d3c1c"}
CREAM = {"top": "#ddd5c6", "dip": None, "speck": 1.0, "rough": 0.45, "coat": 0}


def _vase(glaze: dict) -> Shot:
    return Shot(lambda: ceramics.vase("galbe", glaze))


SHOTS: dict[str, Shot] = {
    "vase-galbe-celadon": _vase(CELADON),
    "vase-galbe-nuit": _vase(NIGHT),
    "vase-galbe-ocre": _vase(OCHRE),
    "vase-galbe-detail": Shot(
        lambda: ceramics.vase("galbe", CELADON), Framing(turn=130, elevation=34)
    ),
    "amphore": Shot(lambda: ceramics.vase("amphora", CREAM)),
    "bols-gigognes": Shot(ceramics.nested_bowls, Framing(elevation=20, fill=(0.74, 0.6))),
    "tasses-duo": Shot(ceramics.cups, Framing(elevation=15, fill=(0.86, 0.6))),
}
