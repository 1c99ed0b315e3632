"""Silk, bookcloth, lampshades."""

import math
from pathlib import Path

from nodes import Shader, Value

TWILL_PITCH = 0.0085  # units of 10 cm between two diagonals of a heavy twill


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


def gilt_cloth(colour: str, gilding: Path, threads: tuple[float, float] = (400, 296)):
    """Bookcloth stamped with gold foil where the picture is white."""
    m = Shader("gilt cloth")
    over, slub = _weave(m, threads)
    foil = m.step(m.split(m.image(gilding, "EXTEND"))[0], 0.35, 0.65)
    cloth = m.mix((1 - over) * 0.30, colour, "#000000")
    gold = m.mix(slub * 0.35, "#e9c47c", "#b98a3d")
    return m.finish(
        m.principled(
            Base_Color=m.mix(foil, cloth, gold),
            Metallic=foil,
            Roughness=m.mix(foil, 0.85, 0.34),
            Normal=m.bump(over * (1 - foil * 0.7) + slub * 1.2 - foil * 0.8, 0.42, 0.014),
            Sheen_Weight=(1 - foil) * 0.25,
            Sheen_Roughness=0.4,
            Specular_IOR_Level=0.25,
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


def silk(picture: Path, size: tuple[float, float], *, thread: float = 0.0, rough: float = 0.40):
    """Printed twill of `size` (width, length in units of 10 cm): lustrous, paler behind.

    `thread` is the depth of the twill's diagonal, for pictures near enough to see it.
    """
    m = Shader("silk")
    print_ = m.image(picture, "EXTEND")
    behind = m.out(m.node("NewGeometry"), "Backfacing")
    colour = m.mix(behind * 0.05 + 0.02, print_, "#efe7da")
    # Handling leaves a faint unevenness; without it a lustre reads as plastic.
    height = m.noise(2.6, 3, 0.55) * 1.0 + m.noise(9, 3, 0.6) * 0.22
    surface = {"Normal": m.bump(height, 0.22, 0.02)}
    if thread:
        u, v, _ = m.split(m.coordinates("UV"))
        rib = m.math("SINE", (u * size[0] + v * size[1]) * (2 * math.pi / TWILL_PITCH))
        slub = m.noise(1, 3, 0.6, at=m.mapping((size[0] * 30, size[1] * 30, 1), kind="UV"))
        surface["Normal"] = m.bump(rib * thread + slub * 0.5 + height * 3.0, 0.5, 0.006)
        colour = m.mix((1 - rib) * 0.05, colour, "#000000")
    front = m.principled(
        Base_Color=colour,
        Roughness=rough,
        Anisotropic=0.55,
        Tangent=m.out(m.node("Tangent", direction_type="UV_MAP")),
        Sheen_Weight=0.22,
        Sheen_Roughness=0.35,
        Specular_IOR_Level=0.55,
        **surface,
    )
    return m.finish(m.blend(0.10, front, m.translucent(colour)))
