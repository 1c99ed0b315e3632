"""Brass, steel, lacquer, wood."""

from pathlib import Path

from nodes import Shader


def plain(colour: str, rough=0.5, *, specular=0.5, coat=0.0, sheen=0.0, grain=0.0):
    """One even colour; `grain` adds a fine relief."""
    m = Shader("plain")
    extra = {"Normal": m.bump(m.noise(40, 4), grain, 0.02)} if grain else {}
    return m.finish(
        m.principled(
            Base_Color=colour,
            Roughness=rough,
            Specular_IOR_Level=specular,
            Coat_Weight=coat,
            Coat_Roughness=0.05,
            Sheen_Weight=sheen,
            **extra,
        )
    )


def brass(colour: str = "#c6a46c", rough: float = 0.24):
    """Polished brass with the unevenness of handling."""
    m = Shader("brass")
    uneven = (m.noise(3, 4) - 0.5) * 0.12 + (m.noise(90, 2) - 0.5) * 0.08
    return m.finish(m.principled(Base_Color=colour, Metallic=1.0, Roughness=rough + uneven))


def steel(engraving: Path | None = None, rough: float = 0.18):
    """Polished steel, engraved with a picture (UV): dark lines are cut in and dull."""
    m = Shader("steel")
    colour = m.image(engraving, "EXTEND") if engraving else "#d8d8d6"
    dull = m.step(m.split(colour)[0], 0.6, 0.2) if engraving else 0.0
    return m.finish(
        m.principled(
            Base_Color=colour, Metallic=1.0, Roughness=rough + dull * 0.4 if engraving else rough
        )
    )


def wood(light: str, dark: str, rough=0.48, *, rings=9, axis="Z", coat=0.05):
    """Oiled wood; the grain runs along `axis` ('X' or 'Z')."""
    m = Shader("wood")
    at = m.mapping((1, 1, 0.10) if axis == "Z" else (0.10, 1, 1))
    band = m.step(m.math("FRACT", m.noise(3.2, 3, 0.5, 0.8, at=at) * rings), 0, 1)
    fibre = m.noise(60, 4, 0.65, at=at)
    pore = m.step(m.noise(140, 2, 0.5, at=at), 0.60, 0.72)
    tone = m.mix(band * 0.55 + fibre * 0.45, light, dark)
    return m.finish(
        m.principled(
            Base_Color=m.mix(pore * 0.55, tone, "#3a2413"),
            Roughness=rough,
            Normal=m.bump(fibre * 0.4 - pore * 0.5, 0.25, 0.01),
            Coat_Weight=coat,
            Coat_Roughness=0.2,
        )
    )
