"""The photograph in front in all the pixels that it has, while it is looked at closely."""

from kivy.graphics import Color, InstructionGroup, Rectangle

from kiosk.window.stage.upright import upright
from kiosk.window.stage.widgets.gallery.zoom import CLOSEST

# A glass of today shows no more: beyond this a texture only costs memory.
MOST_PIXELS = 4096 * 4096


def full_size(picture, width, height):
    """(width, height) at which `picture` is asked for to be shown closely; (0, 0) for no gain.

    The shape is that of the frame, `width` x `height` pixels.
    """
    largest = picture.renditions[-1] if picture.renditions else None
    if largest is None or width <= 0 or height <= 0:
        return 0, 0
    # What the frame crops away shows at no scale.
    share = min(largest.width / width, largest.height / height, CLOSEST)
    share = min(share, (MOST_PIXELS / (width * height)) ** 0.5)
    return (round(width * share), round(height * share)) if share > 1.05 else (0, 0)


class CloseUp(InstructionGroup):
    """Draws nothing until the large texture is here; then covers the frame exactly."""

    def __init__(self):
        super().__init__()
        self._colour, self._box = Color(1, 1, 1, 0), Rectangle(size=(0, 0))
        self.add(self._colour)
        self.add(self._box)
        self._ticket = None
        self._frame = None

    @property
    def shown(self):
        return self._colour.a > 0

    def begin(self, pipeline, picture, frame):
        self.end()
        width, height = full_size(picture, int(frame.width), int(frame.height))
        if width:
            self._frame = frame
            self._ticket = pipeline.request(picture, width, height, self._arrive)

    def end(self):
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket = self._frame = None
        self._colour.a = 0
        self._box.texture, self._box.size = None, (0, 0)

    def _arrive(self, texture):
        if texture is None or self._frame is None:
            return
        self._box.texture = upright(texture)
        self._colour.a = 1
        self.place()

    def place(self):
        """Stay on the frame wherever that has moved."""
        if self.shown and self._frame is not None:
            self._box.pos = (round(self._frame.x), round(self._frame.y))
            self._box.size = self._frame.size
