"""The names on the map: each text one texture, bent along its street."""

import math
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kivy.core.text import Label as CoreLabel
from kivy.graphics import (
    Color,
    InstructionGroup,
    Mesh,
    PopMatrix,
    PushMatrix,
    Rotate,
    Scale,
    Translate,
)
from kivy.graphics.texture import Texture

from kiosk.contract.mapfile import LabelKind, MapFile
from kiosk.window.stage.map.camera import Camera
from kiosk.window.stage.map.placing import Name, Placed, Placer, names_of
from kiosk.window.stage.map.style import MapStyle, Rgb

_MOST = 90
_TEXTURES = 400
_HALO = 2.4  # design pixels
_FORMAT = [(b"vPosition", 2, "float"), (b"vTexCoords0", 2, "float")]


@dataclass(frozen=True, slots=True)
class Face:
    """How one sort of name is set. `size` is the em in design pixels."""

    font: str
    size: float
    ink: str


def face_of(name: Name) -> Face:
    if name.kind is LabelKind.WATER:
        return Face("display_italic", 23, "text_water")
    if name.kind is LabelKind.PARK:
        return Face("display_italic", 25 if name.rank < 2 else 20, "text_park")
    if name.kind is LabelKind.PLACE:
        return Face("text_strong", 18, "text")
    if name.kind is LabelKind.LANDMARK:
        return Face("display_italic", 20, "text")
    if name.rank <= 1:
        return Face("text_strong", 18, "text")
    if name.rank == 2:
        return Face("text_medium", 17.5, "text")
    return Face("text_medium", 16.5, "text_soft")


class MapWords:
    """The group of all names that are shown. `unit` is pixels of a design pixel."""

    def __init__(self, map_file: MapFile, style: MapStyle, unit: float) -> None:
        self._names = names_of(map_file)
        self._style = style
        self._unit = unit
        self._textures: OrderedDict[tuple[str, Face], Texture] = OrderedDict()
        self.group = InstructionGroup()
        self._body = InstructionGroup()
        self._move, self._turn, self._zoom = Translate(), Rotate(angle=0, axis=(0, 0, 1)), Scale(1)
        self._tint = Color(1, 1, 1, 1)
        for part in (PushMatrix(), self._move, self._turn, self._zoom, self._tint, self._body,
                     PopMatrix()):  # fmt: skip
            self.group.add(part)
        self._camera: Camera | None = None
        self.shown: list[Placed] = []

    def restyle(self, style: MapStyle) -> None:
        self._style = style
        self._textures.clear()
        self._camera = None

    def lay_out(
        self,
        camera: Camera,
        width: float,
        height: float,
        clear: Sequence[tuple[float, float, float]] = (),
    ) -> None:
        """Choose and place the names that `camera` sees; `clear` is kept free: x, y, radius px."""
        self._camera = camera
        placer = Placer(camera, width, height, self._unit, self._extent)
        for x, y, radius in clear:
            placer.keep_clear(x, y, radius)
        self.shown = placer.place(self._names, _MOST)
        self._body.clear()
        for placed in self.shown:
            texture = self._texture(placed.text, face_of(placed.name))
            self._body.add(_bent(placed.path, texture))

    def follow(self, camera: Camera, centre: tuple[float, float]) -> None:
        """Carry the names along with the map until they are laid out again."""
        if self._camera is None:
            return
        dx, dy = camera.to_screen(self._camera.x, self._camera.y)
        self._move.xy = (centre[0] + dx, centre[1] + dy)
        self._turn.angle = camera.bearing - self._camera.bearing
        ratio = camera.ppm / self._camera.ppm
        self._zoom.xyz = (ratio, ratio, 1)

    def _extent(self, name: Name, text: str) -> tuple[float, float]:
        texture = self._texture(text, face_of(name))
        return texture.width, texture.height

    def _texture(self, text: str, face: Face) -> Texture:
        key = (text, face)
        found = self._textures.get(key)
        if found is None:
            found = self._textures[key] = self._set(text, face)
            if len(self._textures) > _TEXTURES:
                self._textures.popitem(last=False)
        else:
            self._textures.move_to_end(key)
        return found

    def _set(self, text: str, face: Face) -> Texture:
        ink: Rgb = getattr(self._style, face.ink)
        label = CoreLabel(
            text=text,
            font_name=face.font,
            font_size=face.size * self._unit,
            color=(*ink, 1),
            outline_width=max(1, round(_HALO * self._unit)),
            outline_color=self._style.halo,
        )
        label.refresh()
        return label.texture


def _bent(path: Sequence[tuple[float, float]], texture: Texture) -> Mesh:
    """The texture along `path`, one quad from point to point."""
    lengths = [0.0]
    for a, b in pairwise(path):
        lengths.append(lengths[-1] + math.dist(a, b))
    # The path may be a little shorter or longer than the text: the letters keep their width.
    spare = (lengths[-1] - texture.width) / 2
    (u0, v0), (u1, v1) = texture.tex_coords[0:2], texture.tex_coords[4:6]
    half = texture.height / 2
    vertices: list[float] = []
    for k, (x, y) in enumerate(path):
        ax, ay = path[max(k - 1, 0)]
        bx, by = path[min(k + 1, len(path) - 1)]
        span = math.hypot(bx - ax, by - ay) or 1.0
        nx, ny = -(by - ay) / span * half, (bx - ax) / span * half
        s = lengths[k]
        if k == 0:
            x, y, s = x + (bx - ax) / span * spare, y + (by - ay) / span * spare, spare
        elif k == len(path) - 1:
            x, y = x - (bx - ax) / span * spare, y - (by - ay) / span * spare
            s -= spare
        u = u0 + (u1 - u0) * (s - spare) / texture.width
        vertices += [x - nx, y - ny, u, v0, x + nx, y + ny, u, v1]
    return Mesh(
        vertices=vertices,
        indices=list(range(len(vertices) // 4)),
        fmt=_FORMAT,
        mode="triangle_strip",
        texture=texture,
    )
