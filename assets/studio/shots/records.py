"""Records."""

from pieces import records
from pieces.records import AMBER, CORAL
from stage import Framing, Light

from .shot import Shot

SLEEVE = Framing(turn=-14, fill=(0.80, 0.7))
LIGHT = Light(rim=0.3)


def _standing(title: str, **options) -> Shot:
    samples = 32 if "pressing" in options else None
    return Shot(lambda: records.record(title, **options), SLEEVE, LIGHT, samples)


def _lying(title: str, places, framing: Framing, **options) -> Shot:
    samples = 32 if "pressing" in options else None
    return Shot(lambda: records.record_on_sleeve(title, places, **options), framing, LIGHT, samples)


SHOTS: dict[str, Shot] = {
    "disque-rue-du-midi": _standing("rue-du-midi"),
    "disque-nocturne": _standing("nocturne"),
    "disque-nocturne-corail": _standing("nocturne", pressing=CORAL),
    "disque-canal": _standing("canal"),
    "disque-jardin-d-hiver": _standing("jardin-d-hiver"),
    "disque-bal-des-toits": _standing("bal-des-toits"),
    "disque-sept-nuits": _standing("sept-nuits", discs=2),
    "disque-sept-nuits-ambre": _standing("sept-nuits", discs=2, pressing=AMBER),
    "disque-rue-du-midi-detail": _lying(
        "rue-du-midi",
        ((0.5, -0.3, -4),),
        Framing(turn=-8, elevation=50, fill=(1.75, 1.6), focus=(0.60, 0.44), aperture=5.6),
    ),
    "disque-nocturne-detail": _lying(
        "nocturne",
        ((0.45, -0.15, 6),),
        Framing(turn=10, elevation=60, fill=(1.6, 1.5), focus=(0.60, 0.46), aperture=5.6),
        pressing=CORAL,
    ),
    "disque-canal-detail": Shot(
        lambda: records.record("canal", out=1.2),
        Framing(turn=-34, elevation=12, fill=(2.2, 1.7), focus=(0.66, 0.60), aperture=4),
        LIGHT,
    ),
    "disque-jardin-d-hiver-detail": Shot(
        lambda: records.record_flat("jardin-d-hiver", out=1.62, spin=4),
        Framing(turn=-24, elevation=48, fill=(1.5, 1.3), focus=(0.60, 0.46), aperture=5.6),
        LIGHT,
    ),
    "disque-bal-des-toits-detail": _lying(
        "bal-des-toits",
        ((0.35, -0.45, 9),),
        Framing(turn=14, elevation=72, fill=(1.3, 1.1), focus=(0.52, 0.48)),
    ),
    "disque-sept-nuits-detail": _lying(
        "sept-nuits",
        ((-0.35, 0.2, 0), (0.55, -0.55, -3)),
        Framing(turn=-10, elevation=62, fill=(1.5, 1.4), focus=(0.62, 0.42), aperture=5.6),
        pressing=AMBER,
    ),
}
