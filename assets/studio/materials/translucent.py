"""Glass, perfume, wax."""

from nodes import Shader


def glass(tint: str | None = None, ior: float = 1.5, *, density: float = 0.0):
    """Clear or coloured glass, or a liquid; `density` is the absorption per 10 cm.

    Shadow and diffuse rays go straight through, tinted: soft clean shadows without caustics.
    """
    m = Shader("glass")
    body = m.principled(Base_Color="#ffffff", Roughness=0.0, IOR=ior, Transmission_Weight=1.0)
    through = m.math("MAXIMUM", m.ray("Is Shadow Ray"), m.ray("Is Diffuse Ray"))
    volume = None
    if tint and density:
        volume = m.node("VolumeAbsorption")
        m.feed(volume.inputs[0], tint)
        volume.inputs[1].default_value = density
    return m.finish(m.blend(through, body, m.transparent(tint or "#f2f4f3")), volume)


def wax(colour: str = "#f3ead8", rough: float = 0.45):
    """Candle wax: light wanders a little under the surface."""
    m = Shader("wax")
    return m.finish(
        m.principled(
            Base_Color=colour,
            Roughness=rough,
            Normal=m.bump(m.noise(4, 3), 0.12, 0.03),
            Subsurface_Weight=0.6,
            Subsurface_Radius=(0.12, 0.08, 0.05),
            Subsurface_Scale=1.0,
            Specular_IOR_Level=0.4,
        )
    )
