"""Stoneware: dipped glazes, speckled clay, terrazzo."""

import bpy

from nodes import Shader, Value


def dipped_glaze(
    top: str,
    low: str | None = None,
    *,
    height: float = 2.4,
    dip: float | None = 0.62,
    clay: str = "#c4a688",
    rim: str = "#5b4a3a",
    edge: str = "#8a6b4a",
    foot: float = 0.10,
    speck: float = 0.5,
    rough: float = 0.16,
    coat: float = 0.6,
) -> bpy.types.Material:
    """A deep glaze that runs over a paler one, above a foot of bare clay.

    `height` is the pot's height and `foot` the bare band's (units of 10 cm); `dip` is where the
    upper glaze ends, as a share of the height, or None for one glaze only. `rim` is the body that
    shows at sharp edges, `edge` the halo under the run.
    """
    low = low or top
    share = -3.0 if dip is None else dip
    m = Shader("dipped glaze")
    _, _, z = m.split()
    tone, fine = m.noise(0.9, 5, 0.6, 0.5), m.noise(60, 4)
    upper, bead, halo = _run(m, z, height, share)

    over = m.mix(m.step(tone, 0.35, 0.7) * 0.45, top, m.mix(0.5, top, "#10100f"))
    under = m.mix(m.step(tone, 0.3, 0.75) * 0.25, low, m.mix(0.6, low, top))
    colour = m.mix(upper, m.mix(halo * 0.55, under, edge), over)
    colour = m.mix(bead * 0.45, colour, m.mix(0.6, top, "#0c0c0c"))
    worn = m.out(m.node("NewGeometry"), "Pointiness")
    colour = m.mix(m.step(worn, 0.515, 0.60) * 0.7, colour, rim)
    colour = m.mix(_specks(m, 24, 0.20, 0.72) * speck, colour, "#2d221a")

    line = foot + (m.noise(1.4, 2) - 0.5) * (foot * 0.8)
    bare = m.step(z, line + 0.015, line)
    colour = m.mix(bare, colour, m.mix(fine * 0.45, clay, "#7d6248"))
    relief = upper * 0.5 + bead * 0.5 + m.noise(5, 3) * 0.45
    relief = relief + fine * (0.03 + bare * 0.3) - bare * 0.4
    return m.finish(
        m.principled(
            Base_Color=colour,
            Roughness=m.mix(bare, rough + tone * 0.10, 0.78),
            Normal=m.bump(relief, 0.4, 0.03),
            Coat_Weight=(1 - bare) * coat,
            Coat_Roughness=0.05,
        )
    )


def _run(m: Shader, z: Value, height: float, share: float) -> tuple[Value, Value, Value]:
    """Where the upper glaze lies, the bead along its edge, the halo below it; each 0..1."""
    # Stretched along z, the noise depends on the angle round the pot only: drips.
    runs = m.noise(1.5, 0.6, 0.5, at=m.mapping((1, 1, 0.03)))
    above = z - (share * height + (0.5 - runs) * (0.22 * height * 1.9))
    upper = m.step(above, -0.012, 0.035)
    bead = m.step(above, 0.22, 0.0) * upper
    return upper, bead, m.step(above, -0.16, 0.0) * (1 - upper)


def _specks(m: Shader, scale: float, size: float, threshold: float) -> Value:
    """Iron specks: a random few of the cells, each a dot of its own size."""
    dice = m.split(m.cells(scale, output="Color"))
    radius = dice[1] * size
    return m.step(m.cells(scale), radius, radius * 0.5) * m.step(
        dice[0], threshold, threshold + 0.02
    )


def speckled_stoneware(colour: str, speck: str = "#6f6152", rough: float = 0.62):
    """Matt clay with dark grains."""
    m = Shader("stoneware")
    tone = m.mix(m.noise(1.6, 5) * 0.22, colour, "#000000")
    tone = m.mix(_specks(m, 30, 0.22, 0.70) * 0.85, tone, speck)
    relief = m.noise(45, 4) * 0.5 + m.noise(5, 3) * 0.6
    return m.finish(
        m.principled(
            Base_Color=tone,
            Roughness=rough,
            Normal=m.bump(relief, 0.2, 0.03),
            Specular_IOR_Level=0.35,
        )
    )


def terrazzo(
    base: str = "#e9e2d6",
    chips: tuple[str, ...] = ("#b86b4b", "#2f4a42", "#d7b074", "#7f7a74"),
    scale: float = 5.5,
):
    """Polished cement with chips of stone."""
    m = Shader("terrazzo")
    colour = base
    for i, chip in enumerate(chips):
        at = m.mapping(shift=(i * 3.7, i * 1.3, i * 5.1), turn=(i * 30, i * 50, 0))
        size = scale * (1 + 0.25 * i)
        edge = m.cells(size, "DISTANCE_TO_EDGE", at=at)
        pick = m.split(m.cells(size, at=at, output="Color"))[0]
        colour = m.mix(m.step(edge, 0.045, 0.06) * m.step(pick, 0.60, 0.605), colour, chip)
    return m.finish(
        m.principled(Base_Color=colour, Roughness=0.32, Coat_Weight=0.25, Coat_Roughness=0.1)
    )
