"""Shader node trees written as arithmetic.

`Shader` owns one material; every node it makes comes back as a `Value`, and values add, subtract
and multiply like numbers, so that a glaze reads as a formula and not as wiring.
"""

import math
from pathlib import Path

import bpy

Colour = str | tuple[float, ...]


def linear(colour: str) -> tuple[float, float, float, float]:
    """'#rrggbb' (sRGB) as a linear RGBA tuple, the form that Cycles computes in."""
    digits = colour.lstrip("#")
    channels = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    rgb = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return (rgb[0], rgb[1], rgb[2], 1.0)


class Value:
    """An output socket that can be used in arithmetic."""

    def __init__(self, shader: "Shader", socket) -> None:
        self.shader = shader
        self.socket = socket

    def __add__(self, other):
        return self.shader.math("ADD", self, other)

    __radd__ = __add__

    def __sub__(self, other):
        return self.shader.math("SUBTRACT", self, other)

    def __rsub__(self, other):
        return self.shader.math("SUBTRACT", other, self)

    def __mul__(self, other):
        return self.shader.math("MULTIPLY", self, other)

    __rmul__ = __mul__


class Shader:
    """One material under construction. Coordinates are object space: 1 unit is 10 cm."""

    def __init__(self, name: str) -> None:
        self.material = bpy.data.materials.new(name)
        self.material.use_nodes = True
        self.tree = self.material.node_tree
        self.tree.nodes.clear()
        self._output = self.node("OutputMaterial")
        self._coordinates = None

    # -- plumbing ---------------------------------------------------------------------------
    def node(self, kind: str, **properties):
        """A raw `ShaderNode<kind>` with its properties set."""
        node = self.tree.nodes.new("ShaderNode" + kind)
        for name, value in properties.items():
            setattr(node, name, value)
        return node

    def feed(self, socket, value) -> None:
        """Give an input socket a value: another node's output, a colour, a number or a vector."""
        if isinstance(value, Value):
            self.tree.links.new(value.socket, socket)
        elif isinstance(value, str):
            socket.default_value = linear(value)
        elif socket.type == "RGBA" and not hasattr(value, "__len__"):
            socket.default_value = (value, value, value, 1)
        elif socket.type == "RGBA":
            socket.default_value = tuple(value) + (1,) * (4 - len(value))
        else:
            socket.default_value = value

    def out(self, node, key=0) -> Value:
        return Value(self, node.outputs[key])

    # -- coordinates ------------------------------------------------------------------------
    def coordinates(self, kind: str = "Object") -> Value:
        if self._coordinates is None:
            self._coordinates = self.node("TexCoord")
        return self.out(self._coordinates, kind)

    def mapping(self, scale=(1, 1, 1), turn=(0, 0, 0), shift=(0, 0, 0), kind="Object") -> Value:
        """Coordinates scaled, turned (degrees) and shifted."""
        node = self.node("Mapping")
        self.feed(node.inputs["Vector"], self.coordinates(kind))
        node.inputs["Scale"].default_value = scale
        node.inputs["Location"].default_value = shift
        node.inputs["Rotation"].default_value = [math.radians(a) for a in turn]
        return self.out(node)

    def split(self, vector: Value | None = None) -> tuple[Value, Value, Value]:
        """The three components of a vector (object coordinates by default) or of a colour."""
        node = self.node("SeparateXYZ")
        self.feed(node.inputs[0], vector or self.coordinates())
        return tuple(self.out(node, i) for i in range(3))

    # -- textures ---------------------------------------------------------------------------
    def noise(self, scale, detail=4.0, rough=0.5, distort=0.0, at: Value | None = None) -> Value:
        node = self.node("TexNoise")
        self.feed(node.inputs["Vector"], at or self.coordinates())
        for name, value in (
            ("Scale", scale),
            ("Detail", detail),
            ("Roughness", rough),
            ("Distortion", distort),
        ):
            node.inputs[name].default_value = value
        return self.out(node, "Fac" if "Fac" in node.outputs else 0)

    def cells(self, scale, feature="F1", at=None, output="Distance", smooth=None) -> Value:
        """Voronoi cells: distance to the seed, to the edge, or one random colour for each cell."""
        node = self.node("TexVoronoi", feature=feature)
        self.feed(node.inputs["Vector"], at or self.coordinates())
        node.inputs["Scale"].default_value = scale
        if smooth is not None:
            node.inputs["Smoothness"].default_value = smooth
        return self.out(node, output)

    def image(self, path: Path, extension="REPEAT", at: Value | None = None) -> Value:
        node = self.node("TexImage", interpolation="Cubic", extension=extension)
        node.image = bpy.data.images.load(str(path), check_existing=True)
        self.feed(node.inputs[0], at or self.coordinates("UV"))
        return self.out(node, "Color")

    # -- arithmetic -------------------------------------------------------------------------
    def math(self, operation: str, a, b=None) -> Value:
        node = self.node("Math", operation=operation)
        self.feed(node.inputs[0], a)
        if b is not None:
            self.feed(node.inputs[1], b)
        return self.out(node)

    def step(self, value, start, end, low=0.0, high=1.0) -> Value:
        """Smooth step: `low` at `start`, `high` at `end` (either order), held outside."""
        node = self.node("MapRange", interpolation_type="SMOOTHSTEP")
        for socket, given in zip(node.inputs, (value, start, end, low, high), strict=False):
            self.feed(socket, given)
        return self.out(node)

    def mix(self, share, a, b) -> Value:
        """`a` where `share` is 0, `b` where it is 1; colours or plain numbers."""
        node = self.node("Mix", data_type="RGBA")
        for index, given in ((0, share), (6, a), (7, b)):
            self.feed(node.inputs[index], given)
        return self.out(node, 2)

    def bump(self, height, strength: float, distance: float) -> Value:
        """A normal from a height; `distance` is the relief's depth in units of 10 cm."""
        node = self.node("Bump")
        self.feed(node.inputs["Height"], height)
        node.inputs["Strength"].default_value = strength
        node.inputs["Distance"].default_value = distance
        return self.out(node)

    # -- surfaces ---------------------------------------------------------------------------
    def principled(self, **inputs) -> Value:
        """Principled surface; `Base_Color=…` feeds the input 'Base Color'."""
        node = self.node("BsdfPrincipled")
        for name, value in inputs.items():
            self.feed(node.inputs[name.replace("_", " ")], value)
        return self.out(node)

    def transparent(self, colour: Colour) -> Value:
        node = self.node("BsdfTransparent")
        self.feed(node.inputs[0], colour)
        return self.out(node)

    def translucent(self, colour) -> Value:
        node = self.node("BsdfTranslucent")
        self.feed(node.inputs[0], colour)
        return self.out(node)

    def emission(self, colour: Colour, strength) -> Value:
        node = self.node("Emission")
        self.feed(node.inputs[0], colour)
        self.feed(node.inputs[1], strength)
        return self.out(node)

    def blend(self, share, a: Value, b: Value) -> Value:
        """Two surfaces mixed."""
        node = self.node("MixShader")
        for socket, given in zip(node.inputs, (share, a, b), strict=True):
            self.feed(socket, given)
        return self.out(node)

    def ray(self, kind: str) -> Value:
        """1 for rays of that kind ('Is Shadow Ray'…), else 0."""
        return self.out(self.node("LightPath"), kind)

    def finish(self, surface: Value, volume=None):
        """Connect the surface (and volume) and hand over the material."""
        self.feed(self._output.inputs[0], surface)
        if volume is not None:
            self.tree.links.new(volume.outputs[0], self._output.inputs[1])
        return self.material
