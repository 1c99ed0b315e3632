"""Lamps and candlesticks."""

from pieces import fire, lamps
from stage import Framing

from .shot import Shot

LAMP = Framing(fill=(0.66, 0.68))

SHOTS: dict[str, Shot] = {
    "lampe-terre": Shot(lamps.mushroom_lamp, LAMP),
    "lampe-terre-eteinte": Shot(lambda: lamps.mushroom_lamp(watts=0), LAMP),
    "globe-terrazzo": Shot(lamps.globe_lamp, Framing(fill=(0.6, 0.68))),
    "bougeoirs-trio": Shot(fire.candlesticks, Framing(fill=(0.6, 0.70))),
}
