"""Stationery."""

from functools import partial

from pieces import diary, ink, letters, pen, stationery
from stage import Framing, Light

from .shot import Shot

DIARIES = {
    "sapin": ("#265140", "#a5391c"),
    "brique": ("#9c4026", "#1d2a44"),
    "nuit": ("#24345a", "#c08a2e"),
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
        Framing(turn=16, elevation=52, fill=(1.45, 1.2), focus=(0.64, 0.56), aperture=8),
        Light(exposure=-0.7),
    ),
    **{
        f"encre-flacon-{name}": Shot(
            partial(ink.ink_bottle, name), Framing(turn=-14, elevation=14, fill=(0.56, 0.6))
        )
        for name in ("nuit", "brique")
    },
    "encre-flacon-detail": Shot(
        partial(ink.with_card, "nuit"),
        Framing(turn=-8, elevation=38, fill=(0.78, 0.74)),
        Light(exposure=-0.6),
    ),
    **{
        f"stylo-plume-{name}": Shot(
            partial(pen.resting, colour),
            Framing(turn=232, elevation=38, fill=(0.74, 0.66)),
        )
        for name, colour in (("noir", "#161514"), ("sapin", "#1c4a38"))
    },
    "stylo-plume-detail": Shot(
        partial(pen.resting, "#161514"),
        Framing(turn=226, elevation=50, fill=(2.3, 3.0), focus=(0.17, 0.57), aperture=16),
    ),
    "papier-lettres": Shot(
        letters.writing_paper,
        Framing(turn=-14, elevation=40, fill=(0.8, 0.6)),
        Light(exposure=-0.68),
    ),
    "papier-lettres-detail": Shot(
        letters.writing_paper,
        Framing(turn=24, elevation=24, fill=(1.5, 1.5), focus=(0.45, 0.6), aperture=8),
        Light(exposure=-0.68),
    ),
    "carnets-marbres-detail": Shot(
        stationery.notebooks,
        Framing(turn=-4, elevation=42, fill=(1.5, 1.3), focus=(0.52, 0.6), aperture=5.6),
        Light(exposure=-0.72),
    ),
    "crayons-six-detail": Shot(
        stationery.pencils,
        Framing(turn=20, elevation=26, fill=(1.5, 1.7), focus=(0.5, 0.76), aperture=9),
    ),
}
