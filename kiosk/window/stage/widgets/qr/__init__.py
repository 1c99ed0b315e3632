"""A QR code to take along: dark on light by day and by night, each module on whole pixels."""

import qrcode
from kivy.clock import Clock
from kivy.graphics import BorderImage, Color, Rectangle
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from PIL import Image

from kiosk.window.stage import shapes
from kiosk.window.stage import theme as themes
from kiosk.window.stage.focus import Focusable
from kiosk.window.stage.upright import upright

__all__ = ["QrCode", "drawn"]

QUIET_MODULES = 4  # ISO/IEC 18004: the light margin that a reader needs


def drawn(text: str, side: int, dark: str, light: str) -> Image.Image:
    """The code of `text` with its quiet zone, the largest that fits into `side` pixels."""
    code = qrcode.QRCode(
        border=QUIET_MODULES, error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=1
    )
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    count = len(matrix)
    mask = Image.new("L", (count, count))
    mask.putdata([255 * module for row in matrix for module in row])
    image = Image.new("RGBA", (count, count), light)
    image.paste(dark, (0, 0, count, count), mask)
    scale = max(1, side // count)
    return image.resize((count * scale, count * scale), Image.Resampling.NEAREST)


class QrCode(Focusable):
    """Shows `text` as a code in a light card; nothing while it is "". Built on a worker.

    `ready` is True while the code can be scanned. Who listens finds it by what it leads to
    (`spoken`); there is nothing to press.
    """

    part = "code"

    text = StringProperty("")
    services = ObjectProperty(None, allownone=True)
    radius_mm = NumericProperty(4.0)
    ready = BooleanProperty(False)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._theme = themes.current()
        self._asked = None
        # A phone reads dark on light: the day's colours, whatever the hour.
        day = self._theme.brand.day
        self._dark, self._light = day["ink"], day["raised"]
        radius = self._theme.mm(self.radius_mm)
        with self.canvas:
            self._card_colour = Color(rgba=_rgba(self._light, 0))
            self._card = BorderImage(texture=shapes.patch(radius), border=[radius] * 4)
            self._code_colour = Color(1, 1, 1, 0)
            self._code = Rectangle(size=(0, 0))
        self._ask = Clock.create_trigger(self._build, 0)
        for name in ("text", "size", "services"):
            self.fbind(name, self._ask)
        self.fbind("pos", self._place)

    def takes_focus(self):
        return bool(self.text and self.spoken) and self._theme.comfort.spoken

    def _build(self, *_):
        side = int(min(self.width, self.height))
        wanted = (self.text, side)
        if wanted == self._asked:
            return
        self._asked = wanted
        self.ready = False
        self._code_colour.a = 0
        self._code.texture = None
        self._card_colour.a = 1 if self.text else 0
        self._place()
        if not self.text or side < 40 or self.services is None:
            return
        text, dark, light = self.text, self._dark, self._light
        self.services.workers.submit(
            lambda: drawn(text, side, dark, light),
            then=lambda image: self._drawn(wanted, image),
        )

    def _drawn(self, wanted, image):
        if wanted != self._asked:
            return  # another code, or none, is wanted by now
        # Not every reader takes a code in a mirror.
        self._code.texture = upright(shapes.upload(image, linear=False))
        self._code_colour.a = 1
        self._place()
        self.ready = True

    def _place(self, *_):
        self._card.pos = (int(self.x), int(self.y))
        self._card.size = (int(self.width), int(self.height))
        texture = self._code.texture
        if texture is None:
            self._code.size = (0, 0)
            return
        self._code.size = texture.size
        self._code.pos = (
            int(self.x + (self.width - texture.width) / 2),
            int(self.y + (self.height - texture.height) / 2),
        )


def _rgba(colour: str, alpha: float) -> list[float]:
    return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)] + [alpha]
