"""The map's picture as it lies in the view: shifted, turned and enlarged until the next one."""

from typing import Any

from kivy.graphics import (
    Callback,
    Color,
    PopMatrix,
    PushMatrix,
    Rectangle,
    Rotate,
    Scale,
    ScissorPush,
    Translate,
)
from kivy.graphics.opengl import GL_BLEND, glDisable, glEnable

from kiosk.window.stage.map.camera import Camera
from kiosk.window.stage.map.picture import MapPicture
from kiosk.window.stage.map.style import Rgb


class Sheet:
    """`parts` begin the map's canvas; a ScissorPop must end it."""

    def __init__(self, picture: MapPicture) -> None:
        self._picture = picture
        self._ground, self._ground_tint = Rectangle(), Color()
        self._sheet = Rectangle()
        self._place, self._turn = Translate(), Rotate(angle=0, axis=(0, 0, 1))
        self._size = Scale(1, 1, 1)
        self._scissor = ScissorPush(x=0, y=0, width=1, height=1)
        self.parts: tuple[Any, ...] = (
            self._scissor,
            # The picture is opaque: blending it would cost a read of every pixel for nothing.
            Callback(lambda _: glDisable(GL_BLEND)),
            self._ground_tint,
            self._ground,
            Color(1, 1, 1, 1),
            PushMatrix(),
            self._place,
            self._turn,
            self._size,
            self._sheet,
            PopMatrix(),
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
        """Lay the picture for `camera` into the widget `view`, on `ground` where it is too small.

        There must be a picture.
        """
        base = self._picture.camera
        if base is None:
            raise RuntimeError("there is no picture of the map yet")
        ratio = camera.ppm / base.ppm
        exact = ratio == 1 and camera.bearing == base.bearing
        width, height = self._picture.size
        texture = self._picture.texture
        texture.mag_filter = texture.min_filter = "nearest" if exact else "linear"
        dx, dy = camera.to_screen(base.x, base.y)
        if exact:
            dx, dy = round(dx), round(dy)
        self._sheet.texture = texture
        self._sheet.pos, self._sheet.size = (-width / 2, -height / 2), (width, height)
        self._place.xy = (view.center_x + dx, view.center_y + dy)
        self._turn.angle = camera.bearing - base.bearing
        self._size.xyz = (ratio, ratio, 1)
        covered = self._picture.covers(camera, view.width, view.height)
        self._ground_tint.rgba = (*ground, 1)
        self._ground.pos, self._ground.size = view.pos, (0, 0) if covered else view.size
        x, y = view.to_window(*view.pos)
        self._scissor.x, self._scissor.y = int(x), int(y)
        self._scissor.width, self._scissor.height = int(view.width), int(view.height)
