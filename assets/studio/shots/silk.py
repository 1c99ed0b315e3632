"""Scarves."""

from pieces import scarves
from stage import Framing, Light

from .shot import Shot

SHOTS: dict[str, Shot] = {
    "carre-nuit": Shot(
        lambda: scarves.flat_scarf("scarf-night"),
        Framing(turn=-12, elevation=78, fill=(0.8, 0.8)),
        Light(exposure=-0.75),
    ),
    "carre-nuit-plie": Shot(
        lambda: scarves.folded_scarf("scarf-night"),
        Framing(turn=-24, elevation=38, fill=(0.80, 0.6)),
    ),
    "etole-brandebourg": Shot(
        lambda: scarves.hung_scarf("scarf-earth"), Framing(elevation=4, fill=(0.74, 0.74))
    ),
}
