"""Stationery."""

from functools import partial

from pieces import diary, stationery
from stage import Framing, Light

from .shot import Shot

DIARIES = {
    "sapin": ("#1f4437", "#a5391c"),
    "brique": ("#93381f", "#1d2a44"),
    "nuit": ("#1c2844", "#c08a2e"),
}
UPRIGHT = Framing(turn=30, azimuth=0, elevation=12, fill=(0.62, 0.62))

SHOTS: dict[str, Shot] = {
    "carnets-marbres": Shot(
        stationery.notebooks, Framing(elevation=32, fill=(0.74, 0.6)), Light(exposure=-0.72)
    ),
    "crayons-six": Shot(stationery.pencils, Framing(fill=(0.5, 0.68))),
    **{
        f"agenda-2027-{name}": Shot(partial(diary.standing, *colours), UPRIGHT)
        for name, colours in DIARIES.items()
    },
    "agenda-2027-detail": Shot(
        partial(diary.opened, *DIARIES["sapin"]),
        Framing(turn=18, elevation=38, fill=(1.15, 1.0), focus=(0.6, 0.42), aperture=5.6),
        Light(exposure=-0.7),
    ),
}
