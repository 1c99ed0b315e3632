"""Spot-colour printing: plates of ink pulled one after another, and type that is kerned."""

from functools import cache

import cairo
import numpy as np
from PIL import ImageFont
from scipy.ndimage import map_coordinates, shift

from .canvas import BRAND_FONTS, Canvas, clouds, rgb

# (cairo's family, slant, the file that holds the same face's kerning)
Face = tuple[str, int, str]
SERIF: Face = ("Instrument Serif", cairo.FONT_SLANT_NORMAL, "InstrumentSerif-Regular")
ITALIC: Face = ("Instrument Serif", cairo.FONT_SLANT_ITALIC, "InstrumentSerif-Italic")
SANS: Face = ("Hanken Grotesk", cairo.FONT_SLANT_NORMAL, "HankenGrotesk-Regular")
MEDIUM: Face = ("Hanken Grotesk Medium", cairo.FONT_SLANT_NORMAL, "HankenGrotesk-Medium")
BOLD: Face = ("Hanken Grotesk SemiBold", cairo.FONT_SLANT_NORMAL, "HankenGrotesk-SemiBold")

WHITE, BLACK = "#ffffff", "#000000"
KERNING_SIZE = 1000


class Plate(Canvas):
    """A stencil: black keeps the ink back, white lets it through."""

    def __init__(self, width: int, height: int, ground: str = BLACK) -> None:
        super().__init__(width, height, ground)

    def polygon(self, points, colour: str = WHITE) -> None:
        for x, y in points:
            self.pen.line_to(x, y)
        self.pen.close_path()
        self.ink(colour)
        self.pen.fill()

    def line(self, points, width: float, colour: str = WHITE) -> None:
        for x, y in points:
            self.pen.line_to(x, y)
        self.pen.set_line_width(width)
        self.ink(colour)
        self.pen.stroke()

    def coverage(self) -> np.ndarray:
        """(height, width), 0..1."""
        return self.pixels()[..., 0]


class Sheet:
    """Paper that goes through the press; every ink is a little out of register."""

    def __init__(self, width: int, height: int, paper: str, seed: int) -> None:
        self.width, self.height, self._seed = width, height, seed
        self.pixels = np.zeros((height, width, 3), np.float32) + rgb(paper)

    def plate(self, ground: str = BLACK) -> Plate:
        return Plate(self.width, self.height, ground)

    def pull(self, plate, colour, *, off=(0.0, 0.0), cover=1.0, over=0.0, grain=0.06) -> None:
        """Print one ink.

        `plate`: a Plate or coverage 0..1. `off`: pixels out of register. `cover`: how full the ink
        is. `over`: 0 for a body colour that hides what lies below, 1 for a transparent one that
        multiplies with it. `grain`: how unevenly the ink lies, as a share.
        """
        mask = plate.coverage() if isinstance(plate, Plate) else np.asarray(plate, np.float32)
        if any(off):
            mask = shift(mask, (off[1], off[0]), order=1, mode="nearest")
        self._seed += 1
        uneven = clouds(self.height, self.width, 14, 5, self._seed) - 0.5
        fine = np.random.default_rng(self._seed).normal(0, 0.35, mask.shape).astype(np.float32)
        mask = np.clip(mask * cover * (1 + (uneven + fine) * grain), 0, 1)[..., None]
        ink = rgb(colour) if isinstance(colour, str) else np.asarray(colour, np.float32)
        laid = ink * (1 - over + over * self.pixels)
        self.pixels = self.pixels * (1 - mask) + laid * mask


def stipple(share: np.ndarray, seed: int, soft: float = 0.35) -> np.ndarray:
    """A gradient broken into grain: each point is inked with the chance `share` (0..1)."""
    dice = np.random.default_rng(seed).random(share.shape, dtype=np.float32)
    return np.clip((share - dice) / soft + 0.5, 0, 1)


def hand_cut(mask: np.ndarray, amount: float, seed: int, blobs: int = 40) -> np.ndarray:
    """The edge of scissors: contours wander by `amount` pixels."""
    height, width = mask.shape
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    down = (clouds(height, width, blobs, 3, seed) - 0.5) * 2 * amount
    across = (clouds(height, width, blobs, 3, seed + 1) - 0.5) * 2 * amount
    return map_coordinates(mask, (rows + down, columns + across), order=1, mode="nearest")


def letter(canvas, x, y, words, face, size, colour=WHITE, align="left", tracking=0.0) -> float:
    """One line of kerned type with its baseline at y; its width. Tracking in pixels."""
    family, slant, _ = face
    pen = canvas.pen
    pen.select_font_face(family, slant, cairo.FONT_WEIGHT_NORMAL)
    pen.set_font_size(size)
    canvas.ink(colour)
    advances = _advances(face, words, size, tracking)
    width = sum(advances) - tracking
    x -= {"left": 0, "centre": width / 2, "right": width}[align]
    for character, advance in zip(words, advances, strict=True):
        pen.move_to(x, y)
        pen.show_text(character)
        x += advance
    return width


def measure(words: str, face: Face, size: float, tracking: float = 0.0) -> float:
    """The width of a line of type."""
    return sum(_advances(face, words, size, tracking)) - tracking


def _advances(face: Face, words: str, size: float, tracking: float) -> list[float]:
    font = _kerning(face[2])
    out = []
    for here, after in zip(words, [*words[1:], ""], strict=True):
        pair = font.getlength(here + after) - (font.getlength(after) if after else 0)
        out.append(pair * size / KERNING_SIZE + tracking)
    return out


@cache
def _kerning(file: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(BRAND_FONTS / f"{file}.ttf", KERNING_SIZE)
