"""What is shown of the map until it no longer serves: ground, streets and names in one texture.

A frame in which a marker moves or the view shifts then costs one textured rectangle. The next
picture is made beside it, a piece each frame, and takes its place when it is whole.
"""

from collections.abc import Callable

from kivy.graphics import Fbo
from kivy.graphics.texture import Texture

from kiosk.window.stage.map.base import BasePicture
from kiosk.window.stage.map.camera import Camera
from kiosk.window.stage.map.geometry import Prepared
from kiosk.window.stage.map.style import MapStyle
from kiosk.window.stage.map.words import MapWords
from kiosk.window.stage.patch import on_software

_STRETCH = 1.45  # a picture is shown enlarged or reduced by this much at most
# A picture takes the processor some 150 ms for a dense quarter, and a graphics card few.
_STRIPS_SOFTWARE, _STRIPS = 12, 1
_NO_SIZE = (16, 16)
_WORDS_S = 0.004  # of a frame, for choosing and setting names

Lay = Callable[[MapWords, Camera, float, float], None]


class MapPicture:
    """`lay(words, camera, width, height)` begins to lay out the names of a picture."""

    def __init__(self, prepared: Prepared, style: MapStyle, unit: float, lay: Lay) -> None:
        self._base = BasePicture(prepared, style, unit)
        self.words = MapWords(prepared.map_file, style, unit)
        self._lay = lay
        self._camera: Camera | None = None
        self._goal: Camera | None = None
        self._drawing = self._wording = False
        # Whether the picture shown, and the one that is made, have their names.
        self._named = self._with_names = False
        # Not part of any canvas: they are drawn by hand, and never within somebody's clip.
        self._shown = self._making = Fbo(size=_NO_SIZE, with_stencilbuffer=False)
        self._next = Fbo(size=_NO_SIZE, with_stencilbuffer=False)

    @property
    def camera(self) -> Camera | None:
        """What the picture was drawn for; None before the first."""
        return self._camera

    @property
    def texture(self) -> Texture:
        return self._shown.texture

    @property
    def size(self) -> tuple[int, int]:
        return (int(self._shown.size[0]), int(self._shown.size[1]))

    @property
    def busy(self) -> bool:
        """Whether the next picture is being made."""
        return self._drawing or self._wording

    def final(self, camera: Camera) -> bool:
        """Whether nothing about the picture could be better."""
        known = self._camera
        return (
            known is not None
            and self._named
            and (known.ppm, known.bearing) == (camera.ppm, camera.bearing)
        )

    def covers(self, camera: Camera, width: float, height: float) -> bool:
        """Whether the picture fills a view of that size."""
        if self._camera is None:
            return False
        mine_w, mine_h = self.size[0] / 2, self.size[1] / 2
        for x in (-width / 2, width / 2):
            for y in (-height / 2, height / 2):
                px, py = self._camera.to_screen(*camera.to_map(x, y))
                # Half a pixel: what lies on whole ones is rounded.
                if abs(px) > mine_w + 0.5 or abs(py) > mine_h + 0.5:
                    return False
        return True

    def serves(self, camera: Camera, width: float, height: float) -> bool:
        """Whether the picture will do for now."""
        known = self._camera
        if known is None or known.bearing != camera.bearing:
            return False
        close = 1 / _STRETCH < camera.ppm / known.ppm < _STRETCH
        return close and self.covers(camera, width, height)

    def begin(self, camera: Camera, width: int, height: int, *, named: bool) -> None:
        """Make a picture, over the next steps; of the first one all but its names at once."""
        first = self._camera is None
        self._goal, self._drawing, self._wording = camera, True, named
        self._with_names = named
        if named:
            self._lay(self.words, camera, width, height)
        strips = _STRIPS_SOFTWARE if on_software() and not first else _STRIPS
        self._base.begin(camera, width, height, strips)
        self._making = self._shown if first else self._next
        if self._making.size != (width, height):
            self._making.size = (width, height)
        self._making.clear()
        self._making.add(self._base.group)
        if first:
            self._draw_strip()
            self._camera, self._named = camera, False

    def step(self) -> bool:
        """Do a frame's share. Whether another picture is shown now."""
        if self._drawing:
            self._draw_strip()
        elif self._wording:
            self._wording = not self.words.step(_WORDS_S)
        if self.busy or self._goal is None:
            return False
        self._finish(self._goal)
        return True

    def _draw_strip(self) -> None:
        self._drawing = not self._base.step()
        self._making.ask_update()
        self._making.draw()

    def _finish(self, camera: Camera) -> None:
        """Write the names over the streets, and show it all."""
        width, height = self._base.size
        self.words.show(width / 2, height / 2, visible=self._with_names)
        self._making.clear()
        self._making.add(self.words.group)
        self._making.draw()
        if self._making is self._next:
            self._shown, self._next = self._next, self._shown
            self._next.clear()
            self._next.size = _NO_SIZE
        self._camera, self._named, self._goal = camera, self._with_names, None

    def restyle(self, style: MapStyle) -> None:
        self._base.restyle(style)
        self.words.restyle(style)
        self.forget()

    def forget(self) -> None:
        """The view has another size, or other colours."""
        self._camera = self._goal = None
        self._drawing = self._wording = False

    def stale(self) -> None:
        """The names must be laid out anew."""
        self._named = False
        if self._wording and self._goal is not None:
            self._lay(self.words, self._goal, *self._base.size)
