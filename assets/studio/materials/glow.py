"""Things that shine by themselves."""

from nodes import Shader


def emitter(colour: str, strength: float):
    m = Shader("emitter")
    return m.finish(m.emission(colour, strength))


def opal_glass(colour="#fff6ea", glow="#ffd9a8", strength: float = 1.2):
    """A lit globe of opal glass."""
    m = Shader("opal glass")
    return m.finish(
        m.principled(
            Base_Color=colour,
            Roughness=0.16,
            Subsurface_Weight=0.5,
            Subsurface_Radius=(0.3, 0.25, 0.2),
            Coat_Weight=0.5,
            Coat_Roughness=0.03,
            Emission_Color=glow,
            Emission_Strength=strength,
        )
    )
