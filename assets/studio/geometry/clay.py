"""Clay under the fingers: turned grids that are pulled about, and parts luted into one body."""

import math

import bpy
import numpy as np
from scipy.sparse import coo_matrix, diags

from .mesh import make


def turned(profile, sides: int = 200) -> np.ndarray:
    """A profile (radius, z) turned round z, as points (rows, sides, 3)."""
    profile = np.asarray(profile, float)
    angle = np.linspace(0, 2 * math.pi, sides, endpoint=False)[None]
    radius, z = profile[:, 0][:, None], profile[:, 1][:, None]
    return np.stack([radius * np.cos(angle), radius * np.sin(angle), z + 0 * angle], -1)


def throw(points: np.ndarray, *, seed: int, ridge=0.006, oval=0.008, lean=0.006) -> np.ndarray:
    """What hands leave on a wheel: a spiral of finger ridges, a slight oval, a slight lean.

    `ridge` is the ridges' depth in units of 10 cm; `oval` a share of the radius and `lean` of the
    height. Ridges fade towards the foot, where the pot was turned.
    """
    rng = np.random.default_rng(seed)
    x, y, z = np.moveaxis(points, -1, 0)
    height = max(float(z.max()), 1e-6)
    angle, radius = np.arctan2(y, x), np.hypot(x, y)
    out = np.zeros_like(z)
    for pitch, depth in ((0.23, 1.0), (0.13, 0.55), (0.071, 0.3)):
        pitch *= rng.uniform(0.85, 1.15)
        slow = 1 + 0.5 * np.sin(angle + z * 2.1 + rng.uniform(0, 6))
        wander = 0.9 * np.sin(z * 3.7 / height + rng.uniform(0, 6))
        out += depth * slow * np.sin(2 * math.pi * z / pitch + angle + wander)
    fade = np.clip(z / (0.3 * height), 0, 1) * np.clip(radius / 0.1, 0, 1)
    grown = radius + ridge * out * fade * 0.5
    for k in (2, 3):
        grown *= 1 + oval / k * np.cos(k * angle + rng.uniform(0, 6) + z * rng.normal() * 0.5)
    drift = lean * z * rng.uniform(0.6, 1.0)
    way = rng.uniform(0, 2 * math.pi)
    return np.stack(
        [
            grown * np.cos(angle) + drift * math.cos(way),
            grown * np.sin(angle) + drift * math.sin(way),
            z * (1 + 0.4 * oval * np.cos(2 * angle + way)),
        ],
        -1,
    )


def strap(path, width, thickness, across, *, groove=0.12, sides: int = 40) -> np.ndarray:
    """A pulled handle along a path (n, 3), as points (n, sides, 3): a softened flat oval.

    `width` (along `across`) and `thickness` are numbers or one for each point of the path;
    `groove` is the hollow that the thumb leaves along the back, as a share of the thickness.
    """
    path, across = np.asarray(path, float), np.asarray(across, float)
    tangent = np.gradient(path, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1)[:, None]
    normal = np.cross(tangent, across)
    normal /= np.linalg.norm(normal, axis=1)[:, None]
    t = np.linspace(0, 2 * math.pi, sides, endpoint=False)
    flat = np.sign(np.cos(t)) * np.abs(np.cos(t)) ** 0.85
    thick = np.sin(t) * (1 - groove * np.exp(-((flat / 0.35) ** 2)))
    width = np.broadcast_to(width, len(path))[:, None, None] / 2
    thickness = np.broadcast_to(thickness, len(path))[:, None, None] / 2
    return (
        path[:, None]
        + flat[None, :, None] * width * across
        + thick[None, :, None] * thickness * normal[:, None]
    )


def fuse(name, grids, *, voxel: float, joints=(), material=None):
    """Closed grids as one body of clay, the seams smoothed over; returns the object.

    `voxel` is the size of its grain in units of 10 cm; `joints` are (point, reach) where a finger
    worked one part into another.
    """
    parts = [_closed(points) for points in grids]
    offset = np.cumsum([0, *(len(v) for v, _ in parts)])
    vertices = np.concatenate([v for v, _ in parts])
    faces = [[i + o for i in f] for (_, fs), o in zip(parts, offset, strict=False) for f in fs]
    rough = make(name, vertices, faces)
    remesh = rough.modifiers.new("remesh", "REMESH")
    remesh.mode, remesh.voxel_size, remesh.adaptivity = "VOXEL", voxel, 0
    mesh = bpy.data.meshes.new_from_object(rough.evaluated_get(_graph()))
    bpy.data.objects.remove(rough)
    _smooth(mesh, joints)
    mesh.shade_smooth()
    mesh.materials.clear()
    if material is not None:
        mesh.materials.append(material)
    body = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(body)
    return body


def _graph():
    bpy.context.view_layer.update()
    return bpy.context.evaluated_depsgraph_get()


def _closed(points: np.ndarray):
    """Vertices and faces of a tube of rings, its two ends capped."""
    rows, sides = points.shape[:2]
    faces = [
        [i * sides + j, i * sides + (j + 1) % sides, k * sides + (j + 1) % sides, k * sides + j]
        for i in range(rows - 1)
        for k in (i + 1,)
        for j in range(sides)
    ]
    last = (rows - 1) * sides
    faces += [list(range(sides))[::-1], list(range(last, last + sides))]
    return points.reshape(-1, 3), faces


def _smooth(mesh, joints, rounds: int = 8, worked: int = 60) -> None:
    """Take the voxels' steps away without shrinking, then melt the joints into fillets."""
    count = len(mesh.vertices)
    flat, ends = np.zeros(count * 3, np.float32), np.zeros(len(mesh.edges) * 2, np.int32)
    mesh.vertices.foreach_get("co", flat)
    mesh.edges.foreach_get("vertices", ends)
    a, b = ends.reshape(-1, 2).T
    link = coo_matrix((np.ones(len(a)), (a, b)), (count, count))
    link = (link + link.T).tocsr()
    mean = diags(1 / np.maximum(np.asarray(link.sum(1)).ravel(), 1)) @ link
    at = flat.reshape(-1, 3).astype(float)
    for _ in range(rounds):
        for share in (0.5, -0.52):
            at += share * (mean @ at - at)
    pull = np.zeros(count)
    for point, reach in joints:
        away = np.linalg.norm(at - np.asarray(point, float), axis=1) / reach
        pull = np.maximum(pull, np.clip(1 - away, 0, 1) ** 0.7)
    for _ in range(worked if len(joints) else 0):
        at += 0.6 * pull[:, None] * (mean @ at - at)
    mesh.vertices.foreach_set("co", at.astype(np.float32).ravel())
    mesh.update()
