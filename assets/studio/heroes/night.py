"""By night: a dark green wall, a lit lamp or candles, a walnut shelf."""

from pathlib import Path

import bpy

from geometry import box, group, place
from materials import dipped_glaze, wood
from pieces import ceramics, fire, lamps, records, scent, stationery, wall_art
from pieces.records import AMBER
from stage import Quality, develop, floor_and_wall, lens
from stage.light import bulb, soft_box
from stage.render import ambient

SKY = (0.80, 0.88, 1.0)
JADE = {"top": "#6f9484", "height": 0.6, "dip": None, "foot": 0.05}
TERRACOTTA = {"top": "#b7623d", "low": "#8f4226", "clay": "#c9a98a", "height": 1.6}
SHELF = 1.9  # the height of the shelf's top


def lamp(path: Path, quality: Quality) -> float:
    """The lamp lights a record, two notebooks, a candle, a small bowl."""
    _shelf()
    lit = lamps.mushroom_lamp(TERRACOTTA, watts=820, glow=(1, 0.66, 0.36), shine=0.9)
    group(lit, (-1.15, 1.35, SHELF), scale=1.34)
    records.record("rue-du-midi", out=0.85, lean=7, at=(0.98, 2.45, SHELF), turn=-4)
    pile = (("marbled-red", "#5c1f22", 79), ("marbled-blue", "#1e2f4a", 86))
    for k, (cover, spine, turn) in enumerate(pile):
        group(stationery.notebook(cover, spine), (0.95, 0.88, SHELF + k * 0.147), (0, 0, turn))
    group(fire.candle(), (2.2, 0.95, SHELF), (0, 0, 6), 0.82)
    place(ceramics.bowl(0.46, 0.34, dipped_glaze(**JADE)), (-2.45, 0.85, SHELF))
    return _develop(path, quality)


def perfume(path: Path, quality: Quality) -> float:
    """Perfume before a framed print, by the light of the globe lamp."""
    _shelf()
    globe = lamps.globe_lamp(strength=1.25)
    globe[-1].visible_shadow = False
    light = bulb((0, 0, 1.94), 420, (1, 0.70, 0.42), radius=0.5)
    group([*globe, light], (-1.55, 1.7, SHELF), scale=1.36)
    group(wall_art.framed_print("print-hills", "oak", lean=6), (1.2, 2.5, SHELF), (0, 0, -3))
    group(scent.perfume(), (0.22, 0.75, SHELF), (0, 0, -18), 1.5)
    clay = {"top": "#e2d6c2", "dip": None, "speck": 1.0, "rough": 0.45, "height": 1.0}
    group(fire.candle(clay), (1.95, 0.95, SHELF), (0, 0, 8), 0.92)
    # A reflector on our side of the glass, so that the labels read.
    soft_box("reflector", (-3, -7, 4.5), (0.6, 0.8, 2.6), 3, 105, (1, 0.82, 0.62))
    return _develop(path, quality)


def disc(path: Path, quality: Quality) -> float:
    """An amber record, half out of its sleeve, by candlelight."""
    _shelf()
    sleeve = {"at": (0.28, 2.45, SHELF), "lean": 7, "turn": -3}
    records.record("sept-nuits", out=1.4, pressing=AMBER, **sleeve)
    candles = fire.candlesticks(lit=True)
    for ob in candles:
        if ob.type == "LIGHT":
            ob.data.energy *= 13
    group(candles, (-2.08, 1.25, SHELF), (0, 0, 172), 0.92)
    # Behind the disc, so that the amber shines through.
    behind = bulb((2.5, 2.85, SHELF + 1.6), 90, (1, 0.66, 0.36), radius=0.3)
    behind.visible_camera = behind.visible_transmission = behind.visible_glossy = False
    return _develop(path, quality)


def _shelf() -> None:
    floor_and_wall("#4b6356", None, distance=3.0, drift=0.04)
    walnut = wood("#9a6a46", "#6b4429", 0.38, axis="X", coat=0.2, rings=5)
    box("shelf", 14, 2.7, 0.34, bevel=0.03, material=walnut, at=(0, 1.6, SHELF - 0.34))
    # The street's own light, faint and cold, so that nothing is quite black.
    soft_box("street", (-8, -8, 8), (0, 1, 3), 6, 330, (0.74, 0.82, 1.0))


def _develop(path: Path, quality: Quality) -> float:
    lens((0, -19, 4.9), (0.0, 1, 5.15), 69)
    bpy.context.view_layer.update()
    ambient(0.13, SKY)
    return develop(path, quality, exposure=0.25, diffuse_bounces=5)


HEROES = {
    "hero-nuit-lampe": lamp,
    "hero-nuit-parfum": perfume,
    "hero-nuit-disque": disc,
}
