"""Letters drawn with Pillow: a shop's name in the display face, a large initial. No Kivy.

Safe on any thread.
"""

import threading
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from kiosk.window.stage.script import LATIN, right_to_left, script_of, shown

_fonts = threading.local()
# The capitals of the display face, as a share of its em (see the brand's theme.toml).
CAPITALS = 0.72


def font(path: str, size: int, script: str = LATIN) -> ImageFont.FreeTypeFont:
    """A font of this thread: FreeType faces are not shared between threads."""
    cache: dict[tuple[str, int], ImageFont.FreeTypeFont] = getattr(_fonts, "cache", {})
    _fonts.cache = cache
    if (path, size) not in cache:
        # What `drawn` has turned must not be turned once more by Pillow's own shaper.
        engine = None if script == LATIN else ImageFont.Layout.BASIC
        cache[path, size] = ImageFont.truetype(path, size, layout_engine=engine)
    return cache[path, size]


def drawn(text: str) -> str:
    """A line as it is handed to a drawer: letters joined and in the order of their glyphs."""
    return shown(text, rtl=right_to_left(text))


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
    face = font(path, round(capitals / CAPITALS), script_of(text))
    line = drawn(cut(text, face, most)[0])
    below = face.getmetrics()[1]
    width = max(1, round(face.getlength(line)))
    mask = Image.new("L", (width, capitals + below))
    ImageDraw.Draw(mask).text((0, capitals), line, 255, face, anchor="ls")
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
    if face.getlength(drawn(text)) <= width:
        return text, face
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if face.getlength(drawn(text[:middle].rstrip() + "…")) <= width:
            low = middle
        else:
            high = middle - 1
    return (text[:low].rstrip(" ,;:.–—") + "…" if low > 3 else ""), face
