"""The product table: one seamless paper, one light, one way of framing.

Every product picture comes from here, so that a wall of them reads as one shop.
"""

import math
from dataclasses import dataclass
from pathlib import Path

import bpy
import numpy as np
from mathutils import Matrix, Vector

import geometry
import materials

from .light import aim, soft_box
from .render import Quality, ambient, develop

PAPER = "#e5dfd6"
DAYLIGHT = (1.0, 0.985, 0.962)
FOCAL_MM, SENSOR_MM = 85, 36
METRES_TO_UNITS = 10  # Blender reads a unit as a metre, ours are 10 cm
CENTRE = (0.5, 0.475)  # where the product's middle falls, as shares of the frame


@dataclass(frozen=True)
class Framing:
    """`turn`: the product's own turn; `azimuth`, `elevation`: the camera's (degrees).

    `fill`: the share of the frame's width and height that the product may take; above 1 is a crop.
    `focus`: the point of the product, as shares of its seen width from the left and of its seen
    height from below, that falls on the frame's middle.
    `aperture`: f-number of the lens, in the scale of real things; 0 keeps everything sharp.
    """

    turn: float = 0.0
    azimuth: float = 0.0
    elevation: float = 9.0
    fill: tuple[float, float] = (0.66, 0.64)
    focus: tuple[float, float] = (0.5, 0.5)
    aperture: float = 0.0


@dataclass(frozen=True)
class Light:
    """Factors on the studio's own lights, for goods that need it; exposure in stops."""

    key: float = 1.0
    fill: float = 1.0
    rim: float = 1.0
    ambient: float = 0.36
    exposure: float = -0.5


def photograph(objects, path: Path, quality: Quality, framing: Framing, light: Light) -> float:
    """Stand the objects on the paper, frame them, light them; seconds taken."""
    geometry.settle()
    if framing.turn:
        _turn_all(framing.turn)
    points = _vertices(objects)
    low, high = points.min(0), points.max(0)
    size = max((high[2] - low[2]) / 2.2, (high[0] - low[0]) / 2.0, 0.3)
    _paper_sweep(size)
    _aim_camera(points, size, quality, framing)
    _set_lights((low + high) / 2, size, math.radians(framing.azimuth), light)
    ambient(light.ambient)
    return develop(path, quality, exposure=light.exposure)


def _turn_all(degrees: float) -> None:
    roots = [o for o in bpy.context.scene.objects if o.parent is None]
    geometry.group(roots, turn=(0, 0, degrees))
    geometry.settle()


def _vertices(objects) -> np.ndarray:
    """World positions of every vertex, modifiers applied."""
    graph = bpy.context.evaluated_depsgraph_get()
    clouds = []
    for ob in objects:
        if ob.type != "MESH":
            continue
        evaluated = ob.evaluated_get(graph)
        mesh = evaluated.to_mesh()
        flat = np.zeros(len(mesh.vertices) * 3, np.float32)
        mesh.vertices.foreach_get("co", flat)
        world = np.array(evaluated.matrix_world)
        clouds.append(flat.reshape(-1, 3) @ world[:3, :3].T + world[:3, 3])
        evaluated.to_mesh_clear()
    return np.concatenate(clouds)


def _paper_sweep(size: float) -> None:
    profile = geometry.fillet(
        [(-14 * size, 0), (8 * size, 0, 7.0 * size), (8 * size, 18 * size)], 60
    )
    edges = [np.c_[np.full(len(profile), x), profile] for x in (-30 * size, 30 * size)]
    geometry.grid("paper", np.stack(edges, 1), material=materials.backdrop(PAPER))


def _aim_camera(points, size: float, quality: Quality, framing: Framing) -> None:
    """Move back until the product fills its share; shift the lens so that verticals stay calm."""
    data = bpy.data.cameras.new("camera")
    camera = bpy.data.objects.new("camera", data)
    scene = bpy.context.scene
    scene.collection.objects.link(camera)
    scene.camera = camera
    data.lens, data.sensor_width, data.sensor_fit = FOCAL_MM, SENSOR_MM, "HORIZONTAL"
    data.clip_end = 1000
    a, e = math.radians(framing.azimuth), math.radians(framing.elevation)
    back = Vector((math.sin(a) * math.cos(e), -math.cos(a) * math.cos(e), math.sin(e)))
    target = Vector((points.min(0) + points.max(0)) / 2)
    some = points[np.random.default_rng(0).permutation(len(points))[:6000]]
    ends = [*points.argmin(0), *points.argmax(0)]
    some = np.concatenate([some, points[ends]])
    aspect, distance = quality.height / quality.width, 9 * size
    for _ in range(12):
        camera.location = target + back * distance
        aim(camera, target)
        geometry.settle()
        inverse = np.array(camera.matrix_world.inverted())
        seen = some @ inverse[:3, :3].T + inverse[:3, 3]
        u = seen[:, 0] / -seen[:, 2] * FOCAL_MM / SENSOR_MM
        v = seen[:, 1] / -seen[:, 2] * FOCAL_MM / SENSOR_MM / aspect
        scale = max(np.ptp(u) / framing.fill[0], np.ptp(v) / framing.fill[1])
        distance *= scale
        if abs(scale - 1) < 1e-3:
            break
    across, up = framing.focus
    data.shift_x = u.min() + across * np.ptp(u) - (CENTRE[0] - 0.5)
    data.shift_y = (v.min() + up * np.ptp(v) + (0.5 - CENTRE[1])) * aspect
    if framing.aperture:
        _blur_behind(data, seen, u, v, framing)


def _blur_behind(data, seen, u, v, framing: Framing) -> None:
    """Focus on what is nearest to the lens around the framing's focus."""
    across, up = framing.focus
    off = np.hypot(u - u.min() - across * np.ptp(u), v - v.min() - up * np.ptp(v))
    near = seen[off <= max(np.quantile(off, 0.02), 1e-6)]
    data.dof.use_dof = True
    data.dof.focus_distance = float((-near[:, 2]).min())
    data.dof.aperture_fstop = framing.aperture / METRES_TO_UNITS


def _set_lights(centre, size: float, azimuth: float, light: Light) -> None:
    """Key from the left, bounce from the right, a rim from behind, a wash on the paper."""
    turned = Matrix.Rotation(azimuth, 4, "Z")

    def at(x, y, z):
        return turned @ Vector((x, y, z)) * size + Vector((centre[0], centre[1], 0))

    aim_at, area = (centre[0], centre[1], centre[2] * 0.9), size * size
    soft_box("key", at(-4.5, -2.0, 4.9), aim_at, 3.6 * size, 700 * area * light.key, DAYLIGHT)
    soft_box(
        "fill", at(5.0, -3.0, 2.6), aim_at, 5.0 * size, 85 * area * light.fill, (0.93, 0.96, 1)
    )
    soft_box(
        "rim",
        at(3.4, 3.4, 4.0),
        aim_at,
        1.2 * size,
        150 * area * light.rim,
        (1, 0.98, 0.95),
        height=4 * size,
        spread=100,
    )
    wall = (centre[0], centre[1] + 7.5 * size, 4.5 * size)
    soft_box("wash", at(-1.5, 1.5, 9.0), wall, 5 * size, 330 * area, DAYLIGHT, spread=120)
    _flags(at, turned, size)


def _flags(at, turned, size: float) -> None:
    """Black cards either side: dark edges that part pale goods from the pale paper."""
    black = materials.plain("#0b0a09", 1.0, specular=0.0)
    corners = [[[0, -1.3, -0.9], [0, 1.3, -0.9]], [[0, -1.3, 3.4], [0, 1.3, 3.4]]]
    for side in (-1, 1):
        card = geometry.grid("flag", np.array(corners) * size, material=black)
        card.matrix_world = Matrix.Translation(at(side * 2.7, 0.35, 0.9)) @ turned
        card.visible_camera = card.visible_shadow = False
