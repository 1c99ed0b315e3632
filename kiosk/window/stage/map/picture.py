"""What is shown of the map until it no longer serves: ground, streets and names in one texture.

A frame in which a marker moves or the view shifts then costs one textured rectangle. The next
picture is made beside it, a piece each frame, and takes its place when it is whole. Beneath both
lies the whole quarter, coarse: what a hasty finger uncovers is never blank.
"""

import math
from collections.abc import Callable

from kivy.graphics import Color, Fbo, PopMatrix, PushMatrix, Translate
from kivy.graphics.texture import Texture

from kiosk.window.stage.map.base import BasePicture
from kiosk.window.stage.map.camera import Camera
from kiosk.window.stage.map.geometry import Prepared
from kiosk.window.stage.map.style import MapStyle
from kiosk.window.stage.map.words import MapWords
from kiosk.window.stage.patch import on_software

_STRETCH = 1.45  # a picture is shown enlarged or reduced by this much at most
# A picture takes the processor some 150 ms for a dense quarter, and a graphics card few. Of a
# frame, for drawing while the map moves, and while it rests and nothing else is drawn:
_MOVING_S, _RESTING_S = 0.005, 0.010
_NO_SIZE = (16, 16)
# The same for choosing and setting names; to write them takes about as long again.
_WORDS_MOVING_S, _WORDS_RESTING_S = 0.0025, 0.004
_WHOLE_PX = 2048  # the longer side of the whole quarter

Lay = Callable[[MapWords, Camera, float, float], None]


class MapPicture:
    """`lay(words, camera, width, height)` begins to lay out the names of a picture."""

    def __init__(self, prepared: Prepared, style: MapStyle, unit: float, lay: Lay) -> None:
        self._base = BasePicture(prepared, style, unit)
        self.words = MapWords(prepared.map_file, style, unit)
        self._lay = lay
        self._bounds = prepared.map_file.meta.bounds
        self._camera: Camera | None = None
        self._goal: Camera | None = None
        self._drawing = self._wording = False
        # Whether the picture shown, and the one that is made, have their names.
        self._named = self._with_names = False
        # Not part of any canvas: they are drawn by hand, and never within somebody's clip.
        self._shown = self._making = Fbo(size=_NO_SIZE, with_stencilbuffer=False)
        self._next = Fbo(size=_NO_SIZE, with_stencilbuffer=False)
        self._whole = Fbo(size=_NO_SIZE, with_stencilbuffer=False)
        self._whole_camera: Camera | None = None

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
        """Whether anything is being made."""
        return self._drawing or self._wording

    @property
    def engaged(self) -> bool:
        """Whether the next picture is being made: the whole quarter would wait for it."""
        return self.busy and self._making is not self._whole

    @property
    def whole(self) -> tuple[Texture, Camera] | None:
        """The quarter from end to end without names, None until it was drawn."""
        known = self._whole_camera
        return None if known is None else (self._whole.texture, known)

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
        if known is None or not 1 / _STRETCH < camera.ppm / known.ppm < _STRETCH:
            return False
        if known.bearing != camera.bearing:
            # Whoever turns the map looks at its middle: the corners may be coarse meanwhile.
            return self.covers(camera, width / 2, height / 2)
        return self.covers(camera, width, height)

    def begin(self, camera: Camera, width: int, height: int, *, named: bool) -> None:
        """Make a picture, over the next steps; of the first one all but its names at once."""
        first = self._camera is None
        self._goal, self._drawing, self._wording = camera, True, named
        self._with_names = named
        if named:
            self._lay(self.words, camera, width, height)
        self._base.begin(camera, width, height)
        self._making = self._shown if first else self._next
        if self._making.size != (width, height):
            self._making.size = (width, height)
        if first:
            self._draw(math.inf)
            self._camera, self._named = camera, False

    def begin_whole(self) -> None:
        """Draw the quarter from end to end, over the next steps."""
        west, south, east, north = self._bounds
        ppm = _WHOLE_PX / max(east - west, north - south)
        self._whole.size = (round((east - west) * ppm), round((north - south) * ppm))
        self._goal = Camera((west + east) / 2, (south + north) / 2, ppm)
        self._making, self._drawing, self._wording = self._whole, True, False
        self._base.begin(self._goal, *self._whole.size)

    def step(self, *, moving: bool) -> bool:
        """Do a frame's share. Whether another picture is shown now."""
        if self._drawing:
            seconds = _MOVING_S if moving else _RESTING_S
            self._draw(seconds if on_software() else math.inf)
        elif self._wording:
            seconds = _WORDS_MOVING_S if moving else _WORDS_RESTING_S
            self._wording = not self.words.step(seconds)
            self._write()
        if self.busy or self._goal is None:
            return False
        self._finish(self._goal)
        return True

    def _draw(self, seconds: float) -> None:
        self._drawing = not self._base.step(self._making, seconds)

    def _write(self) -> None:
        """Write the names that were just set over the streets."""
        width, height = self._base.size
        middle = Translate(width / 2, height / 2)
        for part in (PushMatrix(), middle, Color(1, 1, 1, 1), *self.words.fresh(), PopMatrix()):
            self._making.add(part)
        self._making.draw()
        self._making.clear()

    def _finish(self, camera: Camera) -> None:
        self._goal = None
        if self._making is self._whole:
            self._whole_camera = camera
            return
        self.words.show(visible=self._with_names)
        if self._making is self._next:
            self._shown, self._next = self._next, self._shown
        self._camera, self._named = camera, self._with_names

    @property
    def tidied(self) -> bool:
        """Whether there is all that there should be, and nothing else."""
        return self._whole_camera is not None and self._next.size == _NO_SIZE

    def tidy(self) -> None:
        """Let go of what the next picture would be drawn in: to have it takes a frame's time."""
        self._next.size = _NO_SIZE

    def restyle(self, style: MapStyle) -> None:
        self._base.restyle(style)
        self.words.restyle(style)
        self._whole_camera = None
        self.forget()

    def forget(self) -> None:
        """The view has another size, or other colours."""
        self._camera = self._goal = None
        self._drawing = self._wording = False

    def stale(self) -> None:
        """The names must be laid out anew."""
        self._named = False
        if self._goal is None or not self._wording:
            return
        if self._drawing:
            self._lay(self.words, self._goal, *self._base.size)
        else:  # some of them are written already
            self._goal, self._wording = None, False
