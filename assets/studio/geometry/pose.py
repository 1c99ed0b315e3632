"""Where things stand."""

import math

import bpy
import numpy as np


def place(ob, at=(0, 0, 0), turn=(0, 0, 0), scale=1.0):
    """Position in units of 10 cm, turn in degrees."""
    ob.location = at
    ob.rotation_euler = [math.radians(a) for a in turn]
    ob.scale = (scale,) * 3 if np.isscalar(scale) else scale
    return ob


def group(objects, at=(0, 0, 0), turn=(0, 0, 0), scale=1.0):
    """An empty that carries those objects that nothing carries yet."""
    empty = bpy.data.objects.new("group", None)
    bpy.context.scene.collection.objects.link(empty)
    for ob in objects:
        top = ob
        while top.parent is not None:
            top = top.parent
        if top is not empty:
            top.parent = empty
    return place(empty, at, turn, scale)


def settle() -> None:
    """Bring world matrices up to date after moving things."""
    bpy.context.view_layer.update()
