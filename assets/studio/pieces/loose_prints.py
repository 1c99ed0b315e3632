"""A print without its frame: a heavy sheet on the table, one corner rising."""

import math

import numpy as np

from art import printed
from geometry import grid, settle
from materials import paper

WIDTH, HEIGHT, THICK = 3.0, 4.0, 0.006
CORNERS = {"right": (1, -1), "left": (-1, -1), "far right": (1, 1), "far left": (-1, 1)}


def loose_print(name: str, corner: str = "right", reach: float = 1.15, bend: float = 50.0):
    """`corner` rises over the last `reach` (10 cm) up to `bend` degrees; another one stirs."""
    x, y = np.meshgrid(np.linspace(-0.5, 0.5, 181) * WIDTH, np.linspace(-0.5, 0.5, 241) * HEIGHT)
    points = np.stack([x, y, np.full_like(x, THICK / 2 + 0.001)], -1)
    lifted = CORNERS[corner]
    _curl(points, lifted, reach, bend)
    _curl(points, (-lifted[0], lifted[1]), reach * 0.5, bend * 0.22)
    sheet = grid("sheet", points, material=paper(printed(f"{name}-sheet"), rough=0.8, grain=0.14))
    sheet.data.materials.append(paper(None, "#f7f2e7", 0.85, grain=0.14))
    solid = sheet.modifiers.new("solid", "SOLIDIFY")
    solid.thickness, solid.offset = THICK, 0.0
    solid.material_offset = 1
    solid.material_offset_rim = 1
    settle()
    return [sheet]


def _curl(points: np.ndarray, corner: tuple[int, int], reach: float, bend: float) -> None:
    """Bend one corner up round a cylinder: paper turns, but never stretches. In place."""
    heading = math.atan2(corner[1] * 0.9, corner[0])
    along = np.array([math.cos(heading), math.sin(heading)])
    tip = (np.array(corner) * (WIDTH / 2, HEIGHT / 2)) @ along
    radius = reach / math.radians(bend)
    past = np.clip(points[..., :2] @ along - (tip - reach), 0, None)
    angle = past / radius
    points[..., :2] += ((radius * np.sin(angle) - past)[..., None]) * along
    points[..., 2] += radius * (1 - np.cos(angle))
