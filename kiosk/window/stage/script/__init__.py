"""Text that is not simply Latin: which script it is in, where its lines break, how it is drawn.

Kivy and Pillow (without a shaper) draw signs from left to right, one glyph each. `shown` turns a
line into what such a drawer must be given. No Kivy; safe on any thread.
"""

import re

from bidi.algorithm import get_display

from kiosk.window.stage.script.arabic import joined
from kiosk.window.stage.script.breaking import broken, evened, pieces

__all__ = [
    "LATIN",
    "broken",
    "evened",
    "glyphs",
    "joined",
    "pieces",
    "plain",
    "right_to_left",
    "script_of",
    "shown",
]

LATIN, ARABIC, JAPANESE = "latin", "arabic", "japanese"

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_JAPANESE = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff9f]")
# Marks that turn the direction or part phrases and are never drawn.
_MARKS = re.compile("[\u200b\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_HEBREW_OR_ARABIC = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc]")
_STRONG = re.compile(f"{_HEBREW_OR_ARABIC.pattern}|[^\\W\\d_]|\u200e")


def script_of(text: str) -> str:
    """The script whose face draws `text`: one sign of Arabic or Japanese decides."""
    if text.isascii():
        return LATIN
    if _ARABIC.search(text):
        return ARABIC
    return JAPANESE if _JAPANESE.search(text) else LATIN


def plain(text: str) -> bool:
    """Whether the text can be drawn as it stands: nothing to join, to turn or to leave out."""
    return text.isascii() or not (_HEBREW_OR_ARABIC.search(text) or _MARKS.search(text))


def right_to_left(text: str) -> bool:
    """The direction of a text: that of its first letter, or of a mark before it (UAX #9, P2)."""
    strong = _STRONG.search(text)
    return bool(strong and _HEBREW_OR_ARABIC.match(strong[0]))


def glyphs(text: str) -> str:
    """The glyphs of `shown` in reading order: as wide, and much quicker to come by."""
    return text if plain(text) else _MARKS.sub("", joined(text))


def shown(line: str, *, rtl: bool) -> str:
    """One line, already broken, as its glyphs stand from left to right.

    Letters are joined, runs reordered and brackets mirrored (UAX #9); `rtl` is the direction of
    the text that the line belongs to.
    """
    if plain(line) and not rtl:
        return line
    return _MARKS.sub("", get_display(joined(line), base_dir="R" if rtl else "L"))
