"""Scarves."""

from pieces import scarves
from stage import Framing, Light

from .shot import Shot

FROM_ABOVE = Framing(turn=-8, elevation=80, fill=(0.82, 0.8))
LAID = Light(exposure=-0.75)
HUNG = Framing(elevation=4, fill=(0.74, 0.78))


def _roofs(colourway: str) -> Shot:
    return Shot(
        lambda: scarves.flat_square(f"roofs-{colourway}", 9.0, corner=1.7, seed=9),
        Framing(turn=7, elevation=80, fill=(0.82, 0.8)),
        LAID,
    )


def _tides(colourway: str) -> Shot:
    return Shot(
        lambda: scarves.stole(f"tides-{colourway}", width=7.0, front=10.4, gathered=4.7, folds=6),
        HUNG,
    )


def _lozenges(colourway: str) -> Shot:
    return Shot(
        lambda: scarves.folded_square(f"lozenges-{colourway}", 3.3, gap=0.026, hem=0.011),
        Framing(turn=-38, elevation=42, fill=(0.76, 0.6)),
        LAID,
    )


SHOTS: dict[str, Shot] = {
    "carre-nuit": Shot(lambda: scarves.flat_square("scarf-night", 7.0), FROM_ABOVE, LAID),
    "carre-nuit-plie": Shot(
        lambda: scarves.folded_square("scarf-night", 7.0),
        Framing(turn=-24, elevation=38, fill=(0.80, 0.6)),
    ),
    "etole-brandebourg": Shot(
        lambda: scarves.stole("brandebourgs", front=12.4, gathered=4.9, folds=5, rise=0.2), HUNG
    ),
    "etole-brandebourg-detail": Shot(
        lambda: scarves.stole(
            "brandebourgs", front=12.4, gathered=4.9, folds=5, rise=0.2, thread=0.5
        ),
        Framing(azimuth=22, elevation=6, fill=(1.9, 2.5), focus=(0.65, 0.19), aperture=8),
    ),
    "carre-toits-zinc": _roofs("zinc"),
    "carre-toits-brique": _roofs("brick"),
    "carre-toits-plie": Shot(
        lambda: scarves.folded_square("roofs-zinc", 9.0, thread=0.5),
        Framing(turn=-32, elevation=30, fill=(1.3, 1.0), focus=(0.42, 0.58), aperture=5.6),
    ),
    "etole-marees-marine": _tides("navy"),
    "etole-marees-terre": _tides("earth"),
    "etole-marees-detail": Shot(
        lambda: scarves.stole(
            "tides-navy", width=7.0, front=10.4, gathered=4.7, folds=6, thread=0.5
        ),
        Framing(azimuth=24, elevation=6, fill=(2.0, 2.6), focus=(0.5, 0.15), aperture=5.6),
    ),
    "pochette-losange-marine": _lozenges("navy"),
    "pochette-losange-bordeaux": _lozenges("bordeaux"),
    "pochette-losange-detail": Shot(
        lambda: scarves.folded_square("lozenges-navy", 3.3, gap=0.026, hem=0.011, thread=0.5),
        Framing(turn=-32, elevation=40, fill=(2.1, 2.0), focus=(0.34, 0.36), aperture=14),
        LAID,
    ),
    "bandeau-passage": Shot(
        lambda: scarves.bandeau("passage"),
        Framing(turn=-6, elevation=76, fill=(0.72, 0.74)),
        LAID,
    ),
    "bandeau-passage-detail": Shot(
        lambda: scarves.hung_bandeau("passage", thread=0.6),
        Framing(elevation=4, fill=(0.6, 1.75), focus=(0.5, 0.26)),
    ),
}
