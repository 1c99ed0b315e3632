"""Letters drawn with Pillow: a shop's name in the display face, a large initial. No Kivy.

Safe on any thread.
"""

import threading
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

_fonts = threading.local()
# The capitals of the display face, as a share of its em (see the brand's theme.toml).
CAPITALS = 0.72


def font(path: str, size: int) -> ImageFont.FreeTypeFont:
    """A font of this thread: FreeType faces are not shared between threads."""
    cache: dict[tuple[str, int], ImageFont.FreeTypeFont] = getattr(_fonts, "cache", {})
    _fonts.cache = cache
    if (path, size) not in cache:
        cache[path, size] = ImageFont.truetype(path, size)
    return cache[path, size]


@lru_cache(maxsize=32)
def capitals(path: str) -> float:
    """Height of a capital I as a share of the font's em."""
    face = ImageFont.truetype(path, 1000)
    _, top, _, bottom = face.getbbox("I")
    return float(bottom - top) / 1000


def has(path: str, letter: str) -> bool:
    """Whether the font can draw `letter`: a box in its place is worse than nothing."""
    face = font(path, 32)
    return bytes(face.getmask(letter)) != bytes(face.getmask("\uffff"))


def initial(text: str, path: str) -> str:
    """The first letter or digit of `text` that the font can draw, as a capital; "" for none."""
    return next((c.upper() for c in text if c.isalnum() and has(path, c.upper())), "")


def name_mask(text: str, path: str, capitals: int, most: int) -> Image.Image:
    """`text` in one line as an L mask whose capitals are so many pixels high.

    Cut with an ellipsis at `most` pixels. What hangs below the baseline hangs below the
    first `capitals` rows; empty (1x1) where the font cannot draw the text.
    """
    if not all(has(path, c) for c in text if not c.isspace()):
        return Image.new("L", (1, 1))
    face = font(path, round(capitals / CAPITALS))
    shown, _ = cut(text, face, most)
    below = face.getmetrics()[1]
    width = max(1, round(face.getlength(shown)))
    mask = Image.new("L", (width, capitals + below))
    ImageDraw.Draw(mask).text((0, capitals), shown, 255, face, anchor="ls")
    return mask


def letter_mask(letter: str, path: str, size: int) -> Image.Image:
    """One letter of `size` pixels of em as an L mask, trimmed to its ink."""
    face = font(path, size)
    left, top, right, bottom = (round(edge) for edge in face.getbbox(letter))
    mask = Image.new("L", (max(1, right - left), max(1, bottom - top)))
    ImageDraw.Draw(mask).text((-left, -top), letter, 255, face)
    return mask


def cut(
    text: str, face: ImageFont.FreeTypeFont, width: float
) -> tuple[str, ImageFont.FreeTypeFont]:
    """As much of the text as fits, with an ellipsis; "" where hardly anything would."""
    if face.getlength(text) <= width:
        return text, face
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if face.getlength(text[:middle].rstrip() + "…") <= width:
            low = middle
        else:
            high = middle - 1
    return (text[:low].rstrip(" ,;:.–—") + "…" if low > 3 else ""), face
