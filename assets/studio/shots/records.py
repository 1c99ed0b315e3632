"""Records."""

from pieces import records
from stage import Framing, Light

from .shot import Shot

SLEEVE = Framing(turn=-14, fill=(0.80, 0.7))
LIGHT = Light(rim=0.3)

SHOTS: dict[str, Shot] = {
    "disque-rue-du-midi": Shot(lambda: records.record("rue-du-midi"), SLEEVE, LIGHT),
    "disque-nocturne": Shot(lambda: records.record("nocturne"), SLEEVE, LIGHT),
}
