"""The map's picture as it lies in the view: shifted, turned and enlarged until the next one.

What it does not fill shows the whole quarter, coarse.
"""

from itertools import zip_longest
from typing import Any

from kivy.graphics import Callback, Color, Rectangle, ScissorPush
from kivy.graphics.opengl import GL_BLEND, glDisable, glEnable
from kivy.graphics.texture import Texture

from kiosk.window.stage.map.camera import Box, Camera, around, shared
from kiosk.window.stage.map.picture import MapPicture
from kiosk.window.stage.map.style import Rgb

_MOST_BANDS = 4


class Sheet:
    """`parts` begin the map's canvas; a ScissorPop must end it."""

    def __init__(self, picture: MapPicture) -> None:
        self._picture = picture
        # Whether some of the view has nothing to show: the quarter was not drawn yet.
        self.bare = False
        self._ground, self._ground_tint = Rectangle(), Color()
        self._sheet = Rectangle()
        self._bands = [Rectangle(size=(0, 0)) for _ in range(_MOST_BANDS)]
        self._scissor = ScissorPush(x=0, y=0, width=1, height=1)
        self.parts: tuple[Any, ...] = (
            self._scissor,
            # The picture is opaque: blending it would cost a read of every pixel for nothing.
            Callback(lambda _: glDisable(GL_BLEND)),
            self._ground_tint,
            self._ground,
            Color(1, 1, 1, 1),
            self._sheet,
            *self._bands,
            Callback(lambda _: glEnable(GL_BLEND)),
        )

    def aligned(self, camera: Camera) -> Camera:
        """Shifted by less than a pixel, so that the picture moves by whole ones and stays sharp."""
        base = self._picture.camera
        if base is None or base.ppm != camera.ppm or base.bearing != camera.bearing:
            return camera
        dx, dy = base.to_screen(camera.x, camera.y)
        x, y = base.to_map(round(dx), round(dy))
        return Camera(x, y, camera.ppm, camera.bearing)

    def aim(self, camera: Camera, view: Any, ground: Rgb) -> None:
        """Lay the picture for `camera` into the widget `view`; on `ground` where nothing is drawn.

        There must be a picture.
        """
        base, texture, whole = self._picture.camera, self._picture.texture, self._picture.whole
        if base is None:
            raise RuntimeError("there is no picture of the map yet")
        exact = (camera.ppm, camera.bearing) == (base.ppm, base.bearing)
        texture.mag_filter = texture.min_filter = "nearest" if exact else "linear"
        size = (view.width, view.height)
        filled = shared(camera, size, base, self._picture.size)
        left = around(filled, size)
        middle = view.center
        _cut_out(self._sheet, filled, camera, (texture, base), middle)
        self._ground_tint.rgba = (*ground, 1)
        self._ground.pos = view.pos
        self.bare = bool(left) and whole is None
        self._ground.size = size if self.bare else (0, 0)
        for rectangle, band in zip_longest(self._bands, left if whole else ()):
            if whole is not None and band is not None:
                _cut_out(rectangle, band, camera, whole, middle)
            else:
                rectangle.size = (0, 0)
        x, y = view.to_window(*view.pos)
        self._scissor.x, self._scissor.y = int(x), int(y)
        self._scissor.width, self._scissor.height = int(view.width), int(view.height)


def _cut_out(
    rectangle: Rectangle,
    box: Box,
    camera: Camera,
    drawn: tuple[Texture, Camera],
    middle: tuple[float, float],
) -> None:
    """Let an upright rectangle show what lies there, however the map is turned: no pixel is drawn
    twice, and software OpenGL has least to do for it.
    """
    texture, drawn_for = drawn
    left, bottom, right, top = box
    found: list[float] = []
    for x, y in ((left, bottom), (right, bottom), (right, top), (left, top)):
        u, v = drawn_for.to_screen(*camera.to_map(x, y))
        found += [u / texture.width + 0.5, v / texture.height + 0.5]
    rectangle.texture, rectangle.tex_coords = texture, found
    rectangle.pos = (middle[0] + left, middle[1] + bottom)
    rectangle.size = (right - left, top - bottom)
