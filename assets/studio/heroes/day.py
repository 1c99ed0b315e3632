"""By day: a terracotta wall, plaster blocks, the late sun through the round window."""

from pathlib import Path

import bpy

from geometry import group, place
from materials import dipped_glaze, moon_glaze, satin_glaze
from pieces import bags, ceramics, fruit, stationery, tableware
from pieces.branch import olive_branch
from shots.ceramics import CELADON_MOON, DARK_BLUE
from stage import Quality, develop, drum, floor_and_wall, lens, plinth, sun_through_lucarne
from stage.render import ambient

WALL, FLOOR, BLOCK = "#cf8e66", "#dcbd9f", "#f3e8d8"
SKY = (0.96, 0.94, 0.95)
JADE = {"top": "#4f8f7c", "height": 0.6, "dip": None, "foot": 0.05}


def ceramic(path: Path, quality: Quality) -> float:
    """Two vases and a bowl on plaster blocks."""
    _room()
    plinth(2.75, 2.1, 0.95, (-0.85, 1.15, 0), BLOCK)
    drum(1.05, 0.42, (1.62, 0.55, 0), BLOCK)
    blue = {"top": "#1d4680", "low": "#e9e6dc", "edge": "#7a6a58"}
    group(ceramics.vase("galbe", blue), (-0.85, 1.1, 0.95), (0, 0, 40), 1.12)
    clay = {"top": "#efe4d2", "dip": None, "speck": 1.0, "rough": 0.5, "coat": 0}
    group(ceramics.vase("amphora", clay), (1.62, 0.6, 0.42), scale=0.95)
    place(ceramics.bowl(0.62, 0.44, dipped_glaze(**JADE)), (0.35, -0.95, 0))
    olive_branch((-0.85, 1.1, 3.45), length=2.3)
    _sun()
    return _develop(path, quality)


def leather(path: Path, quality: Quality) -> float:
    """The half-moon bag on a plaster block, a vase and two notebooks beside it."""
    _room()
    plinth(4.1, 2.1, 0.85, (-0.45, 1.15, 0), BLOCK)
    drum(0.85, 0.40, (2.35, 0.35, 0), BLOCK)
    group(bags.half_moon_bag("#15402f"), (-0.45, 1.0, 0.85), (0, 0, -14), 1.16)
    ochre = {"top": "#a9531f", "low": "#ead6b0", "edge": "#6d3c1c"}
    group(ceramics.vase("galbe", ochre), (2.35, 0.4, 0.40), (0, 0, 60), 0.66)
    pile = (("marbled-green", "#22382f", 74), ("marbled-red", "#5c1f22", 82))
    for k, (cover, spine, turn) in enumerate(pile):
        group(stationery.notebook(cover, spine), (-1.1, -0.58, k * 0.147), (0, 0, turn), 0.95)
    _sun()
    return _develop(path, quality)


def table(path: Path, quality: Quality) -> float:
    """A dark blue pitcher over plates, a cup and lemons."""
    _room()
    plinth(5.3, 2.5, 0.8, (0.0, 1.0, 0), BLOCK)
    group(tableware.pitcher(DARK_BLUE), (0.75, 1.3, 0.8), (0, 0, 24), 1.5)
    glaze = {**CELADON_MOON, "colour": "#c2d2c1", "deep": "#a2bba6"}
    for i in range(4):
        dish = tableware.plate(moon_glaze(**glaze, phase=-1.0), seed=i + 2)
        place(dish, (-1.42, 0.97, 0.8 + i * tableware.PLATE_STEP), (0, 0, 40 * i))
    chalk = satin_glaze("#efe6d6", "#d6c8b0", speck=0.9)
    group(ceramics.cup(0.40, 0.74, chalk, seed=2), (-1.47, 0.97, 1.208), (0, 0, -150), 1.1)
    for k, (x, y, turn) in enumerate(((2.1, 0.5, 24), (0.1, 0.1, -35))):
        group(fruit.lemon(k), (x, y, 0.8), (0, 0, turn), 1.0)
    _sun()
    return _develop(path, quality)


def _room() -> None:
    floor_and_wall(WALL, FLOOR, drift=0.04)


def _sun() -> None:
    sun_through_lucarne(
        (0.3, 3.2, 2.4),
        azimuth=-38,
        elevation=20,
        radius=2.6,
        strength=10.5,
        bar=0.13,
        blur=0.8,
        colour=(1, 0.90, 0.70),
    )


def _develop(path: Path, quality: Quality) -> float:
    lens((0, -19, 4.4), (0.12, 0.6, 3.7), 68)
    bpy.context.view_layer.update()
    ambient(0.74, SKY)
    return develop(path, quality, exposure=-0.12, diffuse_bounces=5)


HEROES = {
    "hero-jour-ceramique": ceramic,
    "hero-jour-cuir": leather,
    "hero-jour-table": table,
}
