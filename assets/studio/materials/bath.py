"""Soap."""

from nodes import Shader


def soap(colour: str, specks: float = 0.2):
    """A milled bar, dull and a little translucent; `specks` is how much clay or peel shows."""
    m = Shader("soap")
    cloud = m.step(m.noise(2.6, 4, 0.55, 0.6), 0.35, 0.7)
    tone = m.mix(cloud * 0.14, colour, "#ffffff")
    dice = m.split(m.cells(46, output="Color"))
    grain = m.step(m.cells(46), dice[1] * 0.24, dice[1] * 0.1) * m.step(dice[0], 0.78, 0.80)
    tone = m.mix(grain * specks, tone, m.mix(0.7, colour, "#2a1c12"))
    relief = m.noise(5, 3) * 0.5 + m.noise(70, 3) * 0.10
    return m.finish(
        m.principled(
            Base_Color=tone,
            Roughness=0.48 + cloud * 0.08,
            Normal=m.bump(relief, 0.16, 0.02),
            Subsurface_Weight=0.12,
            Subsurface_Radius=(0.03, 0.022, 0.015),
            Subsurface_Scale=1.0,
            Specular_IOR_Level=0.38,
        )
    )
