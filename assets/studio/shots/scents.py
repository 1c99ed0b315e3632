"""Perfume, candles, what smells good."""

from pieces import fire, scent
from stage import Framing

from .shot import Shot

FIR = {"top": "#2f4a42", "dip": None, "height": 1.0}
CANDLE = Framing(elevation=14, fill=(0.5, 0.6))

SHOTS: dict[str, Shot] = {
    "parfum-no4": Shot(scent.perfume, Framing(turn=-22), samples=24),
    "bougie-figuier": Shot(fire.candle, CANDLE, samples=24),
    "bougie-figuier-ceramique": Shot(lambda: fire.candle(FIR), CANDLE),
    "diffuseur-the-fume": Shot(scent.diffuser, Framing(fill=(0.6, 0.68)), samples=24),
}
