"""Perfume, candles, soap: what smells good."""

from pieces import fire, scent, soap, twisted_candles
from pieces.round_flask import round_flask
from stage import Framing

from .shot import Shot

FIR = {"top": "#2f4a42", "dip": None, "height": 1.0}
IVORY, BRICK = "#f0e5cd", "#a5492f"
TAPERS = Framing(turn=15, elevation=10, fill=(0.6, 0.75))
CANDLE = Framing(elevation=14, fill=(0.5, 0.6))

SHOTS: dict[str, Shot] = {
    "parfum-no4": Shot(scent.perfume, Framing(turn=-22), samples=24),
    "parfum-no4-detail": Shot(
        lambda: scent.perfume(opened=True),
        Framing(turn=-10, elevation=15, fill=(0.72, 0.62)),
        samples=24,
    ),
    "parfum-no7": Shot(round_flask, Framing(turn=-20), samples=24),
    "parfum-no7-detail": Shot(
        round_flask,
        Framing(turn=34, elevation=14, fill=(1.25, 1.25), focus=(0.5, 0.62), aperture=4),
        samples=24,
    ),
    "bougie-figuier": Shot(fire.candle, CANDLE, samples=24),
    "bougie-figuier-ceramique": Shot(lambda: fire.candle(FIR), CANDLE),
    "bougie-figuier-detail": Shot(
        lambda: fire.candle(lit=True),
        Framing(turn=12, elevation=36, fill=(0.86, 0.86), focus=(0.5, 0.56), aperture=11),
        samples=24,
    ),
    "diffuseur-the-fume": Shot(scent.diffuser, Framing(fill=(0.6, 0.68)), samples=24),
    "diffuseur-the-fume-detail": Shot(
        scent.diffuser,
        Framing(turn=-14, elevation=18, fill=(1.5, 1.5), focus=(0.5, 0.33), aperture=4),
        samples=24,
    ),
    "savons-trio": Shot(soap.soaps, Framing(turn=-24, elevation=35, fill=(0.62, 0.6))),
    "savons-trio-detail": Shot(
        soap.soaps_apart, Framing(turn=18, elevation=18, fill=(0.74, 0.6), aperture=4)
    ),
    "cierges-torsades-ivoire": Shot(
        lambda: twisted_candles.bundle(IVORY, "band-candles-ivory"), TAPERS
    ),
    "cierges-torsades-brique": Shot(
        lambda: twisted_candles.bundle(BRICK, "band-candles-brick"), TAPERS
    ),
    "cierges-torsades-detail": Shot(
        lambda: twisted_candles.lying(BRICK),
        Framing(turn=28, elevation=34, fill=(1.1, 1.1), aperture=4),
    ),
}
