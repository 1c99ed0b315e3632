"""A cairo surface, type, noise, and the feel of ink on paper."""

import os
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

SERIF, SANS = "Instrument Serif", "Hanken Grotesk"
BRAND_FONTS = Path(__file__).resolve().parents[2] / "brand" / "fonts"


def _use_our_fonts() -> None:
    """Show cairo the brand's faces and no others, so that labels never depend on the machine."""
    cache = Path(tempfile.gettempdir()) / "studio-fontconfig"
    cache.mkdir(exist_ok=True)
    config = cache / "fonts.conf"
    config.write_text(
        "<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig>"
        f"<dir>{BRAND_FONTS}</dir><cachedir>{cache}</cachedir></fontconfig>"
    )
    os.environ["FONTCONFIG_FILE"] = str(config)


_use_our_fonts()

import cairo  # noqa: E402  fontconfig reads its environment when cairo loads


def rgba(colour: str, alpha: float = 1.0) -> tuple[float, float, float, float]:
    """'#rrggbb' as sRGB channels 0..1."""
    digits = colour.lstrip("#")
    return (*(int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)), alpha)


def rgb(colour: str) -> np.ndarray:
    return np.array(rgba(colour)[:3], np.float32)


def mix(a, b, share):
    return a + (b - a) * share


class Canvas:
    """A drawing surface in pixels; shapes are filled with one flat colour each."""

    def __init__(self, width: int, height: int, ground: str) -> None:
        self.width, self.height = width, height
        self._surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, width, height)
        self.pen = cairo.Context(self._surface)
        self.pen.set_antialias(cairo.ANTIALIAS_BEST)
        self.ink(ground)
        self.pen.paint()

    @classmethod
    def over(cls, pixels: np.ndarray) -> "Canvas":
        """A canvas that starts from an RGB array (0..1)."""
        height, width = pixels.shape[:2]
        canvas = cls(width, height, "#000000")
        buffer = np.ndarray((height, width, 4), np.uint8, canvas._surface.get_data())
        buffer[..., :3] = (np.clip(pixels, 0, 1)[..., ::-1] * 255).astype(np.uint8)
        canvas._surface.mark_dirty()
        return canvas

    def ink(self, colour: str) -> None:
        self.pen.set_source_rgba(*rgba(colour))

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        self.ink(colour)
        self.pen.arc(x, y, radius, 0, 2 * np.pi)
        self.pen.fill()

    def rectangle(self, x, y, width, height, colour: str) -> None:
        self.ink(colour)
        self.pen.rectangle(x, y, width, height)
        self.pen.fill()

    def write(self, x, y, words, font, size, colour, align="left", tracking=0.0) -> None:
        """One line of type with its baseline at y; size and tracking in pixels."""
        self.pen.select_font_face(font, cairo.FONT_SLANT_NORMAL, cairo.FONT_WEIGHT_NORMAL)
        self.pen.set_font_size(size)
        self.ink(colour)
        advances = [self.pen.text_extents(c).x_advance + tracking for c in words]
        width = sum(advances) - tracking
        x -= {"left": 0, "centre": width / 2, "right": width}[align]
        for character, advance in zip(words, advances, strict=True):
            self.pen.move_to(x, y)
            self.pen.show_text(character)
            x += advance

    def pixels(self) -> np.ndarray:
        """RGB (height, width, 3), 0..1."""
        self._surface.flush()
        shape = (self.height, self.width, 4)
        buffer = np.ndarray(shape, np.uint8, self._surface.get_data())
        return buffer[:, :, [2, 1, 0]].astype(np.float32) / 255


def clouds(height, width, base=4, octaves=5, seed=0) -> np.ndarray:
    """Fractal value noise, 0..1; `base` blobs across the longer side."""
    rng = np.random.default_rng(seed)
    out, weight = np.zeros((height, width), np.float32), 1.0
    for octave in range(octaves):
        count = base * 2**octave
        longer = max(height, width)
        rows = max(2, int(count * height / longer)) + 3
        columns = max(2, int(count * width / longer)) + 3
        seeds = Image.fromarray(rng.random((rows, columns), dtype=np.float32))
        size = (int(width * columns / (columns - 3)), int(height * rows / (rows - 3)))
        out += weight * np.asarray(seeds.resize(size, Image.BICUBIC))[:height, :width]
        weight *= 0.5
    return (out - out.min()) / (out.max() - out.min())


def on_paper(pixels: np.ndarray, seed: int = 0, amount: float = 0.03) -> np.ndarray:
    """Ink on paper: a faint drift of tone and a fine grain."""
    height, width = pixels.shape[:2]
    grain = np.random.default_rng(seed).normal(0, 1, (height, width)).astype(np.float32)
    drift = clouds(height, width, 6, 4, seed) - 0.5
    toned = pixels * (1 + drift * amount)[..., None] + (grain * amount * 0.35)[..., None]
    return np.clip(toned, 0, 1)
