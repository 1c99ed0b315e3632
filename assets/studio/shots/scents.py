"""Perfume, candles, what smells good."""

from pieces import fire, scent, soap, twisted_candles
from pieces.round_flask import round_flask
from stage import Framing

from .shot import Shot

FIR = {"top": "#2f4a42", "dip": None, "height": 1.0}
IVORY, BRICK = "#f0e5cd", "#a5492f"
TAPERS = Framing(turn=24, elevation=10, fill=(0.6, 0.75))
CANDLE = Framing(elevation=14, fill=(0.5, 0.6))

SHOTS: dict[str, Shot] = {
    "parfum-no4": Shot(scent.perfume, Framing(turn=-22), samples=24),
    "bougie-figuier": Shot(fire.candle, CANDLE, samples=24),
    "bougie-figuier-ceramique": Shot(lambda: fire.candle(FIR), CANDLE),
    "diffuseur-the-fume": Shot(scent.diffuser, Framing(fill=(0.6, 0.68)), samples=24),
    "parfum-no7": Shot(round_flask, Framing(turn=-20), samples=24),
    "savons-trio": Shot(soap.soaps, Framing(turn=-24, elevation=30, fill=(0.62, 0.6))),
    "cierges-torsades-ivoire": Shot(
        lambda: twisted_candles.bundle(IVORY, "band-candles-ivory"), TAPERS
    ),
    "cierges-torsades-brique": Shot(
        lambda: twisted_candles.bundle(BRICK, "band-candles-brick"), TAPERS
    ),
}
