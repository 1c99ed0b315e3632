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
    "lampe-terre-eteinte": Shot(lambda: lamps.mushroom_lamp(watts=0), LAMP),
    "globe-terrazzo": Shot(lamps.globe_lamp, Framing(fill=(0.6, 0.68))),
    "bougeoirs-trio": Shot(fire.candlesticks, Framing(fill=(0.6, 0.70))),
    "lampe-colonne-noyer": Shot(column_lamp, COLUMN),
    "lampe-colonne-chene": Shot(lambda: column_lamp(**OAK), COLUMN),
    "liseuse-laiton-sapin": Shot(lambda: reading_lamp(FIR), READER),
    "liseuse-laiton-craie": Shot(lambda: reading_lamp(CHALK), READER),
    "photophore-cannele-ambre": Shot(photophore, VOTIVE, samples=24),
    "photophore-cannele-fume": Shot(lambda: photophore(**SMOKE), VOTIVE, samples=24),
}
