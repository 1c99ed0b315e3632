"""The room of the heroes: plaster, plinths, the sun through a round attic window."""

import math

import bpy
import numpy as np
from mathutils import Vector

import geometry
import materials

from .light import aim, sun


def floor_and_wall(wall: str | None, floor: str | None, *, distance=3.2, relief=0.12, drift=0.05):
    """Plaster wall at y = `distance` and plaster floor; leave the floor out for a shelf."""
    y = distance
    foot = -2 if floor else -20
    points = np.array([[[-30, y, foot], [30, y, foot]], [[-30, y, 40], [30, y, 40]]], float)
    geometry.grid("wall", points, material=materials.plaster(wall, relief, drift))
    if floor:
        points = np.array([[[-30, -30, 0], [30, -30, 0]], [[-30, y, 0], [30, y, 0]]], float)
        geometry.grid("floor", points, material=materials.plaster(floor, 0.2))


def plinth(width, depth, height, at, colour="#e6d6c2"):
    return geometry.box(
        "plinth", width, depth, height, material=materials.plaster(colour, 0.25), at=at
    )


def drum(radius, height, at, colour="#e3cbb0"):
    ob = geometry.lathe(
        "drum", geometry.disc_profile(radius, height), material=materials.plaster(colour, 0.25)
    )
    ob.location = at
    return ob


def lens(at, target, focal_mm: float) -> None:
    """A camera with a 24 mm wide sensor."""
    data = bpy.data.cameras.new("camera")
    camera = bpy.data.objects.new("camera", data)
    scene = bpy.context.scene
    scene.collection.objects.link(camera)
    scene.camera = camera
    data.sensor_width, data.sensor_fit, data.lens = 24, "HORIZONTAL", focal_mm
    data.clip_end = 500
    camera.location = at
    aim(camera, target)


def sun_through_lucarne(
    target, *, azimuth, elevation, radius, strength, bar=0.10, blur=1.2, colour=(1, 0.86, 0.66)
):
    """A pool of sunlight round `target`, crossed by the shadow of the window's glazing bars.

    A wall with a round hole stands between the sun and the room; only its shadow shows.
    """
    a, e = math.radians(azimuth), math.radians(elevation)
    towards = Vector((math.sin(a) * math.cos(e), -math.cos(a) * math.cos(e), math.sin(e)))
    sun(towards, strength, colour, blur)
    pose = towards.to_track_quat("Z", "Y").to_matrix().to_4x4()
    pose.translation = Vector(target) + towards * 14
    turn = np.linspace(0, 2 * math.pi, 96, endpoint=False)
    rings = [np.stack([r * np.cos(turn), r * np.sin(turn), 0 * turn], -1) for r in (radius, 60)]
    dark = materials.plain("#3a322a", 1.0)
    parts = [geometry.grid("window", np.stack(rings), closed=True, material=dark)]
    for w, h in ((bar / 2, radius), (radius, bar / 2)):
        corners = [[[-w, -h, 0.01], [w, -h, 0.01]], [[-w, h, 0.01], [w, h, 0.01]]]
        parts.append(geometry.grid("bar", np.array(corners), material=dark))
    for part in parts:
        part.matrix_world = pose
        part.visible_camera = part.visible_diffuse = part.visible_glossy = False
        part.visible_transmission = False
