"""Silk, bookcloth, lampshades."""

import math
from pathlib import Path

from nodes import Shader, Value


def _weave(m: Shader, threads: tuple[float, float]) -> tuple[Value, Value]:
    """Over-and-under of warp and weft (0..1), and the yarn's slubs; `threads` along u and v."""
    u, v, _ = m.split(m.coordinates("UV"))
    warp = m.math("SINE", u * (threads[0] * 2 * math.pi))
    weft = m.math("SINE", v * (threads[1] * 2 * math.pi))
    slub = m.noise(1, 4, 0.6, at=m.mapping((6, threads[1] * 0.6, 1), kind="UV"))
    other = m.noise(1, 4, 0.6, at=m.mapping((threads[0] * 0.6, 6, 1), kind="UV"))
    return warp * weft * 0.5 + 0.5, (slub + other) * 0.5


def woven(colour: str, threads: tuple[float, float], *, relief=0.25, depth=0.10, sheen=0.25):
    """Bookcloth; `depth` is how dark the cloth is between its threads."""
    m = Shader("woven")
    over, slub = _weave(m, threads)
    return m.finish(
        m.principled(
            Base_Color=m.mix((1 - over) * depth, colour, "#000000"),
            Roughness=0.85,
            Normal=m.bump(over + slub * 1.2, relief, 0.012),
            Sheen_Weight=sheen,
            Sheen_Roughness=0.4,
            Specular_IOR_Level=0.2,
        )
    )


def shade_cloth(colour: str = "#f1e6d2", *, passes: float = 0.22, shine: float = 0.0):
    """A lampshade, lit from inside; `shine` is light of its own.

    `passes` is the share of a lamp's light that goes straight through. Shadow rays see it, so that
    the room is lit by direct sampling: with bounces alone the wall comes out blotchy.
    """
    m = Shader("shade cloth")
    over, slub = _weave(m, (520, 84))
    tone = m.mix((1 - over) * 0.05, colour, "#000000")
    front = m.principled(
        Base_Color=tone,
        Roughness=0.9,
        Normal=m.bump(over + slub * 1.2, 0.22, 0.012),
        Specular_IOR_Level=0.2,
        Emission_Color="#ffc98a",
        Emission_Strength=shine,
    )
    cloth = m.blend(0.42, front, m.translucent(tone))
    return m.finish(m.blend(m.ray("Is Shadow Ray") * passes, cloth, m.transparent("#ffdcae")))


def silk(picture: Path, rough: float = 0.46):
    """Printed twill: a diagonal thread, a soft sheen, a little light through it."""
    m = Shader("silk")
    colour = m.image(picture)
    thread = m.noise(1, 3, 0.6, at=m.mapping((900, 260, 1), turn=(0, 0, 45), kind="UV"))
    front = m.principled(
        Base_Color=m.mix(0.06, colour, "#8a8178"),
        Roughness=rough - 0.05 + thread * 0.1,
        Normal=m.bump(thread, 0.10, 0.006),
        Sheen_Weight=0.30,
        Sheen_Roughness=0.35,
        Specular_IOR_Level=0.38,
    )
    return m.finish(m.blend(0.10, front, m.translucent(colour)))
