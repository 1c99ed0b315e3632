"""Full-grain leather."""

from nodes import Shader


def leather(colour: str, *, scale: float = 1.0, grain: float = 0.35, smooth: bool = False):
    """Pebbled cells over soft creases, with the tone drifting between them.

    A larger `scale` makes a finer pebble (small goods); `smooth` is for edges and straps.
    """
    m = Shader("leather")
    at = m.mapping((scale,) * 3)
    pebble = m.cells(34, "SMOOTH_F1", at=at, smooth=0.35)
    fine, soft = m.noise(120, 3, 0.6, at=at), m.noise(3.2, 5, 0.55, at=at)
    tone = m.mix(m.step(soft, 0.35, 0.75) * 0.22, colour, "#000000")
    tone = m.mix(m.step(pebble, 0.30, 0.55) * 0.16, tone, "#000000")
    relief = m.step(pebble, 0.15, 0.6, 1, 0) * (0.18 if smooth else 0.6) + fine * 0.22 + soft * 1.2
    return m.finish(
        m.principled(
            Base_Color=tone,
            Roughness=0.42 + (soft - 0.5) * 0.18,
            Normal=m.bump(relief, grain, 0.025),
            Specular_IOR_Level=0.45,
            Coat_Weight=0.08,
            Coat_Roughness=0.3,
        )
    )
