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


def pressed_glass(tint: str, density: float, *, glow: str = "#ffd9a0", haze: float = 0.05):
    """Glass from a mould, tinted in its depth; a flame inside makes it `glow` by its `haze`.

    The shadow takes its colour from the depth alone, or four walls would turn amber into red.
    """
    m = Shader("pressed glass")
    wave = m.bump(m.noise(7, 3), 0.10, 0.02)
    body = m.principled(
        Base_Color="#ffffff", Roughness=0.012, IOR=1.5, Transmission_Weight=1.0, Normal=wave
    )
    body = m.blend(haze, body, m.translucent(glow))
    through = m.math("MAXIMUM", m.ray("Is Shadow Ray"), m.ray("Is Diffuse Ray"))
    volume = m.node("VolumeAbsorption")
    m.feed(volume.inputs[0], tint)
    volume.inputs[1].default_value = density
    return m.finish(m.blend(through, body, m.transparent("#fbfaf7")), volume)


def wax(colour: str = "#f3ead8", rough: float = 0.45, depth: float = 0.6):
    """Candle wax: light wanders a little under the surface, the more the greater its `depth`."""
    m = Shader("wax")
    return m.finish(
        m.principled(
            Base_Color=colour,
            Roughness=rough,
            Normal=m.bump(m.noise(4, 3), 0.12, 0.03),
            Subsurface_Weight=depth,
            Subsurface_Radius=(0.12, 0.08, 0.05),
            Subsurface_Scale=1.0,
            Specular_IOR_Level=0.4,
        )
    )
