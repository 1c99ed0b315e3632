"""Every picture of the demo shop by its file name: what is in it and how it is framed."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pieces
from stage import Framing, Light

CELADON = dict(top="#5f8675", low="#b9c9b8")
NIGHT = dict(top="#243f68", low="#b9c3c8", edge="#7a6a58")
OCHRE = dict(top="#9a4f22", low="#d8bf94", edge="#6d3c1c")
CREAM = dict(top="#ddd5c6", dip=None, speck=1.0, rough=0.45, coat=0)
FIR = dict(top="#2f4a42", dip=None, height=1.0)


@dataclass(frozen=True)
class Shot:
    """One product picture."""

    build: Callable[[], list]
    framing: Framing = field(default_factory=Framing)
    light: Light = field(default_factory=Light)


def _bag(colour: str, seam: str) -> Shot:
    framing = Framing(turn=-18, fill=(0.72, 0.7))
    return Shot(lambda: pieces.half_moon_bag(colour, seam), framing)


def _vase(glaze: dict) -> Shot:
    return Shot(lambda: pieces.vase("galbe", glaze))


SLEEVE = Framing(turn=-14, fill=(0.80, 0.7))
SLEEVE_LIGHT = Light(rim=0.3)
CANDLE = Framing(elevation=14, fill=(0.5, 0.6))
LAMP = Framing(fill=(0.66, 0.68))

SHOTS: dict[str, Shot] = {
    "vase-galbe-celadon": _vase(CELADON),
    "vase-galbe-nuit": _vase(NIGHT),
    "vase-galbe-ocre": _vase(OCHRE),
    "vase-galbe-detail": Shot(
        lambda: pieces.vase("galbe", CELADON), Framing(turn=130, elevation=34)
    ),
    "amphore": Shot(lambda: pieces.vase("amphora", CREAM)),
    "bols-gigognes": Shot(pieces.nested_bowls, Framing(elevation=20, fill=(0.74, 0.6))),
    "tasses-duo": Shot(pieces.cups, Framing(elevation=15, fill=(0.86, 0.6))),
    "lampe-terre": Shot(pieces.mushroom_lamp, LAMP),
    "lampe-terre-eteinte": Shot(lambda: pieces.mushroom_lamp(watts=0), LAMP),
    "globe-terrazzo": Shot(pieces.globe_lamp, Framing(fill=(0.6, 0.68))),
    "parfum-no4": Shot(pieces.perfume, Framing(turn=-22)),
    "bougie-figuier": Shot(pieces.candle, CANDLE),
    "bougie-figuier-ceramique": Shot(lambda: pieces.candle(FIR), CANDLE),
    "diffuseur-the-fume": Shot(pieces.diffuser, Framing(fill=(0.6, 0.68))),
    "bougeoirs-trio": Shot(pieces.candlesticks, Framing(fill=(0.6, 0.70))),
    "sac-demi-lune-cognac": _bag("#7a3f22", "#e2cfae"),
    "sac-demi-lune-sapin": _bag("#1c3c30", "#d9c9a0"),
    "sac-demi-lune-encre": _bag("#171c2a", "#c3b89c"),
    "cabas-sapin": Shot(lambda: pieces.tote_bag("#20302b"), Framing(turn=-24, fill=(0.70, 0.70))),
    "porte-cartes-sapin": Shot(
        lambda: pieces.card_holder("#1f3b33"), Framing(turn=-20, elevation=12)
    ),
    "ceinture-havane": Shot(
        lambda: pieces.belt("#3a2417"), Framing(elevation=30, fill=(0.74, 0.6))
    ),
    "carre-nuit": Shot(
        lambda: pieces.flat_scarf("scarf-night"),
        Framing(turn=-12, elevation=78, fill=(0.8, 0.8)),
        Light(exposure=-0.75),
    ),
    "carre-nuit-plie": Shot(
        lambda: pieces.folded_scarf("scarf-night"),
        Framing(turn=-24, elevation=38, fill=(0.80, 0.6)),
    ),
    "etole-brandebourg": Shot(
        lambda: pieces.hung_scarf("scarf-earth"), Framing(elevation=4, fill=(0.74, 0.74))
    ),
    "disque-rue-du-midi": Shot(lambda: pieces.record("rue-du-midi"), SLEEVE, SLEEVE_LIGHT),
    "disque-nocturne": Shot(lambda: pieces.record("nocturne"), SLEEVE, SLEEVE_LIGHT),
    "affiche-vases": Shot(
        lambda: pieces.framed_print("print-vases", "walnut"), Framing(turn=-15, fill=(0.7, 0.7))
    ),
    "affiche-collines": Shot(
        lambda: pieces.framed_print("print-hills", "oak"), Framing(turn=-16, fill=(0.7, 0.7))
    ),
    "carnets-marbres": Shot(
        pieces.notebooks, Framing(elevation=32, fill=(0.74, 0.6)), Light(exposure=-0.72)
    ),
    "crayons-six": Shot(pieces.pencils, Framing(fill=(0.5, 0.68))),
}
