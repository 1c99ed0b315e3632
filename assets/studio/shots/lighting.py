"""Lamps and candlesticks."""

from pieces import fire, lamps
from pieces.photophore import photophore
from pieces.portable_lamp import column_lamp
from pieces.reading_lamp import reading_lamp
from stage import Framing

from .shot import Shot

LAMP = Framing(fill=(0.66, 0.68))
COLUMN = Framing(elevation=11, fill=(0.5, 0.66))
READER = Framing(turn=-38, elevation=7, fill=(0.62, 0.72))
VOTIVE = Framing(elevation=13, fill=(0.52, 0.6))
SMOKE = {"tint": "#a39a92", "density": 5.0}
OAK = {"light": "#cfa878", "dark": "#a67c4d"}
FIR, CHALK = "#1f4536", "#e4dccb"


SHOTS: dict[str, Shot] = {
    "lampe-terre": Shot(lamps.mushroom_lamp, LAMP),
    "lampe-terre-sauge": Shot(lambda: lamps.mushroom_lamp(glaze=lamps.SAGE), LAMP),
    "lampe-terre-eteinte": Shot(lambda: lamps.mushroom_lamp(watts=0), LAMP),
    "globe-terrazzo": Shot(lamps.globe_lamp, Framing(fill=(0.6, 0.68))),
    "globe-terrazzo-detail": Shot(
        lamps.globe_lamp,
        Framing(turn=60, elevation=24, fill=(1.5, 1.5), focus=(0.5, 0.16), aperture=4),
    ),
    "bougeoirs-trio": Shot(fire.candlesticks, Framing(fill=(0.6, 0.70))),
    "bougeoirs-trio-detail": Shot(
        lambda: fire.candlesticks(lit=True),
        Framing(turn=-35, elevation=7, fill=(0.8, 0.78)),
    ),
    "lampe-colonne-noyer": Shot(column_lamp, COLUMN),
    "lampe-colonne-chene": Shot(lambda: column_lamp(**OAK), COLUMN),
    "lampe-colonne-detail": Shot(
        column_lamp,
        Framing(turn=32, elevation=16, fill=(1.7, 1.7), focus=(0.5, 0.22), aperture=4),
    ),
    "liseuse-laiton-sapin": Shot(lambda: reading_lamp(FIR), READER),
    "liseuse-laiton-craie": Shot(lambda: reading_lamp(CHALK), READER),
    "liseuse-laiton-detail": Shot(
        lambda: reading_lamp(FIR),
        Framing(turn=-24, elevation=10, fill=(2.0, 2.0), focus=(0.60, 0.885), aperture=9),
    ),
    "photophore-cannele-ambre": Shot(photophore, VOTIVE, samples=24),
    "photophore-cannele-fume": Shot(lambda: photophore(**SMOKE), VOTIVE, samples=24),
    "photophore-cannele-detail": Shot(
        photophore, Framing(turn=8, elevation=64, fill=(0.8, 0.74), aperture=11), samples=24
    ),
}
