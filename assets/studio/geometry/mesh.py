"""Blender meshes from arrays of points."""

import math

import bmesh
import bpy
import numpy as np
from mathutils import Vector

from .profile import fillet


def make(name: str, vertices, faces, uv=None, material=None, smooth: bool = True):
    """An object in the scene. `uv`: for each face, one (u, v) for each of its corners."""
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata([tuple(v) for v in vertices], [], [tuple(map(int, f)) for f in faces])
    if uv is not None:
        flat = np.array([corner for face in uv for corner in face], dtype=np.float32)
        mesh.uv_layers.new(name="UV").data.foreach_set("uv", flat.ravel())
    mesh.validate()
    if smooth:
        mesh.shade_smooth()
    ob = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(ob)
    if material is not None:
        for m in material if isinstance(material, list | tuple) else [material]:
            mesh.materials.append(m)
    return ob


def grid(name, points, *, closed=False, looped=False, material=None, smooth=True, flip=False):
    """A sheet from points (rows, columns, 3); u runs along the columns, v along the rows.

    `closed` joins the last column to the first, `looped` the last row to the first.
    """
    rows, columns = points.shape[:2]
    across = columns if closed else columns - 1
    down = rows if looped else rows - 1
    faces, uv = [], []
    for i in range(down):
        for j in range(across):
            below, right = (i + 1) % rows, (j + 1) % columns
            face = [
                i * columns + j,
                i * columns + right,
                below * columns + right,
                below * columns + j,
            ]
            u0, u1, v0, v1 = j / across, (j + 1) / across, i / down, (i + 1) / down
            corners = [(u0, v0), (u1, v0), (u1, v1), (u0, v1)]
            faces.append(face[::-1] if flip else face)
            uv.append(corners[::-1] if flip else corners)
    return make(name, points.reshape(-1, 3), faces, uv, material, smooth)


def lathe(name, profile, *, sides=160, material=None, wobble=0.0, seed=0):
    """A surface of revolution round z from a profile (radius, z).

    `wobble` is the irregularity of a pot thrown by hand, as a share of the radius.
    """
    profile = np.asarray(profile, float)
    turn = np.linspace(0, 2 * math.pi, sides, endpoint=False)
    z = profile[:, 1][:, None]
    radius = np.repeat(profile[:, 0][:, None], sides, 1)
    if wobble:
        radius = radius * (1 + wobble * _thrown(radius, turn, z, seed))
    points = np.stack([radius * np.cos(turn), radius * np.sin(turn), np.repeat(z, sides, 1)], -1)
    return grid(name, points, closed=True, material=material)


def _thrown(radius, turn, z, seed: int) -> np.ndarray:
    """Out-of-round plus the ridges that fingers leave, about -1..1."""
    rng = np.random.default_rng(seed)
    out = np.zeros_like(radius)
    for k in (2, 3, 5):
        swing = rng.normal() / k
        phase = rng.uniform(0, 6.28)
        out += swing * np.cos(k * turn[None] + phase + z * rng.normal() * 0.8)
    for pitch in (9, 17, 29):
        depth = rng.normal() * 0.25
        out += depth * np.sin(z * pitch + rng.uniform(0, 6) + 0.15 * np.sin(turn[None]))
    return out


def _frames(path, up):
    """Normals and binormals carried along a path without twisting."""
    tangent = np.gradient(path, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1)[:, None]
    normal = np.zeros_like(tangent)
    first = np.array(up, float)
    first = first - tangent[0] * (first @ tangent[0])
    normal[0] = first / np.linalg.norm(first)
    for i in range(1, len(tangent)):
        carried = normal[i - 1] - tangent[i] * (normal[i - 1] @ tangent[i])
        normal[i] = carried / np.linalg.norm(carried)
    return normal, np.cross(tangent, normal)


def sweep(name, path, section, *, material=None, up=(0, 0, 1), closed=False, taper=None):
    """A closed section (k, 2) swept along a path (n, 3), capped unless the path is closed."""
    path, section = np.asarray(path, float), np.asarray(section, float)
    normal, binormal = _frames(path, up)
    size = np.ones(len(path)) if taper is None else np.asarray(taper)
    offset = section[None, :, 0:1] * binormal[:, None] + section[None, :, 1:2] * normal[:, None]
    points = path[:, None] + offset * size[:, None, None]
    ob = grid(name, points, closed=True, looped=closed, material=material)
    if not closed:
        _cap(ob, len(section), len(path))
    return ob


def _cap(ob, ring: int, rings: int) -> None:
    mesh = bmesh.new()
    mesh.from_mesh(ob.data)
    mesh.verts.ensure_lookup_table()
    for start in (0, (rings - 1) * ring):
        loop = [mesh.verts[start + j] for j in range(ring)]
        mesh.faces.new(loop if start else loop[::-1])
    bmesh.ops.recalc_face_normals(mesh, faces=mesh.faces)
    mesh.to_mesh(ob.data)
    mesh.free()


def box(name, width, depth, height, *, bevel=0.02, steps=4, material=None, at=(0, 0, 0)):
    """A bevelled box that stands with its bottom centre at `at`."""
    mesh = bmesh.new()
    bmesh.ops.create_cube(mesh, size=1)
    for v in mesh.verts:
        v.co = Vector((v.co.x * width, v.co.y * depth, (v.co.z + 0.5) * height))
    if bevel > 0:
        bmesh.ops.bevel(
            mesh,
            geom=list(mesh.edges),
            offset=bevel,
            segments=steps,
            profile=0.5,
            affect="EDGES",
            clamp_overlap=True,
        )
    data = bpy.data.meshes.new(name)
    mesh.to_mesh(data)
    mesh.free()
    data.shade_smooth()
    ob = bpy.data.objects.new(name, data)
    bpy.context.scene.collection.objects.link(ob)
    ob.location = at
    if material:
        data.materials.append(material)
    weighted = ob.modifiers.new("weighted", "WEIGHTED_NORMAL")
    weighted.keep_sharp, weighted.weight = False, 80
    return ob


def quad(name, width, height, material=None):
    """An upright picture facing -y, its bottom centre at the origin."""
    x, z = np.meshgrid((-width / 2, width / 2), (0, height))
    return grid(name, np.stack([x, 0 * x, z], -1), material=material)


def disc_profile(radius, height, *, bottom=0.02, top=0.03, steps=6):
    """The profile of a solid drum."""
    return fillet([(0.001, 0), (radius, 0, bottom), (radius, height, top), (0.001, height)], steps)


def thicken(ob, thickness, *, offset=0.0, bevel=0.0):
    """Give a sheet thickness; offset -1 inwards, 0 both ways, 1 outwards."""
    solid = ob.modifiers.new("solid", "SOLIDIFY")
    solid.thickness, solid.offset = thickness, offset
    if bevel:
        edge = ob.modifiers.new("edge", "BEVEL")
        edge.width, edge.segments, edge.limit_method = bevel, 3, "ANGLE"
    return ob


def smooth_subdivide(ob, levels: int = 1):
    subdivision = ob.modifiers.new("smooth", "SUBSURF")
    subdivision.levels = subdivision.render_levels = levels
    return ob
