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


def lit_opal(
    low: float,
    high: float,
    *,
    seen: float = 1.3,
    cast: float = 5.0,
    colour="#d6c6ae",
    glow="#ffd49a",
    limb="#f2a950",
):
    """Opal glass lit from below: brightest at height `low`, softer towards `high` and its sides.

    `limb` is its colour where one looks along the glass.
    The eye sees it at strength `seen`, the room is lit at strength `cast`: in a bright studio one
    and the same strength would either burn the glass out or light nothing.
    """
    m = Shader("lit opal")
    height = m.split()[2]
    side = m.out(m.node("LayerWeight"), "Facing")
    fade = m.step(height, low, high, 1.0, 0.34) * (1 - side * side * 0.5)
    strength = m.ray("Is Camera Ray") * (fade * seen - cast) + cast
    return m.finish(
        m.principled(
            Base_Color=colour,
            Roughness=0.22,
            Coat_Weight=0.4,
            Coat_Roughness=0.06,
            Emission_Color=m.mix(side * side, glow, limb),
            Emission_Strength=strength,
        )
    )


def lit_cloth(shine: float, heart: float, reach: float, *, passes: float = 0.22, colour="#dccbae"):
    """A lampshade with a bulb at height `heart`: the cloth glows round it and fades over `reach`.

    `passes` is the share of the bulb's light that goes straight through, for the room.
    """
    m = Shader("lit cloth")
    away = m.math("ABSOLUTE", m.split()[2] - heart) * (1 / reach)
    side = m.out(m.node("LayerWeight"), "Facing")
    near = m.step(away, 0.0, 1.0, 1.0, 0.10) * (1 - side * side * 0.6)
    weft = m.noise(1, 3, 0.6, at=m.mapping((4, 4, 90)))
    warp = m.noise(1, 3, 0.6, at=m.mapping((520, 6, 1), kind="UV"))
    thread = weft + warp
    front = m.principled(
        Base_Color=m.mix(thread * 0.06, colour, "#8a7a60"),
        Roughness=0.9,
        Normal=m.bump(thread, 0.2, 0.012),
        Specular_IOR_Level=0.2,
        Emission_Color=m.mix(near, "#f29a4a", "#ffd8a0"),
        Emission_Strength=near * (0.88 + thread * 0.12) * shine,
    )
    cloth = m.blend(0.30, front, m.translucent(colour))
    return m.finish(m.blend(m.ray("Is Shadow Ray") * passes, cloth, m.transparent("#ffdcae")))


def burning(height: float, strength: float = 3.6):
    """A candle's flame of that height: faint blue at its foot, pale in its heart, amber above."""
    m = Shader("flame")
    at = m.split()[2] * (1 / height)
    colour = m.mix(m.step(at, 0.35, 1.0), "#ffdc8c", "#ff9f35")
    colour = m.mix(m.step(at, 0.12, 0.0) * 0.7, colour, "#7c86ff")
    side = m.out(m.node("LayerWeight"), "Facing")
    solid = m.step(at, 0.0, 0.30) * (1 - side * side * 0.55)
    return m.finish(m.blend(solid, m.transparent("#ffffff"), m.emission(colour, strength)))
