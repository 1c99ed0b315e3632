"""Satin glazes on wheel-thrown stoneware, and the glossy moon of a plate."""

from nodes import Shader, Value

from .ceramic import _specks


def satin_glaze(
    colour: str,
    deep: str,
    *,
    clay: str = "#b59d84",
    foot: float = 0.09,
    rim: str = "#8a6a4c",
    speck: float = 0.7,
    grains: str = "#4b3624",
    rough: float = 0.46,
    coat: float = 0.0,
    rings: float = 1.0,
):
    """One glaze that thins on the finger ridges and breaks on edges, above a bare foot.

    `deep` is the glaze where it lies thick, `foot` the bare band's height (units of 10 cm),
    `grains` the colour of the specks, `rings` how much of the throwing shows.
    """
    m = Shader("satin glaze")
    slow, bands, fine = m.noise(1.1, 4, 0.55, 0.4), _rings(m), m.noise(70, 4)
    tone = _glaze(m, colour, deep, rim, slow, bands * rings)
    tone = _grained(m, tone, speck, grains)
    _, _, z = m.split()
    above = z - (foot + (m.noise(1.4, 2) - 0.5) * (foot * 0.45))
    bare = m.step(above, 0.008, -0.008)
    roll = m.step(above, 0.05, 0.0) * (1 - bare)
    tone = m.mix(roll * 0.5, tone, deep)
    tone = m.mix(bare, tone, m.mix(fine * 0.5, clay, m.mix(0.45, clay, "#3a281a")))
    relief = _relief(m, bands * rings, fine) + roll * 0.35 - bare * 0.25 + bare * fine * 0.25
    return m.finish(
        m.principled(
            Base_Color=tone,
            Roughness=m.mix(bare, rough + (slow - 0.5) * 0.16, 0.82),
            Normal=m.bump(relief, 0.5, 0.03),
            Specular_IOR_Level=0.45,
            Coat_Weight=(1 - bare) * coat,
            Coat_Roughness=0.08,
        )
    )


def moon_glaze(
    colour: str,
    deep: str,
    pool: str,
    *,
    phase: float = -1.0,
    radius: float = 0.84,
    rim: str = "#8a6a4c",
    speck: float = 0.6,
    grains: str = "#4b3624",
):
    """A matt plate with a glossy pool of a second glaze: a moon on the side of -x.

    `phase` is where the shadow ends on the moon's equator: -1 full, 0 half, 0.5 a crescent.
    """
    m = Shader("moon glaze")
    x, y, z = m.split()
    slow, fine = m.noise(1.1, 4, 0.55, 0.4), m.noise(70, 4)
    inside = _moon(m, x, y, radius, phase)
    wet, edge = m.step(inside, 0.0, 0.012), m.step(inside, 0.05, 0.008)
    turned = m.noise(1, 3, 0.6, at=m.out(_from_axis(m, x, y)))
    tone = _glaze(m, colour, deep, rim, slow, turned)
    halo = m.step(inside, -0.03, 0.0)
    tone = m.mix(halo * 0.25, tone, m.mix(0.5, deep, pool))
    thick = m.mix(m.step(m.noise(2.2, 3), 0.3, 0.7) * 0.4, pool, m.mix(0.35, pool, "#10100f"))
    thick = m.mix(edge * 0.5, thick, m.mix(0.55, pool, colour))
    lip = m.step(z + (m.noise(5, 3) - 0.5) * 0.05, 0.252, 0.270)
    tone = m.mix(lip * 0.75, m.mix(wet, tone, thick), rim)
    tone = _grained(m, tone, speck, grains)
    crackle = m.step(m.cells(8.5, "DISTANCE_TO_EDGE"), 0.012, 0.0) * wet
    tone = m.mix(crackle * 0.12, tone, m.mix(0.5, pool, "#15110d"))
    # The pool lies in a hollow and climbs to its edge: that is where the lights mirror in it.
    hollow = m.step(inside, 0.16, 0.0) * 2.8 + (1 - m.step(inside, 0.0, 0.4)) * 1.5
    relief = _relief(m, turned, fine) * (1 - wet * 0.8) + wet * 0.3 + hollow
    return m.finish(
        m.principled(
            Base_Color=tone,
            Roughness=m.mix(wet, 0.56 + (slow - 0.5) * 0.14, 0.10),
            Normal=m.bump(relief, 0.5, 0.03),
            Specular_IOR_Level=0.45,
            Coat_Weight=wet * 0.7,
            Coat_Roughness=0.03,
        )
    )


def _rings(m: Shader) -> Value:
    """The finger's spiral: noise drawn out round the pot."""
    return m.noise(1, 3, 0.6, at=m.mapping((0.45, 0.45, 9)))


def _from_axis(m: Shader, x: Value, y: Value):
    """Coordinates that change fast with the distance from z: the rings of a turned plate."""
    node = m.node("CombineXYZ")
    m.feed(node.inputs[0], m.math("SQRT", x * x + y * y) * 9.0)
    m.feed(node.inputs[1], x * 0.3)
    m.feed(node.inputs[2], y * 0.3)
    return node


def _glaze(m: Shader, colour: str, deep: str, rim: str, slow: Value, bands: Value) -> Value:
    """Thick and thin, cloud by cloud and ring by ring; the body shows at sharp edges."""
    tone = m.mix(m.step(slow, 0.32, 0.72) * 0.35, colour, deep)
    tone = m.mix(m.step(bands, 0.45, 0.75) * 0.30, tone, deep)
    worn = m.out(m.node("NewGeometry"), "Pointiness") + (m.noise(9, 3) - 0.5) * 0.03
    return m.mix(m.step(worn, 0.525, 0.60) * 0.75, tone, rim)


def _grained(m: Shader, tone: Value, speck: float, grains: str) -> Value:
    tone = m.mix(_specks(m, 52, 0.26, 0.80) * (speck * 0.5), tone, grains)
    return m.mix(_specks(m, 22, 0.17, 0.74) * speck, tone, grains)


def _relief(m: Shader, bands: Value, fine: Value) -> Value:
    return bands * 0.6 + m.noise(5, 3) * 0.4 + m.noise(34, 3) * 0.05 + fine * 0.02


def _moon(m: Shader, x: Value, y: Value, radius: float, phase: float) -> Value:
    """How far inside the pool a point lies (negative outside), its edge run a little by fire."""
    shake = (m.noise(3.1, 3) - 0.5) * 0.05 + (m.noise(11, 2) - 0.5) * 0.012
    inside = radius - m.math("SQRT", x * x + y * y)
    if phase > -1:
        limb = m.math("SQRT", m.math("MAXIMUM", radius * radius - y * y, 0.0))
        inside = m.math("MINIMUM", inside, limb * -phase - x)
    up = m.split(m.out(m.node("NewGeometry"), "Normal"))[2]
    return inside + shake - m.step(up, 0.3, 0.0) * 9.0
