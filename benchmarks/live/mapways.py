"""Three other ways to draw a map with Kivy, to compare with: as short as they can be.

None of them writes names; all are moved by a matrix alone.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from kivy.graphics import (
    ClearBuffers,
    ClearColor,
    Color,
    Fbo,
    Line,
    Mesh,
    PopMatrix,
    PushMatrix,
    Rectangle,
    Rotate,
    Scale,
    Translate,
)
from kivy.uix.widget import Widget

from kiosk.contract.mapfile import UNIT_M, MapFile, RoadClass
from kiosk.window.stage.map.camera import Camera
from kiosk.window.stage.map.geometry import Prepared
from kiosk.window.stage.map.style import MapStyle

GROUND = ("plaza", "park", "lawn", "grove", "water", "building", "landmark")
PLAIN = [(b"vPosition", 2, "float")]
TEXTURE_PX = 2048


class Way(Widget):
    """A map that `look` moves; what it is made of is added by its kind."""

    def __init__(self, prepared: Prepared, style: MapStyle) -> None:
        super().__init__()
        self._at, self._turn = Translate(), Rotate(angle=0, axis=(0, 0, 1))
        self._scale, self._origin = Scale(1, 1, 1), Translate()
        self._marker = Rectangle(size=(54, 54))
        with self.canvas:
            Color(*style.ground)
            self._ground = Rectangle()
        for part in (PushMatrix(), self._at, self._turn, self._scale, self._origin):
            self.canvas.add(part)
        for part in self.drawn(prepared, style):
            self.canvas.add(part)
        for part in (PopMatrix(), Color(*style.courier), self._marker):
            self.canvas.add(part)

    def drawn(self, prepared: Prepared, style: MapStyle) -> Iterator[Any]:
        raise NotImplementedError

    def look(self, camera: Camera) -> None:
        self._ground.size = self.size
        self._at.xy = self.center
        self._turn.angle = camera.bearing
        self._scale.xyz = (camera.ppm, camera.ppm, 1)
        self._origin.xy = (-camera.x, -camera.y)

    def mark(self, right: float, up: float) -> None:
        self._marker.pos = (self.center_x + right, self.center_y + up)


class Meshes(Way):
    """Triangles as the file has them, streets as strips without soft edges."""

    def drawn(self, prepared: Prepared, style: MapStyle) -> Iterator[Any]:
        yield from _fills(prepared, style)
        for kind in RoadClass:
            yield Color(*style.roads[kind])
            for batch in prepared.layers[f"road/{int(kind)}"]:
                rows = np.asarray(batch.vertices).reshape(-1, 7)
                xy = np.ascontiguousarray(rows[:, 0:2] + rows[:, 2:4] * rows[:, 6:7], np.float32)
                yield Mesh(vertices=xy.ravel(), indices=batch.indices, fmt=PLAIN, mode="triangles")


class Lines(Way):
    """A Line for each road."""

    def drawn(self, prepared: Prepared, style: MapStyle) -> Iterator[Any]:
        yield from _fills(prepared, style)
        roads, start = prepared.map_file.roads, 0
        for k, count in enumerate(roads.parts):
            points = [v * UNIT_M for i in range(start, start + count)
                      for v in (roads.x[i], roads.y[i])]  # fmt: skip
            start += count
            yield Color(*style.roads[RoadClass(roads.kind[k])])
            yield Line(points=points, width=max(roads.width[k] * UNIT_M / 2, 1.01))


class Texture(Way):
    """The whole quarter drawn once."""

    def drawn(self, prepared: Prepared, style: MapStyle) -> Iterator[Any]:
        west, south, east, north = prepared.map_file.meta.bounds
        side = max(east - west, north - south)
        fbo = Fbo(size=(TEXTURE_PX, TEXTURE_PX))
        with fbo:
            ClearColor(*style.ground, 1)
            ClearBuffers()
            Scale(TEXTURE_PX / side, TEXTURE_PX / side, 1)
            Translate(-west, -south)
        for part in Meshes.drawn(self, prepared, style):  # type: ignore[arg-type]
            fbo.add(part)
        fbo.draw()
        self._kept = fbo
        yield Color(1, 1, 1)
        yield Rectangle(texture=fbo.texture, pos=(west, south), size=(side, side))


def _fills(prepared: Prepared, style: MapStyle) -> Iterator[Any]:
    for layer in GROUND:
        yield Color(*getattr(style, layer))
        for batch in prepared.layers.get(layer, []):
            yield Mesh(vertices=batch.vertices, indices=batch.indices, fmt=PLAIN, mode="triangles")


def middle(map_file: MapFile) -> tuple[float, float]:
    """Where to look: the map's middle in metres."""
    west, south, east, north = map_file.meta.bounds
    return (west + east) / 2, (south + north) / 2
