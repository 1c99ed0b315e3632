"""Touches on their way from a device to the window."""

from typing import Any

_VOID = "void"


def meant(touch: Any) -> bool:
    """False at the end of a touch that turned out to be a palm, rain or a stuck contact: what
    answers when a finger is lifted must not answer then.
    """
    return _VOID not in touch.ud


def void(touch: Any) -> None:
    """Take a touch back: it ends far off the glass, where nothing is pressed."""
    touch.ud[_VOID] = True
    touch.sx = touch.sy = -1.0
