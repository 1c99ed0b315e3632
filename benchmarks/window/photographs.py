"""Invented product photographs that a watcher of pixels can tell from everything else.

Every pixel is a magenta (red and blue both well above green), which no interface here uses, and
bands cross the whole picture, so that a flat stand-in of the right colour is no photograph.
"""

import random
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageOps

DISTINCT = 500
SIZE = (1080, 1350)  # px
POSTER = (1080, 1920)  # px
QUALITY = 86
# Red and blue exceed green by at least so much on every pixel, also after JPEG.
LEAST_EXCESS = 24
_BANDS = 27
_DARK = ((86, 0, 96), (104, 4, 84), (70, 2, 104))
_LIGHT = ((252, 178, 244), (255, 186, 226), (238, 176, 255))


def photograph(number: int, size: tuple[int, int] = SIZE) -> Image.Image:
    """The photograph `number`, the same pixels at every call."""
    rng = random.Random(f"photograph {number}")  # noqa: S311
    grey = _backdrop(rng, size)
    _stand_piece(rng, grey)
    return ImageOps.colorize(grey, rng.choice(_DARK), rng.choice(_LIGHT))


def _backdrop(rng: random.Random, size: tuple[int, int]) -> Image.Image:
    width, height = size
    grey = Image.linear_gradient("L").rotate(rng.choice((0, 90, 180))).resize(size)
    grey = grey.point(lambda value: 70 + value * 120 // 255)
    draw = ImageDraw.Draw(grey, "L")
    slant, tone = rng.uniform(-0.12, 0.12) * width, rng.randrange(20, 60)
    step = height / _BANDS
    for band in range(-4, _BANDS + 4, 2):
        y, thick = band * step, step * rng.uniform(0.8, 1.2)
        shade = tone + rng.randrange(-14, 15)
        draw.polygon(
            [(0, y), (width, y + slant), (width, y + slant + thick), (0, y + thick)], shade
        )
    return grey


def _stand_piece(rng: random.Random, grey: Image.Image) -> None:
    """A turned vessel of random profile, lit from the left and banded as glaze is."""
    width, height = grey.size
    profile = [rng.uniform(0.08, 0.34) for _ in range(6)]
    top, foot = height * rng.uniform(0.14, 0.3), height * 0.88
    left, right = [], []
    for step, half in enumerate(profile):
        y = top + (foot - top) * step / (len(profile) - 1)
        left.append((width * (0.5 - half), y))
        right.append((width * (0.5 + half), y))
    mask = Image.new("L", grey.size)
    ImageDraw.Draw(mask).polygon(left + right[::-1], 255)
    mask = mask.filter(ImageFilter.GaussianBlur(width / 90))
    body = Image.linear_gradient("L").rotate(90).resize(grey.size)
    body = body.point(lambda value: 255 - value * 150 // 255)
    draw = ImageDraw.Draw(body)
    glaze = rng.randrange(16, 30)
    for y in range(0, height, 2 * glaze):
        draw.rectangle((0, y, width, y + glaze), rng.randrange(40, 120))
    grey.paste(body, mask=mask)


def draw_all(folder: Path, heroes: int) -> Iterator[Path]:
    """Write all photographs and `heroes` posters as JPEG, but those that are there; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(heroes):
        yield _drawn(folder / f"hero-{number}.jpg", DISTINCT + number, POSTER)
    for number in range(DISTINCT):
        yield _drawn(folder / f"{number:03}.jpg", number, SIZE)


def _drawn(path: Path, number: int, size: tuple[int, int]) -> Path:
    if not path.exists():
        draft = path.with_suffix(".new")
        photograph(number, size).save(draft, "JPEG", quality=QUALITY)
        draft.replace(path)
    return path
