"""Saddle stitching."""

import math

import numpy as np

import materials

from .mesh import make

RINGS, SIDES = 7, 8


def stitches(path, count, length, radius, colour, *, up=(0, -1, 0)):
    """`count` slanted capsules of thread along a path (n, 3), in one mesh.

    `up` points out of the leather; `length` and `radius` are one stitch's, in units of 10 cm.
    """
    path, up = np.asarray(path, float), np.array(up, float)
    travelled = np.r_[0, np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))]
    at = (np.arange(count) + 0.5) * travelled[-1] / count

    def point(s):
        return np.stack([np.interp(s, travelled, path[:, k]) for k in range(3)], -1)

    vertices, faces = [], []
    for here, ahead in zip(point(at), point(at + 1e-3), strict=True):
        base = len(vertices)
        vertices += _capsule(here, ahead - here, up, length, radius)
        for i in range(RINGS - 1):
            for j in range(SIDES):
                a, b = base + i * SIDES, base + (i + 1) * SIDES
                k = (j + 1) % SIDES
                faces.append((a + j, a + k, b + k, b + j))
    return make("stitches", vertices, faces, material=materials.plain(colour, 0.6, sheen=0.3))


def _unit(v):
    return v / np.linalg.norm(v)


def _capsule(centre, direction, up, length, radius):
    along = _unit(direction)
    # Saddle stitches lie at a slant.
    along = _unit(along * 0.985 + _unit(np.cross(along, up)) * 0.17)
    side = _unit(np.cross(along, up))
    out = np.cross(side, along)
    points = []
    for x in np.linspace(-1, 1, RINGS):
        thickness = radius * math.sqrt(max(0.0, 1 - abs(x) ** 3.2)) + 1e-4
        sunk = -(abs(x) ** 3) * radius * 0.9
        for a in np.arange(SIDES) * 2 * math.pi / SIDES:
            ring = side * thickness * math.cos(a) + out * (thickness * math.sin(a) + sunk)
            points.append(centre + along * x * length / 2 + ring)
    return points
