"""What the keys of an arrow keypad or a keyboard mean; they come as key events over USB."""

from enum import StrEnum


class Key(StrEnum):
    NEXT = "next"
    PREVIOUS = "previous"
    LEFT = "left"
    RIGHT = "right"
    CHOOSE = "choose"
    BACK = "back"
    AGAIN = "again"
    LOUDER = "louder"
    SOFTER = "softer"


# Key codes of SDL as Kivy hands them on; those above 2^30 are keys without a character.
_CODES = {
    273: Key.PREVIOUS,  # up
    274: Key.NEXT,  # down
    275: Key.RIGHT,
    276: Key.LEFT,
    9: Key.NEXT,  # Tab
    13: Key.CHOOSE,  # Enter
    271: Key.CHOOSE,  # Enter of a number pad
    32: Key.CHOOSE,  # space
    27: Key.BACK,  # Escape
    278: Key.AGAIN,  # Home
    283: Key.AGAIN,  # F2
    1073741952: Key.LOUDER,
    1073741953: Key.SOFTER,
    280: Key.LOUDER,  # Page up
    281: Key.SOFTER,  # Page down
}


def key_of(code: int, modifiers: list[str]) -> Key | None:
    """The meaning of a key; None for one that means nothing here."""
    key = _CODES.get(code)
    if code == 9 and "shift" in modifiers:
        return Key.PREVIOUS
    return key
