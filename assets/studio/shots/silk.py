"""Scarves."""

from pieces import scarves
from stage import Framing, Light

from .shot import Shot

FROM_ABOVE = Framing(turn=-8, elevation=80, fill=(0.82, 0.8))
LAID = Light(exposure=-0.75)

SHOTS: dict[str, Shot] = {
    "carre-nuit": Shot(lambda: scarves.flat_square("scarf-night", 7.0), FROM_ABOVE, LAID),
    "carre-nuit-plie": Shot(
        lambda: scarves.folded_square("scarf-night", 7.0),
        Framing(turn=-24, elevation=38, fill=(0.80, 0.6)),
    ),
    "etole-brandebourg": Shot(
        lambda: scarves.stole("scarf-earth"), Framing(elevation=4, fill=(0.74, 0.76))
    ),
}
