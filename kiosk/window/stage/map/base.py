"""The map without words and markers, drawn little by little.

A whole picture takes several frames' time where the processor draws it: each frame draws some of
its layers, and what is shown meanwhile stays.
"""

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from kivy.graphics import (
    Callback,
    ClearBuffers,
    ClearColor,
    Color,
    Fbo,
    Mesh,
    PopMatrix,
    PushMatrix,
    RenderContext,
    Rotate,
    Scale,
    Translate,
)
from kivy.graphics.opengl import GL_BLEND, glDisable, glEnable, glFinish
from numpy.typing import NDArray
from PIL import Image

from kiosk.contract.mapfile import RoadClass
from kiosk.window.stage import shapes
from kiosk.window.stage.map.camera import Box, Camera
from kiosk.window.stage.map.geometry import Batch, Prepared
from kiosk.window.stage.map.shaders import (
    FILL_FORMAT,
    RIBBON_FORMAT,
    fill_context,
    meshes,
    ribbon_context,
)
from kiosk.window.stage.map.style import MapStyle, Rgb

_SHADE_M = (1.5, -2.0)  # how far a roof throws its shade
_RIM_M = 110.0  # over which the map fades out
_BEYOND_M = 3000.0
_NEAR_M = 40.0  # what begins so far outside may reach in
# A portion of drawing: triangles' corners, and how many of them a mesh takes for being one.
_PORTION, _MESH_WEIGHT = 8_000, 500
_WITH_RAILS = 0.3
_WITH_WALLS = 0.62  # pixels a metre from which party walls are drawn
_ROADS = (RoadClass.CYCLEWAY, RoadClass.LANE, RoadClass.STREET, RoadClass.AVENUE,
          RoadClass.BOULEVARD)  # fmt: skip
_GROUND = ("plaza", "park", "lawn", "grove", "water")


@dataclass(slots=True)
class _Pass:
    """One layer in one colour. `from_ppm`: left out below, in pixels a metre on a common glass.

    `shift` is in metres.
    """

    layer: str
    colour: str
    context: RenderContext
    tint: Color
    meshes: list[Mesh]
    boxes: NDArray[np.float64]  # west, south, east, north of each mesh, in metres
    from_ppm: float = 0.0
    shift: Translate | None = None


class BasePicture:
    """Draws `prepared` for one camera at a time. `unit` is pixels of a design pixel."""

    def __init__(self, prepared: Prepared, style: MapStyle, unit: float) -> None:
        self._prepared = prepared
        self._unit = unit
        self._passes: list[_Pass] = []
        self._filling = fill_context()
        self._contexts: list[tuple[RenderContext, float]] = []
        self._todo: Iterator[list[Any]] = iter(())
        self.size = (0, 0)
        self._clear, self._rim_tint = ClearColor(0, 0, 0, 1), Color()
        self._rim = _rim(prepared.map_file.meta.bounds)
        self._centre, self._turn = Translate(), Rotate(angle=0, axis=(0, 0, 1))
        self._scale, self._origin = Scale(1, 1, 1), Translate()
        self._opaque = Callback(lambda _: glDisable(GL_BLEND))
        self._blended = Callback(lambda _: glEnable(GL_BLEND))
        self._compose()
        self.restyle(style)

    def restyle(self, style: MapStyle) -> None:
        """Other colours; the picture must be drawn again."""
        self._clear.rgba = self._rim_tint.rgba = (*style.ground, 1)
        for part in self._passes:
            part.tint.rgba = (*_colour(style, part.colour), 1)

    def begin(self, camera: Camera, width: int, height: int) -> None:
        """Let the next steps draw what `camera` sees on `width` x `height` pixels."""
        self.size = (width, height)
        self._centre.xy = (width / 2, height / 2)
        self._turn.angle = camera.bearing
        self._scale.xyz = (camera.ppm, camera.ppm, 1)
        self._origin.xy = (-camera.x, -camera.y)
        for context, grow in self._contexts:
            context["ppm"] = float(camera.ppm)
            context["grow"] = float(grow * self._unit)
        self._todo = self._portions(camera)

    def step(self, into: Fbo, seconds: float) -> bool:
        """Draw for about so long, at least a little; whether it is whole."""
        end = time.perf_counter() + seconds
        for instructions in self._todo:
            into.clear()
            for instruction in instructions:
                into.add(instruction)
            into.ask_update()
            into.draw()
            if seconds < math.inf:
                glFinish()  # or the time that it takes is seen by nobody
                if time.perf_counter() > end:
                    return False
        into.clear()
        return True

    def _portions(self, camera: Camera) -> Iterator[list[Any]]:
        """What is to be drawn one after the other, each in little time."""
        placed = (PushMatrix(), self._centre, self._turn, self._scale, self._origin)
        west, south, east, north = self._seen(camera)
        yield [self._clear, ClearBuffers()]
        for part in self._passes:
            if camera.ppm / self._unit < part.from_ppm:
                continue
            boxes = part.boxes
            near = (boxes[:, 0] < east) & (boxes[:, 2] > west)
            near &= (boxes[:, 1] < north) & (boxes[:, 3] > south)
            for some in _few([part.meshes[k] for k in np.flatnonzero(near)]):
                yield [*placed, *self._drawn(part, some), PopMatrix()]
        yield [*placed, self._rim_tint, self._rim, PopMatrix()]

    def _drawn(self, part: _Pass, some: list[Mesh]) -> list[Any]:
        part.context.clear()
        for instruction in (part.tint, *some):
            part.context.add(instruction)
        if part.context is not self._filling:
            return [part.context]
        shift = [part.shift] if part.shift else []
        # Blending what is opaque costs a read of every pixel for nothing.
        return [*shift, self._opaque, part.context, self._blended]

    def _seen(self, camera: Camera) -> Box:
        """The metres about the whole picture."""
        width, height = self.size
        corners = [camera.to_map(x, y) for x in (-width / 2, width / 2)
                   for y in (-height / 2, height / 2)]  # fmt: skip
        xs, ys = [c[0] for c in corners], [c[1] for c in corners]
        return (min(xs) - _NEAR_M, min(ys) - _NEAR_M, max(xs) + _NEAR_M, max(ys) + _NEAR_M)

    def _compose(self) -> None:
        for layer in _GROUND:
            self._fill(layer, layer)
        self._ribbons([(f"{layer}/edge", _edge_of(layer), 0.0) for layer in _GROUND], 0.0, 0.55)
        self._ribbons([(f"road/{int(RoadClass.FOOTWAY)}", "footway", 0.0)], 0.0, 0.6)
        self._ribbons([(f"road/{int(RoadClass.RAIL)}", "rail", _WITH_RAILS)], 0.0, 0.6)
        for layer in ("building", "landmark"):
            self._fill(layer, "shade", Translate(*_SHADE_M))
        for layer in ("building", "landmark"):
            self._fill(layer, layer)
        walls = [(f"{layer}/edge", f"{layer}_edge", _WITH_WALLS) for layer in
                 ("building", "landmark")]  # fmt: skip
        self._ribbons(walls, 0.0, 0.5)
        self._ribbons([(f"road/{int(kind)}", "casing", 0.0) for kind in _ROADS], 1.0, 1.0)
        self._ribbons([(f"road/{int(k)}", f"road/{int(k)}", 0.0) for k in _ROADS], 0.0, 0.7)
        self._ribbons([("tree", "tree", 0.55)], 0.0, 0.8)

    def _fill(self, layer: str, colour: str, shift: Translate | None = None) -> None:
        # One layer may be drawn in two colours, and lies on the graphics card once.
        known = next((p for p in self._passes if p.layer == layer), None)
        batches = self._prepared.layers.get(layer, [])
        if known is not None:
            self._passes.append(replace(known, colour=colour, tint=Color(), shift=shift))
        elif batches:
            drawn = meshes(batches, FILL_FORMAT)
            self._passes.append(_pass(layer, colour, self._filling, batches, drawn, shift=shift))

    def _ribbons(self, layers: list[tuple[str, str, float]], grow: float, least: float) -> None:
        context = ribbon_context(grow, least)
        self._contexts.append((context, grow))
        for layer, colour, from_ppm in layers:
            batches = self._prepared.layers.get(layer, [])
            if batches:
                drawn = meshes(batches, RIBBON_FORMAT)
                self._passes.append(_pass(layer, colour, context, batches, drawn, from_ppm))


def _pass(
    layer: str,
    colour: str,
    context: RenderContext,
    batches: Sequence[Batch],
    drawn: list[Mesh],
    from_ppm: float = 0.0,
    shift: Translate | None = None,
) -> _Pass:
    boxes = np.array([b.bounds for b in batches])
    return _Pass(layer, colour, context, Color(), drawn, boxes, from_ppm, shift)


def _few(some: Sequence[Mesh]) -> Iterator[list[Mesh]]:
    """In portions that take software OpenGL a millisecond or two."""
    portion: list[Mesh] = []
    weight = 0
    for mesh in some:
        portion.append(mesh)
        weight += len(mesh.indices) + _MESH_WEIGHT
        if weight > _PORTION:
            yield portion
            portion, weight = [], 0
    if portion:
        yield portion


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
