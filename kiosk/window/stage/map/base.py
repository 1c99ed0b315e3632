"""The map without words and markers, drawn strip by strip.

A whole picture takes several frames' time where the processor draws it: each frame draws one
strip, and what is shown meanwhile stays.
"""

from dataclasses import dataclass

import numpy as np
from kivy.graphics import (
    ClearBuffers,
    ClearColor,
    Color,
    InstructionGroup,
    Mesh,
    PopMatrix,
    PushMatrix,
    RenderContext,
    Rotate,
    Scale,
    ScissorPop,
    ScissorPush,
    Translate,
)
from numpy.typing import NDArray
from PIL import Image

from kiosk.contract.mapfile import RoadClass
from kiosk.window.stage import shapes
from kiosk.window.stage.map.camera import Box, Camera
from kiosk.window.stage.map.geometry import Prepared
from kiosk.window.stage.map.shaders import FILL_FORMAT, RIBBON_FORMAT, meshes, ribbon_context
from kiosk.window.stage.map.style import MapStyle, Rgb

_SHADE_M = (1.5, -2.0)  # how far a roof throws its shade
_RIM_M = 110.0  # over which the map fades out
_BEYOND_M = 3000.0
_NEAR_M = 40.0  # what begins so far outside may reach in
_WITH_RAILS = 0.3
_WITH_WALLS = 0.62  # pixels a metre from which party walls are drawn
_ROADS = (RoadClass.CYCLEWAY, RoadClass.LANE, RoadClass.STREET, RoadClass.AVENUE,
          RoadClass.BOULEVARD)  # fmt: skip
_GROUND = ("plaza", "park", "lawn", "grove", "water")


@dataclass(slots=True)
class _Pass:
    """One layer in one colour. `from_ppm`: left out below, in pixels a metre on a common glass."""

    layer: str
    colour: str
    group: InstructionGroup
    tint: Color
    meshes: list[Mesh]
    boxes: NDArray[np.float64]  # west, south, east, north of each mesh, in metres
    from_ppm: float = 0.0


class BasePicture:
    """Draws `prepared` for one camera at a time. `unit` is pixels of a design pixel."""

    def __init__(self, prepared: Prepared, style: MapStyle, unit: float) -> None:
        self._prepared = prepared
        self._unit = unit
        self._passes: list[_Pass] = []
        self._contexts: list[tuple[RenderContext, float]] = []
        self._camera = Camera()
        self._strips = self._next = 0
        self.group = InstructionGroup()
        self.size = (0, 0)
        self._strip = ScissorPush(pos=(0, 0), size=(1, 1))
        self._clear, self._rim_tint = ClearColor(0, 0, 0, 1), Color()
        self._centre, self._turn = Translate(), Rotate(angle=0, axis=(0, 0, 1))
        self._scale, self._origin = Scale(1, 1, 1), Translate()
        self._compose()
        self.restyle(style)

    def restyle(self, style: MapStyle) -> None:
        """Other colours; the picture must be drawn again."""
        self._clear.rgba = self._rim_tint.rgba = (*style.ground, 1)
        for part in self._passes:
            part.tint.rgba = (*_colour(style, part.colour), 1)

    def begin(self, camera: Camera, width: int, height: int, strips: int) -> None:
        """Let the next steps draw what `camera` sees on `width` x `height` pixels."""
        self.size = (width, height)
        self._camera, self._strips, self._next = camera, strips, 0
        self._centre.xy = (width / 2, height / 2)
        self._turn.angle = camera.bearing
        self._scale.xyz = (camera.ppm, camera.ppm, 1)
        self._origin.xy = (-camera.x, -camera.y)
        for context, grow in self._contexts:
            context["ppm"] = float(camera.ppm)
            context["grow"] = float(grow * self._unit)

    def step(self) -> bool:
        """Let `group` draw the next strip. Whether it is the last."""
        width, height = self.size
        low = height * self._next // self._strips
        high = height * (self._next + 1) // self._strips
        self._strip.pos, self._strip.size = (0, low), (width, high - low)
        west, south, east, north = self._seen(low, high)
        for part in self._passes:
            part.group.clear()
            if self._camera.ppm / self._unit < part.from_ppm:
                continue
            part.group.add(part.tint)
            boxes = part.boxes
            near = (boxes[:, 0] < east) & (boxes[:, 2] > west)
            near &= (boxes[:, 1] < north) & (boxes[:, 3] > south)
            for k in np.flatnonzero(near):
                part.group.add(part.meshes[k])
        self._next += 1
        return self._next >= self._strips

    def _seen(self, low: int, high: int) -> Box:
        """The metres about the rows from `low` to `high`."""
        width, height = self.size
        corners = [self._camera.to_map(x, y) for x in (-width / 2, width / 2)
                   for y in (low - height / 2, high - height / 2)]  # fmt: skip
        xs, ys = [c[0] for c in corners], [c[1] for c in corners]
        return (min(xs) - _NEAR_M, min(ys) - _NEAR_M, max(xs) + _NEAR_M, max(ys) + _NEAR_M)

    def _compose(self) -> None:
        fbo = self.group
        fbo.add(self._strip)
        fbo.add(self._clear)
        fbo.add(ClearBuffers())
        fbo.add(PushMatrix())
        for instruction in (self._centre, self._turn, self._scale, self._origin):
            fbo.add(instruction)
        for layer in _GROUND:
            self._fill(fbo, layer, layer)
        self._ribbons([(f"{layer}/edge", _edge_of(layer), 0.0) for layer in _GROUND], 0.0, 0.55)
        self._ribbons([(f"road/{int(RoadClass.FOOTWAY)}", "footway", 0.0)], 0.0, 0.6)
        self._ribbons([(f"road/{int(RoadClass.RAIL)}", "rail", _WITH_RAILS)], 0.0, 0.6)
        fbo.add(PushMatrix())
        fbo.add(Translate(*_SHADE_M))
        for layer in ("building", "landmark"):
            self._fill(fbo, layer, "shade", 0.7)
        fbo.add(PopMatrix())
        for layer in ("building", "landmark"):
            self._fill(fbo, layer, layer)
        walls = [(f"{layer}/edge", f"{layer}_edge", _WITH_WALLS) for layer in
                 ("building", "landmark")]  # fmt: skip
        self._ribbons(walls, 0.0, 0.5)
        self._ribbons([(f"road/{int(kind)}", "casing", 0.0) for kind in _ROADS], 1.0, 1.0)
        self._ribbons([(f"road/{int(k)}", f"road/{int(k)}", 0.0) for k in _ROADS], 0.0, 0.7)
        self._ribbons([("tree", "tree", 0.55)], 0.0, 0.8)
        fbo.add(self._rim_tint)
        fbo.add(_rim(self._prepared.map_file.meta.bounds))
        fbo.add(PopMatrix())
        fbo.add(ScissorPop())

    def _fill(self, into: InstructionGroup, layer: str, colour: str, from_ppm: float = 0.0) -> None:
        batches = self._prepared.layers.get(layer, [])
        if batches:
            found = _Pass(layer, colour, InstructionGroup(), Color(), meshes(batches, FILL_FORMAT),
                          np.array([b.bounds for b in batches]), from_ppm)  # fmt: skip
            self._passes.append(found)
            into.add(found.group)

    def _ribbons(self, layers: list[tuple[str, str, float]], grow: float, least: float) -> None:
        context = ribbon_context(grow, least)
        self._contexts.append((context, grow))
        self.group.add(context)
        for layer, colour, from_ppm in layers:
            batches = self._prepared.layers.get(layer, [])
            if batches:
                found = _Pass(layer, colour, InstructionGroup(), Color(),
                              meshes(batches, RIBBON_FORMAT), np.array([b.bounds for b in batches]),
                              from_ppm)  # fmt: skip
                self._passes.append(found)
                context.add(found.group)


def _rim(bounds: Box) -> Mesh:
    """The map's border, dissolving into the ground instead of breaking off."""
    west, south, east, north = bounds
    vertices: list[float] = []
    for out, u in ((-_RIM_M, 0.0), (0.0, 1.0), (_BEYOND_M, 1.0)):
        for x, y in ((west - out, south - out), (east + out, south - out),
                     (east + out, north + out), (west - out, north + out)):  # fmt: skip
            vertices += [x, y, u, 0.5]
    indices: list[int] = []
    for ring in (0, 4):
        for k in range(4):
            a, b = ring + k, ring + (k + 1) % 4
            indices += [a, b, a + 4, b, b + 4, a + 4]
    ramp = Image.new("RGBA", (64, 1))
    ramp.putdata([(255, 255, 255, round(255 * _smooth(k / 63))) for k in range(64)])
    texture = shapes.upload(ramp)
    texture.wrap = "clamp_to_edge"
    form = [(b"vPosition", 2, "float"), (b"vTexCoords0", 2, "float")]
    return Mesh(vertices=vertices, indices=indices, fmt=form, mode="triangles", texture=texture)


def _smooth(share: float) -> float:
    return share * share * (3 - 2 * share)


def _edge_of(layer: str) -> str:
    return "water_edge" if layer == "water" else layer


def _colour(style: MapStyle, name: str) -> Rgb:
    if name in ("footway", "rail"):
        return style.roads[RoadClass[name.upper()]]
    if name.startswith("road/"):
        return style.roads[RoadClass(int(name.removeprefix("road/")))]
    colour: Rgb = getattr(style, name)
    return colour
