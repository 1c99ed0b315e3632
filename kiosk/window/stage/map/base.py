"""The map without words and markers, drawn into a texture and kept until it no longer serves.

A frame that only moves a marker or shifts the view by a few pixels then costs one textured
rectangle instead of the whole map.
"""

from dataclasses import dataclass

from kivy.graphics import (
    ClearBuffers,
    ClearColor,
    Color,
    Fbo,
    InstructionGroup,
    Mesh,
    PopMatrix,
    PushMatrix,
    RenderContext,
    Rotate,
    Scale,
    Translate,
)
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
    boxes: list[Box]
    from_ppm: float = 0.0


class BasePicture:
    """Draws `prepared` for one camera at a time. `unit` is pixels of a design pixel."""

    def __init__(self, prepared: Prepared, style: MapStyle, unit: float) -> None:
        self._prepared = prepared
        self._unit = unit
        self._passes: list[_Pass] = []
        self._contexts: list[tuple[RenderContext, float]] = []
        self.camera: Camera | None = None
        self.fbo = Fbo(size=(16, 16), with_stencilbuffer=False)
        self._clear, self._rim_tint = ClearColor(0, 0, 0, 1), Color()
        self._centre, self._turn = Translate(), Rotate(angle=0, axis=(0, 0, 1))
        self._scale, self._origin = Scale(1, 1, 1), Translate()
        self._compose()
        self.restyle(style)

    @property
    def size(self) -> tuple[int, int]:
        return (int(self.fbo.size[0]), int(self.fbo.size[1]))

    def restyle(self, style: MapStyle) -> None:
        """Other colours; the picture must be rendered again."""
        self._clear.rgba = self._rim_tint.rgba = (*style.ground, 1)
        for part in self._passes:
            part.tint.rgba = (*_colour(style, part.colour), 1)
        self.camera = None

    def render(self, camera: Camera, width: int, height: int) -> None:
        """Draw what `camera` sees on `width` x `height` pixels about its middle."""
        if self.size != (width, height):
            self.fbo.size = (width, height)
        self.camera = camera
        self._centre.xy = (width / 2, height / 2)
        self._turn.angle = camera.bearing
        self._scale.xyz = (camera.ppm, camera.ppm, 1)
        self._origin.xy = (-camera.x, -camera.y)
        for context, grow in self._contexts:
            context["ppm"] = float(camera.ppm)
            context["grow"] = float(grow * self._unit)
        reach = ((width**2 + height**2) ** 0.5 / 2) / camera.ppm + 40
        view = (camera.x - reach, camera.y - reach, camera.x + reach, camera.y + reach)
        if not camera.bearing:
            half_w, half_h = width / 2 / camera.ppm + 40, height / 2 / camera.ppm + 40
            view = (camera.x - half_w, camera.y - half_h, camera.x + half_w, camera.y + half_h)
        for part in self._passes:
            part.group.clear()
            if camera.ppm / self._unit < part.from_ppm:
                continue
            part.group.add(part.tint)
            for mesh, box in zip(part.meshes, part.boxes, strict=True):
                if _overlap(box, view):
                    part.group.add(mesh)
        self.fbo.ask_update()

    def _compose(self) -> None:
        fbo = self.fbo
        fbo.add(self._clear)
        fbo.add(ClearBuffers())
        fbo.add(PushMatrix())
        for instruction in (self._centre, self._turn, self._scale, self._origin):
            fbo.add(instruction)
        for layer in _GROUND:
            self._fill(fbo, layer, layer)
        self._ribbons([(f"{layer}/edge", _edge_of(layer), 0.0) for layer in _GROUND], 0.0, 0.55)
        self._ribbons([(f"road/{int(RoadClass.FOOTWAY)}", "footway", 0.0)], 0.0, 0.6)
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

    def _fill(self, into: Fbo, layer: str, colour: str, from_ppm: float = 0.0) -> None:
        batches = self._prepared.layers.get(layer, [])
        if batches:
            found = _Pass(layer, colour, InstructionGroup(), Color(), meshes(batches, FILL_FORMAT),
                          [b.bounds for b in batches], from_ppm)  # fmt: skip
            self._passes.append(found)
            into.add(found.group)

    def _ribbons(self, layers: list[tuple[str, str, float]], grow: float, least: float) -> None:
        context = ribbon_context(grow, least)
        self._contexts.append((context, grow))
        self.fbo.add(context)
        for layer, colour, from_ppm in layers:
            batches = self._prepared.layers.get(layer, [])
            if batches:
                found = _Pass(layer, colour, InstructionGroup(), Color(),
                              meshes(batches, RIBBON_FORMAT), [b.bounds for b in batches],
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
    if name == "footway":
        return style.roads[RoadClass.FOOTWAY]
    if name.startswith("road/"):
        return style.roads[RoadClass(int(name.removeprefix("road/")))]
    colour: Rgb = getattr(style, name)
    return colour


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]
