"""The courier's photo beside their name, for as long as the back office shows it."""

import io
import logging

from kivy.clock import Clock
from kivy.graphics import Color, Rectangle
from kivy.properties import BooleanProperty, ObjectProperty
from kivy.uix.widget import Widget
from PIL import Image, ImageDraw

from kiosk.window.link import Away
from kiosk.window.stage.textures import cover
from kiosk.window.stage.upright import upright

log = logging.getLogger(__name__)

__all__ = ["CourierFace", "rounded"]

# A photo that did not come is asked for again so often, after so long.
TRIES = 3
AGAIN_S = 5.0
_OVERSAMPLE = 4


class CourierFace(Widget):
    """`show(path)` draws the photo at that path of the back office, "" nothing; UI thread only.

    `expected`: there is a photo, or one that may still come. It keeps its room from the start, so
    that nothing moves when it is there.
    """

    services = ObjectProperty(None)
    expected = BooleanProperty(False)

    def __init__(self, **kwargs):
        self._path, self._tries, self._again, self.texture = "", 0, None, None
        super().__init__(**kwargs)
        with self.canvas:
            Color(1, 1, 1, 1)
            self._box = Rectangle(size=(0, 0))
        for name in ("pos", "size"):
            self.fbind(name, self._place)

    def show(self, path):
        if path != self._path:
            self.forget()
            self._path, self.expected = path, bool(path)
            if path:
                self._ask()

    def forget(self):
        """Nothing of it stays, and what is still on its way is not shown."""
        if self._again is not None:
            self._again.cancel()
        self._path, self._tries, self._again = "", 0, None
        self.expected, self.texture = False, None
        self._place()

    def _ask(self, *_):
        path, side, files = self._path, int(self.width), self.services.files
        self._tries += 1
        self.services.workers.submit(
            lambda: rounded(files.courier_photo(path), side),
            then=lambda pixels: self._came(path, side, pixels),
            failed=lambda error: self._failed(path, error),
        )

    def _came(self, path, side, pixels):
        wanted = lambda: path == self._path  # noqa: E731
        self.services.uploader.put(pixels, (side, side), self._uploaded, wanted)

    def _uploaded(self, texture):
        self.texture = texture
        self._place()

    def _failed(self, path, error):
        if path != self._path:
            return
        # Its message might have the address in it, which lets in.
        log.info("the courier's photo: %s", type(error).__name__)
        if isinstance(error, Away) and self._tries < TRIES:
            self._again = Clock.schedule_once(self._ask, AGAIN_S)
        else:
            self.expected = False

    def _place(self, *_):
        self._box.texture = upright(self.texture)
        self._box.pos = int(self.x), int(self.y)
        self._box.size = (0, 0) if self.texture is None else self.texture.size


def rounded(content, side):
    """RGBA rows of the picture, cut to a circle of that many pixels across."""
    picture = cover(io.BytesIO(content), side, side).convert("RGBA")
    big = Image.new("L", (side * _OVERSAMPLE,) * 2, 0)
    ImageDraw.Draw(big).ellipse((0, 0, big.width - 1, big.height - 1), fill=255)
    picture.putalpha(big.resize((side, side), Image.Resampling.BOX))
    return picture.tobytes()
