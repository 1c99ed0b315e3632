"""Tall pictures for the window: a still life in the lower half, a quiet wall above for words.

By day the sun falls through the round attic window; by night a lamp lights a walnut shelf.
"""

from pathlib import Path

import bpy

from geometry import box, group, place
from materials import dipped_glaze, wood
from pieces import bags, ceramics, fire, lamps, records, scent, stationery, wall_art
from pieces.branch import olive_branch
from stage import (
    Quality,
    develop,
    drum,
    floor_and_wall,
    lens,
    plinth,
    sun_through_lucarne,
)
from stage.light import bulb, soft_box
from stage.render import ambient

SKY = (0.80, 0.88, 1.0)
SHELF = 1.82  # the height of the shelf's top
JADE = {"top": "#6f9484", "height": 0.6, "dip": None, "foot": 0.05}


def day_ceramics(path: Path, quality: Quality) -> float:
    """Two vases and a bowl on plaster blocks, late sun."""
    floor_and_wall("#d8a989", "#cfb497")
    plinth(2.9, 2.4, 1.35, (-0.95, 0.4, 0))
    drum(1.05, 0.55, (1.45, -0.35, 0))
    blue = {"top": "#28446e", "low": "#dcdcd4", "edge": "#7a6a58"}
    group(ceramics.vase("galbe", blue), (-0.95, 0.35, 1.35), (0, 0, 40), 1.12)
    clay = {"top": "#e2d6c2", "dip": None, "speck": 1.0, "rough": 0.5, "coat": 0}
    group(ceramics.vase("amphora", clay), (1.45, -0.25, 0.55), scale=0.95)
    place(ceramics.bowl(0.62, 0.44, dipped_glaze(**JADE)), (-0.15, -1.75, 0))
    olive_branch((-0.95, 0.35, 3.95))
    sun_through_lucarne(
        (0.15, 1.5, 4.35), azimuth=-36, elevation=21, radius=2.75, strength=8.5, bar=0.14, blur=0.9
    )
    lens((0, -19, 4.0), (0.22, 0.6, 4.35), 58)
    return _develop(path, quality, ambient_light=0.8, exposure=-0.12)


def day_leather(path: Path, quality: Quality) -> float:
    """The half-moon bag on a plaster block, a vase and two notebooks beside it, late sun."""
    floor_and_wall("#d8a989", "#cfb497")
    plinth(3.9, 2.2, 1.0, (-0.55, 0.3, 0))
    drum(0.95, 0.45, (2.25, -0.2, 0))
    group(bags.half_moon_bag("#1f4536"), (-0.55, 0.25, 1.0), (0, 0, -14), 0.98)
    ochre = {"top": "#9a4f22", "low": "#dcc7a2", "edge": "#6d3c1c"}
    group(ceramics.vase("galbe", ochre), (2.25, -0.15, 0.45), (0, 0, 60), 0.72)
    pile = (("marbled-green", "#22382f", 74), ("marbled-red", "#5c1f22", 82))
    for k, (cover, spine, turn) in enumerate(pile):
        group(stationery.notebook(cover, spine), (-1.3, -1.75, k * 0.147), (0, 0, turn), 0.95)
    sun_through_lucarne(
        (0.15, 1.5, 4.1), azimuth=-36, elevation=21, radius=2.75, strength=8.5, bar=0.14, blur=0.9
    )
    lens((0, -19, 4.0), (0.22, 0.6, 4.35), 58)
    return _develop(path, quality, ambient_light=0.8, exposure=-0.12)


def night_lamp(path: Path, quality: Quality) -> float:
    """The lamp lights a record, two notebooks, a candle, a small bowl."""
    _night_shelf()
    terracotta = {"top": "#b7623d", "low": "#8f4226", "clay": "#c9a98a", "height": 1.6}
    lamp = lamps.mushroom_lamp(terracotta, watts=820, glow=(1, 0.66, 0.36), shine=0)
    group(lamp, (-1.45, 1.45, SHELF), scale=1.42)
    records.record("rue-du-midi", out=0.9, lean=7, at=(1.15, 2.45, SHELF), turn=-4)
    pile = (("marbled-red", "#5c1f22", 79), ("marbled-blue", "#1e2f4a", 86))
    for k, (cover, spine, turn) in enumerate(pile):
        group(stationery.notebook(cover, spine), (1.0, 0.92, SHELF + k * 0.147), (0, 0, turn))
    group(fire.candle(), (2.35, 0.95, SHELF), (0, 0, 6), 0.82)
    place(ceramics.bowl(0.46, 0.34, dipped_glaze(**JADE)), (-2.75, 0.85, SHELF))
    lens((0, -19, 4.9), (0.05, 1, 4.9), 58)
    return _develop(path, quality, ambient_light=0.13, exposure=0.25)


def night_perfume(path: Path, quality: Quality) -> float:
    """Perfume before a framed print, by the light of the globe lamp."""
    _night_shelf()
    globe = lamps.globe_lamp(strength=1.25)
    globe[-1].visible_shadow = False
    light = bulb((0, 0, 1.94), 460, (1, 0.70, 0.42), radius=0.5)
    group([*globe, light], (-1.75, 1.55, SHELF), scale=1.42)
    group(wall_art.framed_print("print-hills", "oak", lean=6), (1.05, 2.45, SHELF), (0, 0, -3))
    group(scent.perfume(), (0.25, 0.75, SHELF), (0, 0, -20), 1.3)
    clay = {"top": "#e2d6c2", "dip": None, "speck": 1.0, "rough": 0.45, "height": 1.0}
    group(fire.candle(clay), (1.75, 0.95, SHELF), (0, 0, 8), 0.9)
    # A reflector on our side of the glass, so that the labels read.
    soft_box("reflector", (-3, -7, 4.5), (0.6, 0.8, 2.6), 3, 60, (1, 0.82, 0.62))
    lens((0, -19, 4.9), (0.05, 1, 4.9), 58)
    return _develop(path, quality, ambient_light=0.13, exposure=0.25)


def _night_shelf() -> None:
    floor_and_wall("#4b6356", None, distance=3.0, drift=0.04)
    walnut = wood("#9a6a46", "#6b4429", 0.38, axis="X", coat=0.2, rings=5)
    box("shelf", 14, 2.7, 0.34, bevel=0.03, material=walnut, at=(0, 1.6, SHELF - 0.34))
    # The street's own light, faint and cold, so that nothing is quite black.
    soft_box("street", (-8, -8, 8), (0, 1, 3), 6, 330, (0.74, 0.82, 1.0))


def _develop(path: Path, quality: Quality, *, ambient_light: float, exposure: float) -> float:
    bpy.context.view_layer.update()
    ambient(ambient_light, SKY)
    return develop(path, quality, exposure=exposure, diffuse_bounces=5)


HEROES = {
    "hero-jour-ceramique": day_ceramics,
    "hero-jour-cuir": day_leather,
    "hero-nuit-lampe": night_lamp,
    "hero-nuit-parfum": night_perfume,
}
