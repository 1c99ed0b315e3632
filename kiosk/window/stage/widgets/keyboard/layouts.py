"""Which keys a keyboard has. Pure data: no Kivy.

Letters follow the language, phone numbers, postcodes and codes get a keypad, the number of an order
Latin capitals. Arabic and Japanese have
pages: their own signs, and Latin letters for who needs them.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kiosk.window.stage.widgets.keyboard import alphabets

Kind = Literal["text", "email", "phone", "digits", "number", "code"]
Page = Literal["", "latin", "katakana"]


@dataclass(frozen=True, slots=True)
class KeySpec:
    """One key: `code` names it, `text` is what it types, `width` counts letters.

    `tone` is "letter", "command" (shift, backspace) or "go" (next, done). `more` is what a long
    press offers. A code of "mark:…" changes the sign before it, "page:…" turns to other signs.
    """

    code: str
    text: str = ""
    width: float = 1.0
    icon: str = ""
    tone: str = "letter"
    more: str = ""


Row = tuple[KeySpec, ...]

_BACKSPACE = KeySpec("backspace", icon="backspace", tone="command")
_SHIFT = KeySpec("shift", icon="shift", tone="command")
# A mark alone is too small a sign to be read: it is shown on a letter.
_MARKS = {
    "゛": ("mark:voiced", "か゛"),
    "゜": ("mark:round", "は゜"),
    "小": ("mark:small", "小"),
}


def units(rows: tuple[Row, ...]) -> float:
    """How many letters the widest row is wide."""
    return max(sum(spec.width for spec in row) for row in rows)


@lru_cache(maxsize=128)
def layout(language: str, kind: Kind, *, last: bool, page: Page = "") -> tuple[Row, ...]:
    """The rows from the top. `last`: no field follows, so the way on is "done"."""
    if kind in ("phone", "digits", "code"):
        return _pad(kind, last=last)
    if kind == "number":
        return _number(language, last=last)
    if kind == "email":
        return _email(language, last=last)
    if page != "latin":
        if language == "ar":
            return _arabic(last=last)
        if language == "ja":
            return _kana(page, last=last)
    return _latin(language, last=last)


def _latin(language: str, *, last: bool) -> tuple[Row, ...]:
    letters = alphabets.LETTERS.get(language, alphabets.LETTERS[""])
    marks = alphabets.MARKS.get(language, alphabets.MARKS[""])
    digits = _keys(alphabets.DIGITS + ("-" if language == "de" else ""), language)
    beside = _keys(alphabets.BESIDE.get(language, alphabets.BESIDE[""]), language)
    if language in ("ar", "ja"):
        beside = (_page(language, ""), *beside)
    return (
        digits,
        _keys(letters[0], language),
        _keys(letters[1], language),
        (_SHIFT, *_keys(letters[2] + marks, language), _BACKSPACE),
        _foot(beside, language, float(len(digits)), last=last),
    )


def _arabic(*, last: bool) -> tuple[Row, ...]:
    top, middle, low = alphabets.ARABIC
    return (
        (*_keys(alphabets.DIGITS, "ar"), *_keys("/-", "ar")),
        _keys(top, "ar"),
        _keys(middle, "ar"),
        (*_keys(low, "ar"), _BACKSPACE),
        _foot((_page("latin", "latin"), *_keys("،", "ar")), "ar", 12.0, last=last),
    )


def _kana(page: Page, *, last: bool) -> tuple[Row, ...]:
    table = alphabets.KATAKANA if page == "katakana" else alphabets.HIRAGANA
    other = _page("hiragana", "") if page == "katakana" else _page("katakana", "katakana")
    rows = tuple(tuple(_kana_key(sign) for sign in row) for row in table)
    beside = (_page("latin", "latin"), other, *_keys("・", "ja"))
    go = _go(2.8, last=last)
    space = KeySpec("space", " ", 10.0 - 3 - 1 - 2.8, icon="space")
    return (*rows, (*beside, space, _BACKSPACE, *go))


def _kana_key(sign: str) -> KeySpec:
    if sign not in _MARKS:
        return KeySpec(sign, sign)
    code, example = _MARKS[sign]
    return KeySpec(code, example, tone="command")


def _foot(beside: Row, language: str, wide: float, *, last: bool) -> Row:
    """The row with the space bar."""
    space = wide - sum(spec.width for spec in beside) - 1.0 - 2.8
    bar = KeySpec("space", " ", space, icon="space")
    return (*beside, bar, *_keys(".", language), *_go(2.8, last=last))


def _email(language: str, *, last: bool) -> tuple[Row, ...]:
    """An address has no accents and no capitals that count."""
    own = language if language in ("fr", "de") else ""
    first, second, third = (
        "".join(c for c in row if c.isascii()) for row in alphabets.LETTERS[own]
    )
    ending = alphabets.MAIL_ENDINGS.get(language, alphabets.MAIL_ENDINGS[""])
    signs = "-_+" if len(third) < 7 else "-_"
    helpers = [KeySpec(host, host, 3.1) for host in alphabets.MAIL_HOSTS]
    return (
        (*helpers, KeySpec(".com", ".com", 1.8), KeySpec(ending, ending, 2.0)),
        _plain(alphabets.DIGITS),
        _plain(first),
        _plain(second),
        (*_plain(third + signs), _BACKSPACE),
        (
            KeySpec("@", "@", 3.0),
            KeySpec(".", ".", 2.4),
            *(() if "+" in signs else _plain("+")),
            *_go(4.6 if "+" in signs else 3.6, last=last),
        ),
    )


def _number(language: str, *, last: bool) -> tuple[Row, ...]:
    """What an order's number is written with: everywhere the same signs, where hands know them."""
    rows = alphabets.LETTERS[language if language in ("fr", "de") else ""]
    first, second, third = ("".join(c for c in row if c.isascii()).upper() for row in rows)
    return (
        _plain(alphabets.DIGITS),
        _plain(first),
        _plain(second),
        (*_plain(third), _BACKSPACE),
        (KeySpec("-", "-", 3.0), *_go(5.0, last=last)),
    )


def _page(name: str, to: Page) -> KeySpec:
    label = "あ" if name == "ja" else alphabets.SCRIPT_NAMES[name]
    return KeySpec(f"page:{to or 'own'}", label, tone="command")


def _keys(characters: str, language: str) -> Row:
    return tuple(KeySpec(c, c, more=alphabets.more(c, language)) for c in characters)


def _plain(characters: str) -> Row:
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

    # Some countries write a dash or a space into a postcode, none a plus.
    left = {"phone": "+", "digits": "-"}.get(kind, "")
    right = kind == "digits"
    corner = KeySpec(left, left, 2.5)
    blank = KeySpec("", "", 2.5)
    gap = KeySpec("space", " ", 2.5, icon="space") if right else blank
    down = blank if last else KeySpec("done", width=2.5, icon="chevron-down", tone="command")
    go = KeySpec("done" if last else "next", width=2.5, tone="go")
    return (
        (*digits("123"), KeySpec("backspace", width=2.5, icon="backspace", tone="command")),
        (*digits("456"), blank),
        (*digits("789"), down),
        (corner, *digits("0"), gap, go),
    )
