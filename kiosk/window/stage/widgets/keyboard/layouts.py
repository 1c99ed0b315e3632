"""Which keys a keyboard has. Pure data: no Kivy.

A row is as wide as ten letters; letters follow the language (AZERTY in French, QWERTY
elsewhere), phone numbers and postcodes get a keypad.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Kind = Literal["text", "email", "phone", "digits"]

ROW_UNITS = 10.0


@dataclass(frozen=True, slots=True)
class KeySpec:
    """One key: `code` names it, `text` is what it types, `width` counts letters.

    `tone` is "letter", "command" (shift, backspace) or "go" (next, done).
    """

    code: str
    text: str = ""
    width: float = 1.0
    icon: str = ""
    tone: str = "letter"
    more: str = ""


Row = tuple[KeySpec, ...]

# What a long press offers; the first is the one that is wanted most.
_MORE = {
    "a": "àâæäá",
    "c": "ç",
    "e": "éèêë",
    "i": "îïí",
    "n": "ñ",
    "o": "ôœöó",
    "s": "ß",
    "u": "ùûüú",
    "y": "ÿ",
    ".": ",;:/",
    "'": '’"',
    "-": "–_/",
}

_DIGITS = "1234567890"
_LETTERS = {
    "fr": ("azertyuiop", "qsdfghjklm", "wxcvbn"),
    "": ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
}

_BACKSPACE = KeySpec("backspace", icon="backspace", tone="command")
_SHIFT = KeySpec("shift", icon="shift", tone="command")


@lru_cache(maxsize=32)
def layout(language: str, kind: Kind, *, last: bool) -> tuple[Row, ...]:
    """The rows from the top. `last`: no field follows, so the way on is "done"."""
    if kind in ("phone", "digits"):
        return _pad(kind, last=last)
    letters = _LETTERS.get(language, _LETTERS[""])
    french = letters is _LETTERS["fr"]
    if kind == "email":
        third = (*_plain(letters[2] + ("-_+" if french else "-_")), _BACKSPACE)
        last_row = (
            KeySpec("@", "@", 2.0),
            KeySpec(".", ".", 1.4),
            KeySpec(".com", ".com", 1.8),
            KeySpec(".fr", ".fr", 1.6),
        )
        return (
            _plain(_DIGITS),
            _plain(letters[0]),
            _plain(letters[1]),
            third,
            (*last_row, *_go(3.2, last=last)),
        )
    marks = "'-" if french else "'"
    third = (_SHIFT, *_keys(letters[2] + marks), _BACKSPACE)
    side = _keys("éèàç") if french else _keys(",-")
    space = KeySpec("space", " ", 10.0 - len(side) - 1.0 - 2.8, icon="space")
    return (
        _keys(_DIGITS),
        _keys(letters[0]),
        _keys(letters[1]),
        third,
        (*side, space, *_keys("."), *_go(2.8, last=last)),
    )


def _keys(characters: str) -> Row:
    return tuple(KeySpec(c, c, more=_MORE.get(c, "")) for c in characters)


def _plain(characters: str) -> Row:
    """Without accents: an address has none."""
    return tuple(KeySpec(c, c) for c in characters)


def _go(width: float, *, last: bool) -> Row:
    if last:
        return (KeySpec("done", width=width, tone="go"),)
    return (
        KeySpec("done", width=1.0, icon="chevron-down", tone="command"),
        KeySpec("next", width=width - 1.0, tone="go"),
    )


def _pad(kind: Kind, *, last: bool) -> tuple[Row, ...]:
    def digits(three: str) -> Row:
        return tuple(KeySpec(c, c, 2.5) for c in three)

    corner = KeySpec("+", "+", 2.5) if kind == "phone" else KeySpec("", "", 2.5)
    rest = KeySpec("", "", 2.5)
    down = rest if last else KeySpec("done", width=2.5, icon="chevron-down", tone="command")
    go = KeySpec("done" if last else "next", width=2.5, tone="go")
    return (
        (*digits("123"), KeySpec("backspace", width=2.5, icon="backspace", tone="command")),
        (*digits("456"), corner),
        (*digits("789"), down),
        (rest, *digits("0"), rest, go),
    )
