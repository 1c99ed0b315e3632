"""Lamps and soft boxes."""

import math

import bpy
from mathutils import Vector


def aim(ob, target) -> None:
    """Turn a light or a camera towards a point."""
    ob.rotation_euler = (Vector(target) - ob.location).to_track_quat("-Z", "Y").to_euler()


def _add(light, at):
    ob = bpy.data.objects.new(light.name, light)
    bpy.context.scene.collection.objects.link(ob)
    ob.location = at
    return ob


def soft_box(name, at, target, size, watts, colour=(1, 1, 1), *, height=None, spread=180):
    """A rectangular soft box, brighter in the middle: that is what makes reflections pretty."""
    light = bpy.data.lights.new(name, "AREA")
    light.shape, light.size, light.size_y = "RECTANGLE", size, height or size
    light.energy, light.color, light.spread = watts, colour, math.radians(spread)
    _feather(light)
    ob = _add(light, at)
    aim(ob, target)
    ob.visible_camera = False
    return ob


def _feather(light) -> None:
    light.use_nodes = True
    tree = light.node_tree
    new, link = tree.nodes.new, tree.links.new
    coordinates, centred = new("ShaderNodeTexCoord"), new("ShaderNodeMapping")
    centred.inputs["Location"].default_value = (-0.5, -0.5, 0)
    radius, fall = new("ShaderNodeVectorMath"), new("ShaderNodeMapRange")
    radius.operation, fall.interpolation_type = "LENGTH", "SMOOTHSTEP"
    for index, value in enumerate((0.72, 0.2, 0.25, 1.3), start=1):
        fall.inputs[index].default_value = value
    link(coordinates.outputs["UV"], centred.inputs[0])
    link(centred.outputs[0], radius.inputs[0])
    link(radius.outputs["Value"], fall.inputs[0])
    link(fall.outputs[0], tree.nodes["Emission"].inputs["Strength"])


def bulb(at, watts, colour=(1, 0.66, 0.36), radius=0.14):
    """A small lamp that shines every way."""
    light = bpy.data.lights.new("bulb", "POINT")
    light.energy, light.color, light.shadow_soft_size = watts, colour, radius
    return _add(light, at)


def sun(direction, strength, colour, blur):
    """Parallel light that comes from `direction`; `blur` is the sun's width in degrees."""
    light = bpy.data.lights.new("sun", "SUN")
    light.energy, light.color, light.angle = strength, colour, math.radians(blur)
    ob = _add(light, (0, 0, 0))
    ob.rotation_euler = (-direction).to_track_quat("-Z", "Y").to_euler()
    return ob
