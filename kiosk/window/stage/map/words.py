"""The names on the map: each text one texture, bent along its street."""

import math
import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kivy.core.text import Label as CoreLabel
from kivy.graphics import Mesh
from kivy.graphics.texture import Texture

from kiosk.contract.mapfile import LabelKind, MapFile
from kiosk.window.stage.map.camera import Camera
from kiosk.window.stage.map.placing import Name, Placed, Placer, names_of
from kiosk.window.stage.map.style import MapStyle, Rgb

_MOST = 90
_TEXTURES = 400
_HALO = 2.2  # design pixels
_WAY_PX = 5.0  # half the room that the way takes
_FORMAT = [(b"vPosition", 2, "float"), (b"vTexCoords0", 2, "float")]


@dataclass(frozen=True, slots=True)
class Face:
    """How one sort of name is set. `size` is the em in design pixels."""

    font: str
    size: float
    ink: str


def face_of(name: Name) -> Face:
    if name.kind is LabelKind.WATER:
        return Face("display_italic", 23 if name.rank < 2 else 19, "text_water")
    if name.kind is LabelKind.PARK:
        return Face("display_italic", 25 if name.rank < 2 else 20, "text_park")
    if name.kind is LabelKind.PLACE:
        return Face("text_strong", 19, "text")
    if name.kind is LabelKind.LANDMARK:
        return Face("display_italic", 20, "text")
    if name.rank <= 1:
        return Face("text_strong", 19, "text")
    if name.rank == 2:
        return Face("text_medium", 18.5, "text")
    return Face("text_medium", 17, "text_soft")


class MapWords:
    """The names of one picture. `unit` is pixels of a design pixel."""

    def __init__(self, map_file: MapFile, style: MapStyle, unit: float) -> None:
        self._names = names_of(map_file)
        self._style = style
        self._unit = unit
        self._textures: OrderedDict[tuple[str, Face], Texture] = OrderedDict()
        self._fresh: list[Mesh] = []
        self._extents: dict[tuple[str, Face], tuple[float, float]] = {}
        self._rulers: dict[Face, CoreLabel] = {}
        self._placing: Iterator[Placed | None] = iter(())
        self._laid: list[Placed] = []
        self.shown: list[Placed] = []

    def restyle(self, style: MapStyle) -> None:
        self._style = style
        self._textures.clear()
        self._rulers.clear()

    def lay_out(
        self,
        camera: Camera,
        width: float,
        height: float,
        clear: Sequence[tuple[float, float, float]] = (),
        way: Sequence[tuple[float, float]] = (),
    ) -> None:
        """Let the next steps choose and place the names that `camera` sees.

        Pixels about the middle of the view: `clear` (x, y, radius) is kept free, names stand
        beside `way`.
        """
        placer = Placer(camera, width, height, self._unit, self._extent)
        for x, y, radius in clear:
            placer.keep_clear(x, y, radius)
        placer.keep_way_clear(way, _WAY_PX * self._unit)
        self._laid, self._fresh = [], []
        self._placing = placer.place(self._names, _MOST)

    def step(self, seconds: float) -> bool:
        """Place and set names for so long. Whether all of them are there."""
        end = time.perf_counter() + seconds
        for placed in self._placing:
            if placed is not None:
                self._laid.append(placed)
                texture = self._texture(placed.text, face_of(placed.name))
                self._fresh.append(_bent(placed.path, texture))
            if time.perf_counter() > end:
                return False
        return True

    def fresh(self) -> list[Mesh]:
        """The names that were set since this was last asked, about the middle of the view."""
        some, self._fresh = self._fresh, []
        return some

    def show(self, *, visible: bool) -> None:
        """They are seen now, or none is."""
        self.shown = list(self._laid) if visible else []

    def _extent(self, name: Name, text: str) -> tuple[float, float]:
        key = (text, face_of(name))
        found = self._extents.get(key)
        if found is None:
            ruler = self._rulers.get(key[1])
            if ruler is None:
                ruler = self._rulers[key[1]] = self._label("", key[1])
            width, height = ruler.get_extents(text)
            halo = 2 * self._halo
            found = self._extents[key] = (width + halo, height + halo)
        return found

    @property
    def _halo(self) -> int:
        return max(1, round(_HALO * self._unit))

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
        label = self._label(text, face)
        label.refresh()
        return label.texture

    def _label(self, text: str, face: Face) -> CoreLabel:
        ink: Rgb = getattr(self._style, face.ink)
        return CoreLabel(
            text=text,
            font_name=face.font,
            font_size=face.size * self._unit,
            color=(*ink, 1),
            outline_width=self._halo,
            outline_color=self._style.halo,
        )


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
