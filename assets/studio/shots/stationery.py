"""Stationery."""

from pieces import stationery
from stage import Framing, Light

from .shot import Shot

SHOTS: dict[str, Shot] = {
    "carnets-marbres": Shot(
        stationery.notebooks, Framing(elevation=32, fill=(0.74, 0.6)), Light(exposure=-0.72)
    ),
    "crayons-six": Shot(stationery.pencils, Framing(fill=(0.5, 0.68))),
}
