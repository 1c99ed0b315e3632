"""Pressed records: black, and coloured ones that light goes through."""

from nodes import Shader, Value

# Radii (10 cm) of the bands without music: run-out, between tracks, lead-in.
SMOOTH = ((0.50, 0.60), (0.815, 0.828), (1.035, 1.048), (1.245, 1.258), (1.44, 1.50))


def _grooves(m: Shader) -> tuple[Value, Value, Value]:
    """How smooth the vinyl is (0..1), its roughness, and the direction of its grooves."""
    x, y, _ = m.split()
    radius = m.math("SQRT", x * x + y * y)
    smooth = None
    for start, end in SMOOTH:
        band = m.step(radius, start - 0.004, start) * m.step(radius, end + 0.004, end)
        smooth = band if smooth is None else smooth + band
    at = m.node("CombineXYZ")
    m.feed(at.inputs[0], radius * 60.0)
    rough = m.noise(1, 5, 0.7, at=m.out(at)) * 0.20 + 0.24
    tangent = m.out(m.node("Tangent", direction_type="RADIAL", axis="Z"))
    return smooth, m.mix(smooth, rough, 0.13), tangent


def black_vinyl():
    """Black, with the wedges of light that the grooves draw from the centre outwards."""
    m = Shader("black vinyl")
    smooth, rough, tangent = _grooves(m)
    return m.finish(
        m.principled(
            Base_Color=m.mix(smooth, "#0b0b0d", "#070708"),
            Roughness=rough,
            Anisotropic=0.9,
            Anisotropic_Rotation=0.25,
            Tangent=tangent,
            Specular_IOR_Level=0.75,
        )
    )


def clear_vinyl(colour: str, deep: str):
    """Translucent: `colour` is what passes, `deep` what the music's bands add to it."""
    m = Shader("clear vinyl")
    smooth, rough, tangent = _grooves(m)
    tone = m.mix(smooth, deep, colour)
    body = m.principled(
        Base_Color=tone,
        Roughness=rough * 0.8,
        IOR=1.48,
        Anisotropic=0.8,
        Anisotropic_Rotation=0.25,
        Tangent=tangent,
        Transmission_Weight=0.72,
        Specular_IOR_Level=0.3,
    )
    return m.finish(m.blend(m.ray("Is Shadow Ray") * 0.75, body, m.transparent(colour)))
