"""The face of the demonstration's courier: nobody's, and drawn so that everybody sees that."""

import io
from functools import cache

from PIL import Image, ImageDraw

NAME = "Inès D."
SIDE = 256  # px, as every courier's photo has
QUALITY = 84

_OVERSAMPLE = 4
_PLASTER, _SUN, _FIR = "#E4CFAE", "#D9793F", "#1C3A30"
_MOSS, _SKIN, _SHADE, _HAIR = "#2E5A49", "#B97A56", "#9C6042", "#2A1B15"
_LINE, _LIPS, _CHEEK, _CREAM = "#3A241B", "#8C3B2C", "#C4714F", "#F6F0E6"

_Box = tuple[float, float, float, float]


@cache
def portrait() -> bytes:
    """A square JPEG, the same every time."""
    side = SIDE * _OVERSAMPLE
    image = Image.new("RGB", (side, side), _PLASTER)
    _draw(_Pen(image))
    small = image.resize((SIDE, SIDE), Image.Resampling.BOX)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


class _Pen:
    """Draws in hundredths of the picture's side, from its upper left."""

    def __init__(self, image: Image.Image) -> None:
        self._draw = ImageDraw.Draw(image)
        self._unit = image.width / 100

    def oval(self, x: float, y: float, wide: float, tall: float, colour: str) -> None:
        """Around a middle."""
        self._draw.ellipse(self._around(x, y, wide, tall), colour)

    def shape(self, points: tuple[tuple[float, float], ...], colour: str) -> None:
        self._draw.polygon([(x * self._unit, y * self._unit) for x, y in points], colour)

    def bow(self, at: _Box, begin: int, end: int, colour: str, thick: float) -> None:
        """A part of an oval's edge; degrees, clockwise from the right."""
        self._draw.arc(self._around(*at), begin, end, colour, round(thick * self._unit))

    def slice(self, at: _Box, begin: int, end: int, colour: str) -> None:
        """What lies between a part of an oval's edge and its chord."""
        self._draw.chord(self._around(*at), begin, end, colour)

    def _around(self, x: float, y: float, wide: float, tall: float) -> _Box:
        u = self._unit
        return (x - wide / 2) * u, (y - tall / 2) * u, (x + wide / 2) * u, (y + tall / 2) * u


def _draw(pen: _Pen) -> None:
    pen.oval(50, 44, 84, 84, _SUN)  # the low sun behind her
    for x, y, size in ((27, 52, 24), (73, 52, 24), (25, 64, 20), (75, 64, 20), (30, 40, 24)):
        pen.oval(x, y, size, size, _HAIR)
    for x, y, size in ((70, 40, 24), (31, 73, 18), (69, 73, 18), (50, 45, 47)):
        pen.oval(x, y, size, size, _HAIR)
    _jacket(pen)
    _face(pen)
    _cap(pen)


def _jacket(pen: _Pen) -> None:
    pen.oval(50, 110, 92, 60, _FIR)
    pen.shape(((42, 64), (58, 64), (60, 88), (40, 88)), _SHADE)
    pen.slice((50, 82, 24, 16), 0, 180, _SHADE)
    pen.shape(((39, 79), (50, 93), (43, 100), (33, 84)), _MOSS)
    pen.shape(((61, 79), (50, 93), (57, 100), (67, 84)), _MOSS)
    pen.shape(((18, 100), (24, 86), (29, 84), (24, 100)), _CREAM)  # the strap of her bag


def _face(pen: _Pen) -> None:
    pen.oval(50, 53, 37, 45, _SKIN)
    pen.oval(31.5, 54, 6, 9, _SKIN)
    pen.oval(68.5, 54, 6, 9, _SKIN)
    for x in (42.5, 57.5):
        pen.oval(x, 53, 3.4, 4.2, _LINE)
        pen.oval(x + 0.7, 52.2, 1.1, 1.3, _CREAM)
        pen.bow((x, 50, 8.5, 6), 205, 335, _LINE, 1.2)
        pen.oval(x + (-3.5 if x < 50 else 3.5), 60.5, 7, 4.4, _CHEEK)
    pen.bow((50.8, 57, 5, 6), 40, 150, _SHADE, 1.2)
    pen.slice((50, 63.5, 12, 8), 10, 170, _LIPS)
    pen.slice((50, 64.4, 8.5, 3.6), 0, 180, _CREAM)


def _cap(pen: _Pen) -> None:
    pen.slice((50, 41, 44, 38), 180, 360, _MOSS)
    pen.bow((50, 41, 44, 38), 180, 360, _FIR, 0.8)
    pen.shape(((48.6, 22.2), (51.4, 22.2), (52.4, 40), (47.6, 40)), _CREAM)
    pen.slice((50, 41.5, 50, 11), 165, 375, _FIR)
