"""The seamless paper, plaster walls, dry leaves, fruit."""

from nodes import Shader


def backdrop(colour: str):
    """The seamless paper that every product stands on."""
    m = Shader("backdrop")
    return m.finish(m.principled(Base_Color=colour, Roughness=0.85, Specular_IOR_Level=0.15))


def plaster(colour: str, relief: float = 0.12, drift: float = 0.05):
    """A calm hand-trowelled wall; `drift` is how far its tone wanders (0..1)."""
    m = Shader("plaster")
    slow, sand = m.noise(0.35, 3, 0.5, 0.2), m.noise(38, 4, 0.6)
    trowel = m.noise(5.5, 4, 0.55, 0.5, at=m.mapping((1, 1, 1.7)))
    tone = m.mix(m.step(slow, 0.3, 0.7) * drift, colour, "#ffffff")
    tone = m.mix(m.step(trowel, 0.4, 0.8) * (drift * 0.8), tone, "#6a5443")
    return m.finish(
        m.principled(
            Base_Color=tone,
            Roughness=0.92,
            Normal=m.bump(sand * 0.18 + trowel, relief, 0.03),
            Specular_IOR_Level=0.2,
        )
    )


def leaf(colour: str = "#6f7f5c", pale: str = "#a7ab86"):
    """A dry leaf with a little light through it."""
    m = Shader("leaf")
    tone = m.mix(m.noise(2, 3), colour, pale)
    front = m.principled(Base_Color=tone, Roughness=0.55, Specular_IOR_Level=0.35)
    return m.finish(m.blend(0.25, front, m.translucent(tone)))


def peel(colour: str, deep: str):
    """The waxy skin of a citrus fruit, pitted with oil glands."""
    m = Shader("peel")
    slow, pits = m.noise(2.2, 3), m.step(m.cells(42), 0.05, 0.45)
    tone = m.mix(m.step(slow, 0.4, 0.75) * 0.5, colour, deep)
    return m.finish(
        m.principled(
            Base_Color=m.mix((1 - pits) * 0.25, tone, deep),
            Roughness=0.36,
            Normal=m.bump(pits + slow * 0.6, 0.35, 0.012),
            Subsurface_Weight=0.15,
            Subsurface_Radius=(0.08, 0.06, 0.02),
            Specular_IOR_Level=0.45,
        )
    )
